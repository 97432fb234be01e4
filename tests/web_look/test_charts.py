"""A chart's table holds the numbers it was drawn from, and the picture is named for those who cannot see it."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from motcua.web import charts
from motcua.web.shared.samples import drawn

counts = st.integers(min_value=0, max_value=10**7)
days = st.lists(st.tuples(st.text("abc0/<&", max_size=6), counts), max_size=40)


def cells(chart: charts.Chart) -> list[list[str]]:
    return [[str(cell.text) for cell in row.cells] for row in chart.table.rows]


def spelled(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(days)
def test_bars_and_their_table_are_the_data(data):
    chart = charts.bars_by_day("Hồ sơ", "theo ngày", data, "Hồ sơ")
    assert cells(chart) == [[label, spelled(value)] for label, value in data]
    bars = re.findall(r'class="c-bar" x="([\d.]+)%" y="([\d.]+)" width="([\d.]+)%" height="([\d.]+)"', chart.svg)
    assert len(bars) == len(data)
    top = max((value for _label, value in data), default=0) or 1
    for (_label, value), (x, y, width, height) in zip(data, bars, strict=True):
        assert float(height) == pytest.approx(150 * value / top, abs=0.1)
        assert float(y) + float(height) == pytest.approx(170, abs=0.2)
        assert 0 <= float(x) <= float(x) + float(width) <= 100


@given(st.lists(st.tuples(st.text("abc", max_size=5), st.tuples(counts, counts, counts)), max_size=6))
def test_pieces_fill_the_line_and_the_table_adds_up(data):
    chart = charts.stacked("Đúng hạn", "theo cơ quan", data, "Tổng")
    assert cells(chart) == [[label, *map(spelled, split), spelled(sum(split))] for label, split in data]
    for _label, split in data:
        assert sum(split) == 0 or chart.svg.count("url(#") >= 1
    pieces = re.findall(r'class="c-(\w+)" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"', chart.svg)
    assert len(pieces) == sum(n > 0 for _label, split in data for n in split)
    assert sum(float(width) for _kind, _x, width in pieces) == pytest.approx(
        100 * sum(sum(split) > 0 for _label, split in data), abs=0.1
    )


def test_kinds_differ_by_weave_not_only_by_colour():
    chart = charts.stacked("Đúng hạn", "", [("Sở", (1, 1, 1))], "Tổng")
    weaves = re.findall(r"<pattern.*?</pattern>", chart.svg)
    assert len({re.sub(r'(id|class)="[^"]*"', "", weave) for weave in weaves}) == 3


def test_a_spread_keeps_all_six_figures():
    row = charts.Spread("Bưu cục", 3, 7, 11, 18, 1064, 15)
    chart = charts.spread("Thời gian", "", [row], "phút")
    assert cells(chart) == [["Bưu cục", "3", "7", "11", "18", "1.064", "15"]]


@pytest.mark.parametrize("chart", drawn(), ids=lambda c: str(c.title))
def test_a_picture_is_well_formed_named_and_unstyled(chart):
    root = ET.fromstring(chart.svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
    names = {e.get("id"): e.text for e in root if e.get("id")}
    assert [names[i] for i in root.get("aria-labelledby", "").split()] == [str(chart.title), str(chart.description)]
    assert root.get("role") == "img"
    assert "style=" not in chart.svg


def test_the_component_shows_the_table_or_says_there_is_nothing():
    for chart in drawn():
        html = Template("{% load motcua_ui %}{% chart c %}").render(Context({"c": chart}))
        assert ("<table" in html) == bool(chart.table.rows)
        assert ("Chưa có số liệu" in html) != bool(chart.table.rows)


def test_two_charts_on_a_page_do_not_share_names():
    ids = [i for chart in drawn() for i in re.findall(r' id="([^"]+)"', chart.svg)]
    assert len(ids) == len(set(ids))
