"""What the queue does for carriers: ask, ask again for longer than a working day, and look after every live order."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.carriers.actions import ask_now, keep_heard, note_poll, note_try
from motcua.carriers.interface import CarrierTrouble
from motcua.carriers.lifecycle import OrderState
from motcua.carriers.queries import due_for_asking, order_by_id
from motcua.carriers.registry import carrier_named
from motcua.carriers.waybills import waybill_of
from motcua.jobs.registry import job
from motcua.procedures.queries import current_law

# 16 attempts wait 52 hours in all: a carrier that was down from one morning to the next evening still gets them.
PATIENT = 16


@job("carriers.send", max_attempts=PATIENT, inside=False)
def send(payload: dict[str, Any], now: datetime) -> None:
    """Asks the carrier for the waybill. A try before this one may have come through: then it is looked for first."""
    order = order_by_id(UUID(payload["order"]))
    if order.state != OrderState.ASKED or order.ended_at:
        return
    carrier = carrier_named(order.carrier)
    tried = order.tries
    note_try(order)
    try:
        heard = carrier.track(order.number, now) if tried else None
        heard = heard or carrier.order(waybill_of(order, current_law()), now)
    except CarrierTrouble as trouble:
        note_try(order, str(trouble))
        raise
    note_poll(order, now, keep_heard(order.carrier, heard, now, confirmed=True))


@job("carriers.cancel", max_attempts=PATIENT, inside=False)
def cancel(payload: dict[str, Any], now: datetime) -> None:
    """Asks the carrier not to collect; what it says to that is looked at like everything else it says."""
    order = order_by_id(UUID(payload["order"]))
    if order.ended_at is None:
        heard = carrier_named(order.carrier).cancel(order.number, now)
        note_poll(order, now, keep_heard(order.carrier, heard, now, confirmed=True))
        ask_now(order, now)


@job("carriers.ask", max_attempts=4, inside=False)
def ask(payload: dict[str, Any], now: datetime) -> None:
    """Asks what became of one order. Given up soon: the next round of questions comes by itself."""
    order = order_by_id(UUID(payload["order"]))
    if order.ended_at is None:
        heard = carrier_named(order.carrier).track(order.number, now) or []
        note_poll(order, now, keep_heard(order.carrier, heard, now, confirmed=True))


@job("carriers.poll", schedule=timedelta(minutes=1), inside=False)
def poll(payload: dict[str, Any], now: datetime) -> None:
    """The safety net under the pushed messages: every live order is asked about, quiet ones less often."""
    for order in due_for_asking(now):
        note_poll(order, now, None)
        ask_now(order, now)

