"""What every carrier can be asked, in this house's own words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from motcua.carriers.lifecycle import Said
from motcua.journal.canonical import digest


class CarrierTrouble(Exception):
    """The carrier did not answer, or not with an answer: nothing is known, so it is asked again later."""


class NotTheCarrier(Exception):
    """A pushed message without a true and fresh signature."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends or receives."""

    name: str
    phone: str
    address: str
    province: str
    district: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Waybill:
    """What a carrier is asked to bring. `number` is ours and makes asking twice harmless; `item` is on the label."""

    number: str
    item: str
    cod: int
    sender: Party
    receiver: Party
    contents: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the carrier said, read but not yet believed. `said` is None where its code is in no table."""

    number: str
    item: str
    said: Said | None
    code: str
    at: datetime | None
    place: str = ""
    note: str = ""
    recipient: str = ""
    relation: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same words have the same key, whether they were pushed or asked for."""
        told = {k: v for k, v in asdict(self).items() if k != "raw"}
        return digest(told | ({"raw": dict(self.raw)} if self.at is None else {})).hex()


class Carrier(Protocol):
    """A carrier. `order` and `cancel` may be repeated; what was lost on the way is found again by its number."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    def order(self, waybill: Waybill, now: datetime) -> list[Heard]:
        """Asks for the waybill. Answers what the carrier said at once. Raises CarrierTrouble."""
        ...

    def cancel(self, number: str, now: datetime) -> list[Heard]:
        """Asks not to collect. Raises CarrierTrouble."""
        ...

    def track(self, number: str, now: datetime) -> list[Heard] | None:
        """Everything the carrier says of an order, or None where it knows of none. Raises CarrierTrouble."""
        ...

    def read_push(self, headers: Mapping[str, str], body: bytes, now: datetime) -> list[Heard]:
        """What stands in a message it sent us. Raises NotTheCarrier."""
        ...
