"""The only writer of orders, of what carriers said, and of doubts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from motcua.carriers.interface import Heard
from motcua.carriers.lifecycle import ENDED, ORDER, OrderState
from motcua.carriers.models import CarrierDoubt, CarrierEvent, CarrierOrder
from motcua.carriers.rules import Doubt, order_number, poll_after
from motcua.custody.models import Parcel
from motcua.dossiers.models import Dossier
from motcua.jobs.actions import enqueue
from motcua.journal.actions import Act
from motcua.kernel.problems import Problem, Refused
from motcua.people.rules import Role


def open_order(act: Act, dossier: Dossier, parcel: Parcel, carrier: str, cod: int) -> CarrierOrder:
    """Does: an order to a carrier, sent by the queue once the act stands. Refuses: another one under way.
    Records: carrierorder.asked."""
    earlier = list(CarrierOrder.objects.filter(dossier=dossier, direction="home").values_list("ended_at", flat=True))
    if None in earlier:
        raise Refused([Problem("carrier.under_way", "Hồ sơ %(d)s đang có đơn gửi hãng chưa kết thúc. Hãy xem đơn đó.",
                               params={"d": str(dossier)})])  # fmt: skip
    order = CarrierOrder(
        dossier=dossier, parcel=parcel, office_id=parcel.office_id, carrier=carrier, cod=cod,
        number=order_number(str(dossier), len(earlier)), asked_at=act.at,
    )  # fmt: skip
    act.create(order, "carrierorder.asked")
    enqueue("carriers.send", {"order": str(order.pk)}, run_at=act.at, unique_key=f"carriers.send:{order.pk}")
    return order


def step_order(
    act: Act, order: CarrierOrder, action: str, roles: frozenset[Role], at: datetime, **changes: Any
) -> None:
    """Does: one transition of an order. Refuses machine.*. Records: carrierorder.<action>."""
    target = ORDER.step(OrderState(order.state), action, roles)
    if target in ENDED:
        changes |= {"ended_at": act.at, "poll_at": None}
    act.change(order, f"carrierorder.{action}", {**changes, "state": target, "told_at": at})


def ask_to_cancel(act: Act, order: CarrierOrder) -> None:
    """Does: asks the carrier not to collect; the order stands until it says so. Records: carrierorder.cancel_asked."""
    act.change(order, "carrierorder.cancel_asked", {"cancel_asked_at": act.at})
    enqueue("carriers.cancel", {"order": str(order.pk)}, run_at=act.at, unique_key=f"carriers.cancel:{order.pk}")


def keep_heard(carrier: str, heard: Iterable[Heard], now: datetime, *, confirmed: bool) -> int:
    """Does: keeps what a carrier said, each thing once, and queues the looking at it. Answers how much was new.

    confirmed: heard in answer to a question of ours, not pushed to us.
    """
    rows = [_event(carrier, one, now, confirmed=confirmed) for one in heard]
    keys = [row.key for row in rows]
    seen = dict(CarrierEvent.objects.filter(carrier=carrier, key__in=keys).values_list("key", "confirmed"))
    fresh = {row.key: row for row in rows if row.key not in seen}
    CarrierEvent.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    firmer = 0
    if confirmed:
        firmer = CarrierEvent.objects.filter(carrier=carrier, key__in=keys, confirmed=False).update(confirmed=True)
    if fresh or firmer:
        for number in {row.number for row in rows}:
            look_at(carrier, number, now)
    return len(fresh)


def look_at(carrier: str, number: str, at: datetime, *, again: bool = False) -> None:
    """Does: queues the looking at what a carrier said of one order; `again`: once more later on, which must not keep
    what comes in meanwhile from being looked at."""
    news, when = {"carrier": carrier, "number": number}, "again" if again else "news"
    enqueue("acts.carrier_news", news, run_at=at, unique_key=f"{when}:{carrier}:{number}"[:120])


def ask_now(order: CarrierOrder, at: datetime) -> None:
    """Does: queues a question to the carrier, at once."""
    enqueue("carriers.ask", {"order": str(order.pk)}, run_at=at, unique_key=f"carriers.ask:{order.pk}")


def _event(carrier: str, heard: Heard, now: datetime, *, confirmed: bool) -> CarrierEvent:
    return CarrierEvent(
        carrier=carrier, key=heard.key, said=heard.said or "", code=heard.code, at=heard.at, item=heard.item,
        number=heard.number, place=heard.place, note=heard.note, recipient=heard.recipient, relation=heard.relation,
        raw=dict(heard.raw), heard_at=now, confirmed=confirmed,
    )  # fmt: skip


def bind_events(order: CarrierOrder) -> None:
    """Does: what was said of this number belongs to this order."""
    CarrierEvent.objects.filter(carrier=order.carrier, number=order.number, order=None).update(order=order)


def note_outcome(keys: Iterable[str], carrier: str, outcome: str) -> None:
    """Does: what became of things that were said."""
    CarrierEvent.objects.filter(carrier=carrier, key__in=list(keys)).exclude(outcome=outcome).update(outcome=outcome)


def raise_doubt(act: Act, event: CarrierEvent, code: Doubt, order: CarrierOrder | None) -> CarrierDoubt:
    """Does: names what is not believed, for a person to settle. Records: carrierdoubt.raised."""
    doubt = CarrierDoubt(
        code=code, carrier=event.carrier, event=event, order=order, raised_at=act.at,
        office_id=order.office_id if order else None,
    )  # fmt: skip
    act.create(doubt, "carrierdoubt.raised")
    return doubt


def settle_doubt(act: Act, doubt: CarrierDoubt, decision: str, settlement: str) -> None:
    """Does: how a doubt ended. Records: carrierdoubt.settled."""
    act.change(
        doubt, "carrierdoubt.settled",
        {"settled_at": act.at, "settled_by_id": act.command.actor_id, "decision": decision, "settlement": settlement},
    )  # fmt: skip


def believe(event: CarrierEvent) -> None:
    """Does: a person says that this is true."""
    CarrierEvent.objects.filter(pk=event.pk).update(believed=True, outcome="")


def note_try(order: CarrierOrder, error: str = "") -> None:
    """Does: counts a try to reach the carrier, or says how it failed. Bookkeeping, not a ledger."""
    if error:
        CarrierOrder.objects.filter(pk=order.pk).update(last_error=error[:300])
    else:
        CarrierOrder.objects.filter(pk=order.pk).update(tries=F("tries") + 1)


def note_poll(order: CarrierOrder, now: datetime, fresh: int | None) -> None:
    """Does: when to ask next: soon after news, less and less often without (None: no answer yet)."""
    quiet = order.quiet if fresh is None else 0 if fresh else order.quiet + 1
    answered = {} if fresh is None else {"last_error": ""}
    rows = CarrierOrder.objects.filter(pk=order.pk, ended_at=None)
    rows.update(quiet=quiet, poll_at=now + poll_after(quiet), **answered)

