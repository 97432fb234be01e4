"""Worked examples: what a jurist wrote down, against what the law in the pack gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.kernel.calendar import VIETNAM, local
from motcua.kernel.clock import Pause
from motcua.kernel.codes import format_code
from motcua.kernel.problems import Refused, refusal
from motcua.law.deadline import deadline_for
from motcua.law.identify import identify
from motcua.law.model import competence
from motcua.law.postage import postage
from motcua.law.reader.documents import read_yaml
from motcua.law.reader.errors import PackError, PackErrors
from motcua.law.reader.shapes import shape_errors

if TYPE_CHECKING:
    from motcua.law.model import Pack

Said = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One worked example: `given` facts, what they should come to, and why."""

    file: str
    line: int
    name: str
    why: str
    kind: str
    given: Said
    expect: Said


def read_cases(pack: Path | str) -> list[Case]:
    """The examples of the pack in a folder (`cases/*.yaml`), in order. Raises PackErrors."""
    cases: list[Case] = []
    errors: list[PackError] = []
    for file in sorted((Path(pack) / "cases").glob("*.yaml")):
        document = read_yaml(file, f"cases/{file.name}")
        shape = [] if document.data is None and document.errors else shape_errors(document, "cases.json")
        errors += [*document.errors, *(fault for _, fault in shape)]
        if document.errors or shape:
            continue
        for index, said in enumerate(document.data["cases"]):
            cases.append(Case(document.file, document.line(("cases", index)), **said))
    if errors:
        raise PackErrors(errors)
    return cases


def case_faults(pack: Pack, case: Case) -> list[str]:
    """How the law of the pack differs from the example; [] = it agrees."""
    wanted = dict(case.expect)
    code = wanted.pop("refused", None)
    try:
        found = _ANSWERS[case.kind](pack, case.given)
    except Refused as refused:
        if code in refused.codes:
            return []
        return [f"it is refused ({', '.join(refused.codes)}): {refused}"]
    if code:
        return [f"it should be refused with {code}, but the answer is {found}"]
    return list(_differences(wanted, found))


def _differences(wanted: Said, found: Said) -> Iterator[str]:
    for key, value in wanted.items():
        if found.get(key) != value:
            yield f"{key} should be {value}, but is {found.get(key)}"


def instant(text: str) -> datetime:
    """`2026-02-13T16:10` in the province's time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def _written(when: datetime | None) -> str | None:
    return local(when).strftime("%Y-%m-%dT%H:%M") if when else None


def _deadline(pack: Pack, given: Said) -> Said:
    pauses = [
        Pause(
            instant(said["from"]),
            instant(said["to"]) if said["to"] else None,
            said.get("ground", "bổ sung hồ sơ"),
        )
        for said in given.get("pauses", ())
    ]
    way = deadline_for(
        pack,
        given["procedure"],
        instant(given["received"]),
        place=given.get("place"),
        pauses=pauses,
        channel=given.get("channel", "counter"),
        unit=given.get("unit"),
    )
    return {
        "due_at": _written(way.due_at),
        "clock_starts_at": _written(way.clock_starts_at),
        "home_by": _written(way.home_by),
        "skipped": [day.day.isoformat() for day in way.skipped],
    }


def _postage(pack: Pack, given: Said) -> Said:
    price = postage(
        pack,
        date.fromisoformat(given["day"]),
        given["from_unit"],
        given["to_unit"],
        given["grams"],
        given.get("exemption"),
        given.get("service"),
    )
    return {"amount": price.amount, "base": price.base, "zone": price.zone}


def _form_number(pack: Pack, given: Said) -> Said:
    form = pack.form(given["form"], date.fromisoformat(given["day"]))
    return {"number": form.number, "title": form.title}


def _competence(pack: Pack, given: Said) -> Said:
    day = date.fromisoformat(given["day"])
    version = pack.procedure(given["procedure"], day)
    agency = pack.agency_for(version, given["unit"], day)
    found: Said = {"agency": agency.code}
    if "place" in given:
        place = pack.office(given["place"])
        found["may_receive"] = competence.receive_refusal(pack, version, agency, place, day) is None
        found["starts_clock"] = found["may_receive"] and place.starts_clock(day)
    return found


def _code(pack: Pack, given: Said) -> Said:
    if "text" in given:
        found = identify(given["text"])
        return {"is": found.kind, "right": found.right}
    day = date.fromisoformat(given["day"])
    ident = pack.ident_of(given["agency"], day)
    if not ident:
        raise refusal(
            "office.no_ident",
            "%(office)s không có mã định danh vào ngày %(day)s. Hãy bổ sung vào offices.yaml.",
            office=pack.office(given["agency"]).name,
            day=f"{day:%d/%m/%Y}",
        )
    return {"code": format_code(pack.code_layout(day), ident, day, given["seq"])}


_ANSWERS = {
    "deadline": _deadline,
    "postage": _postage,
    "form_number": _form_number,
    "competence": _competence,
    "code": _code,
}
