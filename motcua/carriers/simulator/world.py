"""The simulated carrier's own state: tokens, orders, what is due to be pushed, and how it misbehaves."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.carriers.simulator.plan import SHORT, SimOrder, draw, event

TOKEN_LIVES = timedelta(hours=12)
_STATUSES = ("DON_NHAN", "LAY_DANG_DEN", "LAY_XONG", "DI_DUONG", "PHAT_DANG_DI")


@dataclass(frozen=True)
class Rates:
    """How often each pushed message is doubled, held back past the next, late by days, never sent, followed by older
    news, or by a lie. `drop` also loses answers: what was asked is done, and nobody hears of it."""

    duplicate: float = 0.0
    reorder: float = 0.0
    delay: float = 0.0
    drop: float = 0.0
    regress: float = 0.0
    lie: float = 0.0


class AnswerLost(Exception):
    """What was asked is done, and the answer does not arrive."""


@dataclass
class World:
    """Moves only when told what time it is."""

    now: datetime
    random: Random
    rates: Rates = field(default_factory=Rates)
    speed: float = 1.0
    user: str = "motcua"
    password: str = field(default="motcua", repr=False)

    def __post_init__(self) -> None:
        self.orders: dict[str, SimOrder] = {}
        self.tokens: dict[str, datetime] = {}
        self.did: dict[str, int] = {}
        self._due: list[tuple[datetime, int, dict[str, Any]]] = []
        self._count = 0

    # --- the four calls

    def token(self, username: str, password: str) -> str:
        """A token, or '' for a wrong name or password."""
        if (username, password) != (self.user, self.password):
            return ""
        token = f"{self.random.getrandbits(128):032x}"
        self.tokens[token] = self.now + TOKEN_LIVES / self.speed
        return token

    def knows(self, token: str) -> bool:
        return self.tokens.get(token, self.now) > self.now

    def post_order(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Takes an order once. Raises AnswerLost."""
        number = str(fields.get("OrderNumber", ""))
        if not number or number in self.orders or self._does("refuse", self.rates.drop / 2):
            return {"code": "500", "message": "OrderNumber exists" if number in self.orders else "error"}
        order = self.orders[number] = draw(self.random, fields, self.now, self.speed)
        self._happen(order)
        if self._does("lost_answer", self.rates.drop):
            raise AnswerLost(number)
        kept = order.item == fields.get("ItemCode")
        return {"code": "100", "ItemCode": order.item} if kept else {"code": "101", "ItemCode": ""}

    def cancel_order(self, number: str) -> dict[str, Any]:
        """Calls an order off while it has not been collected."""
        order = self.orders.get(number)
        if order is None or any(e["status"] in {"LAY_XONG", "LAY_HUY"} for e in order.happened):
            return {"code": "500", "message": "cannot be cancelled"}
        order.to_come = [(self.now.replace(microsecond=0), "LAY_HUY")]
        self._happen(order)
        return {"code": "100"}

    def track(self, number: str) -> dict[str, Any]:
        """What truly happened so far. Raises AnswerLost."""
        if self._does("lost_answer", self.rates.drop):
            raise AnswerLost(number)
        order = self.orders.get(number)
        if order is None:
            return {"code": "500", "found": False, "message": "no such order"}
        status = max((SHORT.get(e["status"], 0) for e in order.happened), default=0)
        return {"code": "100", "status": status, "ItemCode": order.item, "events": list(order.happened)}

    # --- time

    def advance(self, to: datetime) -> None:
        """Everything that is to happen until then happens."""
        self.now = max(self.now, to)
        for order in self.orders.values():
            self._happen(order)

    def due(self) -> list[dict[str, Any]]:
        """What is to be pushed by now, in the order in which it is sent."""
        found = []
        while self._due and self._due[0][0] <= self.now:
            found.append(heapq.heappop(self._due)[2])
        return found

    def status(self) -> dict[str, Any]:
        """The truth, for whoever compares it with what was believed."""
        return {
            "now": self.now.isoformat(),
            "orders": {
                n: {"status": o.status, "item": o.item, "to_come": len(o.to_come)} for n, o in self.orders.items()
            },
            "waiting": len(self._due),
            "misbehaved": dict(sorted(self.did.items())),
        }

    def _happen(self, order: SimOrder) -> None:
        while order.to_come and order.to_come[0][0] <= self.now:
            at, status = order.to_come.pop(0)
            told = event(self.random, order, at, status)
            order.happened.append(told)
            self._push(order, told)

    # --- misbehaving

    def _push(self, order: SimOrder, told: dict[str, Any]) -> None:
        if not self._does("drop", self.rates.drop):
            wait = timedelta(0)
            if self._does("reorder", self.rates.reorder):
                wait += timedelta(hours=self.random.uniform(1, 12)) / self.speed
            if self._does("delay", self.rates.delay):
                wait += timedelta(hours=self.random.uniform(6, 60)) / self.speed
            self._later(told, wait)
            if self._does("duplicate", self.rates.duplicate):
                for _ in range(self.random.randint(1, 3)):
                    self._later(told, wait + timedelta(hours=self.random.uniform(0, 30)) / self.speed)
        if self._does("regress", self.rates.regress):
            older = {**told, "status": self.random.choice(_STATUSES), "time": self.now.isoformat()}
            self._later(older, timedelta(0))
        if self._does("lie", self.rates.lie):
            self._later(self._lie(order, told), timedelta(0))

    def _lie(self, order: SimOrder, told: dict[str, Any]) -> dict[str, Any]:
        delivered = {**told, "status": "PHAT_XONG", "receiverName": "Người Không Có Thật", "time": self.now.isoformat()}
        others = [o.item for o in self.orders.values() if o is not order] or ["EM000000000VN"]
        return self.random.choice(
            (
                delivered,
                {**delivered, "OrderNumber": f"KHONG-CO-{self.random.randrange(10**6)}"},
                {**delivered, "ItemCode": self.random.choice(others)},
                {**delivered, "time": (self.now + timedelta(days=3)).isoformat()},
                {**delivered, "time": (self.now - timedelta(days=400)).isoformat()},
                {**delivered, "receiverName": " "},
                {**told, "status": "TRANG_THAI_LA"},
                {**told, "time": "hôm qua"},
                {"hello": self.random.randrange(10**6)},
            )
        )

    def _later(self, told: dict[str, Any], wait: timedelta) -> None:
        self._count += 1
        heapq.heappush(self._due, (self.now + wait, self._count, told))

    def _does(self, what: str, rate: float) -> bool:
        happens = self.random.random() < rate
        if happens:
            self.did[what] = self.did.get(what, 0) + 1
        return happens
