"""Pictures of figures as server-made SVG: title, description, and the table they were drawn from.

Places along the width are per cent, so a chart fits a phone without shrinking its letters. Kinds are
told apart by weave as well as by colour, so a chart prints in black. Numbers are ints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.web.ui import Cell, Column, Row, Table, Text

KINDS = ("in_time", "soon", "late")
LABELS_THAT_FIT = 6
VALUES_THAT_FIT = 16
BAR_HEIGHT = 150


@dataclass(frozen=True)
class Chart:
    """A drawn chart: `svg` for the eye, `table` for everyone; both from the same numbers."""

    title: Text
    description: Text
    svg: SafeString
    table: Table
    legend: Sequence[tuple[str, Text]] = ()


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

    @property
    def values(self) -> tuple[int, ...]:
        """The six figures in the order of the table's columns."""
        return self.least, self.quarter, self.middle, self.three_quarters, self.greatest, self.mean


def bars_by_day(title: Text, description: Text, days: Sequence[tuple[Text, int]], unit: Text) -> Chart:
    """One bar for each day (or any ordered label); the greatest value is drawn as a line with its number."""
    top = max((value for _label, value in days), default=0)
    step = 100 / max(len(days), 1)
    every = -(-len(days) // LABELS_THAT_FIT)
    drawn = [_rule(20), _text(0, 14, _("cao nhất %s") % _number(top))]
    for place, (label, value) in enumerate(days):
        height = round(BAR_HEIGHT * value / (top or 1), 1)
        drawn.append(_rect(place * step + step * 0.14, 20 + BAR_HEIGHT - height, step * 0.72, height, "c-bar"))
        middle = (place + 0.5) * step
        if len(days) <= VALUES_THAT_FIT and value != top:
            drawn.append(_text(middle, 15 + BAR_HEIGHT - height, _number(value), look="c-value"))
        if place % every == 0:
            drawn.append(_text(middle, 40 + BAR_HEIGHT, label))
    rows = [Row([Cell(label), Cell(_number(value))]) for label, value in days]
    table = Table(title, [Column(_("Ngày")), Column(unit, "number")], rows)
    return Chart(title, description, _svg(title, description, 50 + BAR_HEIGHT, [*drawn, _rule(20 + BAR_HEIGHT)]), table)


def stacked(title: Text, description: Text, rows: Sequence[tuple[Text, tuple[int, int, int]]], unit: Text) -> Chart:
    """A line for each agency, split into in time, soon and late; lengths are shares, the table has counts."""
    words = (_("Đúng hạn"), _("Sắp đến hạn"), _("Trễ hạn"))
    mark = _mark(title)
    drawn = [_weaves(mark)]
    for place, (label, counts) in enumerate(rows):
        top = place * 48
        drawn += _headed(label, _share(counts), top)
        drawn.extend(_pieces(counts, top + 22, mark))
    columns = [Column(_("Cơ quan")), *(Column(word, "number") for word in words), Column(unit, "number")]
    lines = [Row([Cell(label), *(Cell(_number(n)) for n in (*counts, sum(counts)))]) for label, counts in rows]
    svg = _svg(title, description, max(len(rows) * 48 - 4, 1), drawn)
    return Chart(title, description, svg, Table(title, columns, lines), tuple(zip(KINDS, words, strict=True)))


def spread(title: Text, description: Text, rows: Sequence[Spread], unit: Text) -> Chart:
    """Where values lie for each label: a thin line from least to greatest, a box for the middle half."""
    top = max((row.greatest for row in rows), default=0) or 1
    drawn = [piece for place, row in enumerate(rows) for piece in _lie(row, place * 56, 98 / top, unit)]
    heads = (_("Ít nhất"), _("Một phần tư"), _("Ở giữa"), _("Ba phần tư"), _("Nhiều nhất"), _("Trung bình"))
    columns = [Column(unit), *(Column(head, "number") for head in heads)]
    lines = [Row([Cell(row.label), *(Cell(_number(value)) for value in row.values)]) for row in rows]
    kinds = ("range", "box", "bar", "mean")
    words = (_("ít nhất đến nhiều nhất"), _("nửa ở giữa"), _("ở giữa"), _("trung bình"))
    svg = _svg(title, description, max(len(rows) * 56 - 8, 1), drawn)
    return Chart(title, description, svg, Table(title, columns, lines), tuple(zip(kinds, words, strict=True)))


def _share(counts: Sequence[int]) -> str:
    total = sum(counts)
    if not total:
        return _("chưa có hồ sơ")
    tenths = (counts[0] * 1000 + total // 2) // total
    return f"{tenths // 10},{tenths % 10}\u00a0%"


def _lie(row: Spread, top: int, unit_width: float, unit: Text) -> list[SafeString]:
    y = top + 34
    least, quarter, middle, three_quarters, greatest, mean = (1 + unit_width * value for value in row.values)
    box = _rect(quarter, y - 9, max(three_quarters - quarter, 0.4), 18, "c-box", 'fill="#fff" stroke="currentColor"')
    return [
        *_headed(row.label, f"{_number(row.middle)} {unit}", top),
        _line(least, y, greatest, y),
        _line(least, y - 5, least, y + 5),
        _line(greatest, y - 5, greatest, y + 5),
        box,
        _line(middle, y - 9, middle, y + 9, 4),
        format_html(
            '<svg x="{}%" y="{}" width="1" height="1" overflow="visible"><path d="M0-6l6 6-6 6-6-6z" '
            'fill="currentColor" stroke="#fff"/></svg>',
            round(mean, 2), y,
        ),
    ]  # fmt: skip


def _pieces(counts: Sequence[int], y: int, mark: str) -> list[SafeString]:
    total = sum(counts) or 1
    x, out = 0.0, []
    for kind, count in zip(KINDS, counts, strict=True):
        width = 100 * count / total
        if count:
            paint = format_html('fill="url(#{}-{})" stroke="currentColor"', mark, kind)
            out.append(_rect(x, y, width, 18, f"c-{kind}", paint))
        x += width
    return out


def _weaves(mark: str) -> SafeString:
    """In time plain, soon striped, late crossed: three weaves that differ without colour."""
    weave = (
        ("in_time", SafeString("")),
        ("soon", SafeString('<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="#fff" stroke-width="2.4"/>')),
        ("late", SafeString('<path d="M0 0h8M0 0v8" stroke="#fff" stroke-width="2.4" fill="none"/>')),
    )
    inner = format_html_join(
        "",
        '<pattern id="{}-{}" class="c-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect width="8" height="8" fill="currentColor"/>{}</pattern>',
        ((mark, kind, kind, path) for kind, path in weave),
    )
    return format_html("<defs>{}</defs>", inner)


def _rect(x: float, y: float, width: float, height: float, look: str, paint: str = "") -> SafeString:
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}" {}/>',
        look, round(x, 2), round(y, 1), round(width, 2), height, SafeString(paint),
    )  # fmt: skip


def _line(x: float, y: float, to_x: float, to_y: float, weight: float = 1.5) -> SafeString:
    return format_html(
        '<line x1="{}%" y1="{}" x2="{}%" y2="{}" stroke="currentColor" stroke-width="{}"/>',
        round(x, 2), y, round(to_x, 2), to_y, weight,
    )  # fmt: skip


def _rule(y: float) -> SafeString:
    return format_html('<line class="c-rule" x1="0" y1="{}" x2="100%" y2="{}" stroke="currentColor"/>', y, y)


def _text(x: float, y: float, text: Text, look: str = "") -> SafeString:
    """A word centred on its place; near an edge it leans inward, so that none is cut."""
    anchor, x = ("start", 0) if x < 8 else ("end", 100) if x > 92 else ("middle", x)
    return format_html(
        '<text class="{}" x="{}%" y="{}" text-anchor="{}" fill="currentColor">{}</text>',
        look, round(x, 2), round(y, 1), anchor, text,
    )  # fmt: skip


def _headed(label: Text, figure: str, top: int) -> list[SafeString]:
    """A line's name and its figure at the right; a name that is too long for a phone ends before the figure."""
    name = format_html('<svg y="{}" width="74%" height="20">{}</svg>', top, _text(0, 14, label))
    return [name, _text(100, top + 14, figure, "c-share")]


def _mark(title: Text) -> str:
    """An id that is the same for the same chart and differs between two on one page."""
    return "c" + blake2s(str(title).encode(), digest_size=4).hexdigest()


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _svg(title: Text, description: Text, height: int, inside: Sequence[SafeString]) -> SafeString:
    mark = _mark(title)
    return format_html(
        '<svg class="chart-picture" role="img" aria-labelledby="{}-t {}-d" width="100%" height="{}">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        mark, mark, height, mark, title, mark, description,
        format_html_join("", "{}", ((piece,) for piece in inside)),
    )  # fmt: skip
