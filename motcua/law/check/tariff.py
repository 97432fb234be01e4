"""Checks of the postal tariff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.law.check.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.check.findings import Name
    from motcua.law.model import Pack, PriceTable
    from motcua.law.model.tariff import Zones

_FILE = "tariff.yaml"


def check_tariff(pack: Pack, first: date) -> Iterator[Finding]:
    """Every zone of every service has a price on every known day; bands rise; areas do not overlap."""
    tariff = pack.tariff
    if tariff.zones.get(first) is None:
        yield Finding(f"no zones are in force on {first}", "add zones from that day", file=_FILE, about="tariff.zones")
    if tariff.remit.get(first) is None:
        yield Finding(
            f"no remit charge is in force on {first}",
            "add it from that day",
            file=_FILE,
            about="tariff.remit",
        )
    days = sorted({first, *(day for day in tariff.zones.starts if day > first)})
    for day in days:
        yield from _priced(pack, day)
    for entry in tariff.zones:
        if entry.value:
            yield from _rules(pack, entry.value, ("tariff.zones", "zones", entry.valid_from))
    for (service, zone), line in tariff.prices.items():
        for price in line:
            if price.value:
                yield from _table(price.value, ("tariff.prices", f"{service} {zone}", price.valid_from))
        yield from _known(pack, service, zone, line.starts[0])
    yield from _areas(pack)


def _priced(pack: Pack, day: date) -> Iterator[Finding]:
    zones = pack.tariff.zones.get(day)
    for service, line in pack.tariff.services.items():
        if zones is None or line.get(day) is None:
            continue
        for rule in zones.rules:
            prices = pack.tariff.prices.get((service, rule.zone))
            if prices is None or prices.get(day) is None:
                what = f"zone {rule.zone!r} has no price for service {service!r} on {day}"
                mend = f"add bands with services: [{service}], zone: {rule.zone} from {day} or before"
                yield Finding(what, mend, ("tariff.zones", "zones", _start(pack, day)), about="tariff.prices")


def _start(pack: Pack, day: date) -> date:
    return pack.tariff.zones.entry_at(day).valid_from


def _rules(pack: Pack, zones: Zones, name: Name) -> Iterator[Finding]:
    kinds = [rule.when for rule in zones.rules]
    if "any" in kinds[:-1] or kinds[-1] != "any":
        what = "the last rule, and only it, is for any two places, so that each has a zone"
        yield Finding(what, "end the list with when: any", name, ("rules", len(kinds) - 1, "when"))
    for index, rule in enumerate(zones.rules):
        unknown = ", ".join(code for code in rule.provinces if code not in pack.unit_lines)
        if unknown:
            what = f"{unknown}: no such province in units.tsv"
            mend = "correct the codes, or add their rows"
            yield Finding(what, mend, name, ("rules", index, "provinces"), about="unit")


def _table(table: PriceTable, name: Name) -> Iterator[Finding]:
    for index, (band, later) in enumerate(zip(table.bands, table.bands[1:], strict=False), start=1):
        if later.up_to <= band.up_to:
            what = f"the band up to {later.up_to} g does not go beyond the one before it ({band.up_to} g)"
            yield Finding(what, "order the bands by weight", name, ("prices", index, "up_to"))
        if later.price < band.price:
            what = f"a heavier item costs less ({later.price} after {band.price})"
            yield Finding(what, "correct the price", name, ("prices", index, "price"))
    for index, band in enumerate(table.bands):
        if band.price > band.maximum:
            what = f"the price {band.price} is above the legal maximum {band.maximum}"
            yield Finding(what, "correct one of them", name, ("prices", index, "price"))
    if table.beyond and not table.bands:
        yield Finding("beyond goes on from a last band, but there is none", "add prices", name, ("beyond",))
    elif table.beyond and table.beyond.up_to <= table.bands[-1].up_to:
        what = f"beyond ends at {table.beyond.up_to} g, not above the last band"
        yield Finding(what, "raise beyond.up_to", name, ("beyond", "up_to"))


def _known(pack: Pack, service: str, zone: str, start: date) -> Iterator[Finding]:
    name = ("tariff.prices", f"{service} {zone}", start)
    if service not in pack.tariff.services:
        mend = "correct services, or add it"
        yield Finding(f"there is no service {service!r}", mend, name, ("services",), about="tariff.service")
    zones = {rule.zone for entry in pack.tariff.zones if entry.value for rule in entry.value.rules}
    if zone not in zones:
        mend = "correct zone, or add a rule for it"
        yield Finding(f"no rule leads to zone {zone!r}", mend, name, ("zone",), about="tariff.zones")


def _areas(pack: Pack) -> Iterator[Finding]:
    days = {day for line in pack.tariff.areas.values() for day in line.starts}
    for key, line in pack.tariff.areas.items():
        for entry in line:
            for code in sorted(entry.value.units if entry.value else ()):
                if not pack.has_unit(code, entry.valid_from):
                    what = f"{code!r} is not a unit on {entry.valid_from}"
                    yield Finding(
                        what,
                        "correct the code",
                        ("tariff.area", key, entry.valid_from),
                        ("units",),
                        about="unit",
                    )
    for day in sorted(days):
        owner: dict[str, str] = {}
        for key, line in pack.tariff.areas.items():
            area = line.get(day)
            twice = sorted(code for code in (area.units if area else ()) if owner.setdefault(code, key) != key)
            if twice:
                what = f"{', '.join(twice)} lie also in area {owner[twice[0]]!r}"
                yield Finding(
                    what,
                    "keep each commune in one area",
                    ("tariff.area", key, _of(pack, key, day)),
                    ("units",),
                )


def _of(pack: Pack, key: str, day: date) -> date:
    return pack.tariff.areas[key].entry_at(day).valid_from
