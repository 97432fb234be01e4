"""The strokes of the way: marks and legs, in black alone; a style sheet may colour `w-late`.

Full = done, ring with a core = here, hollow = to come, a stroke = skipped; a diamond where it was late.
Legs are solid as far as it has come, dotted beyond, double where it was late.
"""

from functools import lru_cache
from itertools import groupby
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Look = Literal["late", "on", "ahead"]
WIDTH, HEIGHT, EDGE, MIDDLE = 160, 20, 8, 10
POLE = WIDTH - 12
_INK = SafeString('fill="#fff" stroke="currentColor" stroke-width="2"')
_LEGS = {
    "on": '<path d="M{0} 10H{1}" stroke-width="3"/>',
    "ahead": '<path d="M{0} 10H{1}" stroke-width="1.6" stroke-dasharray="1.6 3"/>',
    "late": '<path class="w-late" d="M{0} 8H{1}M{0} 12H{1}" stroke-width="1.6"/>',
}


def small(summary: str, stations: tuple[tuple[str, bool], ...], legs: tuple[Look, ...]) -> SafeString:
    """The picture for one row of a list, 160 by 20, with the summary as its title.

    `stations`: (state, late) of each; `legs`: how the leg after each is drawn, the last one to the flag.
    """
    return format_html(
        '<svg class="way-small" role="img" viewBox="0 0 160 20" width="160" height="20" {}><title>{}</title>{}</svg>',
        _INK, summary, _drawing(stations, legs),
    )  # fmt: skip


def mark(state: str, late: bool) -> SafeString:
    """A station's own mark, 24 by 24."""
    return _framed(_shape(state, late, 12, 12, 9))


def flag(arrived: bool) -> SafeString:
    """The flag of the large picture, 24 by 24; full when all is done."""
    full = ' fill="currentColor"' if arrived else ""
    return _framed(f'<path d="M6 2v20"/><path d="M7 4h14l-4 4.5 4 4.5H7z"{full}/>')


def _framed(inside: str) -> SafeString:
    return mark_safe(  # noqa: S308 - nothing in it was typed by anybody
        f'<svg class="way-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" {_INK}>{inside}</svg>'
    )


@lru_cache(maxsize=4096)
def _drawing(stations: tuple[tuple[str, bool], ...], legs: tuple[Look, ...]) -> SafeString:
    step = (POLE - EDGE - 14) / max(len(stations) - 1, 1)
    places = [round(EDGE + i * step) for i in range(len(stations))]
    shapes = (_shape(state, late, x, MIDDLE, 5) for (state, late), x in zip(stations, places, strict=True))
    full = ' fill="currentColor"' if legs and legs[-1] == "on" else ""
    pole = f'<path d="M{POLE} 2v16"/><path d="M{POLE} 3h9l-2.5 3 2.5 3h-9z" stroke-width="1.2"{full}/>'
    return mark_safe("".join([*_runs([*places, POLE], legs), *shapes, pole]))  # noqa: S308 - numbers only


def _runs(places: list[int], legs: tuple[Look, ...]) -> list[str]:
    """One stroke for each run of legs that look alike."""
    runs = [(look, list(run)) for look, run in groupby(range(len(legs)), key=lambda place: legs[place])]
    return [_LEGS[look].format(places[run[0]], places[run[-1] + 1]) for look, run in runs]


def _shape(state: str, late: bool, x: int, y: int, size: int) -> str:
    if state == "skipped":
        return f'<path class="w-skipped" d="M{x - 3} {y + 4}l6-8"/>'
    look = "w-late" if late else f"w-{state}"
    if state == "current":
        return _body(look, late, x, y, size, "") + _body(
            look, late, x, y, size * 0.3, ' fill="currentColor"', core=True
        )
    return _body(look, late, x, y, size * 0.8, ' fill="currentColor"' if state == "done" else "")


def _body(look: str, late: bool, x: int, y: int, size: float, paint: str, *, core: bool = False) -> str:
    name = f' class="{look}"' if late or not core else ""
    if late:
        d = f"{size * 1.12:.2g}"
        return f'<path{name} d="M{x} {y}m0-{d}l{d} {d}-{d} {d}-{d}-{d}z"{paint}/>'
    return f'<circle{name} cx="{x}" cy="{y}" r="{size:.2g}"{paint}/>'
