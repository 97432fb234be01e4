"""What a carrier can say, and the life of an order as far as it may be believed: one table."""

from enum import StrEnum
from typing import Any

from motcua.kernel.machine import Machine, Transition
from motcua.people.rules import Role


class Said(StrEnum):
    """A carrier's words in ours; each carrier's own codes are mapped to these by a table kept as data."""

    REGISTERED = "registered"
    COLLECTING = "collecting"
    CANCELLED = "cancelled"
    COLLECTED = "collected"
    TRANSIT = "transit"
    OUT = "out"
    FAILED = "failed"
    HELD = "held"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {
            "registered": "Đã nhận đơn",
            "collecting": "Đang đến lấy",
            "cancelled": "Đã huỷ lấy",
            "collected": "Đã lấy bưu gửi",
            "transit": "Đang vận chuyển",
            "out": "Đang đi phát",
            "failed": "Phát chưa được",
            "held": "Lưu tại bưu cục phát",
            "delivered": "Đã phát",
            "returned": "Đã chuyển hoàn",
            "lost": "Báo thất lạc",
        }[self.value]


class OrderState(StrEnum):
    ASKED = "asked"
    REGISTERED = "registered"
    COLLECTING = "collecting"
    CARRIED = "carried"
    OUT = "out"
    FAILED = "failed"
    HELD = "held"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {
            "asked": "Đang gửi đơn",
            "registered": "Hãng đã nhận đơn",
            "collecting": "Hãng đang đến lấy",
            "carried": "Hãng đang giữ, vận chuyển",
            "out": "Hãng đang đi phát",
            "failed": "Hãng phát chưa được",
            "held": "Lưu tại bưu cục của hãng",
            "delivered": "Hãng đã phát",
            "returning": "Hãng chuyển hoàn, chờ nhận lại",
            "returned": "Đã nhận lại từ hãng",
            "cancelled": "Đã huỷ đơn",
            "lost": "Hãng báo thất lạc",
        }[self.value]


State, S = OrderState, Said
NOT_COLLECTED = frozenset({State.ASKED, State.REGISTERED, State.COLLECTING})
CARRYING = frozenset({State.CARRIED, State.OUT, State.FAILED, State.HELD})
ENDED = frozenset({State.DELIVERED, State.RETURNED, State.CANCELLED, State.LOST})
# The carrier answers for the papers: it has said so and nobody took them over since.
WITH_CARRIER = CARRYING | {State.RETURNING, State.LOST}
# Words that move papers or are told to the recipient: they count only once the carrier repeats them when asked over our
# own connection.
WEIGHTY = frozenset(S) - {S.REGISTERED, S.COLLECTING, S.TRANSIT, S.OUT}
_OFFICE = frozenset({Role.DISPATCHER, Role.CLERK_POSTAL})
_CARRIER = frozenset({Role.POSTMAN})


def _row(action: str, label: str, sources: frozenset[OrderState], target: OrderState, roles: Any) -> Transition[Any]:
    return Transition(action=action, sources=sources, target=target, roles=roles, label=label)


ORDER = Machine(
    "carrierorder",
    OrderState,
    (
        _row(S.REGISTERED, S.REGISTERED.label, frozenset({State.ASKED}), State.REGISTERED, _CARRIER),
        _row(S.COLLECTING, S.COLLECTING.label, frozenset({State.ASKED, State.REGISTERED}), State.COLLECTING, _CARRIER),
        _row(S.CANCELLED, S.CANCELLED.label, NOT_COLLECTED, State.CANCELLED, _CARRIER),
        _row(S.COLLECTED, S.COLLECTED.label, NOT_COLLECTED, State.CARRIED, _CARRIER),
        _row(S.TRANSIT, S.TRANSIT.label, CARRYING, State.CARRIED, _CARRIER),
        _row(S.OUT, S.OUT.label, CARRYING, State.OUT, _CARRIER),
        _row(S.FAILED, S.FAILED.label, CARRYING, State.FAILED, _CARRIER),
        _row(S.HELD, S.HELD.label, CARRYING, State.HELD, _CARRIER),
        _row(S.DELIVERED, S.DELIVERED.label, CARRYING, State.DELIVERED, _CARRIER),
        _row(S.RETURNED, S.RETURNED.label, CARRYING, State.RETURNING, _CARRIER),
        _row(S.LOST, S.LOST.label, CARRYING | {State.RETURNING}, State.LOST, _CARRIER),
        _row("take_back", "Nhận lại từ hãng", frozenset({State.RETURNING}), State.RETURNED, _OFFICE),
    ),
)


def after(state: OrderState, said: Said) -> OrderState | None:
    """Where these words lead from a state, or None where they may not be said."""
    row = next((t for t in ORDER.transitions if t.action == said and state in t.sources), None)
    return row.target if row else None
