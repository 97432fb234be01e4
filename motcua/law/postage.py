"""What the post charges for one way between two places, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motcua.kernel.money import dong
from motcua.kernel.problems import Refused, refusal
from motcua.law.model.competence import current_unit
from motcua.law.model.places import district_of, province_of

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.model import Exemption, Pack, PriceTable, Service, Unit, ZoneRule


@dataclass(frozen=True, slots=True)
class Postage:
    """The charge for one item, one way, in đồng.

    `amount` is paid, `base` is the charge before the exemption, `maximum` what the law allows at most.
    `exemption`: key of the exemption used, '' = none; `proof`: what proves it. `label` names the charge.
    """

    amount: int
    base: int
    maximum: int
    service: str
    zone: str
    grams: int
    exemption: str
    proof: str
    label: str
    explain: tuple[str, ...]
    source: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "amount": self.amount,
            "base": self.base,
            "maximum": self.maximum,
            "service": self.service,
            "zone": self.zone,
            "grams": self.grams,
            "exemption": self.exemption or None,
            "proof": self.proof or None,
            "explanation": list(self.explain),
            "source": self.source,
        }


def postage(
    pack: Pack,
    day: date,
    from_unit: str,
    to_unit: str,
    grams: int,
    exemption: str | None = None,
    service: str | None = None,
) -> Postage:
    """The charge on a day for carrying `grams` from one unit to another (communes, or a bare province).

    `exemption`: key of a reduction, `service`: key of a service (default: the pack's first).
    Refuses `postage.bad_weight`, `postage.too_heavy`, `postage.no_price`, `postage.no_exemption`,
    `postage.no_tariff`, `postage.unknown_service`, and an unknown unit (`unit.unknown`, `unit.not_in_force`).
    """
    asked = _service(pack, service, day)
    rule, zones_source = zone_between(pack, day, from_unit, to_unit)
    table = _table(pack, asked.key, rule, day)
    base, maximum = _price(table, rule, grams)
    reduced = _exemption(pack, exemption, day) if exemption else None
    taken = base * reduced.percent // 100 if reduced else 0
    label = f"{asked.name}, {rule.name[0].lower()}{rule.name[1:]}, đến {_step(table, grams)} g"
    explain = [
        f"{asked.name}: {rule.name} (căn cứ: {zones_source}).",
        f"{grams} g: {dong(base)} (căn cứ: {table.source}).",
    ]
    if reduced:
        how = "được miễn" if reduced.percent == 100 else f"giảm {reduced.percent}%, còn {dong(base - taken)}"
        explain.append(f"{reduced.name}: {how}; xuất trình {reduced.proof} (căn cứ: {reduced.source}).")
    return Postage(
        amount=base - taken,
        base=base,
        maximum=maximum,
        service=asked.key,
        zone=rule.zone,
        grams=grams,
        exemption=reduced.key if reduced else "",
        proof=reduced.proof if reduced else "",
        label=label,
        explain=tuple(explain),
        source=table.source,
    )


def remit_charge(pack: Pack, day: date) -> tuple[int, str]:
    """(đồng, source) for paying the state fee on the applicant's behalf, per dossier."""
    remit = pack.tariff.remit.at(day)
    return remit.amount, remit.source


def exemptions(pack: Pack, day: date) -> list[Exemption]:
    """The reductions of the postal charge that exist on a day, in the order of their keys."""
    found = (line.get(day) for _, line in sorted(pack.tariff.exemptions.items()))
    return [exemption for exemption in found if exemption]


def zone_between(pack: Pack, day: date, from_unit: str, to_unit: str) -> tuple[ZoneRule, str]:
    """The zone two units lie in, with the source of the zones."""
    ends = current_unit(pack, from_unit, day), current_unit(pack, to_unit, day)
    zones = pack.tariff.zones.at(day)
    for rule in zones.rules:
        if _fits(pack, rule, ends, day):
            return rule, zones.source
    raise _no_price(f"{ends[0].name} – {ends[1].name}")


def _fits(pack: Pack, rule: ZoneRule, ends: tuple[Unit, Unit], day: date) -> bool:
    first, second = (unit.code for unit in ends)
    if rule.when == "any":
        return True
    if rule.when == "same_unit":
        return first == second and ends[0].is_commune
    if rule.when == "same_area":
        areas = (line.get(day) for line in pack.tariff.areas.values())
        return any(area is not None and {first, second} <= area.units for area in areas)
    if rule.when == "same_district":
        return district_of(pack.unit_lines, first, day) == district_of(pack.unit_lines, second, day) != ""
    provinces = [province_of(pack.unit_lines, code, day) for code in (first, second)]
    if rule.when == "same_province":
        return provinces[0] == provinces[1] != ""
    away = [province for province in provinces if province != pack.province_unit]
    return len(away) == 1 and away[0] in rule.provinces


def _service(pack: Pack, key: str | None, day: date) -> Service:
    services = {name: line.get(day) for name, line in pack.tariff.services.items()}
    found = services.get(key) if key else next((s for s in _in_order(pack, services) if s), None)
    known = ", ".join(name for name, service in services.items() if service)
    if not known:
        raise refusal(
            "postage.no_tariff",
            "Chưa có biểu cước cho ngày %(day)s. Hãy kiểm tra lại ngày, hoặc bổ sung biểu cước vào gói dữ liệu.",
            field="day",
            day=f"{day:%d/%m/%Y}",
        )
    if found is None:
        raise refusal(
            "postage.unknown_service",
            "Biểu cước ngày %(day)s không có dịch vụ “%(service)s”. Hãy chọn: %(known)s.",
            field="service",
            day=f"{day:%d/%m/%Y}",
            service=key or "",
            known=known,
        )
    return found


def _in_order(pack: Pack, services: dict[str, Service | None]) -> list[Service | None]:
    """Services by the day they began, then by key: files and database list them alike."""
    return [services[key] for key in sorted(services, key=lambda key: (pack.tariff.services[key].starts[0], key))]


def _table(pack: Pack, service: str, rule: ZoneRule, day: date) -> PriceTable:
    line = pack.tariff.prices.get((service, rule.zone))
    table = line.get(day) if line else None
    if table is None or not table.heaviest:
        raise _no_price(rule.name)
    return table


def _no_price(where: str) -> Refused:
    return refusal(
        "postage.no_price",
        "Gói dữ liệu chưa có giá cước cho %(where)s. Hãy bổ sung vào tariff.yaml hoặc hỏi bưu điện.",
        where=where,
    )


def _price(table: PriceTable, rule: ZoneRule, grams: int) -> tuple[int, int]:
    if grams <= 0:
        raise refusal(
            "postage.bad_weight",
            "Khối lượng %(grams)s g không đúng. Hãy cân lại và nhập số gam lớn hơn 0.",
            field="grams",
            grams=grams,
        )
    price = table.price(grams)
    if price is None:
        raise refusal(
            "postage.too_heavy",
            "%(grams)s g vượt mức cao nhất có giá (%(heaviest)s g, %(zone)s). Hãy chia thành nhiều bưu gửi.",
            field="grams",
            grams=grams,
            heaviest=table.heaviest,
            zone=rule.name,
        )
    return price


def _step(table: PriceTable, grams: int) -> int:
    """The upper end of the weight step an item falls into."""
    for band in table.bands:
        if grams <= band.up_to:
            return band.up_to
    assert table.beyond is not None
    last = table.bands[-1].up_to
    begun = -(-(grams - last) // table.beyond.each)
    return min(last + begun * table.beyond.each, table.beyond.up_to)


def _exemption(pack: Pack, key: str, day: date) -> Exemption:
    line = pack.tariff.exemptions.get(key)
    found = line.get(day) if line else None
    if found is None:
        raise refusal(
            "postage.no_exemption",
            "Ngày %(day)s không có đối tượng miễn, giảm cước “%(key)s”. Hãy chọn trong danh sách.",
            field="exemption",
            day=f"{day:%d/%m/%Y}",
            key=key,
        )
    return found
