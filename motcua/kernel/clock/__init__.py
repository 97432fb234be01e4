"""Deadlines as pure functions of receipt, allowance, calendar and pauses.

`due` works one out with every step that leads to it; `due_instant` gives only the instant, for many at once.
A deadline is derived, never counted down, so it can be worked out again by anyone at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.kernel.calendar import VIETNAM, local
from motcua.kernel.clock.course import (
    add_minutes,
    elapsed_minutes,
    merge_pauses,
    remaining_minutes,
    run,
    working_minutes,
)
from motcua.kernel.clock.story import tell
from motcua.kernel.clock.values import (
    Allowance,
    AllowanceKind,
    ClockRules,
    Deadline,
    Leg,
    Pause,
    SkippedDay,
    Step,
)
from motcua.kernel.clock.words import (
    Language,
    day_in_words,
    explain,
    explain_step,
    instant_in_words,
    minutes_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from motcua.kernel.calendar import Calendar

__all__ = [
    "VIETNAM",
    "Allowance",
    "AllowanceKind",
    "ClockRules",
    "Deadline",
    "Language",
    "Leg",
    "Pause",
    "SkippedDay",
    "Step",
    "add_minutes",
    "day_in_words",
    "due",
    "due_instant",
    "elapsed_minutes",
    "explain",
    "explain_step",
    "instant_in_words",
    "local",
    "merge_pauses",
    "minutes_in_words",
    "remaining_minutes",
    "working_minutes",
]

_RULES = ClockRules()


def due(
    start: datetime,
    allowance: Allowance,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    rules: ClockRules = _RULES,
) -> Deadline:
    """The deadline of a matter received at `start`, with its derivation.

    - Working days and hours are working minutes counted from the instant of receipt, moved to the next open
      minute; a sum that ends at a closing time stays there.
    - Calendar days do not count the day of receipt; they end with the working hours of the last day,
      or of the next open day.
    - A same-day matter received by the cut-off of an open day ends with that day, otherwise with the next.
    - A pause keeps what is left: minutes of the working terms, days of the calendar-day terms.

    Refuses `calendar.unknown_year`, `clock.naive_instant`, `clock.pause_reversed` and
    `clock.fraction_of_minute`.
    """
    course = run(start, allowance, calendar, pauses, rules)
    steps = tell(course, allowance, calendar, rules)
    left = course.stops[-1].left if course.due_at is None else None
    in_days = allowance.kind == "days"
    return Deadline(
        received_at=course.received,
        started_at=course.started,
        due_at=course.due_at,
        allowance=allowance,
        steps=steps,
        minutes_left=None if in_days else left,
        days_left=left if in_days else None,
        estimate=any(step.kind == "estimate" for step in steps),
    )


def due_instant(
    start: datetime,
    allowance: Allowance,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    rules: ClockRules = _RULES,
) -> datetime | None:
    """`due(…).due_at` without the derivation: a few microseconds."""
    return run(start, allowance, calendar, pauses, rules).due_at
