"""The small tables: days of the calendar, form numbers, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year whose days off are known since `announced_on`; `estimate`: not decided yet, only expected."""

    year: int
    announced_on: date
    estimate: bool
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day against the week, for one calendar. `kind`: off, work, ordinary (an announcement taken back).

    `twin`: the other day of a swap (Bộ luật Lao động 2019, Điều 112 and the yearly decision).
    """

    day: date
    kind: str
    name: str
    scope: tuple[str, ...]
    twin: date | None
    announced_on: date
    estimate: bool
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class RequiredHolidays:
    """What every known year must show: at least `days` days off listed between two month-days, MM-DD."""

    name: str
    valid_from: date
    first: str
    last: str
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class FormNumber:
    """The number and title an official form carries on its day of issue (TT 01/2018, TT 03/2025/TT-VPCP)."""

    kind: str
    number: str
    title: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit of the process, with its source. Units are in the name or in docs/pack-format.md."""

    name: str
    value: int | str | bool | None
    source: str
    confidence: str
