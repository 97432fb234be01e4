"""Telling a course step by step, so that a citizen understands it and an auditor can do it again."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from motcua.kernel.clock.course import working_minutes
from motcua.kernel.clock.values import SkippedDay, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from motcua.kernel.calendar import Calendar
    from motcua.kernel.clock.course import Course
    from motcua.kernel.clock.values import Allowance, ClockRules

_DAY = timedelta(days=1)


def tell(course: Course, allowance: Allowance, calendar: Calendar, rules: ClockRules) -> tuple[Step, ...]:
    """The steps from receipt to the end, or to the open pause."""
    steps = [Step("received", course.received), _allowance(course, allowance, rules)]
    steps += _told_in_days(course, calendar) if allowance.kind == "days" else _told_in_minutes(course, calendar)
    years = _estimated_years(course, calendar)
    if years:
        steps.append(Step("estimate", params={"years": years}))
    if course.due_at:
        steps.append(Step("due", course.due_at))
    return tuple(steps)


def _allowance(course: Course, allowance: Allowance, rules: ClockRules) -> Step:
    said: dict[str, object] = {"kind": allowance.kind, "amount": str(allowance.amount)}
    source = ""
    if allowance.kind != "days":
        said["minutes"] = course.left
    if allowance.kind == "working_days":
        said["day_minutes"], source = rules.day_minutes, rules.day_minutes_source
    if allowance.kind == "same_day":
        said["cutoff"], source = rules.same_day_cutoff, rules.same_day_source
    return Step("allowance", params=said, source=source)


def _told_in_minutes(course: Course, calendar: Calendar) -> Iterator[Step]:
    until_start = _each_day(course.received.date(), course.started.date() - _DAY)
    yield from _closed(until_start, calendar)
    yield Step("start", course.started, params={"why": course.why})
    here, left = course.started, course.left
    told = here.date() - _DAY
    for stop in course.stops:
        yield from _runs((here, stop.pause.start), left, told, calendar)
        left, told = stop.left, max(told, stop.pause.start.date())
        yield Step("pause", stop.pause.start, stop.pause.end, {"ground": stop.pause.ground, "minutes_left": left})
        here = max(here, stop.pause.end or here)
    if course.due_at:
        yield from _runs((here, course.due_at), left, told, calendar)


def _told_in_days(course: Course, calendar: Calendar) -> Iterator[Step]:
    yield Step("start", course.started, params={"why": course.why})
    here, left = course.received.date(), course.left
    for stop in course.stops:
        yield from _count(here, left - stop.left)
        left = stop.left
        yield Step("pause", stop.pause.start, stop.pause.end, {"ground": stop.pause.ground, "days_left": left})
        here = stop.pause.end.date() if stop.pause.end else here
    if course.due_at:
        yield from _count(here, left)
        yield from _rolled(here + timedelta(days=left), course.due_at.date(), calendar)


def _count(after: date, days: int) -> Iterator[Step]:
    if days:
        first, last = after + _DAY, after + timedelta(days=days)
        yield Step("count", params={"first": first.isoformat(), "last": last.isoformat(), "days": days})


def _rolled(last: date, due: date, calendar: Calendar) -> Iterator[Step]:
    if last != due:
        yield Step("rolled", params={"first": last.isoformat(), "last": due.isoformat()})
        yield from _closed(_each_day(last, due - _DAY), calendar)


def _runs(span: tuple[datetime, datetime], left: int, told: date, calendar: Calendar) -> Iterator[Step]:
    """Working time in a span: runs broken by special days, with plain weekends inside them.

    A closed day on which a pause began belongs to the run before it: those up to `told` are not told again.
    """
    days = [day for day in _each_day(span[0].date(), span[1].date()) if _matters(day, span, told, calendar)]
    for (label, *_), group in groupby(_labelled(days, calendar), key=lambda item: item[0]):
        listed = [day for _, day in group]
        if label not in ("open", "swap_work"):
            yield from _closed(listed, calendar)
            continue
        step = _work(label, listed, span, left, calendar)
        left = step.params["left"]
        yield step


def _matters(day: date, span: tuple[datetime, datetime], told: date, calendar: Calendar) -> bool:
    """Whether the day is closed and not told yet, or has some working time within the span."""
    if not calendar.is_open_day(day):
        return day > told
    if span[0].date() < day < span[1].date():
        return True
    begins, ends = max(span[0], calendar.opening_of(day)), min(span[1], calendar.closing_of(day))
    return begins < ends and working_minutes(begins, ends, calendar) > 0


def _labelled(days: list[date], calendar: Calendar) -> list[tuple[tuple[str, str, str], date]]:
    """Each day with what it belongs to; a weekend between two plain working days belongs to their run."""
    reasons = [calendar.reason(day) for day in days]
    kinds = [reason.kind for reason in reasons]
    around = zip(_carried(kinds), reversed(_carried(kinds[::-1])), strict=True)
    inside = [before == after == "open" for before, after in around]
    keys = (
        ("open", "", "") if within else (reason.kind, reason.name, reason.source)
        for within, reason in zip(inside, reasons, strict=True)
    )
    return list(zip(keys, days, strict=True))


def _carried(kinds: Sequence[str]) -> list[str]:
    """For each place the last kind so far that is no weekend."""
    carried: list[str] = []
    for kind in kinds:
        carried.append(carried[-1] if carried and kind == "weekend" else kind)
    return carried


def _work(label: str, days: list[date], span: tuple[datetime, datetime], left: int, calendar: Calendar) -> Step:
    start = calendar.next_opening(max(span[0], calendar.opening_of(days[0])))
    end = min(span[1], calendar.closing_of(days[-1]))
    end = calendar.instant_after(calendar.position(end))
    minutes = working_minutes(start, end, calendar)
    worked = sum(calendar.is_open_day(day) for day in days)
    told: dict[str, object] = {"minutes": minutes, "days": worked, "left": left - minutes}
    if label == "open":
        return Step("work", start, end, told, skipped=_skipped(days, calendar))
    reason = calendar.reason(days[0])
    return Step("swap_work", start, end, told | {"name": reason.name}, reason.source)


def _closed(days: Iterable[date], calendar: Calendar) -> Iterator[Step]:
    """One step for each row of closed days that share their reason; open days among them are left out."""
    shut = [(calendar.reason(day), day) for day in days if not calendar.is_open_day(day)]
    for reason, group in groupby(shut, key=lambda item: (item[0].kind, item[0].name, item[0].source)):
        skipped = _skipped([day for _, day in group], calendar)
        yield Step("closed", params={"why": reason[0], "name": reason[1]}, source=reason[2], skipped=skipped)


def _skipped(days: Iterable[date], calendar: Calendar) -> tuple[SkippedDay, ...]:
    shut = ((day, calendar.reason(day)) for day in days if not calendar.is_open_day(day))
    return tuple(
        SkippedDay(day, reason.kind, reason.name, reason.source, calendar.is_estimate(day), reason.name_en)
        for day, reason in shut
    )


def _estimated_years(course: Course, calendar: Calendar) -> list[int]:
    """The years the course runs through whose days off are not all decided."""
    end = course.due_at or course.stops[-1].pause.start
    touched = {day.year for day in _each_day(course.received.date(), end.date()) if calendar.is_estimate(day)}
    return sorted(touched)


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
