"""Whose turn it is: the work of an agency sorted by who has to do the next act. Reads only."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from motcua.dossiers.lifecycle import ON_THE_CLOCK, State
from motcua.dossiers.models import Dossier
from motcua.law.model import Pack, Version
from motcua.looks.arrivals import all_there
from motcua.people.rules import Actor, Role

# Tabs show how much waits; beyond this many open dossiers of one agency they say "more" and count no further.
COUNT_LIMIT = 2000
ASSIGN_PAGE = 100


class Duty(StrEnum):
    """A kind of next act."""

    ASSIGN = "assign"
    WORK = "work"
    DECIDE = "decide"
    SIGN = "sign"
    NUMBER = "number"
    PUBLISH = "publish"
    WAIT = "wait"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Duty.ASSIGN: "Chờ phân công",
    Duty.WORK: "Đang thụ lý",
    Duty.DECIDE: "Chờ quyết định",
    Duty.SIGN: "Chờ ký",
    Duty.NUMBER: "Chờ vào số",
    Duty.PUBLISH: "Chờ phát hành",
    Duty.WAIT: "Chờ người nộp bổ sung",
}
DUTIES_OF: dict[Role, tuple[Duty, ...]] = {
    Role.RECEIVER: (Duty.ASSIGN,),
    Role.HANDLER: (Duty.WORK,),
    Role.LEADER: (Duty.DECIDE, Duty.SIGN),
    Role.RECORDS: (Duty.NUMBER, Duty.PUBLISH),
}


def handler_steps(law: Pack) -> frozenset[str]:
    """The keys of all steps that any version of any procedure gives to a handler."""
    versions = (entry.value for line in law.procedure_lines.values() for entry in line)
    return frozenset(
        step.key for v in versions if isinstance(v, Version) for step in v.steps if step.role == Role.HANDLER
    )


def rows_of(duty: Duty, law: Pack) -> Q:
    """Dossiers whose next act is this one."""
    with_handler = Q(step__in=sorted(handler_steps(law)))
    return {
        Duty.ASSIGN: Q(state=State.ACCEPTED),
        Duty.WORK: Q(state=State.PROCESSING) & with_handler,
        Duty.DECIDE: Q(state=State.PROCESSING) & ~with_handler,
        Duty.SIGN: Q(state=State.DECIDED),
        Duty.NUMBER: Q(state=State.SIGNED),
        Duty.PUBLISH: Q(state=State.NUMBERED),
        Duty.WAIT: Q(state=State.SUPPLEMENT),
    }[duty]


def duties_of(actor: Actor, agencies: Iterable[str]) -> tuple[Duty, ...]:
    """The kinds of act that fall to the actor at these agencies, in the order of a dossier's life."""
    roles = {role for agency in agencies for role in actor.roles_at(agency)}
    return tuple(duty for role, duties in DUTIES_OF.items() if role in roles for duty in duties)


def waiting_for(actor: Actor, agencies: Iterable[str], law: Pack) -> Q:
    """Dossiers whose next act is the actor's: a handler's own, a receiver's whose papers have come."""
    mine = Q(pk__in=())
    for duty in duties_of(actor, agencies):
        mine |= rows_of(duty, law) & _ready(duty, actor)
    return mine


def _ready(duty: Duty, actor: Actor) -> Q:
    if duty is Duty.WORK:
        return Q(handler=actor.id)
    return all_there() if duty is Duty.ASSIGN else Q()


def count_duties(actor: Actor, agencies: Iterable[str], law: Pack) -> tuple[dict[str, int], bool]:
    """({duty or "mine": how many}, whether there were more than could be counted), in one query."""
    places = sorted(agencies)
    sums = {str(duty): Count("pk", filter=rows_of(duty, law)) for duty in Duty}
    mine = Case(When(waiting_for(actor, places, law), then=Value(1)), default=Value(0))
    rows = open_at(places).annotate(is_mine=mine).order_by("due_at", "id")[:COUNT_LIMIT]
    counted = rows.aggregate(mine=Count("pk", filter=Q(is_mine=1)), **sums)
    return counted, sum(counted[duty] for duty in Duty) >= COUNT_LIMIT


def open_at(agencies: Iterable[str]) -> "QuerySet[Dossier]":
    """Everything these agencies still have to do, and what waits for the applicant."""
    states = sorted(ON_THE_CLOCK | {State.SUPPLEMENT})
    return Dossier.objects.filter(agency__in=sorted(agencies), state__in=states)


def open_procedures(agencies: Iterable[str]) -> list[str]:
    """The codes of all procedures that lie open at these agencies."""
    return list(open_at(agencies).order_by("procedure").values_list("procedure", flat=True).distinct())


def to_assign(actor: Actor, agency: str) -> list[Dossier]:
    """Dossiers at an agency that wait for a handler and whose papers are there: those not accepted yet first, then by
    date due. Nothing for whoever does not hand out work there."""
    if not actor.roles_at(agency) & {Role.RECEIVER, Role.LEADER}:
        return []
    ready = Q(state=State.ACCEPTED)
    rows = Dossier.objects.filter(agency=agency)
    if Role.RECEIVER in actor.roles_at(agency):
        ready |= Q(state__in=[State.FILED, State.TAKEN], arrived_at__isnull=False)
    rows = rows.filter(ready & all_there()).select_related("applicant", "handler").defer("form", "delivery", "pauses")
    return list(rows.order_by(F("due_at").asc(nulls_first=True), "id")[:ASSIGN_PAGE])


def load_of(agency: str) -> dict[UUID, int]:
    """How many open dossiers each handler of an agency has."""
    rows = open_at([agency]).exclude(handler=None).values_list("handler").annotate(n=Count("pk"))
    return {UUID(str(handler)): n for handler, n in rows.order_by("handler")}
