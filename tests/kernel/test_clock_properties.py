"""What must hold of every deadline, whatever the receipt, the term and the pauses."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.kernel.clock import (
    Allowance,
    Pause,
    add_minutes,
    due,
    due_instant,
    elapsed_minutes,
    explain,
    merge_pauses,
    remaining_minutes,
    working_minutes,
)

from .calendars import AGENCY, POST, at, open_minutes

MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(2025, 1, 2), datetime(2026, 9, 30)
CALENDARS = st.sampled_from([AGENCY, POST])
MINUTES = st.integers(1, 90 * 480)


def _aware(naive):
    return at(naive.isoformat(timespec="minutes"))


INSTANTS = st.datetimes(FIRST, LAST).map(_aware)
EXACT_INSTANTS = st.datetimes(FIRST, LAST).map(lambda naive: at(naive.isoformat()))
HOURS = st.integers(1, 200).map(lambda hours: Allowance("working_hours", hours))
WORKING_DAYS = st.fractions(min_value=1, max_value=60, max_denominator=4).map(
    lambda amount: Allowance("working_days", amount)
)
CALENDAR_DAYS = st.integers(1, 90).map(lambda days: Allowance("days", days))
WORKING = st.one_of(HOURS, WORKING_DAYS)
ALLOWANCES = st.one_of(WORKING, CALENDAR_DAYS, st.just(Allowance("same_day")))


@st.composite
def pauses(draw, instants=INSTANTS, most=4):
    """Pauses that may overlap, of up to some weeks each, around one receipt."""
    first = draw(instants)
    found = []
    for number in range(draw(st.integers(0, most))):
        start = first + draw(st.integers(-5, 40)) * timedelta(days=1) + draw(st.integers(0, 1440)) * MINUTE
        length = draw(st.one_of(st.integers(0, 300), st.integers(0, 20 * 1440))) * MINUTE
        found.append(Pause(start, start + length, f"căn cứ {number}"))
    return first, found


def _minutes(allowance):
    return allowance.amount * (480 if allowance.kind == "working_days" else 60)


@given(INSTANTS, INSTANTS, ALLOWANCES, CALENDARS)
def test_a_later_receipt_is_never_due_earlier(one, two, allowance, calendar):
    early, late = sorted([one, two])
    assert due_instant(early, allowance, calendar) <= due_instant(late, allowance, calendar)


@given(pauses(), INSTANTS, ALLOWANCES, CALENDARS)
def test_nor_with_the_same_pauses(around, other, allowance, calendar):
    first, stops = around
    early, late = sorted([first, first + (other - at("2025-06-01T00:00")) % timedelta(days=20)])
    assert due_instant(early, allowance, calendar, stops) <= due_instant(late, allowance, calendar, stops)


@given(
    pauses(),
    st.tuples(HOURS, HOURS) | st.tuples(WORKING_DAYS, WORKING_DAYS) | st.tuples(CALENDAR_DAYS, CALENDAR_DAYS),
    CALENDARS,
)
def test_a_longer_term_is_never_due_earlier(around, terms, calendar):
    start, stops = around
    short, long = sorted(terms, key=lambda term: term.amount)
    assert due_instant(start, short, calendar, stops) <= due_instant(start, long, calendar, stops)


@given(INSTANTS, st.integers(0, 40 * 480), st.integers(0, 40 * 480), CALENDARS)
def test_adding_is_additive(start, first, second, calendar):
    at_once = add_minutes(start, first + second, calendar)
    assert add_minutes(add_minutes(start, first, calendar), second, calendar) == at_once


@given(INSTANTS, MINUTES, CALENDARS)
def test_adding_then_measuring_gives_the_minutes_back(start, minutes, calendar):
    assert working_minutes(start, add_minutes(start, minutes, calendar), calendar) == minutes


@given(pauses(), WORKING, CALENDARS)
def test_the_term_is_the_working_time_outside_the_pauses(around, allowance, calendar):
    start, stops = around
    end = due_instant(start, allowance, calendar, stops)
    assert elapsed_minutes(start, end, calendar, stops) == _minutes(allowance)
    assert remaining_minutes(start, end, calendar, stops) == _minutes(allowance)


@given(pauses(), HOURS, CALENDARS)
def test_the_same_by_counting_minute_by_minute(around, allowance, calendar):
    start, stops = around
    end = due_instant(start, allowance, calendar, stops)
    assume(end - start < timedelta(days=40))
    counted, here = 0, start
    for stop in merge_pauses(stops, start):
        if stop.start >= end:
            break
        counted += open_minutes(calendar, here, stop.start)
        here = stop.end
    assert counted + open_minutes(calendar, here, end) == _minutes(allowance)


@given(INSTANTS, INSTANTS.map(lambda instant: instant - at("2025-06-01T00:00")), CALENDARS)
def test_working_minutes_agree_with_counting(start, span, calendar):
    end = start + span % timedelta(days=12)
    assert working_minutes(start, end, calendar) == open_minutes(calendar, start, end)
    assert working_minutes(end, start, calendar) == -working_minutes(start, end, calendar)


@given(pauses(), ALLOWANCES, CALENDARS)
def test_a_promise_never_lands_on_a_closed_minute(around, allowance, calendar):
    start, stops = around
    end = due_instant(start, allowance, calendar, stops)
    assert end > start
    assert open_minutes(calendar, end - MINUTE, end) == 1


@given(pauses(), ALLOWANCES, CALENDARS)
def test_a_promise_never_lies_inside_a_pause(around, allowance, calendar):
    start, stops = around
    end = due_instant(start, allowance, calendar, stops)
    assert not any(stop.start < end < stop.end for stop in merge_pauses(stops, start))


@given(pauses(), WORKING, CALENDARS, st.data())
def test_a_pause_without_working_minutes_changes_nothing(around, allowance, calendar, data):
    start, stops = around
    plain = due_instant(start, allowance, calendar, stops)
    closing = calendar.instant_after(calendar.position(data.draw(INSTANTS)) + 1)
    gap = calendar.next_opening(closing) - closing
    begin = closing + data.draw(st.integers(0, max(int(gap / MINUTE), 0))) * MINUTE
    idle = Pause(begin, max(begin, calendar.next_opening(closing)), "x")
    assert working_minutes(idle.start, idle.end, calendar) == 0
    assert due_instant(start, allowance, calendar, [*stops, idle]) == plain


@given(pauses(), ALLOWANCES, CALENDARS, st.randoms(use_true_random=False))
def test_overlapping_pauses_are_their_union_in_any_order(around, allowance, calendar, random):
    start, stops = around
    shuffled = [*stops, *stops]
    random.shuffle(shuffled)
    together = merge_pauses(stops, start)
    assert all(one.end <= two.start for one, two in pairwise(together))
    expected = due_instant(start, allowance, calendar, together)
    assert due_instant(start, allowance, calendar, shuffled) == expected


@given(pauses(), ALLOWANCES, CALENDARS)
def test_a_pause_never_makes_it_earlier(around, allowance, calendar):
    start, stops = around
    ends = [due_instant(start, allowance, calendar, stops[:count]) for count in range(len(stops) + 1)]
    assert ends == sorted(ends)


@given(INSTANTS, WORKING, CALENDARS, st.integers(0, 60 * 480))
def test_an_open_pause_leaves_what_was_not_used(start, allowance, calendar, used):
    begin = add_minutes(start, used, calendar)
    answer = due(start, allowance, calendar, [Pause(begin, None, "x")])
    if used < _minutes(allowance):
        assert answer.due_at is None
        assert answer.minutes_left == _minutes(allowance) - used
        closed_again = due_instant(start, allowance, calendar, [Pause(begin, begin, "x")])
        assert closed_again == due_instant(start, allowance, calendar)
    else:
        assert answer.due_at == due_instant(start, allowance, calendar)


@given(EXACT_INSTANTS, ALLOWANCES, CALENDARS, EXACT_INSTANTS, st.integers(0, 10**6))
def test_seconds_never_make_it_later(start, allowance, calendar, stop, length):
    exact = Pause(stop, stop + timedelta(seconds=length), "x")
    wide = Pause(stop.replace(second=0, microsecond=0), exact.end.replace(second=0, microsecond=0) + MINUTE, "x")
    floor = start.replace(second=0, microsecond=0)
    assert due_instant(start, allowance, calendar) == due_instant(floor, allowance, calendar)
    assert due_instant(start, allowance, calendar, [exact]) <= due_instant(floor, allowance, calendar, [wide])


@given(INSTANTS, ALLOWANCES, CALENDARS)
def test_the_zone_of_the_receipt_does_not_matter(start, allowance, calendar):
    assert due(start.astimezone(UTC), allowance, calendar) == due(start, allowance, calendar)


@given(INSTANTS, CALENDAR_DAYS, CALENDARS)
def test_calendar_days_end_with_the_first_open_day_from_the_last(start, allowance, calendar):
    day = start.date() + timedelta(days=allowance.amount)
    while not calendar.windows(day):
        day += timedelta(days=1)
    close = calendar.windows(day)[-1].closes
    assert due_instant(start, allowance, calendar) == at(f"{day}T{close // 60:02d}:{close % 60:02d}")


@given(pauses(), ALLOWANCES, CALENDARS)
def test_the_derivation_adds_up_to_the_answer(around, allowance, calendar):
    start, stops = around
    answer = due(start, allowance, calendar, stops)
    assert answer.due_at == due_instant(start, allowance, calendar, stops)
    json.dumps(answer.as_dict())
    assert len(explain(answer)) == len(explain(answer, "en")) >= len(answer.steps)
    if allowance.kind == "days":
        assert sum(step.params["days"] for step in answer.steps if step.kind == "count") == allowance.amount
        return
    (term,) = (step.params["minutes"] for step in answer.steps if step.kind == "allowance")
    runs = [step for step in answer.steps if step.kind in ("work", "swap_work")]
    left = term
    for run in runs:
        assert run.params["minutes"] == working_minutes(run.start, run.end, calendar)
        assert open_minutes(calendar, run.start, run.start + MINUTE) == 1
        left -= run.params["minutes"]
        assert run.params["left"] == left
    assert left == 0
    assert runs[-1].end == answer.due_at


@given(INSTANTS, WORKING, CALENDARS)
def test_every_closed_day_on_the_way_is_named_once(start, allowance, calendar):
    answer = due(start, allowance, calendar)
    days = [start.date() + timedelta(days=n) for n in range((answer.due_at.date() - start.date()).days + 1)]
    assert [skipped.day for skipped in answer.skipped] == [day for day in days if not calendar.windows(day)]
    assert all(skipped.source for skipped in answer.skipped)


@given(pauses(), ALLOWANCES, CALENDARS)
def test_the_steps_are_in_order_of_time(around, allowance, calendar):
    start, stops = around
    answer = due(start, allowance, calendar, stops)
    ends = [step.end or step.start for step in answer.steps if step.kind in ("work", "swap_work", "pause", "due")]
    assert ends == sorted(ends)
    days = [skipped.day for skipped in answer.skipped]
    assert len(days) == len(set(days))
