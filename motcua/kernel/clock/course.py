"""The arithmetic of deadlines: whole minutes, pure functions, a few look-ups each.

Seconds never make a promise later: a receipt counts from the beginning of its minute,
a pause begins with the next whole minute and ends with the last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from motcua.kernel.calendar import ceil_minute, floor_minute, local
from motcua.kernel.clock.values import Pause
from motcua.kernel.problems import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from motcua.kernel.calendar import Calendar
    from motcua.kernel.clock.values import Allowance, ClockRules


def working_minutes(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Open minutes from `start` to `end`; negative when `end` lies before `start`."""
    return calendar.position(end) - calendar.position(start)


def add_minutes(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """The instant `minutes` open minutes after `start`.

    A sum that ends at a closing time stays there. Adding 0 moves a closed instant to the next opening
    and leaves a closing time alone.
    """
    if minutes < 0:
        raise ValueError("working time is added forward only")
    begin = floor_minute(start)
    if minutes:
        return calendar.instant_after(calendar.position(begin) + minutes)
    minute = begin.hour * 60 + begin.minute
    resting = any(opens <= minute <= closes for opens, closes in calendar.windows(begin.date()))
    return begin if resting else calendar.next_opening(begin)


def elapsed_minutes(start: datetime, end: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> int:
    """Open minutes from `start` to a later `end` that lie in no pause (an open pause reaches to `end`)."""
    begin, finish = floor_minute(start), local(end)
    first, last = calendar.position(begin), calendar.position(finish)
    paused = 0
    for stop in merge_pauses(pauses, begin):
        if stop.start < finish:
            until = finish if stop.end is None else min(stop.end, finish)
            paused += working_minutes(stop.start, until, calendar)
    return last - first - paused


def remaining_minutes(now: datetime, due_at: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> int:
    """Working minutes left until `due_at`, pauses left out; negative when late (no pause excuses that)."""
    if local(now) > local(due_at):
        return working_minutes(now, due_at, calendar)
    return elapsed_minutes(now, due_at, calendar, pauses)


def merge_pauses(pauses: Iterable[Pause], since: datetime) -> list[Pause]:
    """The pauses after `since` as disjoint stops in order; overlapping ones become one with both grounds.

    Refuses `clock.pause_reversed`: a pause that ends before it begins.
    """
    merged: list[Pause] = []
    for pause in sorted(map(_localised, pauses), key=lambda pause: pause.start):
        if pause.end is not None and pause.end <= local(since):
            continue
        start = max(pause.start, local(since))
        last = merged[-1] if merged else None
        if last and (last.end is None or start < last.end):
            merged[-1] = _union(last, pause)
        else:
            merged.append(Pause(start, pause.end, pause.ground))
    return [_whole_minutes(pause) for pause in merged]


def _localised(pause: Pause) -> Pause:
    start = local(pause.start)
    end = None if pause.end is None else local(pause.end)
    if end is not None and end < start:
        raise refusal(
            "clock.pause_reversed",
            "Lần tạm dừng bắt đầu %(start)s lại kết thúc %(end)s, trước khi bắt đầu. Hãy sửa thời điểm.",
            start=f"{start:%d/%m/%Y %H:%M}",
            end=f"{end:%d/%m/%Y %H:%M}",
        )
    return Pause(start, end, pause.ground)


def _union(first: Pause, second: Pause) -> Pause:
    end = None if first.end is None or second.end is None else max(first.end, second.end)
    grounds = dict.fromkeys([*first.ground.split("; "), second.ground])
    return Pause(first.start, end, "; ".join(grounds))


def _whole_minutes(pause: Pause) -> Pause:
    start = ceil_minute(pause.start)
    return Pause(start, None if pause.end is None else max(start, floor_minute(pause.end)), pause.ground)


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause that fell into the term, and what was left of the term (minutes or days) when it began."""

    pause: Pause
    left: int


@dataclass(frozen=True, slots=True)
class Course:
    """The term worked out, for `story` to tell.

    `why` it started when it did: at_once, closed, after_cutoff, day_after.
    `left`: the whole term, in working minutes or calendar days.
    """

    received: datetime
    started: datetime
    why: str
    left: int
    due_at: datetime | None = None
    stops: tuple[Stop, ...] = ()


def run(
    start: datetime,
    allowance: Allowance,
    calendar: Calendar,
    pauses: Iterable[Pause],
    rules: ClockRules,
) -> Course:
    """The course of an allowance from its receipt."""
    received = floor_minute(start)
    calendar.require(received.date())
    stops = merge_pauses(pauses, received)
    if allowance.kind == "days":
        return _run_days(Course(received, received, "day_after", int(allowance.amount)), calendar, stops)
    if allowance.kind == "same_day":
        return _run_minutes(_same_day(received, calendar, rules), calendar, stops)
    started = calendar.next_opening(received)
    why = "at_once" if started == received else "closed"
    return _run_minutes(Course(received, started, why, allowance.minutes(rules)), calendar, stops)


def _same_day(received: datetime, calendar: Calendar, rules: ClockRules) -> Course:
    """The working time from receipt to the day's close; after the cut-off or the close, the next open day's."""
    day, minute = received.date(), received.hour * 60 + received.minute
    late = calendar.is_open_day(day) and minute > rules.same_day_cutoff
    if late:
        started = calendar.opening_of(calendar.next_open_day(day + timedelta(days=1)))
    else:
        started = calendar.next_opening(received)
    why = "at_once" if started == received else "after_cutoff" if late else "closed"
    left = working_minutes(started, calendar.closing_of(started.date()), calendar)
    return Course(received, started, why, left)


def _run_minutes(course: Course, calendar: Calendar, pauses: Sequence[Pause]) -> Course:
    """What is left when a pause begins is left when it ends; a pause after the end revives nothing."""
    first = calendar.position(course.started)
    target = first + course.left
    stops: list[Stop] = []
    for pause in pauses:
        begins = max(calendar.position(pause.start), first)
        if begins >= target:
            break
        stops.append(Stop(pause, target - begins))
        if pause.end is None:
            return replace(course, stops=tuple(stops))
        target += max(calendar.position(pause.end) - begins, 0)
    return replace(course, due_at=calendar.instant_after(target), stops=tuple(stops))


def _run_days(course: Course, calendar: Calendar, pauses: Sequence[Pause]) -> Course:
    """Days are counted from the one after receipt, closed ones too; the end is the close of an open day."""
    last_day = course.received.date() + timedelta(days=course.left)
    stops: list[Stop] = []
    for pause in pauses:
        if pause.start >= _close_on(last_day, calendar):
            break
        left = max((last_day - pause.start.date()).days, 0)
        stops.append(Stop(pause, left))
        if pause.end is None:
            return replace(course, stops=tuple(stops))
        last_day = pause.end.date() + timedelta(days=left)
        if _close_on(last_day, calendar) < pause.end:
            last_day += timedelta(days=1)  # nothing falls due before the pause has ended
    return replace(course, due_at=_close_on(last_day, calendar), stops=tuple(stops))


def _close_on(day: date, calendar: Calendar) -> datetime:
    return calendar.closing_of(calendar.next_open_day(day))
