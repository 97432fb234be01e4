"""What will truly happen to a simulated order, drawn from the seed when it is taken."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.kernel.codes import s10

_REASONS = ("Không có người nhận", "Không liên lạc được", "Người nhận hẹn ngày khác", "Sai địa chỉ")
_TRY = (("PHAT_DANG_DI", 6, 20),)
_FAILED_TRY = (*_TRY, ("PHAT_CHUA_DUOC", 1, 5))
# (share of the orders, what happens after the road: status and the hours it takes, from and to)
_ENDINGS: tuple[tuple[float, tuple[tuple[str, float, float], ...]], ...] = (
    (0.50, (*_TRY, ("PHAT_XONG", 1, 6))),
    (0.20, (*_FAILED_TRY, *_TRY, ("PHAT_XONG", 1, 6))),
    (0.10, (*_FAILED_TRY, *_FAILED_TRY, ("PHAT_LUU", 1, 3), ("PHAT_XONG", 20, 90))),
    (0.12, (*_FAILED_TRY, *_FAILED_TRY, ("PHAT_LUU", 1, 3), ("CHUYEN_HOAN", 48, 200))),
    (0.08, (("MAT", 60, 200),)),
)
_COLLECTING = (("LAY_DANG_DEN", 0.5, 3),)
_COLLECTED = (("LAY_XONG", 0.5, 4), ("DI_DUONG", 1, 8))
_CALLED_OFF, _OWN_NUMBER = 0.08, 0.15
# What each status is in VNPost's short numbers of an order.
SHORT = {"DON_NHAN": 1, "LAY_DANG_DEN": 2, "LAY_XONG": 2, "PHAT_XONG": 3, "LAY_HUY": 4}


@dataclass
class SimOrder:
    """One order as the simulator knows it: what has happened, and what is still to come."""

    fields: dict[str, Any]
    item: str
    happened: list[dict[str, Any]] = field(default_factory=list)
    to_come: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def number(self) -> str:
        return str(self.fields["OrderNumber"])

    @property
    def status(self) -> str:
        return str(self.happened[-1]["status"]) if self.happened else ""


def draw(random: Random, fields: dict[str, Any], now: datetime, speed: float) -> SimOrder:
    """An order with its whole future. Some get a number of the carrier's own instead of the one they came with."""
    own = not fields.get("ItemCode") or random.random() < _OWN_NUMBER
    item = s10("EM", random.randrange(10**8)) if own else str(fields["ItemCode"])
    order, at = SimOrder(fields, item), now
    steps: list[tuple[str, float, float]] = [("DON_NHAN", 0, 0), *_COLLECTING]
    steps += [("LAY_HUY", 1, 9)] if random.random() < _CALLED_OFF else [*_COLLECTED, *_ending(random)]
    for status, least, most in steps:
        at += timedelta(hours=random.uniform(least, most)) / speed
        order.to_come.append((at.replace(microsecond=0), status))
    return order


def _ending(random: Random) -> tuple[tuple[str, float, float], ...]:
    drawn = random.random()
    for share, steps in _ENDINGS:
        drawn -= share
        if drawn < 0:
            return steps
    return _ENDINGS[0][1]


def event(random: Random, order: SimOrder, at: datetime, status: str) -> dict[str, Any]:
    """An event as VNPost would write it."""
    told = {"OrderNumber": order.number, "ItemCode": order.item, "status": status, "time": at.isoformat()}
    if status == "PHAT_XONG":
        told |= {"receiverName": str(order.fields.get("receiverName", "")), "relation": "self"}
    if status == "PHAT_CHUA_DUOC":
        told["note"] = random.choice(_REASONS)
    if status == "PHAT_LUU":
        told["place"] = "Bưu cục phát Thử Nghiệm"
    return told
