"""Checks of the working calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from motcua.law.check.findings import Finding

if TYPE_CHECKING:
    from motcua.law.check.findings import Name
    from motcua.law.model import CalendarDay, Pack

_FILE = "calendar.yaml"
_MONDAY = 0


def check_calendars(pack: Pack) -> Iterator[Finding]:
    """Weeks, years without a gap, swaps in pairs, and every year's holidays."""
    tables = pack.calendar_tables
    years = [year.year for year in tables.latest_years(None)]
    if not years:
        yield Finding(
            "no year is known",
            "add the years whose days off are announced",
            file=_FILE,
            about="calendar.year",
        )
        return
    for missing in sorted(set(range(min(years), max(years) + 1)) - set(years)):
        what = f"the known years leave out {missing}"
        yield Finding(what, f"add {missing} to years, with its days off", file=_FILE, about="calendar.year")
    yield from _weeks(pack, date(min(years), 1, 1))
    for calendar in tables.days:
        for day in tables.latest_days(calendar, None):
            yield from _day(pack, calendar, day, set(years))
    for year in years:
        yield from _complete(pack, year)


def _weeks(pack: Pack, first: date) -> Iterator[Finding]:
    for name in ("agency", "post"):
        line = pack.calendar_tables.weeks.get(name)
        if line is None or line.get(first) is None:
            what = f"the {name} calendar has no week on {first}, the first known day"
            yield Finding(what, f"add a week of {name} from {first} or before", file=_FILE, about="calendar.week")
            continue
        for entry in line:
            week = entry.value
            windows = [*week.days.values(), *([week.swap_day] if week.swap_day else [])] if week else []
            if any(_disordered(day) for day in windows):
                what = "two windows of one day overlap or stand in the wrong order"
                yield Finding(what, "write the morning first", ("calendar.week", name, entry.valid_from), ("days",))
            if week and week.swap_day is None and not week.days.get(_MONDAY):
                what = "neither Monday nor swap_day has working windows, so a day worked by order has none"
                yield Finding(what, "add swap_day", ("calendar.week", name, entry.valid_from))


def _disordered(windows: tuple[tuple[int, int], ...]) -> bool:
    return any(earlier[1] > later[0] for earlier, later in pairwise(windows))


def _row(calendar: str, day: CalendarDay) -> Name:
    return "calendar.day", f"{calendar} {day.day.isoformat()}", day.announced_on


def _day(pack: Pack, calendar: str, day: CalendarDay, years: set[int]) -> Iterator[Finding]:
    row = _row(calendar, day)
    if day.day.year not in years:
        what = f"{day.day} lies outside the known years ({min(years)}–{max(years)})"
        yield Finding(what, f"correct the day, or add {day.day.year} to years", row, ("day",), about="calendar.year")
    if day.kind == "work" and not day.twin:
        what = f"{day.day} is worked by order, but nothing says for which day off"
        yield Finding(what, "add twin: the day off it makes up for", row)
    if not day.twin:
        return
    if calendar != "agency":
        what = "a swap binds the agencies, not the post"
        yield Finding(what, "write scope: [agency]", row, ("scope",))
        return
    other = next((d for d in pack.calendar_tables.latest_days(calendar, None) if d.day == day.twin), None)
    opposite = "off" if day.kind == "work" else "work"
    if other is None or other.kind != opposite or other.twin != day.day:
        what = f"the twin of {day.day} is {day.twin}, but no day with kind: {opposite} and twin: {day.day} is there"
        yield Finding(
            what,
            f"add {day.twin} with kind: {opposite} and twin: {day.day}",
            row,
            ("twin",),
            about="calendar.day",
        )
    if day.kind == "work" and _works_anyway(pack, calendar, day.day):
        what = f"{day.day} is a working day of the week already"
        yield Finding(what, "correct the day", row, ("day",))


def _works_anyway(pack: Pack, calendar: str, day: date) -> bool:
    line = pack.calendar_tables.weeks.get(calendar)
    week = line.get(day) if line else None
    return bool(week and week.days.get(day.weekday()))


def _complete(pack: Pack, year: int) -> Iterator[Finding]:
    off = {day.day for day in pack.calendar_tables.latest_days("agency", None) if day.kind == "off" and not day.twin}
    for holiday in pack.calendar_tables.required:
        if holiday.valid_from.year > year:
            continue
        first, last = (_in_year(year, text) for text in (holiday.first, holiday.last))
        found = sum(first + timedelta(days=count) in off for count in range((last - first).days + 1))
        if found < holiday.days:
            yield Finding(
                f"{year} has {found} days off between {first} and {last}; {holiday.name} needs "
                f"{holiday.days} ({holiday.source})",
                f"list the days off of {holiday.name} {year}, or take {year} out of years",
                ("calendar.year", str(year), pack.calendar_tables.years[year].starts[-1]),
                about="calendar.day",
            )


def _in_year(year: int, text: str) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, min(day, 28) if month == 2 else day)
