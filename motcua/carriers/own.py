"""The post's own people: nobody needs to be asked, the dispatcher gives the item to a postman."""

from collections.abc import Mapping
from datetime import datetime

from motcua.carriers.interface import Heard, NotTheCarrier, Waybill


class Own:
    """Orders are the dispatcher's board; what happens is the postmen's own acts, so there is nothing to be heard."""

    key = "own"
    name = "Bưu tá của bưu cục"

    def order(self, waybill: Waybill, now: datetime) -> list[Heard]:
        return []

    def cancel(self, number: str, now: datetime) -> list[Heard]:
        return []

    def track(self, number: str, now: datetime) -> list[Heard] | None:
        return []

    def read_push(self, headers: Mapping[str, str], body: bytes, now: datetime) -> list[Heard]:
        raise NotTheCarrier("our own postmen push nothing")
