"""The way: picture, summary and text come from the same stations and never disagree."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from motcua.web.shared.samples import ways
from motcua.web.way import Station, Way

START = datetime(2026, 2, 27, 1, 15, tzinfo=UTC)
STATES = ("done", "current", "todo", "skipped")


def large(way: Way) -> str:
    return Template("{% load motcua_ui %}{% way way %}").render(Context({"way": way}))


def core(station: Station) -> bool:
    """A late one that is here is drawn as two diamonds, and both are red."""
    return station.late and station.state == "current"


@st.composite
def any_way(draw: st.DrawFn) -> Way:
    states = draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=9))
    first = states.index("current") if "current" in states else None
    states = [s if s != "current" or i == first else "todo" for i, s in enumerate(states)]
    stations = [
        Station(
            f"k{i}", f"Chặng {i}", f"Nơi {i}", state,
            at=START + timedelta(days=i) if state in ("done", "current") else None,
            due=START + timedelta(days=i + 1) if draw(st.booleans()) else None,
            late=state != "skipped" and draw(st.booleans()),
        )
        for i, state in enumerate(states)
    ]  # fmt: skip
    return Way(stations, draw(st.sampled_from([None, START + timedelta(days=9)])))


@given(any_way())
def test_text_tells_every_station_with_the_state_and_lateness_that_is_drawn(way):
    lines = way.text.splitlines()
    items = re.findall(r'<li class="way-stop (is-[^"]*)"', large(way))
    assert len(items) == len(way.stations) == len(lines) - 1
    for station, line, classes in zip(way.stations, lines, items, strict=False):
        assert line.split(". ", 1)[1].startswith(f"{station.label} ({station.owner}): {station.state_word}")
        assert f"is-{station.state} " in classes
        assert ("is-late" in classes) == ("trễ" in line) == station.late
        assert all(time in line for time in station.times)
    assert lines[-1] == way.promise_text


@given(any_way())
def test_small_picture_has_a_mark_for_each_state_and_its_title_says_as_much(way):
    drawn = [s for s in way.stations if s.state != "skipped"]
    expected = ["w-late" if s.late else f"w-{s.state}" for s in way.stations for _core in range(1 + core(s))]
    assert re.findall(r'class="(w-\w+)" (?:c|d="M\d+ \d+[ml])', way.small) == expected
    title = re.search(r"<title>(.*?)</title>", way.small)
    assert title
    assert title[1] == way.summary
    assert f"Xong {sum(s.state == 'done' for s in drawn)} trên {len(drawn)} chặng" in way.summary
    assert ("Đang ở" in way.summary) == any(s.state == "current" for s in way.stations)
    assert ("Trễ ở" in way.summary) == any(s.late for s in way.stations)
    assert ("Không qua" in way.summary) == any(s.state == "skipped" for s in way.stations)


@given(any_way())
def test_a_leg_is_full_exactly_as_far_as_the_dossier_has_come(way):
    legs = re.findall(r"leg-(\w+)", large(way))
    reached = way.reached
    for place, leg in enumerate(legs[:-1], 1):
        assert (leg == "ahead") == (place > reached)
        assert (leg == "late") == (place <= reached and way.stations[place].late)
    assert (legs[-1] == "on") == way.arrived


def test_late_is_a_shape_and_a_word_and_not_only_a_colour():
    late = Way([Station("a", "Quyết định", "Sở Tư pháp", "current", START, START, late=True)], START)
    intime = Way([Station("a", "Quyết định", "Sở Tư pháp", "current", START, START)], START)
    assert "<circle" in intime.small
    assert "<circle" not in late.small
    assert 'class="way-late"' in large(late)
    assert "Trễ ở: Quyết định" in late.summary


def test_times_are_the_offices_times_and_legs_count_their_days_like_a_timetable():
    way = Way([
        Station("filed", "Nộp hồ sơ", "Người nộp", "done", START),
        Station("taken", "Bưu điện nhận", "Bưu cục", "done", START + timedelta(hours=2)),
        Station("accepted", "Tiếp nhận", "Một cửa", "done", START + timedelta(hours=17)),
        Station("decided", "Quyết định", "Sở", "done", START + timedelta(days=3), took="2 ngày 3 giờ"),
    ])  # fmt: skip
    assert [stop.took for stop in way.stops] == ["", "trong ngày", "+1 ngày", "2 ngày 3 giờ"]
    assert way.text.splitlines()[0] == "1. Nộp hồ sơ (Người nộp): đã xong, 27/02/2026 08:15"
    assert way.text.splitlines()[-1] == "Chưa có ngày hẹn trả"


def test_nothing_breaks_on_an_empty_way():
    assert "Xong 0 trên 0 chặng" in Way([]).small
    assert "<ol" in large(Way([]))


@pytest.mark.parametrize(("name", "way"), ways())
def test_names_are_escaped_and_no_style_is_inline(name, way):
    spiked = Way([Station("x", "<b>&", '"><script>', "current", START)], way.promised_at)
    assert "<script" not in spiked.small + large(spiked)
    assert "style=" not in way.small + large(way)
