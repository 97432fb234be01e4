"""VNPost as a carrier: one class over its four calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from motcua.carriers.interface import CarrierTrouble, Heard, Waybill
from motcua.carriers.lifecycle import Said
from motcua.carriers.vnpost import words
from motcua.carriers.vnpost.http import post_json
from motcua.people.holders import CARRIER_NAMES

OK, WITHOUT_CODE, ERROR = "100", "101", "500"


@dataclass
class VNPost:
    """`base` is the address of its interface; the token is fetched when needed and again when it is refused."""

    base: str
    user: str
    password: str = field(repr=False)
    customer: str
    push_secret: str = field(repr=False)
    key: str = "vnpost"
    name: str = CARRIER_NAMES["vnpost"]
    _token: str = field(default="", repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def order(self, waybill: Waybill, now: datetime) -> list[Heard]:
        """Takes "100" (ok) and "101" (taken, the carrier will name its own number later). "500" may mean that an
        earlier try came through and its answer was lost: then the order is found by its number."""
        answer = self._call("postOrder", words.order_fields(waybill, self.customer))
        code = str(answer.get("code", ""))
        if code in {OK, WITHOUT_CODE}:
            item = str(answer.get("ItemCode") or (waybill.item if code == OK else ""))[:40]
            return [Heard(waybill.number, item, Said.REGISTERED, code, now, raw=answer)]
        known = self.track(waybill.number, now)
        if known is None:
            raise CarrierTrouble(f"postOrder: answered {code!r}")
        return known

    def cancel(self, number: str, now: datetime) -> list[Heard]:
        """Whatever the answer, what holds is what the order says when it is looked at again."""
        answer = self._call("cancelOrder", {"CustomerCode": self.customer, "OrderNumber": number})
        return [] if str(answer.get("code")) == ERROR else self.track(number, now) or []

    def track(self, number: str, now: datetime) -> list[Heard] | None:
        answer = self._call("orderTracking", {"CustomerCode": self.customer, "OrderNumber": number})
        code, events = str(answer.get("code", "")), answer.get("events", [])
        if code == ERROR and answer.get("found") is False:
            return None
        if code not in {OK, WITHOUT_CODE} or not isinstance(events, list):
            raise CarrierTrouble(f"orderTracking: answered {code!r}")
        return [words.read_event(row, number) for row in events[:500]]

    def read_push(self, headers: Mapping[str, str], body: bytes, now: datetime) -> list[Heard]:
        words.check_signature(headers, body, self.push_secret, now)
        return words.read_push(body)

    def _call(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        token = self._token or self._renewed("")
        status, answer = post_json(self.base, path, data, token)
        if status == 401:
            status, answer = post_json(self.base, path, data, self._renewed(token))
        if status == 401:
            raise CarrierTrouble(f"{path}: the carrier refuses our name and password")
        return answer

    def _renewed(self, refused: str) -> str:
        """A new token, unless somebody else fetched one while we were refused."""
        with self._lock:
            if self._token == refused:
                status, answer = post_json(self.base, "token", {"username": self.user, "password": self.password})
                self._token = str(answer.get("token", "")) if status == 200 else ""
            if not self._token:
                raise CarrierTrouble("token: the carrier refuses our name and password")
            return self._token
