"""Deadlines by example: what a jurist would check with a calendar and a pencil."""

import json
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from motcua.kernel.calendar import CalendarUnknown
from motcua.kernel.clock import (
    Allowance,
    ClockRules,
    Leg,
    Pause,
    add_minutes,
    due,
    due_instant,
    elapsed_minutes,
    merge_pauses,
    remaining_minutes,
    working_minutes,
)
from motcua.kernel.problems import Refused

from .calendars import AGENCY, POST, at

SAME_DAY = Allowance("same_day")
TET = "2026-02-13T16:10"


def wd(days):
    return Allowance("working_days", days)


def pause(start, end, ground="Chờ bổ sung giấy tờ"):
    return Pause(at(start), at(end) if end else None, ground)


@pytest.mark.parametrize(
    ("received", "allowance", "expected"),
    [
        (TET, wd(3), "2026-02-25T16:10"),
        ("2026-03-02T17:30", wd(1), "2026-03-03T17:00"),
        ("2026-03-02T17:00", wd(1), "2026-03-03T17:00"),
        ("2026-03-02T07:30", wd(1), "2026-03-02T17:00"),
        ("2026-03-02T05:00", wd(1), "2026-03-02T17:00"),
        ("2026-03-02T12:00", wd(1), "2026-03-03T11:30"),
        ("2026-03-02T10:00", wd(Fraction(1, 2)), "2026-03-02T15:30"),
        ("2026-03-07T09:00", wd(5), "2026-03-13T17:00"),
        ("2025-12-31T16:00", wd(1), "2026-01-05T16:00"),
        ("2026-01-09T16:00", wd(2), "2026-01-12T16:00"),
        ("2026-08-21T16:00", wd(2), "2026-08-24T16:00"),
        ("2026-08-28T08:00", wd(3), "2026-09-07T08:00"),
        ("2026-03-02T16:00", Allowance("working_hours", 8), "2026-03-03T16:00"),
        ("2026-03-02T14:59", SAME_DAY, "2026-03-02T17:00"),
        ("2026-03-02T15:00", SAME_DAY, "2026-03-02T17:00"),
        ("2026-03-02T15:01", SAME_DAY, "2026-03-03T17:00"),
        ("2026-03-02T05:00", SAME_DAY, "2026-03-02T17:00"),
        ("2026-03-07T09:00", SAME_DAY, "2026-03-09T17:00"),
        ("2026-01-10T09:00", SAME_DAY, "2026-01-10T17:00"),
        ("2026-02-13T15:30", SAME_DAY, "2026-02-23T17:00"),
        ("2026-03-02T23:59", Allowance("days", 3), "2026-03-05T17:00"),
        ("2026-03-02T08:00", Allowance("days", 5), "2026-03-09T17:00"),
        ("2026-02-06T08:00", Allowance("days", 10), "2026-02-23T17:00"),
        ("2026-03-07T08:00", Allowance("days", 1), "2026-03-09T17:00"),
    ],
)
def test_due_at_the_agency(received, allowance, expected):
    assert due(at(received), allowance, AGENCY).due_at == at(expected)


def test_the_post_works_on_saturday_mornings_and_not_on_swaps():
    assert due(at("2026-01-09T17:00"), Allowance("working_hours", 2), POST).due_at == at("2026-01-10T08:00")
    assert due(at("2026-03-07T10:00"), SAME_DAY, POST).due_at == at("2026-03-07T11:30")


def test_a_same_day_matter_after_the_close_of_a_short_day_waits_although_before_the_cutoff():
    answer = due(at("2026-03-07T14:00"), SAME_DAY, POST)
    assert answer.due_at == at("2026-03-09T18:00")
    assert answer.started_at == at("2026-03-09T07:00")


def test_when_the_clock_starts():
    assert due(at("2026-03-02T17:30"), wd(1), AGENCY).started_at == at("2026-03-03T07:30")
    assert due(at("2026-03-02T12:00"), wd(1), AGENCY).started_at == at("2026-03-02T13:00")
    assert due(at("2026-03-02T15:01"), SAME_DAY, AGENCY).started_at == at("2026-03-03T07:30")
    assert due(at(TET), wd(1), AGENCY).started_at == at(TET)
    assert due(at("2026-03-07T11:30"), SAME_DAY, POST).started_at == at("2026-03-09T07:00")


def test_seconds_never_make_the_promise_later():
    received = at("2026-03-02T15:00") + timedelta(seconds=40)
    assert due(received, SAME_DAY, AGENCY).due_at == at("2026-03-02T17:00")
    assert due(received, wd(1), AGENCY).due_at == at("2026-03-03T15:00")
    late_stop = Pause(at("2026-03-02T16:00") + timedelta(seconds=30), at("2026-03-03T08:00"), "x")
    assert due(received, wd(1), AGENCY, [late_stop]).due_at == at("2026-03-03T16:29")
    early_end = Pause(at("2026-03-02T16:00"), at("2026-03-03T08:00") + timedelta(seconds=30), "x")
    assert due(received, wd(1), AGENCY, [early_end]).due_at == at("2026-03-03T16:30")
    blink = Pause(received, received + timedelta(seconds=10), "x")
    assert due(received, wd(1), AGENCY, [blink]).due_at == at("2026-03-03T15:00")


def test_the_zone_of_the_receipt_does_not_matter():
    assert due(datetime(2026, 2, 13, 9, 10, tzinfo=UTC), wd(3), AGENCY).due_at == at("2026-02-25T16:10")


def test_the_law_can_change_the_numbers():
    rules = ClockRules(day_minutes=420, same_day_cutoff=840)
    assert due(at("2026-03-02T07:30"), wd(1), AGENCY, rules=rules).due_at == at("2026-03-02T16:00")
    assert due(at("2026-03-02T14:01"), SAME_DAY, AGENCY, rules=rules).due_at == at("2026-03-03T17:00")


def test_a_pause_keeps_the_minutes_left():
    stop = pause("2026-03-03T10:00", "2026-03-10T14:00")
    answer = due(at("2026-03-02T08:00"), wd(3), AGENCY, [stop])
    assert answer.due_at == at("2026-03-12T10:30")
    (told,) = [step for step in answer.steps if step.kind == "pause"]
    assert told.params == {"ground": "Chờ bổ sung giấy tờ", "minutes_left": 24 * 60 - 450 - 150}
    assert (told.start, told.end) == (stop.start, stop.end)


def test_a_pause_outside_working_hours_changes_nothing():
    stop = pause("2026-03-06T17:00", "2026-03-09T07:30")
    assert due_instant(at("2026-03-06T16:00"), wd(1), AGENCY, [stop]) == at("2026-03-09T16:00")


def test_a_pause_after_the_end_revives_nothing():
    stop = pause("2026-03-03T16:30", "2026-03-20T10:00")
    assert due_instant(at("2026-03-02T16:00"), wd(1), AGENCY, [stop]) == at("2026-03-03T16:00")
    assert due_instant(at("2026-03-02T16:00"), Allowance("days", 1), AGENCY, [stop]) == at("2026-03-20T17:00")
    late = pause("2026-03-03T17:00", "2026-03-20T10:00")
    assert due_instant(at("2026-03-02T16:00"), Allowance("days", 1), AGENCY, [late]) == at("2026-03-03T17:00")


def test_a_pause_that_begins_at_the_very_end_changes_nothing():
    stop = pause("2026-03-03T16:00", "2026-03-20T10:00")
    answer = due(at("2026-03-02T16:00"), wd(1), AGENCY, [stop])
    assert answer.due_at == at("2026-03-03T16:00")
    assert not any(step.kind == "pause" for step in answer.steps)


def test_a_pause_before_the_start_counts_only_from_the_receipt():
    stop = pause("2026-03-02T08:00", "2026-03-04T09:00")
    assert due_instant(at("2026-03-03T16:00"), wd(1), AGENCY, [stop]) == at("2026-03-05T09:00")
    over = pause("2026-03-02T08:00", "2026-03-02T09:00")
    assert due_instant(at("2026-03-03T16:00"), wd(1), AGENCY, [over]) == at("2026-03-04T16:00")


def test_a_pause_of_a_same_day_matter():
    stop = pause("2026-03-02T14:00", "2026-03-04T09:00")
    assert due_instant(at("2026-03-02T10:00"), SAME_DAY, AGENCY, [stop]) == at("2026-03-04T13:30")


def test_a_pause_before_a_same_day_matter_starts_takes_nothing_twice():
    stop = pause("2026-03-02T15:30", "2026-03-03T08:30")
    assert due_instant(at("2026-03-02T15:20"), SAME_DAY, AGENCY, [stop]) == at("2026-03-04T08:30")
    over = pause("2026-03-02T15:30", "2026-03-02T16:00")
    answer = due(at("2026-03-02T15:20"), SAME_DAY, AGENCY, [over])
    assert answer.due_at == at("2026-03-03T17:00")
    (run,) = [step for step in answer.steps if step.kind == "work"]
    assert (run.start, run.end, run.params["left"]) == (at("2026-03-03T07:30"), at("2026-03-03T17:00"), 0)


def test_a_run_ends_with_its_last_open_minute_when_the_pause_begins_at_lunch():
    answer = due(at("2026-03-02T10:00"), wd(1), AGENCY, [pause("2026-03-02T12:15", "2026-03-02T12:45")])
    first, second = [step for step in answer.steps if step.kind == "work"]
    assert (first.start, first.end) == (at("2026-03-02T10:00"), at("2026-03-02T11:30"))
    assert (second.start, second.end) == (at("2026-03-02T13:00"), at("2026-03-03T10:00"))


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        (("2026-03-04T10:00", "2026-03-04T16:00"), "2026-03-12T17:00"),
        (("2026-03-04T10:00", "2026-03-05T08:00"), "2026-03-13T17:00"),
        (("2026-03-04T10:00", "2026-03-06T08:00"), "2026-03-16T17:00"),
        (("2026-03-04T23:00", "2026-03-09T01:00"), "2026-03-17T17:00"),
    ],
)
def test_calendar_days_move_by_the_days_paused_then_roll(stop, expected):
    assert due_instant(at("2026-03-02T08:00"), Allowance("days", 10), AGENCY, [pause(*stop)]) == at(expected)


def test_a_pause_while_calendar_days_roll_over_a_weekend_never_ends_after_the_promise():
    stop = pause("2026-03-09T09:00", "2026-03-17T10:00")
    answer = due(at("2026-03-02T08:00"), Allowance("days", 5), AGENCY, [stop])
    assert answer.due_at == at("2026-03-17T17:00")


def test_a_pause_of_calendar_days_that_ends_after_the_close_is_answered_the_next_open_day():
    stop = pause("2026-03-04T09:00", "2026-03-06T17:01")
    answer = due(at("2026-03-03T08:00"), Allowance("days", 1), AGENCY, [stop])
    assert answer.due_at == at("2026-03-09T17:00")


def test_an_open_pause_leaves_no_date_but_what_is_left():
    answer = due(at("2026-03-02T08:00"), wd(2), AGENCY, [pause("2026-03-02T10:00", None)])
    assert answer.due_at is None
    assert answer.paused
    assert answer.minutes_left == 16 * 60 - 120
    assert answer.days_left is None
    assert answer.steps[-1].kind == "pause"
    days = due(at("2026-03-02T08:00"), Allowance("days", 10), AGENCY, [pause("2026-03-05T10:00", None)])
    assert (days.due_at, days.minutes_left, days.days_left) == (None, None, 7)


def test_overlapping_pauses_are_their_union_with_both_grounds():
    first, second = (
        pause("2026-03-03T08:00", "2026-03-05T09:00", "A"),
        pause("2026-03-04T08:00", "2026-03-06T09:00", "B"),
    )
    (merged,) = merge_pauses([second, first], at("2026-03-02T08:00"))
    assert merged == pause("2026-03-03T08:00", "2026-03-06T09:00", "A; B")
    (endless,) = merge_pauses([first, pause("2026-03-04T08:00", None, "A")], at("2026-03-02T08:00"))
    assert endless == pause("2026-03-03T08:00", None, "A")
    apart = merge_pauses([first, pause("2026-03-05T09:00", None, "B")], at("2026-03-02T08:00"))
    assert len(apart) == 2
    assert merge_pauses([first], at("2026-03-05T09:00")) == []


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refused) as refused:
        due(at(TET), wd(3), AGENCY, [pause("2026-02-25T08:00", "2026-02-24T08:00")])
    assert refused.value.codes == ("clock.pause_reversed",)


@pytest.mark.parametrize("received", ["2024-12-31T10:00", "2028-01-01T10:00"])
def test_a_receipt_outside_the_known_years_is_refused(received):
    for allowance in (wd(1), SAME_DAY, Allowance("days", 1)):
        with pytest.raises(CalendarUnknown):
            due(at(received), allowance, AGENCY)


def test_an_end_outside_the_known_years_is_refused():
    for allowance in (wd(30), Allowance("days", 30), Allowance("working_hours", 300)):
        with pytest.raises(CalendarUnknown) as refused:
            due(at("2027-12-15T10:00"), allowance, AGENCY)
        assert refused.value.year == 2028


def test_times_without_a_zone_are_refused():
    naive = datetime(2026, 3, 2, 10, 0)
    with pytest.raises(Refused, match="múi giờ"):
        due(naive, wd(1), AGENCY)
    with pytest.raises(Refused, match="múi giờ"):
        due(at(TET), wd(1), AGENCY, [Pause(naive, None, "x")])
    with pytest.raises(Refused, match="múi giờ"):
        remaining_minutes(naive, at(TET), AGENCY)


def test_a_term_that_is_no_whole_minute_is_refused():
    with pytest.raises(Refused) as refused:
        due(at(TET), wd(Fraction(1, 7)), AGENCY)
    assert refused.value.codes == ("clock.fraction_of_minute",)


@pytest.mark.parametrize(
    ("kind", "amount", "error"),
    [
        ("working_days", 0, ValueError),
        ("working_days", -1, ValueError),
        ("working_days", 0.5, TypeError),
        ("days", Fraction(1, 2), ValueError),
        ("same_day", 1, ValueError),
        ("working_days", True, TypeError),
        ("weeks", 1, ValueError),
    ],
)
def test_an_allowance_that_measures_nothing_cannot_be_made(kind, amount, error):
    with pytest.raises(error):
        Allowance(kind, amount)


def test_minutes_can_be_added_and_measured():
    start = at("2026-03-06T16:30")
    assert add_minutes(start, 30, AGENCY) == at("2026-03-06T17:00")
    assert add_minutes(start, 31, AGENCY) == at("2026-03-09T07:31")
    assert add_minutes(at("2026-03-06T17:00"), 0, AGENCY) == at("2026-03-06T17:00")
    assert add_minutes(at("2026-03-06T17:01"), 0, AGENCY) == at("2026-03-09T07:30")
    assert working_minutes(start, at("2026-03-09T08:00"), AGENCY) == 60
    assert working_minutes(at("2026-03-09T08:00"), start, AGENCY) == -60
    with pytest.raises(ValueError, match="forward"):
        add_minutes(start, -1, AGENCY)


def test_remaining_time_leaves_pauses_out_and_turns_negative_when_late():
    stop = pause("2026-03-03T08:00", "2026-03-03T10:00")
    assert remaining_minutes(at("2026-03-02T16:00"), at("2026-03-03T11:00"), AGENCY, [stop]) == 60 + 30 + 60
    assert remaining_minutes(at("2026-03-03T14:00"), at("2026-03-03T11:00"), AGENCY, [stop]) == -90
    assert remaining_minutes(at("2026-03-03T11:00"), at("2026-03-03T11:00"), AGENCY) == 0


def test_elapsed_time_leaves_out_only_what_of_a_pause_lies_before_the_end():
    stop = pause("2026-03-03T08:00", "2026-03-20T11:00")
    assert elapsed_minutes(at("2026-03-02T16:00"), at("2026-03-03T11:00"), AGENCY, [stop]) == 60 + 30
    blink = Pause(at("2026-03-03T08:00") + timedelta(seconds=5), at("2026-03-03T08:00") + timedelta(seconds=9), "x")
    assert elapsed_minutes(at("2026-03-02T16:00"), at("2026-03-03T11:00"), AGENCY, [blink]) == 60 + 210


def test_elapsed_time_stops_at_an_open_pause():
    stop = pause("2026-03-03T08:00", None)
    assert elapsed_minutes(at("2026-03-02T16:00"), at("2026-03-20T11:00"), AGENCY, [stop]) == 60 + 30


def test_every_skipped_day_is_named_with_its_source():
    answer = due(at(TET), wd(3), AGENCY)
    assert [day.day for day in answer.skipped] == [date(2026, 2, day) for day in range(14, 23)]
    assert {day.source for day in answer.skipped} == {"Quy chế làm việc", "Thông báo 2026"}
    assert [day.name for day in answer.skipped if day.kind == "holiday"] == ["Tết Nguyên đán"] * 5


def test_plain_weekends_stay_inside_a_run():
    answer = due(at("2026-03-02T08:00"), wd(12), AGENCY)
    runs = [step for step in answer.steps if step.kind == "work"]
    assert len(runs) == 1
    assert runs[0].params == {"minutes": 12 * 480, "days": 13, "left": 0}
    assert [day.day.day for day in answer.skipped] == [7, 8, 14, 15]


def test_a_swap_is_told_by_its_name_on_both_days():
    answer = due(at("2025-12-31T09:00"), wd(7), AGENCY)
    assert [(day.day, day.kind) for day in answer.skipped[:2]] == [
        (date(2026, 1, 1), "holiday"),
        (date(2026, 1, 2), "swap_off"),
    ]
    (swap,) = [step for step in answer.steps if step.kind == "swap_work"]
    assert (swap.start, swap.end) == (at("2026-01-10T07:30"), at("2026-01-10T17:00"))
    assert swap.source == "Thông báo hoán đổi 1"


def test_an_estimate_is_said():
    assert not due(at("2026-12-30T09:00"), wd(1), AGENCY).estimate
    answer = due(at("2026-12-30T09:00"), wd(5), AGENCY)
    assert answer.estimate
    (told,) = [step for step in answer.steps if step.kind == "estimate"]
    assert told.params == {"years": [2027]}


def test_the_derivation_can_be_kept_as_json():
    answer = due(at(TET), wd(3), AGENCY, [pause("2026-02-24T08:00", "2026-02-24T09:00")])
    kept = json.loads(json.dumps(answer.as_dict()))
    assert kept["due_at"] == "2026-02-26T07:40:00+07:00"
    assert kept["allowance"] == {"kind": "working_days", "amount": "3"}
    assert kept["skipped"][2] == {
        "day": "2026-02-16",
        "kind": "holiday",
        "name": "Tết Nguyên đán",
        "source": "Thông báo 2026",
        "estimate": False,
    }
    assert [step["kind"] for step in kept["steps"]][:4] == ["received", "allowance", "start", "work"]
    leg = Leg("agency", "Cơ quan giải quyết", answer.started_at, answer.due_at, answer.steps)
    assert json.loads(json.dumps(leg.as_dict()))["due"] == "2026-02-26T07:40:00+07:00"
    open_leg = Leg("post", "Về nhà", answer.started_at, None)
    assert open_leg.as_dict()["due"] is None
