"""What the post charges (TT 22/2017/TT-BTTTT and what follows it). Amounts in đồng, weights in grams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.kernel.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Service:
    """A postal service with a price: carrying a dossier in, carrying a result home."""

    key: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Area:
    """Communes the tariff treats as one."""

    key: str
    name: str
    units: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """When two ends lie in `zone`: same_unit, same_area, same_district, same_province, provinces, any."""

    zone: str
    name: str
    when: str
    provinces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Zones:
    """The zone rules of a day, in order: the first that fits wins."""

    rules: tuple[ZoneRule, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Band:
    """Up to `up_to` grams the price is `price` đồng; the law allows at most `maximum`."""

    up_to: int
    price: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Beyond:
    """Above the last band each begun `each` grams add `price` đồng, up to `up_to` grams in all."""

    each: int
    price: int
    maximum: int
    up_to: int


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The prices of one service in one zone, lightest band first. No bands: no published price is known."""

    bands: tuple[Band, ...]
    beyond: Beyond | None
    source: str
    confidence: str

    @property
    def heaviest(self) -> int:
        """The greatest weight that has a price, 0 when none has."""
        if self.beyond:
            return self.beyond.up_to
        return self.bands[-1].up_to if self.bands else 0

    def price(self, grams: int) -> tuple[int, int] | None:
        """(price, legal maximum) for a weight, or None above the heaviest."""
        for band in self.bands:
            if grams <= band.up_to:
                return band.price, band.maximum
        if self.beyond is None or grams > self.beyond.up_to:
            return None
        last = self.bands[-1]
        begun = -(-(grams - last.up_to) // self.beyond.each)
        return last.price + begun * self.beyond.price, last.maximum + begun * self.beyond.maximum


@dataclass(frozen=True, slots=True)
class Exemption:
    """Whose charge is reduced by `percent` (100 = free), against a `proof`."""

    key: str
    name: str
    percent: int
    proof: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Remit:
    """The charge for paying the state fee on the applicant's behalf, per dossier."""

    amount: int
    source: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """All postal prices. `prices` by (service, zone)."""

    services: Mapping[str, Timeline[Service]]
    areas: Mapping[str, Timeline[Area]]
    zones: Timeline[Zones]
    prices: Mapping[tuple[str, str], Timeline[PriceTable]]
    exemptions: Mapping[str, Timeline[Exemption]]
    remit: Timeline[Remit]
