"""Bags as their two sides see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from motcua.custody.lifecycle import DIFFERENCES, GIVERS, TAKERS, Finding, ManifestState
from motcua.custody.models import Line, Manifest, Paper, Parcel
from motcua.people.holders import office
from motcua.people.rules import Actor, Role

_LINES = Count("lines", filter=Q(lines__removed=False))
_BLANK = Count("lines", filter=Q(lines__removed=False, lines__finding__in=["", Finding.NOT_EXAMINED]))


def incoming(actor: Actor, place: str) -> list[Manifest]:
    """Sealed or parked bags on their way to this office, oldest first, with `lines_n` and `blank_n`."""
    return _listed(
        Manifest.objects.filter(taker=place, state__in=[ManifestState.SEALED, ManifestState.PARKED]),
        actor,
        place,
    )


def outgoing(actor: Actor, place: str) -> list[Manifest]:
    """Bags this office is filling or has sent and that are not received yet."""
    live = [ManifestState.OPEN, ManifestState.SEALED, ManifestState.PARKED]
    return _listed(Manifest.objects.filter(giver=place, state__in=live), actor, place)


def recent_bags(actor: Actor, place: str) -> list[Manifest]:
    """The last bags of this office that are done."""
    done = Manifest.objects.filter(Q(giver=place) | Q(taker=place), state=ManifestState.CLOSED)
    return _listed(done, actor, place, "-closed_at", 20)


def _listed(
    rows: QuerySet[Manifest], actor: Actor, place: str, order: str = "opened_at", limit: int = 100
) -> list[Manifest]:
    if place not in actor.offices() and not actor.has(Role.PROVINCE):
        return []
    rows = rows.filter(opened_by(actor)).select_related("giver", "taker").annotate(lines_n=_LINES, blank_n=_BLANK)
    return list(rows.order_by(order, "id")[:limit])


def opened_by(actor: Actor, bag: str = "") -> Q:
    """The bags an actor may open, as a condition on manifests (or on what `bag` leads to one from)."""
    if actor.has(Role.PROVINCE):
        return Q()
    gives, takes = actor.offices(*GIVERS), actor.offices(*TAKERS)
    return Q(**{f"{bag}giver__in": gives}) | Q(**{f"{bag}taker__in": takes})


def lines_of(manifest: Manifest) -> list[Line]:
    """The lines with their papers and dossiers, in order; lines taken off are left out."""
    rows = manifest.lines.filter(removed=False).select_related("paper__dossier__applicant", "found_by")
    return list(rows.order_by("place"))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A manifest added up: what left = what arrived + named differences + what nobody has looked at."""

    total: int
    received: int
    differences: dict[str, int]
    blank: int

    @property
    def balanced(self) -> bool:
        return self.blank == 0


def reckon(lines: list[Line]) -> Reckoning:
    differences = {f.value: sum(1 for line in lines if line.finding == f) for f in sorted(DIFFERENCES)}
    return Reckoning(
        total=len(lines),
        received=sum(1 for line in lines if line.finding == Finding.RECEIVED),
        differences={k: n for k, n in differences.items() if n},
        blank=sum(1 for line in lines if not line.finding),
    )


def papers_here(actor: Actor, place: str) -> list[Paper]:
    """Papers this office holds, longest first, with the number of the open bag that lists them (`bag`)."""
    return list(held_papers(actor, place).order_by("held_since")[:300])


def held_papers(actor: Actor, place: str) -> QuerySet[Any]:
    """Papers this office holds with their dossiers, each with the number of the open bag that lists it (`bag`, None)
    and the state of its dossier's last tracked item (`last_try`, ''). Nothing for strangers."""
    rows = Paper.objects.filter(holder=str(office(place))).select_related("dossier__applicant")
    if place not in actor.offices():
        rows = rows.none()
    live = [ManifestState.OPEN, ManifestState.SEALED, ManifestState.PARKED]
    claims = ["", Finding.SHORT, Finding.NOT_EXAMINED]
    bag = Line.objects.filter(paper=OuterRef("pk"), removed=False, manifest__state__in=live, finding__in=claims)
    tried = Parcel.objects.filter(dossier=OuterRef("dossier")).order_by("-id").values("state")[:1]
    return rows.annotate(
        bag=Subquery(bag.values("manifest__number")[:1]), last_try=Coalesce(Subquery(tried), Value(""))
    )
