"""Dated values into a pack. Files and database both come through here, so they give the same pack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from motcua.kernel.calendar import Week
from motcua.kernel.codes import LAYOUTS
from motcua.kernel.timeline import Timeline
from motcua.law.model import tables, tariff
from motcua.law.model.calendars import CalendarTables
from motcua.law.model.offices import Designation, Office, Succession
from motcua.law.model.pack import Pack
from motcua.law.model.places import Unit
from motcua.law.model.values import LawValue
from motcua.law.reader.versions import version_from

T = TypeVar("T")
Lines = dict[str, list[LawValue]]
_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_LAYOUTS = {layout.name: layout for layout in LAYOUTS}


def to_values(pack: Pack) -> list[LawValue]:
    """The whole law of a pack in its record form, ordered by kind, key and first day."""
    return list(pack.values)


def from_values(values: Iterable[LawValue]) -> Pack:
    """The pack these values make up. ValueError when they hold no pack at all, or two values of one name."""
    ordered = tuple(sorted(values, key=lambda value: value.name))
    by_kind: dict[str, Lines] = defaultdict(lambda: defaultdict(list))
    for value in ordered:
        by_kind[value.kind][value.key].append(value)
    if not by_kind["pack"]:
        raise ValueError("these values hold no pack: nothing of kind 'pack' is among them")
    head = next(iter(by_kind["pack"].values()))
    return Pack(
        id=head[0].key,
        name=head[-1].value["name"],
        province_unit=head[-1].value["province_unit"],
        starts_on=head[0].valid_from,
        source=head[-1].source,
        unit_lines=_lines(by_kind["unit"], _unit),
        office_map=_offices(by_kind),
        calendar_tables=_calendar(by_kind),
        procedure_lines=_lines(by_kind["procedure"], version_from),
        tariff=_tariff(by_kind),
        forms=_lines(by_kind["form"], _form),
        layouts=_line(by_kind["code.dossier"]["dossier"], lambda v: _LAYOUTS[v.value["layout"]]),
        tracking=_line(by_kind["code.tracking"]["tracking"], lambda v: str(v.value["prefix"])),
        rules=_lines(by_kind["rule"], _rule),
        values=ordered,
    )


def _line(values: Iterable[LawValue], make: Callable[[LawValue], T | None], key: str = "") -> Timeline[T]:
    return Timeline([(value.valid_from, make(value)) for value in values], key)


def _lines(lines: Lines, make: Callable[[LawValue], T | None]) -> dict[str, Timeline[T]]:
    return {key: _line(values, make, key) for key, values in lines.items()}


def _unit(law: LawValue) -> Unit | None:
    said = law.value
    if said["kind"] == "gone":
        return None
    return Unit(
        code=law.key,
        valid_from=law.valid_from,
        kind=said["kind"],
        name=said["name"],
        parent=said["parent"],
        into=tuple(said["into"]),
        into_known=said["into_known"],
        source=law.source,
        confidence=law.confidence,
    )


def _offices(by_kind: Mapping[str, Lines]) -> dict[str, Office]:
    def facts(part: str, code: str, make: Callable[[LawValue], T | None]) -> Timeline[T]:
        return _line(by_kind[f"office.{part}"].get(code, ()), make, code)

    def office(values: list[LawValue]) -> Office:
        law = values[-1]
        said = law.value
        return Office(
            code=law.key,
            valid_from=values[0].valid_from,
            kind=said["kind"],
            type=said.get("type", ""),
            level=said.get("level", ""),
            name=said["name"],
            short=said.get("short", said["name"]),
            unit=said["unit"],
            address=said.get("address", ""),
            phone=said.get("phone", ""),
            parent=said.get("parent", ""),
            one_stop=said.get("one_stop", ""),
            calendar=said["calendar"],
            serves=tuple(said.get("serves", ())),
            idents=facts("ident", law.key, lambda v: v.value["value"]),
            designations=facts("designated", law.key, lambda v: Designation(v.value["value"], v.source)),
            receptions=facts("receives", law.key, lambda v: v.value["value"]),
            successions=facts("successor", law.key, lambda v: Succession(v.value["office"] or "", v.source)),
            source=law.source,
            confidence=law.confidence,
        )

    return {code: office(values) for code, values in by_kind["office"].items()}


def _calendar(by_kind: Mapping[str, Lines]) -> CalendarTables:
    days: dict[str, dict[date, Timeline[tables.CalendarDay]]] = defaultdict(dict)
    for key, values in by_kind["calendar.day"].items():
        name, day = key.split(" ")
        days[name][date.fromisoformat(day)] = _line(values, _calendar_day, key)
    required = (values[-1] for values in by_kind["calendar.required"].values())
    return CalendarTables(
        weeks=_lines(by_kind["calendar.week"], _week),
        years={int(key): _line(values, _year, key) for key, values in by_kind["calendar.year"].items()},
        days=dict(days),
        required=tuple(_required(value) for value in required),
    )


def minute_of(text: str) -> int:
    """`07:30` → 450."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def windows_of(texts: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """`["07:30-11:30"]` → `((450, 690),)`."""
    ends = (text.split("-") for text in texts)
    return tuple((minute_of(opens), minute_of(closes)) for opens, closes in ends)


def _week(law: LawValue) -> Week:
    days = {_WEEKDAYS[name]: windows_of(texts) for name, texts in law.value["days"].items()}
    swap = law.value.get("swap_day")
    return Week(days, None if swap is None else windows_of(swap), law.source)


def _year(law: LawValue) -> tables.CalendarYear:
    return tables.CalendarYear(int(law.key), law.valid_from, law.value["estimate"], law.source, law.confidence)


def _calendar_day(law: LawValue) -> tables.CalendarDay:
    said = law.value
    return tables.CalendarDay(
        day=date.fromisoformat(law.key.split(" ")[1]),
        kind=said["kind"],
        name=said["name"],
        scope=tuple(said["scope"]),
        twin=date.fromisoformat(said["twin"]) if said["twin"] else None,
        announced_on=law.valid_from,
        estimate=said["estimate"],
        source=law.source,
        confidence=law.confidence,
    )


def _required(law: LawValue) -> tables.RequiredHolidays:
    said = law.value
    return tables.RequiredHolidays(law.key, law.valid_from, said["first"], said["last"], said["days"], law.source)


def _form(law: LawValue) -> tables.FormNumber | None:
    number = law.value["number"]
    if number is None:
        return None
    return tables.FormNumber(law.key, number, law.value["title"], law.source, law.confidence)


def _rule(law: LawValue) -> tables.Rule:
    return tables.Rule(law.key, law.value["value"], law.source, law.confidence)


def _tariff(by_kind: Mapping[str, Lines]) -> tariff.Tariff:
    prices = {
        (service, zone): _line(values, _prices, f"{service} {zone}")
        for (service, zone), values in ((tuple(key.split(" ")), v) for key, v in by_kind["tariff.prices"].items())
    }
    return tariff.Tariff(
        services=_lines(by_kind["tariff.service"], lambda v: tariff.Service(v.key, v.value["name"], v.source)),
        areas=_lines(
            by_kind["tariff.area"],
            lambda v: tariff.Area(v.key, v.value["name"], frozenset(v.value["units"]), v.source),
        ),
        zones=_line(by_kind["tariff.zones"]["zones"], _zones),
        prices=prices,
        exemptions=_lines(by_kind["tariff.exemption"], _exemption),
        remit=_line(by_kind["tariff.remit"]["remit"], lambda v: tariff.Remit(v.value["amount"], v.source)),
    )


def _zones(law: LawValue) -> tariff.Zones:
    def rule(said: dict[str, Any]) -> tariff.ZoneRule:
        return tariff.ZoneRule(said["zone"], said["name"], said["when"], tuple(said.get("provinces", ())))

    return tariff.Zones(tuple(rule(said) for said in law.value["rules"]), law.source)


def _prices(law: LawValue) -> tariff.PriceTable:
    bands = (
        tariff.Band(said["up_to"], said["price"], said.get("maximum", said["price"])) for said in law.value["prices"]
    )
    more = law.value.get("beyond")
    beyond = more and tariff.Beyond(more["each"], more["price"], more.get("maximum", more["price"]), more["up_to"])
    return tariff.PriceTable(tuple(bands), beyond, law.source, law.confidence)


def _exemption(law: LawValue) -> tariff.Exemption:
    said = law.value
    return tariff.Exemption(law.key, said["name"], said["percent"], said["proof"], law.source, law.confidence)
