"""The steps of the handling, each with its own time: planned, used, and what is left."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers.lifecycle import State
from motcua.kernel.clock import add_minutes, elapsed_minutes
from motcua.kernel.problems import Refused
from motcua.law.model import StepPlan
from motcua.looks.access import Case
from motcua.looks.deadlines import calendar_of, minutes_left, pauses_of
from motcua.people.rules import Role
from motcua.web.words import left, span


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: whose, how long it may take, how long it took. `mark`: a kind of status, '' = not begun."""

    name: str
    role: str
    planned: str
    state: str
    done_at: datetime | None
    due_at: datetime | None
    mark: str
    words: str


def steps_of(case: Case, now: datetime) -> list[StepShown]:
    """The procedure's steps in order, as far as they have come."""
    d = case.dossier
    # The way from another desk is the post's time, not that of whoever receives at the agency.
    shown, start = [], d.arrived_at or d.accepted_at
    for plan in case.version.steps:
        done = _done_at(case, plan)
        shown.append(_shown(case, plan, start, done, now))
        start = done or None
    return shown


def _done_at(case: Case, plan: StepPlan) -> datetime | None:
    d = case.dossier
    if plan.role == Role.RECEIVER:
        return next((e.happened_at for e in case.entries if e.kind == "dossier.assign"), None)
    if plan.role == Role.LEADER:
        return d.signed_at
    if plan.role == Role.RECORDS:
        return d.published_at
    finished = (e for e in case.entries if e.kind == "dossier.finish_step" and e.data.get("step") == plan.key)
    return next((e.happened_at for e in finished), None)


def _shown(case: Case, plan: StepPlan, start: datetime | None, done: datetime | None, now: datetime) -> StepShown:
    planned = plan.hours * 60
    state = "done" if done else "current" if start and case.dossier.accepted_at and not _over(case) else "todo"
    mark, words, due = "", "", None
    if start and done:
        used = _used(case, start, done)
        mark = "late" if used > planned else "in_time"
        words = _("%s, quá thời gian của bước") % span(used) if used > planned else span(used)
    elif state == "current":
        due = _due(case, plan, start)
        mark, words = _running(case, due, now)
    return StepShown(plan.name, _(Role(plan.role).label), span(planned), state, done, due, mark, words)


def _over(case: Case) -> bool:
    return case.dossier.state in {State.REJECTED, State.WITHDRAWN, State.STOPPED}


def _due(case: Case, plan: StepPlan, start: datetime | None) -> datetime | None:
    d = case.dossier
    if d.step == plan.key:
        return d.step_due_at
    if d.state == State.SUPPLEMENT or start is None:
        return None
    try:
        return add_minutes(start, plan.hours * 60, calendar_of(case.law))
    except Refused:
        return None


def _running(case: Case, due: datetime | None, now: datetime) -> tuple[str, str]:
    if due is None:
        return "paused", _("tạm dừng")
    try:
        minutes = minutes_left(case.law, now, due)
    except Refused:
        return "info", ""
    return "late" if minutes < 0 else "soon" if minutes < 60 else "in_time", left(minutes)


def _used(case: Case, start: datetime, end: datetime) -> int:
    """Working minutes between two instants without those in which the clock stood."""
    try:
        return elapsed_minutes(start, end, calendar_of(case.law), pauses_of(case.dossier.pauses))
    except Refused:
        return 0
