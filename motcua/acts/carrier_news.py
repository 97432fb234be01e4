"""What a carrier said, looked at: what counts is done once, each thing as its own command; the rest becomes a doubt."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

from motcua.acts.carriage import bound
from motcua.acts.carrier_steps import STEPS, Telling
from motcua.acts.locked import case_of
from motcua.carriers.actions import ask_now, bind_events, keep_heard, look_at, note_outcome, raise_doubt, step_order
from motcua.carriers.lifecycle import NOT_COLLECTED, WEIGHTY, Doubt, OrderState, Said, after
from motcua.carriers.models import CarrierDoubt, CarrierEvent, CarrierOrder
from motcua.carriers.queries import events_of, order_numbered, unlooked, word_of
from motcua.carriers.registry import carrier_named
from motcua.carriers.rules import GRACE, Facts, Standing, fold
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Refused
from motcua.people.rules import Role

CARRIER_SIDE = frozenset({Role.POSTMAN})


def hear(carrier: str, headers: Mapping[str, str], body: bytes, now: datetime) -> int:
    """Does: keeps what a carrier pushed, each thing once; it is looked at by the queue. Answers how much was new.
    Raises KeyError for a carrier that is not set up here, NotTheCarrier for a false or stale signature."""
    return keep_heard(carrier, carrier_named(carrier).read_push(headers, body, now), now, confirmed=False)


def look_at_news(carrier: str, number: str, now: datetime) -> None:
    """Does: folds all that a carrier said of one order, applies what counts and was not applied yet, names the rest."""
    order = order_numbered(carrier, number) if number else None
    if order is None:
        for event in unlooked(carrier, number):
            _doubt(event, Doubt.UNREADABLE if event.at is None else Doubt.UNKNOWN_ORDER, None, now)
        return
    bind_events(order)
    events = {event.key: event for event in events_of(order)}
    standing = fold(facts_of(order, events.values()), map(word_of, events.values()), now)
    for word in standing.path:
        if events[word.key].outcome == "":
            _apply(order, events[word.key], now)
    _name_doubts(order, events, standing, now)
    _ask_about(order, events, standing, now)


def facts_of(order: CarrierOrder, events: Iterable[CarrierEvent]) -> Facts:
    """What the rules need to know of an order: when it was asked for, and by which numbers it goes: the one on our
    label, and what the carrier itself named when it took the order."""
    named = {e.item for e in events if e.confirmed and e.said == Said.REGISTERED}
    return Facts(order.asked_at, frozenset({order.parcel.item, *named} - {""}))


def _apply(order: CarrierOrder, event: CarrierEvent, now: datetime) -> None:
    """One thing that counts becomes one command: its key follows from the words, so it can not be done twice."""
    key = uuid5(NAMESPACE_URL, f"motcua:carrier:{event.carrier}:{event.key}")
    told = event.at or now
    happened = told if order.asked_at <= told <= now else now
    command = Command(key, f"carrier.{event.said}", None, now, {"order": str(order.pk), "event": event.key}, happened)
    try:
        outcome = once(command, partial(_do, order_id=order.pk, event=event))["outcome"]
    except Refused:
        # The ledger of papers stands against it: somebody has to look, nothing was moved.
        _doubt(event, Doubt.CUSTODY, order, now)
        return
    note_outcome([event.key], event.carrier, outcome)


def _do(act: Act, *, order_id: UUID, event: CarrierEvent) -> Answer:
    found = CarrierOrder.objects.select_related("parcel").get(pk=order_id)
    case = case_of(found.dossier_id)
    order = bound(found, case)
    if _is_history(order, event):
        return {"outcome": "history"}
    parcel = next(p for p in case.parcels if p.pk == order.parcel_id)
    telling = Telling(act, case, order, parcel, event)
    if OrderState(order.state) in NOT_COLLECTED and after(OrderState.CARRIED, Said(event.said)) and event.believed:
        _step(telling, Said.COLLECTED)
    _step(telling, Said(event.said))
    return {"outcome": "applied"}


def _is_history(order: CarrierOrder, event: CarrierEvent) -> bool:
    """True, but later news was applied before: it belongs to the past and moves nothing any more."""
    if event.believed or not order.told_at or not event.at:
        return False
    nothing_new = after(OrderState(order.state), Said(event.said)) is None
    return event.at < order.told_at or (event.at == order.told_at and nothing_new)


def _step(telling: Telling, said: Said) -> None:
    """The words as the order's own transition, with what they do to item, papers and dossier."""
    act, order, event = telling.act, telling.order, telling.event
    act.acting_as(Role.POSTMAN, order.office_id)
    STEPS[said](telling)
    act.acting_as(Role.POSTMAN, order.office_id)
    named = {"item": event.item} if event.item and event.item != order.item else {}
    step_order(act, order, said, CARRIER_SIDE, event.at or act.at, **named)


def _name_doubts(order: CarrierOrder, events: dict[str, CarrierEvent], standing: Standing, now: datetime) -> None:
    for word, code in standing.doubts:
        if events[word.key].outcome == "":
            _doubt(events[word.key], code, order, now)
    repeated = _rest(events, standing)
    if repeated:
        note_outcome([e.key for e in repeated], order.carrier, "repeat")


def _rest(events: dict[str, CarrierEvent], standing: Standing) -> list[CarrierEvent]:
    """What says nothing new."""
    known = {w.key for w in (*standing.path, *standing.waiting, *(w for w, _ in standing.doubts))}
    return [e for key, e in events.items() if key not in known and e.outcome == ""]


def _ask_about(order: CarrierOrder, events: dict[str, CarrierEvent], standing: Standing, now: datetime) -> None:
    """What waits is asked about at once; when its time is over it is looked at again and becomes a doubt."""
    fresh = [w for w in standing.waiting if w.heard_at > now - timedelta(minutes=1)]
    if any(w.said in WEIGHTY or not w.confirmed for w in fresh) and order.ended_at is None:
        ask_now(order, now)
    if standing.waiting:
        first = min(w.heard_at for w in standing.waiting)
        look_at(order.carrier, order.number, first + GRACE + timedelta(minutes=1), again=True)


def _doubt(event: CarrierEvent, code: Doubt, order: CarrierOrder | None, now: datetime) -> None:
    key = uuid5(NAMESPACE_URL, f"motcua:doubt:{event.carrier}:{event.key}:{code}:{int(event.believed)}")

    def do(act: Act) -> Answer:
        if not CarrierDoubt.objects.filter(event=event, settled_at=None).exists():
            if order is not None:
                act.acting_as("", order.office_id)
            raise_doubt(act, event, code, order)
        return {"doubt": code}

    once(Command(key, "carrier.doubt", None, now, {"event": event.key, "code": code}), do)
    note_outcome([event.key], event.carrier, "doubt")
