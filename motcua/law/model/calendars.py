"""The tables a calendar is made of, and the making of it for what was known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from motcua.kernel.calendar import Calendar, SpecialDay, Week
from motcua.kernel.problems import refusal
from motcua.kernel.timeline import Timeline
from motcua.law.model.tables import CalendarDay, CalendarYear, RequiredHolidays

NAMES = {"agency": "lịch cơ quan", "post": "lịch bưu điện"}
Announced = TypeVar("Announced", CalendarDay, CalendarYear)


@dataclass(frozen=True)
class CalendarTables:
    """Weeks by calendar; years and days by the day of their announcement, the later ones superseding."""

    weeks: Mapping[str, Timeline[Week]]
    years: Mapping[int, Timeline[CalendarYear]]
    days: Mapping[str, Mapping[date, Timeline[CalendarDay]]]
    required: tuple[RequiredHolidays, ...]

    def latest_years(self, known_on: date | None) -> list[CalendarYear]:
        """The years as announced by a day (None: by now)."""
        return _latest((line for _, line in sorted(self.years.items())), known_on)

    def latest_days(self, name: str, known_on: date | None) -> list[CalendarDay]:
        """The marked days of a calendar as announced by a day (None: by now), those taken back left out."""
        lines = (line for _, line in sorted(self.days.get(name, {}).items()))
        return [day for day in _latest(lines, known_on) if day.kind != "ordinary"]


def _latest(lines: Iterable[Timeline[Announced]], known_on: date | None) -> list[Announced]:
    found = (line.get(known_on or line.starts[-1]) for line in lines)
    return [value for value in found if value is not None]


def build_calendar(tables: CalendarTables, name: str, known_on: date | None = None) -> Calendar:
    """The calendar `agency` or `post`. Refuses `calendar.unknown` when there is none."""
    years = tables.latest_years(known_on)
    if name not in tables.weeks or not years:
        raise refusal(
            "calendar.unknown",
            "Gói dữ liệu chưa có %(calendar)s. Hãy bổ sung vào calendar.yaml.",
            calendar=NAMES.get(name, name),
        )
    known = {year.year for year in years}
    special = {day.day: _special(day) for day in tables.latest_days(name, known_on) if day.day.year in known}
    estimates = [year.year for year in years if year.estimate]
    return Calendar(NAMES.get(name, name), tables.weeks[name], special, known, estimates)


def _special(day: CalendarDay) -> SpecialDay:
    return SpecialDay(
        kind="work" if day.kind == "work" else "off",
        name=day.name,
        source=day.source,
        announced_on=day.announced_on,
        scope=frozenset(day.scope),
        estimate=day.estimate,
        twin=day.twin,
    )
