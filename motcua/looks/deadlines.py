"""The dates of one dossier, derived from its facts and the law it was received under. Never counted, never guessed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.kernel.calendar import VIETNAM, Calendar, local
from motcua.kernel.clock import Allowance, ClockRules, Deadline, Pause, add_minutes, due, remaining_minutes
from motcua.law.deadline import clock_rules
from motcua.law.model import Pack
from motcua.looks.access import Case


def calendar_of(law: Pack) -> Calendar:
    """The agencies' calendar."""
    return law.calendar("agency")


def rules_on(law: Pack, day: date) -> ClockRules:
    """The clock's numbers of law on the day of receipt."""
    return clock_rules(law, day)


def pauses_of(stored: list[dict[str, Any]]) -> tuple[Pause, ...]:
    """Pauses as kept on the dossier: [{from, to or null, ground}] with ISO instants."""
    return tuple(
        Pause(
            datetime.fromisoformat(p["from"]),
            datetime.fromisoformat(p["to"]) if p["to"] else None,
            p["ground"],
        )
        for p in stored
    )


def allowance_of(case: Case) -> Allowance:
    """The time the procedure allows for the channel the dossier came by."""
    return case.version.allowance_for("online" if case.dossier.channel == "online" else "counter")


def legal_deadline(case: Case, clock_at: datetime, pauses: list[dict[str, Any]]) -> Deadline:
    """The statutory date with every step that leads to it."""
    rules = rules_on(case.law, local(clock_at).date())
    return due(clock_at, allowance_of(case), calendar_of(case.law), pauses_of(pauses), rules)


def due_with(case: Case, clock_at: datetime, pauses: list[dict[str, Any]]) -> datetime | None:
    """The date due, or None while the clock stands. A new date once promised stays, moved by later pauses only."""
    promised = case.dossier.rescheduled.get("until")
    if not promised:
        return legal_deadline(case, clock_at, pauses).due_at
    later = [p for p in pauses if p["from"] >= case.dossier.rescheduled["at"]]
    if any(p["to"] is None for p in later):
        return None
    moved = datetime.fromisoformat(promised)
    for p in pauses_of(later):
        moved = _after_pause(case, moved, p)
    return moved


def _after_pause(case: Case, until: datetime, pause: Pause) -> datetime:
    """A promised date moves by the working time the pause took from it."""
    calendar = calendar_of(case.law)
    left = remaining_minutes(pause.start, until, calendar)
    return max(until, add_minutes(pause.end, left, calendar)) if left > 0 and pause.end else until


def step_due(case: Case, started_at: datetime, hours: int) -> datetime:
    """When a step of so many working hours that starts now should be done."""
    return add_minutes(started_at, hours * 60, calendar_of(case.law))


def minutes_left(law: Pack, now: datetime, due_at: datetime) -> int:
    """Working minutes to a date due; negative when it has passed."""
    return remaining_minutes(now, due_at, calendar_of(law))


def post_days(law: Pack, start: datetime, days: int) -> datetime:
    """The close of the post day by which the post has promised something: so many open post days after an instant."""
    calendar, day = law.calendar("post"), local(start).date()
    while days > 0:
        day += timedelta(days=1)
        if calendar.is_open_day(day):
            days -= 1
    close = max((end for _, end in calendar.windows(day)), default=17 * 60)
    return datetime.combine(day, time(close // 60, close % 60), VIETNAM)


def days_later(at: datetime, days: int) -> date:
    """The province's day so many calendar days after an instant."""
    return local(at).date() + timedelta(days=days)
