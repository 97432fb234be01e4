"""Bars and squares that scanners read, as SVG: Code 128 for dossier codes and S10 numbers, QR for addresses.

Both pictures are black on nothing, measured in modules, and carry their own quiet zone.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# ISO/IEC 15417: widths of bar, space, bar, space, bar, space for the values 0 to 105, six figures each.
_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
_STOP = "2331112"
_CODE_C, _CODE_B, _START_B, _START_C = 99, 100, 104, 105
BARS_QUIET = 10
QR_QUIET = 4


def code128(text: str) -> list[int]:
    """Widths in modules of bar, space, bar, … bar for printable ASCII; ValueError for anything else.

    Runs of digits are packed two by two (set C), so an official code stays short enough for a slip.
    """
    if not text or any(not " " <= char <= "~" for char in text):
        raise ValueError(f"Code 128 here takes printable ASCII, not {text!r}")
    values = list(_values(text))
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    pattern = "".join(_WIDTHS[6 * value : 6 * value + 6] for value in [*values, check]) + _STOP
    return [int(width) for width in pattern]


def bars_width(text: str) -> int:
    """How many modules `text` takes as Code 128, quiet zones and all; a scanner wants 0.25 mm for each."""
    return sum(code128(text)) + 2 * BARS_QUIET


def bars_svg(text: str, height: int = 40) -> str:
    """`text` as Code 128 in SVG; one unit is one module, `height` is in modules."""
    x, path = BARS_QUIET, []
    for place, width in enumerate(code128(text)):
        if place % 2 == 0:
            path.append(f"M{x} 0h{width}v{height}h-{width}z")
        x += width
    return _svg(x + BARS_QUIET, height, path)


def qr_matrix(text: str) -> list[list[bool]]:
    """The modules of a QR code (error correction M or better), dark = True, without quiet zone."""
    code = segno.make_qr(text, error="m", boost_error=True)
    return [[bool(module) for module in row] for row in code.matrix]


def qr_svg(text: str) -> str:
    """`text` as a QR code in SVG; one unit is one module."""
    matrix = qr_matrix(text)
    side = len(matrix) + 2 * QR_QUIET
    return _svg(side, side, _runs(matrix))


def _values(text: str) -> Iterator[int]:
    """Start, set changes and characters: C for runs of at least four digits (an odd one stays in B), else B."""
    in_c: bool | None = None
    for part, packed in _parts(text):
        if packed is not in_c:
            yield (_START_C if packed else _START_B) if in_c is None else (_CODE_C if packed else _CODE_B)
            in_c = packed
        if packed:
            yield from (int(part[i : i + 2]) for i in range(0, len(part), 2))
        else:
            yield from (ord(char) - 32 for char in part)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    for digits, group in groupby(text, key=lambda char: "0" <= char <= "9"):
        run = "".join(group)
        if not digits or len(run) < 4:
            yield run, False
            continue
        if len(run) % 2:
            yield run[0], False
        yield run[len(run) % 2 :], True


def _runs(matrix: Sequence[Iterable[bool]]) -> Iterator[str]:
    """Each run of dark modules of a row as one rectangle."""
    for y, row in enumerate(matrix, start=QR_QUIET):
        x = QR_QUIET
        for dark, group in groupby(row):
            width = len(list(group))
            if dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width


def _svg(width: int, height: int, path: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" shape-rendering="crispEdges"><path d="{"".join(path)}"/></svg>'
    )
