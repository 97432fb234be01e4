"""What was done on the road without a signal: each act once, at its own instant, whatever comes twice or late."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from motcua.acts import homeward
from motcua.acts.inputs import Invalid
from motcua.acts.phones import drop_refused
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel
from motcua.journal.actions import Answer, first_answer, once
from motcua.journal.rules import Command, KeyReused, Stale, instant_done
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound
from motcua.looks.stops import last_told
from motcua.people.rules import Actor

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a postman did: under the key, and at the instant, that his phone gave it."""

    key: UUID
    name: str
    said_at: datetime
    drift: timedelta
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`done`, `already` (the first answer again), `refused` (nothing has changed), or `later`: to be sent again."""

    outcome: str
    happened_at: datetime | None = None
    answer: Answer = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def _take_out(wish: Command, who: Actor, _: UUID | None, p: dict[str, Any]) -> Answer:
    """An item is in the postman's hands; told after what he did with it, it changes nothing any more."""
    state = _state_of(who, p["item"])
    if state is None or state == ParcelState.ASSIGNED:
        return homeward.take_out(wish, who, [p["item"]])
    return once(wish, lambda act: {"items": [p["item"]], "state": state})


def _deliver(wish: Command, who: Actor, _: UUID | None, p: dict[str, Any]) -> Answer:
    _in_hand(wish, who, p["item"])
    return homeward.deliver(wish, who, p["item"], p)


def _fail(wish: Command, who: Actor, _: UUID | None, p: dict[str, Any]) -> Answer:
    _in_hand(wish, who, p["item"])
    return homeward.fail_attempt(wish, who, p["item"], p["reason"], p["note"])


def _collect(wish: Command, who: Actor, _: UUID | None, p: dict[str, Any]) -> Answer:
    return homeward.collect_pickup(wish, who, UUID(p["pickup"]), p["papers"], p["proofs"])


def _in_hand(wish: Command, who: Actor, item: str) -> None:
    """Who stands at the door with an item has taken it out, whether or not that was told yet; a failed one he still had
    is tried again."""
    if _state_of(who, item) in {ParcelState.ASSIGNED, ParcelState.FAILED}:
        key, asked = uuid5(wish.key, "take_out"), {"item": item}
        taken = Command(key, "round.take_out", wish.actor_id, wish.at, asked, wish.happened)
        homeward.take_out(taken, who, [item])


def _state_of(who: Actor, item: str) -> str | None:
    return Parcel.objects.filter(item=item, postman=who.id).values_list("state", flat=True).first()


Act = Callable[[Command, Actor, UUID | None, dict[str, Any]], Answer]
# What a phone may ask for. The actor is the postman alone, so each act finds only his own stops.
DEEDS: dict[str, Act] = {
    "round.take_out": _take_out,
    "parcel.deliver": _deliver,
    "parcel.fail": _fail,
    "pickup.collect": _collect,
    "pickup.fail": lambda wish, who, _, p: homeward.fail_pickup(wish, who, UUID(p["pickup"]), p["reason"], p["note"]),
    "work.drop": lambda wish, who, device, p: drop_refused(wish, who, device or UUID(int=0), p),
}


def carry_out(deed: Deed, actor: Actor, device: UUID | None, now: datetime) -> Outcome:
    """Does: one deed, in one transaction of its own. Nothing is left half-done; a refused key may be sent again."""
    if deed.name not in DEEDS:
        problem = Problem("sync.unknown", "Máy chủ không biết việc này. Hãy cập nhật trang trên điện thoại.")
        return Outcome("refused", problems=(problem,))
    asked = {**deed.payload, "said_at": deed.said_at, "drift_ms": deed.drift // timedelta(milliseconds=1)}
    earliest = last_told(actor, deed.payload)
    happened = instant_done(deed.said_at, deed.drift, earliest, now)
    wish = Command(deed.key, deed.name, actor.id, now, asked, happened)
    for _ in range(_TRIES):
        try:
            return _answered(wish, lambda: DEEDS[deed.name](wish, actor, device, deed.payload))
        except Stale:
            continue
    return Outcome("later", problems=(Problem("sync.busy", "Nhiều người đang ghi cùng lúc. Máy sẽ tự gửi lại."),))


def _answered(wish: Command, do: Callable[[], Answer]) -> Outcome:
    try:
        before = first_answer(wish)
        if before is not None:
            return Outcome("already", answer=before)
        return Outcome("done", wish.happened_at, do())
    except (Refused, Invalid) as refused:
        return Outcome("refused", problems=refused.problems)
    except NotFound:
        words = "Điểm này không còn trong chuyến của bạn: đã có người khác ghi, hoặc bưu cục đã giao cho bưu tá khác."
        return Outcome("refused", problems=(Problem("sync.not_yours", words),))
    except KeyReused:
        words = "Khoá của việc này đã dùng cho một việc khác. Hãy mở lại điểm đó và ghi lại."
        return Outcome("refused", problems=(Problem("input.key_reused", words),))
