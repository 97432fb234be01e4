"""The pack: every look-up of law, each for a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from motcua.kernel.problems import refusal
from motcua.law.model import competence
from motcua.law.model.calendars import CalendarTables, build_calendar
from motcua.law.model.places import went_into
from motcua.law.model.procedures import Repeal

if TYPE_CHECKING:
    from motcua.kernel.calendar import Calendar
    from motcua.kernel.codes import DossierCodeLayout
    from motcua.kernel.timeline import Timeline
    from motcua.law.model.offices import Office
    from motcua.law.model.places import Unit
    from motcua.law.model.procedures import Version
    from motcua.law.model.tables import FormNumber, Rule
    from motcua.law.model.tariff import Tariff
    from motcua.law.model.values import LawValue
    from motcua.law.search import Index

T = TypeVar("T")
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Pack:
    """The law of one province. From files (`read_pack`) or from the database (`from_values`) it is the same.

    `values` is the record form of all of it; the other fields are the same law arranged for looking up.
    """

    id: str
    name: str
    province_unit: str
    starts_on: date
    source: str
    unit_lines: Mapping[str, Timeline[Unit]]
    office_map: Mapping[str, Office]
    calendar_tables: CalendarTables
    procedure_lines: Mapping[str, Timeline[Version | Repeal]]
    tariff: Tariff
    forms: Mapping[str, Timeline[FormNumber]]
    layouts: Timeline[DossierCodeLayout]
    tracking: Timeline[str]
    rules: Mapping[str, Timeline[Rule]]
    values: tuple[LawValue, ...] = field(repr=False)
    _calendars: dict[tuple[str, date | None], Calendar] = field(default_factory=dict, compare=False, repr=False)
    _agencies: dict[tuple[object, ...], Office] = field(default_factory=dict, compare=False, repr=False)

    # --- procedures

    def procedure(self, code: str, day: date) -> Version:
        """The version of a procedure in force on a day.

        Refuses `procedure.unknown`, `procedure.not_in_force` (too early), `procedure.repealed`.
        """
        line = self.procedure_lines.get(code)
        if line is None:
            raise refusal(
                "procedure.unknown",
                "Không có thủ tục mã “%(asked)s” trong gói dữ liệu. Hãy tìm theo tên hoặc kiểm tra lại mã.",
                field="procedure",
                asked=code,
            )
        found = line.get(day)
        if found is None:
            raise refusal(
                "procedure.not_in_force",
                "Thủ tục %(asked)s chưa có vào ngày %(day)s, có hiệu lực từ %(since)s. Hãy kiểm tra lại ngày.",
                field="procedure",
                asked=code,
                day=f"{day:%d/%m/%Y}",
                since=f"{line.starts[0]:%d/%m/%Y}",
            )
        if isinstance(found, Repeal):
            raise refusal(
                "procedure.repealed",
                "Thủ tục %(asked)s đã hết hiệu lực vào ngày %(day)s. %(instead)s",
                field="procedure",
                asked=code,
                day=f"{day:%d/%m/%Y}",
                instead=_instead(found),
            )
        return found

    def procedures(self, day: date) -> list[Version]:
        """Every procedure in force on a day, by code."""
        found = (line.get(day) for _, line in sorted(self.procedure_lines.items()))
        return [version for version in found if version is not None and not isinstance(version, Repeal)]

    # --- offices and who does what

    def office(self, code: str) -> Office:
        """The office of that code, open or closed. Refuses `office.unknown`."""
        office = self.office_map.get(code)
        if office is None:
            raise refusal(
                "office.unknown",
                "Không có cơ quan, điểm tiếp nhận “%(asked)s” trong gói dữ liệu. Hãy kiểm tra lại mã.",
                field="place",
                asked=code,
            )
        return office

    def offices(self, kind: str | None = None, day: date | None = None) -> list[Office]:
        """Offices in the order of the pack: of one kind, and open on a day, if asked."""
        return [
            office
            for office in self.office_map.values()
            if (kind is None or office.kind == kind) and (day is None or office.in_force(day))
        ]

    def agency_for(self, version: Version, unit_code: str, day: date, place: str | None = None) -> Office:
        """The competent agency; see `competence.agency_for`. Remembered: every filing of a day asks the same few."""
        asked = (version.code, version.valid_from, unit_code, day, place)
        if asked not in self._agencies:
            if len(self._agencies) >= _REMEMBERED:
                self._agencies.clear()
            self._agencies[asked] = competence.agency_for(self, version, unit_code, day, place)
        return self._agencies[asked]

    def accepting_office(self, version: Version, agency_code: str, place: str | None, day: date) -> str:
        """Whose acceptance starts the legal clock; see `competence.accepting_office`."""
        return competence.accepting_office(self, version, agency_code, place, day)

    def may_receive(self, version: Version, agency: Office, place: Office, day: date) -> bool:
        """Whether a place may take dossiers of this version for this agency on this day."""
        return competence.receive_refusal(self, version, agency, place, day) is None

    def post_office_for(self, unit_code: str, day: date) -> str:
        """The code of the post office that delivers in a unit."""
        return competence.post_office_for(self, unit_code, day)

    def ident_of(self, office_code: str, day: date) -> str:
        """The agency identification code under which an office numbers dossiers, '' = it has none.

        A one-stop without its own uses that of the agency it belongs to.
        """
        office = self.office(office_code)
        if ident := office.ident(day):
            return ident
        inherits = office.kind == "one_stop" and office.parent
        return self.office(office.parent).ident(day) if inherits else ""

    # --- units

    def unit(self, code: str, day: date | None = None) -> Unit:
        """The unit in force on a day under exactly this code; without a day its latest state.

        Refuses `unit.unknown`, and NotInForce for a day on which the code stands for nothing.
        """
        line = self.unit_lines.get(code)
        known = [entry.value for entry in line if entry.value] if line else []
        if line is None or not known:
            raise refusal(
                "unit.unknown",
                "Không có đơn vị hành chính mã “%(asked)s” trong gói dữ liệu. Hãy chọn trong danh sách.",
                field="unit",
                asked=code,
            )
        return line.at(day) if day else known[-1]

    def has_unit(self, code: str, day: date) -> bool:
        """Whether the code stands for a unit on that day."""
        line = self.unit_lines.get(code)
        return line is not None and line.get(day) is not None

    def units(self, day: date, kind: str = "commune") -> list[Unit]:
        """The communes in force on a day by code; `kind="district"` or `"province"` for the levels above."""
        found = (line.get(day) for _, line in sorted(self.unit_lines.items()))
        return [unit for unit in found if unit and (unit.is_commune if kind == "commune" else unit.kind == kind)]

    def unit_of_office(self, office_code: str, day: date) -> str:
        """The code of the unit an office stands in on a day, led through every merger."""
        office = self.office(office_code)
        now = went_into(self.unit_lines, office.unit, office.valid_from, max(day, office.valid_from))
        return now[0] if now else office.unit

    # --- calendars, forms, codes, limits

    def calendar(self, name: str, known_on: date | None = None) -> Calendar:
        """The working calendar `agency` or `post`; with `known_on`, as it was known on that day."""
        key = (name, known_on)
        if key not in self._calendars:
            self._calendars[key] = build_calendar(self.calendar_tables, name, known_on)
        return self._calendars[key]

    def form(self, kind: str, day: date) -> FormNumber:
        """Number and title of an official form by its day of issue. Refuses `form.none`."""
        found = _get(self.forms, kind, day)
        if found is None:
            raise refusal(
                "form.none",
                "Ngày %(day)s không có mẫu “%(kind)s”. Hãy kiểm tra lại ngày lập giấy.",
                kind=kind,
                day=f"{day:%d/%m/%Y}",
            )
        return found

    def code_layout(self, day: date) -> DossierCodeLayout:
        """The layout of dossier codes given on a day. Refuses with NotInForce."""
        return self.layouts.at(day)

    def tracking_prefix(self, day: date) -> str:
        """The two letters a tracked item's number begins with. Refuses with NotInForce."""
        return self.tracking.at(day)

    def rule_entry(self, name: str, day: date) -> Rule:
        """A limit with its source. Refuses `rule.unknown`."""
        found = _get(self.rules, name, day)
        if found is None:
            raise refusal(
                "rule.unknown",
                "Gói dữ liệu không có quy định “%(name)s” cho ngày %(day)s. Hãy bổ sung vào rules.yaml.",
                name=name,
                day=f"{day:%d/%m/%Y}",
            )
        return found

    def rule(self, name: str, day: date) -> Any:
        """The value of a limit: a whole number, or text such as a time of day ("15:00")."""
        return self.rule_entry(name, day).value

    @cached_property
    def index(self) -> Index:
        """The search over the procedures, made when first asked for."""
        from motcua.law.search import Index

        return Index(self)

    @cached_property
    def years(self) -> range:
        """The years whose days off the pack knows."""
        known = [year.year for year in self.calendar_tables.latest_years(None)]
        return range(min(known), max(known) + 1)


def _instead(repeal: Repeal) -> str:
    code = repeal.replaced_by
    return f"Hãy dùng thủ tục thay thế: {code}." if code else "Hãy tra thủ tục khác."


def _get(lines: Mapping[str, Timeline[T]], key: str, day: date) -> T | None:
    line = lines.get(key)
    return line.get(day) if line is not None else None
