"""What the post has to bring and to fetch."""

from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from motcua.custody.lifecycle import LIVE_PARCEL, OPEN_PICKUP, WITH_POSTMAN, ParcelState, PickupState
from motcua.custody.models import ItemRange, Paper, Parcel, Pickup
from motcua.documents.models import File
from motcua.dossiers.lifecycle import BEFORE_ACCEPTANCE, ENDED, State
from motcua.kernel.keys import normal_reference
from motcua.looks.access import NotFound
from motcua.money.models import Charge
from motcua.people.holders import office, person
from motcua.people.queries import accounts_at
from motcua.people.rules import Actor, Role

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be taken at a door, a purse."""

    state: int = 0
    post: int = 0

    @property
    def total(self) -> int:
        return self.state + self.post


@dataclass(frozen=True, slots=True)
class Round:
    """A postman's errands of the day: `waiting` items are offered to him, `tried` ones could not be handed over."""

    parcels: list[Parcel]
    pickups: list[Pickup]
    due: dict[UUID, Due]
    waiting: list[Parcel] = field(default_factory=list)
    tried: list[Parcel] = field(default_factory=list)

    def due_on(self, dossier_id: UUID) -> Due:
        return self.due.get(dossier_id, Due())


def round_of(actor: Actor) -> Round:
    """Items the postman has or is offered, and homes he is to visit: three queries whatever their number."""
    if not actor.has(Role.POSTMAN) or actor.id is None:
        return Round([], [], {})
    return round_of_postman(actor.id)


def round_of_postman(account_id: UUID) -> Round:
    """The errands of one postman, for himself and for whoever sends him."""
    parcels = Parcel.objects.filter(postman=account_id, state__in=sorted(WITH_POSTMAN))
    mine = list(parcels.select_related("dossier__applicant").order_by("made_at"))
    pickups = Pickup.objects.filter(postman=account_id, state=PickupState.ASSIGNED).select_related("dossier__applicant")
    by_state: dict[str, list[Parcel]] = {state: [] for state in WITH_POSTMAN}
    for parcel in mine:
        by_state[parcel.state].append(parcel)
    return Round(
        parcels=by_state[ParcelState.OUT],
        pickups=list(pickups.order_by("wanted_on", "id")),
        due=dues_of([p.dossier_id for p in mine]),
        waiting=by_state[ParcelState.ASSIGNED],
        tried=by_state[ParcelState.FAILED],
    )


def dues_of(dossier_ids: list[UUID]) -> dict[UUID, Due]:
    """What is still to be paid on these dossiers, a purse."""
    dues: dict[UUID, Due] = {}
    rows = Charge.objects.filter(dossier__in=dossier_ids, payment=None, cancelled_at=None)
    for dossier_id, purse, amount in rows.values_list("dossier_id", "purse", "amount"):
        before = dues.get(dossier_id, Due())
        state, post = (amount, 0) if purse == "state" else (0, amount)
        dues[dossier_id] = Due(before.state + state, before.post + post)
    return dues


def parcels_at(actor: Actor, place: str) -> list[Parcel]:
    """Items of this post office that are not yet in anybody's hands at home."""
    if place not in actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL):
        return []
    rows = Parcel.objects.filter(office=place, state__in=sorted(LIVE_PARCEL))
    return list(rows.select_related("dossier__applicant", "postman").order_by("made_at")[:300])


def pickups_at(actor: Actor, place: str) -> list[Pickup]:
    """Orders to fetch papers that this post office still has to see to, by the day wanted."""
    if place not in actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL):
        return []
    rows = Pickup.objects.filter(office=place, state__in=sorted(OPEN_PICKUP))
    return list(rows.select_related("dossier__applicant", "postman").order_by("wanted_on", "id")[:300])


def results_to_send(actor: Actor, place: str) -> list[Paper]:
    """Results that lie at this post office, are to go home by post, and have no live item yet."""
    if place not in actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL):
        return []
    rows = Paper.objects.filter(kind="result", holder=str(office(place)), offered_to="", dossier__return_by="post")
    rows = rows.exclude(dossier__parcels__state__in=sorted(LIVE_PARCEL)).select_related("dossier__applicant")
    return list(rows.order_by("held_since")[:300])


def results_to_hand_out(actor: Actor, place: str) -> list[Paper]:
    """Results at this counter that wait for their applicant to come."""
    if place not in actor.offices(Role.CLERK_CIVIL, Role.CLERK_POSTAL):
        return []
    rows = Paper.objects.filter(kind="result", holder=str(office(place)), dossier__return_by="counter")
    return list(rows.select_related("dossier__applicant").order_by("held_since")[:300])


def brought_by_postmen(actor: Actor, place: str) -> list[Paper]:
    """Papers that postmen fetched from homes for dossiers this desk is to accept, longest on the way first."""
    if place not in actor.offices(Role.CLERK_CIVIL, Role.CLERK_POSTAL, Role.RECEIVER):
        return []
    waiting = sorted(BEFORE_ACCEPTANCE)
    rows = Paper.objects.filter(
        dossier__accepting=place, dossier__state__in=waiting, holder__startswith="person:"
    ).select_related("dossier__applicant")
    return list(rows.order_by("held_since")[:300])


def my_parcel(actor: Actor, item: str, *, done: bool = False) -> Parcel:
    """The item this postman has or is offered (or had, with `done`). Raises NotFound for every other."""
    rows = Parcel.objects.filter(_called(item), postman=actor.id)
    rows = rows if done else rows.filter(state__in=sorted(WITH_POSTMAN))
    return _found(rows.select_related("dossier__applicant", "office"), item)


def my_pickup(actor: Actor, pickup_id: UUID, *, done: bool = False) -> Pickup:
    """The home this postman is to visit (or visited, with `done`). Raises NotFound for every other."""
    rows = Pickup.objects.filter(pk=pickup_id, postman=actor.id)
    rows = rows if done else rows.filter(state=PickupState.ASSIGNED)
    return _found(rows.select_related("dossier__applicant", "office"), str(pickup_id))


def stop_named(actor: Actor, text: str) -> Parcel | Pickup | None:
    """The stop of the round that a scanned item number, dossier code, reference or sticker belongs to."""
    name = text.strip().upper()
    reference = normal_reference(name) or name
    named = Q(dossier__code=name) | Q(dossier__reference=reference) | Q(dossier__papers__sticker=reference)
    mine = Parcel.objects.filter(postman=actor.id, state__in=sorted(WITH_POSTMAN))
    parcel = mine.filter(_called(name) | named).order_by("made_at").first()
    homes = Pickup.objects.filter(postman=actor.id, state=PickupState.ASSIGNED)
    return parcel or homes.filter(named).order_by("wanted_on").first()


def fetched_by(actor: Actor) -> list[Paper]:
    """Papers the postman fetched from homes and still carries, longest first: they go to the desk that accepts."""
    if not actor.has(Role.POSTMAN):
        return []
    rows = Paper.objects.filter(holder=str(person(actor.id)), dossier__state__in=sorted(BEFORE_ACCEPTANCE))
    return list(rows.select_related("dossier__applicant", "dossier__accepting").order_by("held_since")[:300])


_NO_MORE = sorted(ENDED | {State.PUBLISHED})


def carried_home(actor: Actor, place: str) -> list[Paper]:
    """What postmen of this post office carry and have no errand for any more, longest first: old papers exchanged at
    doors, the content of items that were spoiled or found again, papers fetched for a dossier that ended meanwhile."""
    if place not in actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL):
        return []
    hands = [str(person(account.pk)) for account in accounts_at(place, Role.POSTMAN)]
    busy = Parcel.objects.filter(dossier=OuterRef("dossier"), state__in=sorted(WITH_POSTMAN))
    rows = Paper.objects.filter(~Exists(busy), holder__in=hands, dossier__state__in=_NO_MORE)
    return list(rows.select_related("dossier__applicant").order_by("held_since", "id")[:300])


def postage_of(dossier_id: UUID) -> list[Charge]:
    """What the post charges on a dossier, with what was taken off and the proof that was shown."""
    return list(Charge.objects.filter(dossier=dossier_id, purse="post", cancelled_at=None).order_by("id"))


def proofs_of(dossier_id: UUID) -> list[File]:
    """The files that prove a delivery."""
    return list(File.objects.filter(dossier=dossier_id, kind="proof").order_by("id"))


def numbers_left() -> int:
    """How many tracked items can still be made before somebody must enter a new range."""
    return sum(r.free for r in ItemRange.objects.all())


def number_ranges() -> list[ItemRange]:
    """The ranges of item numbers, in the order they are used."""
    return list(ItemRange.objects.order_by("id"))


def _called(item: str) -> Q:
    """An item by the post's number or by another carrier's."""
    name = item.strip().upper()
    return Q(item=name) | Q(outside=name) if name else Q(pk__in=())


def parcel_here(actor: Actor, item: str) -> Parcel:
    """An item of one of the actor's post offices, in any state. Raises NotFound for others."""
    here = actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL)
    rows = Parcel.objects.filter(_called(item), office__in=here).order_by("-made_at")
    return _found(rows.select_related("dossier__applicant", "office", "postman"), item)


def pickup_here(actor: Actor, pickup_id: UUID) -> Pickup:
    """A home to visit of one of the actor's post offices, in any state. Raises NotFound for others."""
    here = actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL)
    rows = Pickup.objects.filter(pk=pickup_id, office__in=here)
    return _found(rows.select_related("dossier__applicant", "office", "postman"), str(pickup_id))


def ended_parcels_at(actor: Actor, place: str) -> list[Parcel]:
    """The last items of this post office that were delivered, sent back or lost, newest first."""
    if place not in actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL):
        return []
    rows = Parcel.objects.filter(office=place, ended_at__isnull=False).select_related("dossier__applicant", "postman")
    return list(rows.order_by("-ended_at", "-id")[:30])


def _found(rows: QuerySet[T], name: str) -> T:
    found = rows.first()
    if found is None:
        raise NotFound(name)
    return found
