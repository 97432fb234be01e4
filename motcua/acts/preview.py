"""What would come of receiving a dossier now, worked out by the rules of the act, with nothing written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from motcua.acts.intake import Filing, charges_of, reception_action
from motcua.dossiers.models import Channel
from motcua.kernel.clock import Deadline, due
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Office, Version
from motcua.law.model.competence import receive_refusal
from motcua.looks.access import local_day
from motcua.looks.deadlines import calendar_of, rules_on
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Preview:
    """Who decides, whose acceptance starts the clock, what this place may do ("accept" or "take"), what it
    costs and when it would be ready. What cannot be told yet is None or empty; `problems` says why.
    """

    version: Version
    agency: Office | None
    accepting: Office | None
    action: str
    charges: list[dict[str, Any]]
    deadline: Deadline | None
    problems: tuple[Problem, ...]

    def total(self, purse: str) -> int:
        return sum(charge["amount"] for charge in self.charges if charge["purse"] == purse)


def preview(actor: Actor, place: str, filing: Filing, at: datetime) -> Preview:
    """The summary beside the form. Refuses only an unknown procedure."""
    law, day = current_law(), local_day(at)
    version, problems = law.procedure(filing.procedure, day), list[Problem]()
    postal = place in actor.offices(Role.CLERK_POSTAL)
    unit = filing.person.unit_code or filing.delivery.unit_code
    agency = _try(lambda: law.agency_for(version, unit, day, place), problems)
    accepting = None
    if agency:
        accepting = _try(lambda: law.office(law.accepting_office(version, agency.code, place, day)), problems)
    if agency and (refusal := receive_refusal(law, version, agency, law.office(place), day)):
        problems += [p for p in refusal.problems if p not in problems]
    channel = Channel.POST if postal else Channel.COUNTER
    to_unit = filing.delivery.unit_code or filing.person.unit_code
    charges, deadline = None, None
    if agency and (to_unit or filing.return_by != "post"):
        charges = _try(lambda: charges_of(law, version, filing, day, channel, agency.code, to_unit), problems)
    action = reception_action(accepting is not None and accepting.code == place, postal)
    if action == "accept":
        term = version.allowance_for("counter")
        deadline = _try(lambda: due(at, term, calendar_of(law), (), rules_on(law, day)), problems)
    return Preview(version, agency, accepting, action, charges or [], deadline, tuple(problems))


def _try(find: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return find()
    except Refused as refused:
        problems += [p for p in refused.problems if p not in problems]
        return None
