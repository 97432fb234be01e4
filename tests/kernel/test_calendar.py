from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.calendar import (
    Calendar,
    CalendarUnknown,
    SpecialDay,
    Week,
    ceil_minute,
    floor_minute,
    local,
)
from motcua.kernel.problems import Refused
from motcua.kernel.timeline import NotInForce, Timeline

from .calendars import AFTERNOON, AGENCY, MORNING, OFFICE_WEEK, POST, at, open_minutes

INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31, 23, 59)).map(
    lambda naive: at(naive.isoformat(timespec="minutes"))
)


def test_windows_of_a_plain_day_and_of_closed_days():
    assert AGENCY.windows(date(2026, 2, 13)) == (MORNING, AFTERNOON)
    assert AGENCY.windows(date(2026, 2, 14)) == ()
    assert AGENCY.windows(date(2026, 2, 17)) == ()


def test_swap_days_bind_the_agency_and_not_the_post():
    assert AGENCY.windows(date(2026, 1, 10)) == (MORNING, AFTERNOON)
    assert not AGENCY.is_open_day(date(2026, 1, 2))
    assert POST.windows(date(2026, 1, 10)) == ((420, 690),)
    assert POST.is_open_day(date(2026, 1, 2))


@pytest.mark.parametrize(
    ("day", "kind", "name", "source"),
    [
        (date(2026, 2, 13), "open", "", "Quy chế làm việc"),
        (date(2026, 2, 14), "weekend", "", "Quy chế làm việc"),
        (date(2026, 2, 17), "holiday", "Tết Nguyên đán", "Thông báo 2026"),
        (date(2026, 8, 31), "swap_off", "Nghỉ hoán đổi", "Thông báo hoán đổi 2"),
        (date(2026, 8, 22), "swap_work", "Làm bù", "Thông báo hoán đổi 2"),
        (date(2027, 2, 6), "holiday", "Tết Nguyên đán", "Thông báo 2027"),
    ],
)
def test_every_day_has_its_reason(day, kind, name, source):
    reason = AGENCY.reason(day)
    assert (reason.kind, reason.name, reason.source) == (kind, name, source)


def test_estimates_are_known_by_year_and_by_day():
    assert AGENCY.is_estimate(date(2027, 6, 1))
    assert not AGENCY.is_estimate(date(2026, 6, 1))
    one = Calendar("x", OFFICE_WEEK, {date(2026, 5, 4): SpecialDay("off", "n", "s", estimate=True)}, [2026])
    assert one.is_estimate(date(2026, 5, 4))
    assert not one.is_estimate(date(2026, 5, 5))


def test_outside_the_known_years_it_refuses():
    for day in (date(2024, 12, 31), date(2028, 1, 1)):
        with pytest.raises(CalendarUnknown) as refused:
            AGENCY.windows(day)
        assert refused.value.codes == ("calendar.unknown_year",)
        assert refused.value.year == day.year
        assert "2025–2027" in str(refused.value)


def test_after_the_last_open_minute_it_refuses():
    with pytest.raises(CalendarUnknown, match="2028"):
        AGENCY.next_opening(at("2027-12-31T17:00"))
    with pytest.raises(CalendarUnknown, match="2028"):
        AGENCY.next_open_day(date(2027, 12, 31) + timedelta(days=1))


def test_next_open_day():
    assert AGENCY.next_open_day(date(2026, 2, 13)) == date(2026, 2, 13)
    assert AGENCY.next_open_day(date(2026, 2, 14)) == date(2026, 2, 23)
    assert AGENCY.next_open_day(date(2026, 8, 22)) == date(2026, 8, 22)


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-03-02T06:00", "2026-03-02T07:30"),
        ("2026-03-02T07:30", "2026-03-02T07:30"),
        ("2026-03-02T10:17", "2026-03-02T10:17"),
        ("2026-03-02T11:30", "2026-03-02T13:00"),
        ("2026-03-02T12:15", "2026-03-02T13:00"),
        ("2026-03-02T17:00", "2026-03-03T07:30"),
        ("2026-03-06T18:00", "2026-03-09T07:30"),
    ],
)
def test_next_opening(instant, opening):
    assert AGENCY.next_opening(at(instant)) == at(opening)


def test_hours_change_with_the_season():
    summer, winter = ((420, 660),), ((480, 720),)
    weeks = Timeline(
        [
            (date(2026, 1, 1), Week({0: winter}, source="Giờ mùa đông")),
            (date(2026, 4, 15), Week({0: summer}, source="Giờ mùa hè")),
            (date(2026, 10, 15), Week({0: winter}, source="Giờ mùa đông")),
        ]
    )
    calendar = Calendar("x", weeks, {}, [2026])
    assert calendar.windows(date(2026, 4, 13)) == winter
    assert calendar.windows(date(2026, 4, 20)) == summer
    assert calendar.reason(date(2026, 4, 20)).source == "Giờ mùa hè"
    assert calendar.windows(date(2026, 10, 19)) == winter


def test_a_worked_saturday_takes_the_hours_it_is_told():
    saturday = date(2026, 1, 10)
    monday, friday, by_order = ((450, 690),), ((480, 600),), ((500, 700),)

    def hours(swap_day=None, as_weekday=None):
        special = SpecialDay("work", "Làm bù", "s", as_weekday=as_weekday)
        return Calendar("x", Week({0: monday, 4: friday}, swap_day), {saturday: special}, [2026]).windows(saturday)

    assert hours() == monday
    assert hours(swap_day=by_order) == by_order
    assert hours(as_weekday=4) == friday
    assert hours(swap_day=by_order, as_weekday=4) == friday


def test_a_bare_mapping_is_a_week():
    assert Calendar("x", {0: (MORNING,)}, {}, [2026]).windows(date(2026, 3, 2)) == (MORNING,)


@pytest.mark.parametrize(
    ("week", "special", "years", "what"),
    [
        (Week({0: (AFTERNOON, MORNING)}), {}, [2026], "not in order"),
        (Week({0: ((450, 690), (600, 700))}), {}, [2026], "not in order"),
        (Week({0: ((450, 450),)}), {}, [2026], "not in order"),
        (Week({0: ((450, 1441),)}), {}, [2026], "not in order"),
        (Week({}), {}, [], "at least one"),
        (Week({}), {}, [2025, 2027], "gap"),
        (Week({}), {date(2027, 1, 1): SpecialDay("off", "n", "s")}, [2026], "not a known year"),
        (Week({1: (MORNING,)}), {date(2026, 1, 10): SpecialDay("work", "n", "s")}, [2026], "no hours"),
    ],
)
def test_contradictions_are_refused_when_it_is_made(week, special, years, what):
    with pytest.raises(ValueError, match=what):
        Calendar("x", week, special, years)


def test_weeks_must_reach_back_to_the_first_known_year():
    with pytest.raises(NotInForce):
        Calendar("x", Timeline([(date(2026, 6, 1), OFFICE_WEEK)], "Giờ làm việc"), {}, [2026])


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(Refused) as refused:
        local(datetime(2026, 3, 2, 10, 0))
    assert refused.value.codes == ("clock.naive_instant",)
    assert "2026-03-02T10:00+07:00" in str(refused.value)


def test_any_zone_is_understood_and_seconds_are_cut():
    instant = datetime(2026, 3, 2, 3, 0, 40, 5, tzinfo=UTC)
    assert floor_minute(instant) == at("2026-03-02T10:00")
    assert ceil_minute(instant) == at("2026-03-02T10:01")
    assert ceil_minute(at("2026-03-02T10:00")) == at("2026-03-02T10:00")
    assert AGENCY.position(instant) == AGENCY.position(at("2026-03-02T10:00"))


@given(INSTANTS, st.integers(0, 6 * 24 * 60))
def test_positions_agree_with_counting_minute_by_minute(start, minutes):
    end = start + timedelta(minutes=minutes)
    if end.year > 2027:
        return
    for calendar in (AGENCY, POST):
        assert calendar.position(end) - calendar.position(start) == open_minutes(calendar, start, end)


@given(INSTANTS.filter(lambda instant: instant < at("2027-12-31T17:00") and instant > at("2025-01-02T07:30")))
def test_openings_and_positions_are_inverse(instant):
    for calendar in (AGENCY, POST):
        position = calendar.position(instant)
        opening, landing = calendar.next_opening(instant), calendar.instant_after(position)
        assert calendar.position(opening) == calendar.position(landing) == position
        assert landing <= instant <= opening or opening == instant
        assert open_minutes(calendar, opening, opening + timedelta(minutes=1)) == 1
        assert open_minutes(calendar, landing - timedelta(minutes=1), landing) == 1


@given(st.dates(date(2025, 1, 1), date(2027, 12, 30)))
def test_a_day_is_open_exactly_when_its_reason_says_so(day):
    for calendar in (AGENCY, POST):
        assert calendar.is_open_day(day) == (calendar.reason(day).kind in {"open", "swap_work"})
        opened = calendar.next_open_day(day)
        assert calendar.is_open_day(opened)
        assert not any(calendar.is_open_day(day + timedelta(days=n)) for n in range((opened - day).days))
