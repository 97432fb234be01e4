"""Lists of dossiers, each ordered by what its reader should do first, each one query a page and no COUNT."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.dossiers.lifecycle import BEFORE_ACCEPTANCE, ENDED, ON_THE_CLOCK, State
from motcua.dossiers.models import Dossier
from motcua.journal.prepared import Prepared
from motcua.kernel.codes import normal_phone
from motcua.kernel.keys import normal_reference
from motcua.kernel.text import fold
from motcua.looks.access import visible_to
from motcua.looks.duties import Duty, rows_of, waiting_for
from motcua.money.models import Payment
from motcua.people.rules import AGENCY, Actor, Role
from motcua.procedures.queries import current_law
from motcua.stats.figures import Figure, Urgency, behind, standing

PAGE = 50
T = TypeVar("T")
B = TypeVar("B", Dossier, "Brief")

# What a row of a list shows; the form and the delivery stay in the database.
_ROW = (
    "id", "seq", "code", "reference", "state", "procedure", "version_on", "agency_id", "reception_id", "accepting_id",
    "channel", "return_by", "filed_at", "taken_at", "accepted_at", "arrived_at", "due_at", "step", "step_due_at",
    "decided_at", "published_at", "closed_at", "handler__name", "handler_id", "applicant__name", "applicant__dossier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and the cursor of the next page ('' = the last one)."""

    rows: list[T]
    after: str = ""


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """What a worklist is narrowed to. `handler`: '' everyone, 'mine', 'nobody'. `turn`: '' whoever's turn it is,
    'mine' those that wait for the actor, else a `Duty`."""

    agency: str = ""
    state: str = ""
    handler: str = ""
    procedure: str = ""
    after: str = ""
    limit: int = PAGE
    turn: str = ""


def worklist(actor: Actor, want: WorklistFilter) -> Page[Dossier]:
    """The most urgent dossiers of the actor's agencies whose clock runs, by date due. Those that wait for the
    applicant have no date due: they are a list of their own (state "supplement"), longest wait first."""
    agencies = actor.offices(*AGENCY)
    if want.agency in agencies:
        agencies = frozenset({want.agency})
    rows = Dossier.objects.filter(agency__in=agencies)
    if want.turn == "mine":
        rows = rows.filter(waiting_for(actor, agencies, current_law()))
    elif want.turn in set(Duty):
        rows = rows.filter(rows_of(Duty(want.turn), current_law()))
    elif want.state:
        rows = rows.filter(state=want.state)
    else:
        rows = rows.filter(state__in=sorted(ON_THE_CLOCK))
    if want.handler == "mine":
        rows = rows.filter(handler=actor.id)
    elif want.handler == "nobody":
        rows = rows.filter(handler=None)
    if want.procedure:
        rows = rows.filter(procedure=want.procedure)
    waits = want.state == State.SUPPLEMENT or want.turn == Duty.WAIT
    return _page(rows, "accepted_at" if waits else "due_at", want.after, want.limit)


class Brief(NamedTuple):
    """A row of a list by itself, where nobody needs the dossier behind it."""

    id: UUID
    seq: int
    code: str | None
    reference: str
    state: str
    procedure: str
    version_on: date
    agency: str
    due_at: datetime | None
    step: str
    step_due_at: datetime | None
    applicant: str
    handler: str | None


_BRIEF = (
    "id", "seq", "code", "reference", "state", "procedure", "version_on", "agency", "due_at", "step", "step_due_at",
    "applicant__name", "handler__name",
)  # fmt: skip


def brief(d: Dossier) -> Brief:
    own = (d.id, d.seq, d.code, d.reference, d.state, d.procedure, d.version_on, d.agency_id, d.due_at, d.step)
    return Brief(*own, d.step_due_at, d.applicant.name, d.handler.name if d.handler else None)


def brief_worklist(actor: Actor, want: WorklistFilter) -> Page[Brief]:
    """`worklist` without the dossiers behind its rows. What is asked for all day, one agency and one running state
    from the top, has its SQL ready."""
    plain = want == WorklistFilter(agency=want.agency, state=want.state)
    if plain and want.state in _most_urgent and want.agency in actor.offices(*AGENCY):
        return _cut([Brief(*row) for row in _most_urgent[want.state](want.agency)], "due_at", PAGE)
    page = worklist(actor, want)
    return Page([brief(d) for d in page.rows], page.after)


_open = ~Q(state__in=sorted(ENDED))  # in the words of the index, so that it serves


def _top_of(state: str) -> Prepared[tuple[Any, ...]]:
    def top(agency: str) -> QuerySet[Dossier, tuple[Any, ...]]:
        rows = Dossier.objects.filter(_open, agency=agency, state=state)
        return rows.order_by("due_at", "id").values_list(*_BRIEF)[: PAGE + 1]

    return Prepared(top, str)


_most_urgent = {state.value: _top_of(state.value) for state in sorted(ON_THE_CLOCK)}


def desk_queue(actor: Actor, place: str, after: str = "") -> Page[Dossier]:
    """Dossiers that wait for acceptance at this desk, oldest first."""
    rows = Dossier.objects.filter(accepting=place, state__in=sorted(BEFORE_ACCEPTANCE))
    if place not in actor.offices(Role.CLERK_CIVIL, Role.CLERK_POSTAL, Role.RECEIVER):
        rows = rows.none()
    return _page(rows, "filed_at", after, PAGE)


def counter_list(actor: Actor, place: str, after: str = "") -> Page[Dossier]:
    """Open dossiers that came in at this counter, oldest first."""
    rows = Dossier.objects.filter(reception=place).exclude(state__in=sorted(ENDED))
    if place not in actor.offices():
        rows = rows.none()
    return _page(rows, "filed_at", after, PAGE)


def my_dossiers(actor: Actor, after: str = "") -> Page[Dossier]:
    """A citizen's own dossiers, newest first."""
    return _page(Dossier.objects.filter(account=actor.id), "-filed_at", after, PAGE)


@dataclass(frozen=True, slots=True)
class Cut:
    """What the province's list is narrowed to; '' and None narrow nothing.

    `figure` with `month`: what one of the monthly figures counts. `urgency`: open dossiers by their date due.
    `money` with `purse` and `money_at`: dossiers whose money is "hand" (with anybody), "people" (in somebody's
    own hand), "remitted" or "all"; `money_at` is the office of the till it was taken into.
    """

    agency: str = ""
    states: frozenset[str] = frozenset()
    figure: str = ""
    month: date | None = None
    channel: str = ""
    return_by: str = ""
    urgency: str = ""
    now: datetime | None = None
    soon: datetime | None = None
    money: str = ""
    purse: str = ""
    money_at: str = ""


def all_dossiers(actor: Actor, cut: Cut, after: str = "", limit: int = PAGE) -> Page[Dossier]:
    """Everything the actor may see, for the province's board, newest first."""
    rows = visible_to(actor)
    for column, value in (("agency", cut.agency), ("channel", cut.channel), ("return_by", cut.return_by)):
        rows = rows.filter(**{column: value}) if value else rows
    if cut.states:
        rows = rows.filter(state__in=sorted(cut.states))
    if cut.month:
        rows = rows.filter(behind(Figure(cut.figure or Figure.FILED), cut.month))
    if cut.urgency and cut.now and cut.soon:
        rows = rows.filter(standing(Urgency(cut.urgency), cut.now, cut.soon))
    if cut.money:
        rows = rows.filter(Exists(_payments(cut)))
    return _page(rows, "-filed_at", after, limit)


def _payments(cut: Cut) -> QuerySet[Payment]:
    rows = Payment.objects.filter(dossier=OuterRef("pk"))
    where = {
        "hand": Q(hand__gt=""),
        "people": Q(hand__startswith="person:"),
        "remitted": Q(remittance__confirmed_at__isnull=False),
    }
    rows = rows.filter(where.get(cut.money, Q()))
    rows = rows.filter(purse=cut.purse) if cut.purse else rows
    return rows.filter(shift__office=cut.money_at) if cut.money_at else rows


def search_dossiers(actor: Actor, text: str) -> list[Dossier]:
    """Dossiers of the actor by code, reference, phone, identity number or the beginning of a name, accents or not."""
    typed = text.strip()
    if len(typed) < 3:
        return []
    if reference := normal_reference(typed):
        named = Q(reference=reference) | Q(papers__sticker=reference) | Q(parcels__item=typed.upper())
    elif typed.replace(" ", "").isdigit():
        number = typed.replace(" ", "")
        named = Q(applicant__phone=normal_phone(number)) | Q(applicant__id_number=number)
    else:
        name = fold(typed)
        named = Q(code=typed) | Q(parcels__item=typed.upper()) | Q(applicant__folded__startswith=name)
        named |= Q(applicant__folded__contains=" " + name)
    hits = visible_to(actor).filter(named).values("pk")
    return list(_rows(Dossier.objects.filter(pk__in=hits)).order_by("-filed_at", "-id")[:20])


def _rows(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return rows.select_related("applicant", "handler").only(*_ROW)


def _page(rows: QuerySet[Dossier], order: str, after: str, limit: int) -> Page[Dossier]:
    """One page by cursor: 'instant|id' of the last row shown; nothing is counted."""
    column, down = order.lstrip("-"), order.startswith("-")
    compare = "lt" if down else "gt"
    if cursor := _cursor(after):
        at, last = cursor
        rows = rows.filter(Q(**{column: at, f"id__{compare}": last}) | Q(**{f"{column}__{compare}": at}))
    limit = max(1, min(limit, 200))
    found = list(_rows(rows).order_by(*((f"-{column}", "-id") if down else (column, "id")))[: limit + 1])
    return _cut(found, column, limit)


def _cut(found: list[B], column: str, limit: int) -> Page[B]:
    """One row more than asked for says that there is a next page."""
    more = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], _written(getattr(more, column), more.id) if more else "")


def _written(at: datetime | None, pk: UUID) -> str:
    return f"{at.isoformat()}|{pk}" if at else ""


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    at, _, last = after.partition("|")
    try:
        return datetime.fromisoformat(at), UUID(last)
    except ValueError:
        return None
