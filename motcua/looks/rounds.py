"""The dispatcher's board: every postman's day in one line, what is in doubt, why items did not arrive."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, Sum

from motcua.custody.lifecycle import ParcelState, PickupState
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.custody.routing import Door, stop_order
from motcua.kernel.calendar import local
from motcua.looks.access import NotFound
from motcua.looks.errands import Round, round_of_postman
from motcua.money.models import Payment
from motcua.people.holders import office, person
from motcua.people.models import Account
from motcua.people.queries import accounts_at
from motcua.people.rules import Actor, Role

OFFICE_SIDE = (Role.DISPATCHER, Role.CLERK_POSTAL)
# What waits longer than this for its taker is late.
DOUBT_AGES = timedelta(days=1)
E = TypeVar("E", Parcel, Pickup)


@dataclass(slots=True)
class Tour:
    """One postman's day: items by where they are, homes, and the money in his hand, a purse."""

    postman: Account
    assigned: int = 0
    out: int = 0
    done: int = 0
    failed: int = 0
    homes: int = 0
    fetched: int = 0
    money: dict[str, int] = field(default_factory=lambda: {"state": 0, "post": 0})

    @property
    def busy(self) -> bool:
        work = (self.assigned, self.out, self.done, self.failed, self.homes, self.fetched)
        return any(work) or any(self.money.values())


def day_began(now: datetime) -> datetime:
    """The province's midnight before an instant."""
    return local(now).replace(hour=0, minute=0, second=0, microsecond=0)


def tours_at(
    actor: Actor, place: str, parcels: Sequence[Parcel], pickups: Sequence[Pickup], now: datetime
) -> list[Tour]:
    """A line for each postman of a post office, over its live items and open orders: four queries more, whatever
    their number."""
    if place not in actor.offices(*OFFICE_SIDE):
        return []
    tours = {account.pk: Tour(account) for account in accounts_at(place, Role.POSTMAN)}
    shown = {ParcelState.ASSIGNED: "assigned", ParcelState.OUT: "out", ParcelState.FAILED: "failed"}
    counted = [(p.postman_id, shown[ParcelState(p.state)]) for p in parcels if p.state in shown]
    counted += [(p.postman_id, "homes") for p in pickups if p.state == PickupState.ASSIGNED]
    ended = {"office": place, "ended_at__gte": day_began(now)}
    done = Parcel.objects.filter(**ended, state=ParcelState.DELIVERED).values_list("postman", flat=True)
    fetched = Pickup.objects.filter(**ended, state=PickupState.COLLECTED).values_list("postman", flat=True)
    counted += [(pk, "done") for pk in done] + [(pk, "fetched") for pk in fetched]
    for (postman, what), n in Counter(counted).items():
        if postman in tours:
            setattr(tours[postman], what, n)
    for postman, purse, amount in _money(tours):
        tours[postman].money[purse] = amount
    return list(tours.values())


def _money(tours: Iterable[UUID]) -> list[tuple[UUID, str, int]]:
    hands = {str(person(pk)): pk for pk in tours}
    rows = Payment.objects.filter(hand__in=hands).values_list("hand", "purse").annotate(Sum("amount"))
    return [(hands[hand], purse, int(amount)) for hand, purse, amount in rows.order_by("hand", "purse")]


def tour_of(actor: Actor, place: str, username: str) -> tuple[Account, Round]:
    """One postman of the actor's post office with his errands. Raises NotFound for every other."""
    if place in actor.offices(*OFFICE_SIDE):
        for account in accounts_at(place, Role.POSTMAN):
            if account.username == username:
                return account, round_of_postman(account.pk)
    raise NotFound(username)


def done_today(postman: Account, place: str, now: datetime) -> list[Parcel]:
    """What a postman handed over today, newest first."""
    rows = Parcel.objects.filter(office=place, postman=postman, ended_at__gte=day_began(now))
    return list(rows.filter(state=ParcelState.DELIVERED).select_related("dossier__applicant").order_by("-ended_at"))


def doubts_at(actor: Actor, place: str) -> list[Paper]:
    """Papers that this office offered or is offered and nobody has taken yet, longest in doubt first."""
    if place not in actor.offices(*OFFICE_SIDE):
        return []
    here = str(office(place))
    rows = Paper.objects.filter(Q(holder=here) | Q(offered_to=here), offered_at__isnull=False)
    return list(rows.select_related("dossier").order_by("offered_at", "id")[:300])


def reasons_of(parcels: Iterable[Parcel]) -> list[tuple[str, int]]:
    """Why live items did not arrive, the most frequent first: (reason without its note, how many)."""
    tried = (p.last_reason.partition(". ")[0] for p in parcels if p.attempts and p.last_reason)
    return sorted(Counter(tried).items(), key=lambda row: (-row[1], row[0]))


def in_order(errands: Iterable[E]) -> list[E]:
    """The stops of a round in a sensible order (see custody.routing)."""
    return stop_order([_door(errand) for errand in errands])


def _door(errand: E) -> Door[E]:
    if isinstance(errand, Pickup):
        return Door(errand, errand.unit_code, errand.address, errand.window, str(errand.pk))
    to, applicant = errand.dossier.delivery, errand.dossier.applicant
    unit, address = to.get("unit_code") or applicant.unit_code, to.get("address") or applicant.address
    return Door(errand, unit, address, "", errand.item)
