"""Who decides, who may receive, whose acceptance starts the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.kernel.problems import Refused, refusal
from motcua.law.model.places import district_of, went_into

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from motcua.law.model.offices import Office
    from motcua.law.model.pack import Pack
    from motcua.law.model.places import Unit
    from motcua.law.model.procedures import Version


def standing_office(pack: Pack, code: str, day: date) -> Office:
    """The office itself, or the one that stands in its place on that day.

    Refuses `office.unknown`, `office.not_in_force` (not yet begun), `agency.none` (closed, nobody took over).
    """
    office = pack.office(code)
    seen = {code}
    while (gone := office.successions.get(day)) is not None:
        if not gone.office or gone.office in seen:
            raise refusal(
                "agency.none",
                "%(office)s đã ngừng hoạt động và không có cơ quan kế tục vào ngày %(day)s. Hãy bổ sung "
                "vào gói dữ liệu.",
                office=office.name,
                day=f"{day:%d/%m/%Y}",
            )
        seen.add(gone.office)
        office = pack.office(gone.office)
    if office.valid_from > day:
        raise refusal(
            "office.not_in_force",
            "%(office)s chưa hoạt động vào ngày %(day)s (từ %(since)s). Hãy kiểm tra lại ngày.",
            office=office.name,
            day=f"{day:%d/%m/%Y}",
            since=f"{office.valid_from:%d/%m/%Y}",
        )
    return office


def agency_for(pack: Pack, version: Version, unit_code: str, day: date, place: str | None = None) -> Office:
    """The agency competent for a version, for an applicant of a commune, on a day.

    Without a commune that of `place` (an office) is taken. An older commune code leads to its successor.
    Refuses `unit.unknown`, `unit.not_in_force` (split, or nobody knows its successor), `agency.none`.
    """
    ref = version.agency
    if ref.kind == "office":
        return standing_office(pack, ref.code, day)
    unit = _commune(pack, unit_code or (pack.unit_of_office(place, day) if place else ""), day)
    if ref.kind == "branch":
        parent = standing_office(pack, ref.code, day).code
        found = _first(pack, day, lambda office: office.parent == parent and serves(pack, office, unit.code, day))
    else:
        where = unit.code if ref.kind == "commune" else district_of(pack.unit_lines, unit.code, day)
        found = _first(
            pack, day, lambda office: _is_committee(office, ref.kind) and _stands_in(pack, office, where, day)
        )
    if found is None:
        raise refusal(
            "agency.none",
            "Gói dữ liệu không có cơ quan giải quyết “%(procedure)s” cho %(unit)s vào ngày %(day)s. "
            "Hãy bổ sung cơ quan vào gói dữ liệu.",
            procedure=version.name,
            unit=unit.name,
            day=f"{day:%d/%m/%Y}",
        )
    return found


def _is_committee(office: Office, level: str) -> bool:
    return office.type == "people_committee" and office.level == level


def _stands_in(pack: Pack, office: Office, unit: str, day: date) -> bool:
    return bool(unit) and pack.unit_of_office(office.code, day) == unit


def _first(pack: Pack, day: date, fits: Callable[[Office], bool]) -> Office | None:
    agencies = (office for office in pack.offices("agency") if office.in_force(day))
    return next((office for office in agencies if fits(office)), None)


def _commune(pack: Pack, code: str, day: date) -> Unit:
    unit = current_unit(pack, code, day)
    if not unit.is_commune:
        raise refusal(
            "unit.unknown",
            "%(unit)s không phải là xã, phường. Hãy chọn xã, phường nơi cư trú để xác định cơ quan giải quyết.",
            field="unit",
            unit=unit.name,
        )
    return unit


def current_unit(pack: Pack, code: str, day: date) -> Unit:
    """The unit in force on a day for a code that may be older. Refuses `unit.…`."""
    line = pack.unit_lines.get(code)
    if line is None:
        raise refusal(
            "unit.unknown",
            "Không có đơn vị hành chính mã “%(asked)s” trong gói dữ liệu. Hãy chọn trong danh sách.",
            field="unit",
            asked=code,
        )
    if unit := line.get(day):
        return unit
    parts = went_into(pack.unit_lines, code, _last_before(pack, code, day), day)
    if len(parts) == 1:
        return pack.unit_lines[parts[0]].at(day)
    raise refusal(
        "unit.not_in_force",
        "Mã đơn vị %(asked)s không còn dùng vào ngày %(day)s. Hãy chọn đơn vị mới: %(parts)s.",
        field="unit",
        asked=code,
        day=f"{day:%d/%m/%Y}",
        parts=", ".join(f"{pack.unit(part).name} ({part})" for part in parts) or "xem danh sách xã, phường",
    )


def _last_before(pack: Pack, code: str, day: date) -> date:
    """The last start not after `day` on which the code still stood for something; else the first start."""
    line = pack.unit_lines[code]
    known = [entry.valid_from for entry in line if entry.value is not None and entry.valid_from <= day]
    return known[-1] if known else line.starts[0]


def serves(pack: Pack, office: Office, unit_code: str, day: date) -> bool:
    """Whether a unit lies in what the office is responsible for on a day."""
    own = office.serves or (office.unit,)
    ours = {now for code in own for now in went_into(pack.unit_lines, code, office.valid_from, day)}
    return not ours.isdisjoint({unit_code, district_of(pack.unit_lines, unit_code, day)})


def receive_refusal(pack: Pack, version: Version, agency: Office, place: Office, day: date) -> Refused | None:
    """Why `place` may not take a dossier of this version for this agency on this day; None = it may."""
    reason = _no_reception(pack, version, agency, place, day)
    if not reason:
        return None
    return refusal(
        "place.not_receiving",
        "%(place)s không tiếp nhận được hồ sơ “%(procedure)s”: %(reason)s. Hãy nộp tại %(agency)s hoặc "
        "nơi khác có tiếp nhận.",
        field="place",
        place=place.name,
        procedure=version.name,
        reason=reason,
        agency=agency.name,
    )


def _no_reception(pack: Pack, version: Version, agency: Office, place: Office, day: date) -> str:
    if not place.in_force(day):
        return f"nơi này không hoạt động vào ngày {day:%d/%m/%Y}"
    if place.kind == "agency":
        return "" if place.code == agency.code else "đây không phải cơ quan giải quyết"
    if place.kind == "post_office":
        return "bưu cục này chỉ vận chuyển và phát"
    if place.kind == "post_point" and version.post == "none":
        return "thủ tục này phải làm trực tiếp với công chức"
    if place.kind == "post_point" and version.post == "result" and not place.designated(day):
        return "hồ sơ thủ tục này phải nộp trực tiếp, bưu điện chỉ trả kết quả"
    scope = place.receives(day)
    if scope == "province" or (scope == "own" and _own(pack, place, agency, day)):
        return ""
    return "nơi này không được giao tiếp nhận thay cơ quan giải quyết"


def _own(pack: Pack, place: Office, agency: Office, day: date) -> bool:
    same_unit = pack.unit_of_office(place.code, day) == pack.unit_of_office(agency.code, day)
    ours = place.code == agency.one_stop or place.parent == agency.code
    return ours or (same_unit and agency.level != "province")


def accepting_office(pack: Pack, version: Version, agency_code: str, place: str | None, day: date) -> str:
    """The office whose acceptance starts the legal clock for a dossier taken at `place` (None: from home).

    The place itself where it is the agency, a one-stop or a designated post point; else the agency's
    one-stop, or the agency where it has none. Refuses `place.not_receiving`.
    """
    agency = pack.office(agency_code)
    if place:
        office = pack.office(place)
        if problem := receive_refusal(pack, version, agency, office, day):
            raise problem
        if office.starts_clock(day):
            return office.code
    if agency.one_stop and pack.office(agency.one_stop).in_force(day):
        return agency.one_stop
    return agency.code


def post_office_for(pack: Pack, unit_code: str, day: date) -> str:
    """The post office that delivers in a unit; else the province's main one. '' = the pack has none."""
    offices = [office for office in pack.offices("post_office") if office.in_force(day)]
    near = (office for office in offices if serves(pack, office, unit_code, day))
    main = (office for office in offices if not office.parent)
    found = next(near, None) or next(main, None) or next(iter(offices), None)
    return found.code if found else ""
