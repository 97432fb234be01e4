"""The custody trail of one paper, read from the journal: who held it from when to when, and by whose statements."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from motcua.custody.models import Discrepancy, Line, Paper
from motcua.documents.models import File
from motcua.journal.models import Entry
from motcua.kernel.keys import normal_reference
from motcua.looks.access import Case, NotFound, find_case
from motcua.people.queries import names_of
from motcua.people.rules import Actor

_COMES = {"paper.taken", "paper.made"}
_MOVES = {"paper.moved", "paper.taken_over", "paper.given_back_in_doubt"}


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's word on a transfer: who, in which role, at which office, when, why, in which condition."""

    at: datetime
    recorded_at: datetime
    who: str
    role: str
    office: str
    why: str
    condition: str = ""


@dataclass(slots=True)
class Stay:
    """One holder, from an instant to the next (None: still). `given` is missing where the taker alone counted it in."""

    holder: str
    since: datetime
    taken: Statement
    given: Statement | None = None
    until: datetime | None = None
    bag: str = ""
    item: str = ""
    remarks: list[tuple[str, Statement]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trail:
    """A paper with everybody who held it, oldest first, what it is on its way to now, and what was scanned from it."""

    paper: Paper
    case: Case
    stays: list[Stay]
    offer: Statement | None
    lines: list[Line]
    discrepancies: list[Discrepancy]
    files: list[File]


def trail_of(actor: Actor, key: str) -> Trail:
    """The trail of a paper named by its id or sticker, for whoever may see its dossier. Raises NotFound."""
    paper = Paper.objects.filter(_named(key)).first()
    if paper is None:
        raise NotFound(key)
    case = find_case(actor, str(paper.dossier_id))
    paper = next(p for p in case.papers if p.pk == paper.pk)
    stays, offer = _stays([e for e in case.entries if e.subject_id == paper.pk])
    lines = Line.objects.filter(paper=paper, removed=False).select_related("manifest__giver", "manifest__taker")
    about = Q(line__paper=paper) | Q(dossier=paper.dossier_id, parcel__isnull=False)
    found = Discrepancy.objects.filter(about).select_related("owner", "line").order_by("opened_at", "id")
    files = [f for f in case.files if f.paper_id == paper.pk]
    return Trail(paper, case, stays, offer, list(lines.order_by("id")), list(found), files)


def _named(key: str) -> Q:
    if sticker := normal_reference(key):
        return Q(sticker=sticker)
    try:
        return Q(pk=UUID(key))
    except ValueError:
        return Q(pk__in=())


def _stays(entries: list[Entry]) -> tuple[list[Stay], Statement | None]:
    """The holders one after the other, and the giver's statement that stands open."""
    names = names_of({e.actor_id for e in entries if e.actor_id})
    stays: list[Stay] = []
    offer: tuple[Statement, dict[str, Any]] | None = None
    for e in entries:
        said, data = _statement(e, names), e.data
        if e.kind in _COMES | _MOVES:
            if stays:
                stays[-1].until = e.happened_at
            given = offer[0] if offer and e.kind == "paper.taken_over" else None
            stay = Stay(data["set"].get("holder", ""), e.happened_at, said, given)
            stay.bag, stay.item = str(data.get("manifest", "")), str(data.get("item", ""))
            stays.append(stay)
            offer = None
        elif e.kind == "paper.offered":
            offer = (said, data)
        elif stays:
            stays[-1].remarks.append((e.kind, said))
        if e.kind == "paper.offer_withdrawn":
            offer = None
        if e.kind == "paper.given_back_in_doubt":
            offer = (said, data)
    return stays, offer[0] if offer else None


def _statement(e: Entry, names: dict[UUID, str]) -> Statement:
    data = e.data
    condition = data.get("condition") or data["set"].get("condition", "")
    who = names.get(e.actor_id, "") if e.actor_id else ""
    return Statement(e.happened_at, e.recorded_at, who, e.role, e.office, str(data.get("why", "")), str(condition))
