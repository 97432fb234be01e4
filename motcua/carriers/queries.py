"""Looking at orders and at what carriers said."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.carriers.lifecycle import NOT_COLLECTED, Said
from motcua.carriers.models import CarrierDoubt, CarrierEvent, CarrierOrder
from motcua.carriers.rules import Word
from motcua.people.rules import Actor, Role

SIDE = (Role.DISPATCHER, Role.CLERK_POSTAL)


def order_by_id(order_id: UUID) -> CarrierOrder:
    return CarrierOrder.objects.select_related("dossier__applicant", "parcel").get(pk=order_id)


def order_numbered(carrier: str, number: str) -> CarrierOrder | None:
    return CarrierOrder.objects.filter(carrier=carrier, number=number).first()


def live_order_of(parcel_id: UUID) -> CarrierOrder | None:
    """The order under way for an item."""
    return CarrierOrder.objects.filter(parcel=parcel_id, ended_at=None).first()


def unlooked(carrier: str, number: str) -> list[CarrierEvent]:
    """What was said of a number and not yet looked at."""
    return list(CarrierEvent.objects.filter(carrier=carrier, number=number, outcome="").order_by("id"))


def events_of(order: CarrierOrder) -> list[CarrierEvent]:
    """Everything said of an order, in the order in which it happened as far as the carrier tells."""
    return list(CarrierEvent.objects.filter(order=order).order_by("at", "id"))


def due_for_asking(now: datetime, limit: int = 200) -> list[CarrierOrder]:
    """Live orders whose time to be asked about has come."""
    return list(CarrierOrder.objects.filter(ended_at=None, poll_at__lte=now).order_by("poll_at")[:limit])


def orders_at(actor: Actor, place: str) -> list[CarrierOrder]:
    """Orders of this office that are not over, oldest first."""
    if place not in actor.offices(*SIDE):
        return []
    rows = CarrierOrder.objects.filter(office=place, ended_at=None).select_related("dossier__applicant", "parcel")
    return list(rows.order_by("asked_at")[:300])


def owed_by_carriers(actor: Actor, place: str) -> list[CarrierOrder]:
    """Delivered orders whose money the carrier took at the door and has not brought yet."""
    if place not in actor.offices(*SIDE):
        return []
    unpaid = Q(dossier__charges__payment=None, dossier__charges__cancelled_at=None)
    rows = CarrierOrder.objects.filter(unpaid, office=place, state="delivered", cod__gt=0)
    return list(rows.select_related("dossier__applicant", "parcel").distinct().order_by("ended_at")[:300])


def doubts_at(actor: Actor, place: str) -> list[CarrierDoubt]:
    """Open doubts of this office, and those that belong to no order of anybody's, oldest first."""
    if place not in actor.offices(Role.DISPATCHER):
        return []
    rows = CarrierDoubt.objects.filter(Q(office=place) | Q(office=None), settled_at=None)
    return list(rows.select_related("event", "order__dossier").order_by("raised_at")[:300])


def doubt_for(actor: Actor, doubt_id: UUID) -> CarrierDoubt | None:
    """A doubt this dispatcher may settle."""
    mine = Q(office__in=actor.offices(Role.DISPATCHER)) | Q(office=None)
    rows = CarrierDoubt.objects.filter(mine, pk=doubt_id) if actor.has(Role.DISPATCHER) else CarrierDoubt.objects.none()
    return rows.select_related("event", "order__dossier").first()


def order_for(actor: Actor, number: str) -> CarrierOrder | None:
    """An order of one of the actor's offices."""
    rows: QuerySet[CarrierOrder] = CarrierOrder.objects.filter(number=number, office__in=actor.offices(*SIDE))
    return rows.select_related("dossier__applicant", "parcel", "office").first()


def newest_order(dossier_id: UUID) -> CarrierOrder | None:
    """The last order of a dossier, over or not."""
    rows = CarrierOrder.objects.filter(dossier=dossier_id).select_related("parcel")
    return rows.order_by("-asked_at", "-id").first()


def word_of(event: CarrierEvent) -> Word:
    """The part of an event that the rules look at."""
    return Word(
        key=event.key, said=Said(event.said) if event.said else None, at=event.at, heard_at=event.heard_at,
        item=event.item, recipient=event.recipient, confirmed=event.confirmed, believed=event.believed,
    )  # fmt: skip


def is_owed(order: CarrierOrder) -> bool:
    """Whether the carrier took money at the door that it has not brought."""
    unpaid = order.dossier.charges.filter(payment=None, cancelled_at=None)
    return order.state == "delivered" and order.cod > 0 and unpaid.exists()


def is_cancellable(order: CarrierOrder) -> bool:
    return order.ended_at is None and order.state in NOT_COLLECTED and order.cancel_asked_at is None
