"""Pictures of figures as server-made SVG: title, description, and the table they were drawn from.

Kinds are told apart by pattern as well as by colour, so a chart prints in black. Amounts are ints.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2s

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.web.ui import Cell, Column, Row, Table, Text

WIDTH = 640
INK = 'fill="currentColor"'


@dataclass(frozen=True)
class Chart:
    """A drawn chart: `svg` for the eye, `table` for everyone; both from the same numbers."""

    title: Text
    description: Text
    svg: SafeString
    table: Table
    legend: Sequence[tuple[str, Text]] = field(default=())


@dataclass(frozen=True)
class Spread:
    """How values lie: the least, quarter, middle, three quarters and greatest, and the mean."""

    label: Text
    least: int
    quarter: int
    middle: int
    three_quarters: int
    greatest: int
    mean: int


def bars_by_day(title: Text, description: Text, days: Sequence[tuple[Text, int]], unit: Text) -> Chart:
    """One bar for each day (or any ordered label), its number above it while there is room."""
    top = max((value for _label, value in days), default=0) or 1
    step = WIDTH / max(len(days), 1)
    every = -(-len(days) * 44 // WIDTH)
    bars = []
    for place, (label, value) in enumerate(days):
        height = round(150 * value / top, 1)
        x = round(place * step + step * 0.14, 1)
        bars.append(
            format_html(
                '<rect class="c-bar" x="{}" y="{}" width="{}" height="{}"/>', x, 172 - height, round(step * 0.72, 1), height
            )
        )
        middle = round((place + 0.5) * step, 1)
        if step >= 30:
            bars.append(_label(middle, 166 - height, value))
        if place % every == 0:
            bars.append(_label(middle, 190, label))
    base = format_html('<path d="M0 172.5H{}" stroke="currentColor"/>', WIDTH)
    rows = [Row([Cell(label), Cell(_number(value))]) for label, value in days]
    table = Table(title, [Column(_("Ngày")), Column(unit, "number")], rows)
    return Chart(title, description, _svg(title, description, 198, [*bars, base]), table)


def stacked(
    title: Text, description: Text, rows: Sequence[tuple[Text, tuple[int, int, int]]], unit: Text
) -> Chart:
    """A line for each agency, split into in time, soon and late; lengths are shares, numbers are counts."""
    kinds = (("in_time", _("Đúng hạn")), ("soon", _("Sắp đến hạn")), ("late", _("Trễ hạn")))
    mark = _mark(title)
    drawn: list[SafeString] = [_patterns(mark)]
    for place, (label, counts) in enumerate(rows):
        top = place * 46
        share = counts[0] / sum(counts) if sum(counts) else 0
        text = _("%(label)s: %(share)s %% đúng hạn") % {"label": label, "share": f"{share * 100:.1f}".replace(".", ",")}
        drawn.append(_label(0, top + 14, text, "start"))
        drawn.extend(_pieces(counts, top + 20, [kind for kind, _word in kinds], mark))
    columns = [Column(_("Cơ quan")), *(Column(word, "number") for _kind, word in kinds), Column(unit, "number")]
    lines = [Row([Cell(label), *(Cell(_number(n)) for n in counts), Cell(_number(sum(counts)))]) for label, counts in rows]
    svg = _svg(title, description, max(len(rows) * 46, 1), drawn)
    return Chart(title, description, svg, Table(title, columns, lines), kinds)


def spread(title: Text, description: Text, rows: Sequence[Spread], unit: Text) -> Chart:
    """Where values lie for each label: a thin line from least to greatest, a box for the middle half."""
    top = max((row.greatest for row in rows), default=0) or 1

    def x(value: int) -> float:
        return round(4 + (WIDTH - 8) * value / top, 1)

    drawn = []
    for place, row in enumerate(rows):
        y = place * 52 + 34
        drawn.append(_label(0, y - 18, f"{row.label}: {_number(row.middle)} {unit}", "start"))
        drawn.append(
            format_html(
                '<path d="M{} {}H{}M{} {}v10M{} {}v10" stroke="currentColor" stroke-width="1.5"/>'
                '<rect class="c-box" x="{}" y="{}" width="{}" height="18" stroke="currentColor" stroke-width="1.5" fill="#fff"/>'
                '<path d="M{} {}v18" stroke="currentColor" stroke-width="4"/><path d="M{} {}l5 5-5 5-5-5z" {}/>',
                x(row.least), y, x(row.greatest), x(row.least), y - 5, x(row.greatest), y - 5,
                x(row.quarter), y - 9, max(x(row.three_quarters) - x(row.quarter), 1), x(row.middle), y - 9,
                x(row.mean), y - 5, SafeString(INK),
            )
        )  # fmt: skip
    heads = (_("Ít nhất"), _("Một phần tư"), _("Ở giữa"), _("Ba phần tư"), _("Nhiều nhất"), _("Trung bình"))
    columns = [Column(unit), *(Column(head, "number") for head in heads)]
    lines = [Row([Cell(row.label), *(Cell(_number(value)) for value in _values(row))]) for row in rows]
    legend = (("box", _("nửa ở giữa")), ("bar", _("ở giữa")), ("mean", _("trung bình")))
    svg = _svg(title, description, max(len(rows) * 52, 1), drawn)
    return Chart(title, description, svg, Table(title, columns, lines), legend)


def _values(row: Spread) -> tuple[int, ...]:
    return row.least, row.quarter, row.middle, row.three_quarters, row.greatest, row.mean


def _pieces(counts: Sequence[int], y: int, kinds: Sequence[str], mark: str) -> list[SafeString]:
    total = sum(counts) or 1
    x, out = 0.0, []
    for kind, count in zip(kinds, counts, strict=True):
        width = WIDTH * count / total
        out.append(
            format_html(
                '<rect class="c-{}" x="{}" y="{}" width="{}" height="18" fill="url(#{}-{})" stroke="currentColor"/>',
                kind, round(x, 1), y, round(width, 1), mark, kind,
            )
        )  # fmt: skip
        x += width
    return out


def _patterns(mark: str) -> SafeString:
    """In time plain, soon striped, late crossed: three weaves that differ without colour."""
    weave = (
        ("in_time", SafeString("")),
        ("soon", SafeString('<path d="M0 8L8 0" stroke="#fff" stroke-width="2.4"/>')),
        ("late", SafeString('<path d="M0 0h8v8" stroke="#fff" stroke-width="2.4" fill="none"/>')),
    )
    inner = format_html_join(
        "",
        '<pattern id="{}-{}" class="c-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect width="8" height="8" fill="currentColor"/>{}</pattern>',
        ((mark, kind, kind, path) for kind, path in weave),
    )
    return format_html("<defs>{}</defs>", inner)


def _mark(title: Text) -> str:
    """An id that is the same for the same chart and differs between two on one page."""
    return "c" + blake2s(str(title).encode(), digest_size=4).hexdigest()


def _label(x: float, y: float, text: Text | int, anchor: str = "middle") -> SafeString:
    shown = _number(text) if isinstance(text, int) else text
    return format_html('<text x="{}" y="{}" text-anchor="{}" {}>{}</text>', x, round(y, 1), anchor, SafeString(INK), shown)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _svg(title: Text, description: Text, height: int, inside: Sequence[SafeString]) -> SafeString:
    mark = _mark(title)
    return format_html(
        '<svg class="chart-picture" role="img" aria-labelledby="{}-t {}-d" viewBox="0 0 {} {}">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        mark, mark, WIDTH, height, mark, title, mark, description,
        format_html_join("", "{}", ((piece,) for piece in inside)),
    )  # fmt: skip
