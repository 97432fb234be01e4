"""Discrepancies for those who have to do with them: both sides of a bag, and the office that sees one through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from motcua.custody.lifecycle import ManifestState
from motcua.custody.models import Discrepancy, Manifest, Paper
from motcua.looks.bags import opened_by
from motcua.money.models import Charge, Purse
from motcua.people.holders import office, person
from motcua.people.rules import Actor, Role

_WITH = ("manifest__giver", "manifest__taker", "line__paper__dossier", "dossier", "parcel", "owner", "opened_by")


def seen_by(actor: Actor) -> Q:
    """The discrepancies that exist for an actor: of the bags it may open, and those its offices own."""
    if actor.has(Role.PROVINCE):
        return Q()
    return opened_by(actor, "manifest__") | Q(owner__in=actor.offices())


def open_discrepancies(actor: Actor, place: str = "") -> list[Discrepancy]:
    """Those still to be seen through, the oldest first; of one office when it is the actor's."""
    rows = Discrepancy.objects.filter(seen_by(actor), ended_at=None)
    if place in actor.offices():
        rows = rows.filter(Q(owner=place) | Q(manifest__giver=place) | Q(manifest__taker=place))
    return list(rows.select_related(*_WITH).order_by("opened_at", "id")[:300])


def ended_discrepancies(actor: Actor, limit: int = 30) -> list[Discrepancy]:
    """The last ones that came to an end."""
    rows = Discrepancy.objects.filter(seen_by(actor), ended_at__isnull=False)
    return list(rows.select_related(*_WITH).order_by("-ended_at", "-id")[:limit])


def discrepancies_of(manifest: Manifest) -> list[Discrepancy]:
    """All of one bag, in the order they were opened."""
    return list(manifest.discrepancies.select_related(*_WITH).order_by("opened_at", "id"))


def discrepancy_named(actor: Actor, key: str | UUID) -> Discrepancy | None:
    """One by its number or id, if it exists for the actor."""
    try:
        named = Q(pk=UUID(str(key)))
    except ValueError:
        named = Q(number=str(key).strip().upper())
    return Discrepancy.objects.filter(seen_by(actor), named).select_related(*_WITH).first()


def papers_missed(found: Discrepancy) -> list[Paper]:
    """The papers nobody has in hand because of it: the line's, or those that travelled with the item."""
    if found.line:
        return [found.line.paper]
    if not found.parcel or not found.dossier_id:
        return []
    held = [str(office(found.parcel.office_id)), str(person(found.parcel.postman_id))]
    rows = list(Paper.objects.filter(dossier=found.dossier_id, to_return=True, holder__in=held))
    for paper in rows:
        paper.dossier = found.dossier  # type: ignore[assignment]  # one object, so that entries share one chain
    return rows


def dossier_id_of(found: Discrepancy) -> UUID | None:
    """The dossier whose paper it is about; None for a whole bag."""
    return found.line.paper.dossier_id if found.line else found.dossier_id


def charge_paid_for(dossier_id: UUID | None) -> int:
    """What the post was paid for carrying the papers of a dossier, receipts only."""
    paid = Charge.objects.filter(dossier=dossier_id, purse=Purse.POST, cancelled_at=None, payment__isnull=False)
    return int(paid.aggregate(sum=Sum("amount"))["sum"] or 0)


def compensated_before(found: Discrepancy) -> bool:
    """Whether another discrepancy of the same dossier was compensated already: the charge is paid back once."""
    own = dossier_id_of(found)
    rows = Discrepancy.objects.filter(Q(dossier=own) | Q(line__paper__dossier=own), compensation__gt=0)
    return own is not None and rows.exclude(pk=found.pk).exists()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A paper on its way: who gave it, to whom, for how long, and in which bag."""

    paper: Paper
    age: timedelta
    bag: str


def papers_in_doubt(actor: Actor, place: str, now: datetime) -> list[Doubt]:
    """Papers that this office gave away or is to take and nobody has said that he has, the oldest first."""
    if place not in actor.offices():
        return []
    here = str(office(place))
    rows: QuerySet[Paper] = Paper.objects.exclude(offered_to="").filter(Q(holder=here) | Q(offered_to=here))
    papers = list(rows.select_related("dossier").order_by("offered_at", "id")[:300])
    bags = _bags_of(papers, actor)
    return [Doubt(p, now - (p.offered_at or now), bags.get(p.pk, "")) for p in papers]


def _bags_of(papers: Iterable[Paper], actor: Actor) -> dict[UUID, str]:
    """The newest sealed bag that lists each paper, where the actor may open it."""
    sealed = [ManifestState.SEALED, ManifestState.PARKED, ManifestState.CLOSED]
    listed = Manifest.objects.filter(opened_by(actor), state__in=sealed)
    listed = listed.filter(lines__paper__in=list(papers), lines__removed=False)
    return dict(listed.order_by("lines__id").values_list("lines__paper", "number"))
