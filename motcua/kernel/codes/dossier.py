"""Dossier codes: who received, on which day, the how-manieth of that day.

A layout is a pattern with three named parts, kept as data, so a third layout is a line in a pack:
`{agency:FORM}` (a form of AGENCY_FORMS), `{day:yymmdd}` or `{day:yyyymmdd}`, `{seq:DIGITS}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from motcua.kernel.problems import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

# Old: TT 01/2018/TT-VPCP Art. 19 (V1V2V3.Z1Z2.Y1Y2.MX1X2, the main unit last).
# New: QĐ 20/2020/QĐ-TTg (the main unit first, two digits a level, empty levels left out).
AGENCY_FORMS = {
    "old": r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}",
    "new": r"[A-Z]\d{2}(?:\.\d{2}){0,4}",
}
_DAY_FORMS = {"yymmdd": ("%y%m%d", r"\d{6}"), "yyyymmdd": ("%Y%m%d", r"\d{8}")}
_PART = re.compile(r"\{(\w+):(\w+)\}")
_CENTURY = range(2000, 2100)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


@lru_cache(maxsize=64)
def _reader(pattern: str) -> re.Pattern[str]:
    parts = _PART.findall(pattern)
    if sorted(name for name, _ in parts) != ["agency", "day", "seq"]:
        raise ValueError(f"{pattern!r} must name agency, day and seq once each")
    forms = dict(parts)
    if forms["agency"] not in AGENCY_FORMS or forms["day"] not in _DAY_FORMS or not forms["seq"].isdigit():
        raise ValueError(f"{pattern!r} has a part of unknown form")
    regex = {
        "agency": AGENCY_FORMS[forms["agency"]],
        "day": _DAY_FORMS[forms["day"]][1],
        "seq": rf"\d{{{forms['seq']}}}",
    }
    pieces = _PART.split(pattern)
    literals, names = pieces[::3], pieces[1::3]
    body = "".join(f"{re.escape(text)}(?P<{name}>{regex[name]})" for text, name in zip(literals, names, strict=False))
    return re.compile(body + re.escape(literals[-1]), re.ASCII)


@dataclass(frozen=True, slots=True)
class DossierCodeLayout:
    """A named pattern, such as `{agency:old}-{day:yymmdd}-{seq:4}`. ValueError if it cannot be read back."""

    name: str
    pattern: str

    def __post_init__(self) -> None:
        _reader(self.pattern)


OLD_LAYOUT = DossierCodeLayout("old", "{agency:old}-{day:yymmdd}-{seq:4}")
NEW_LAYOUT = DossierCodeLayout("new", "{agency:new}-{day:yyyymmdd}-{seq:7}")
LAYOUTS = (OLD_LAYOUT, NEW_LAYOUT)


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """What a dossier code says; `text` is the one way to write it, `layout` the name of its layout."""

    text: str
    agency_id: str
    day: date
    seq: int
    layout: str


def format_code(layout: DossierCodeLayout, agency_id: str, day: date, seq: int) -> str:
    """The code of dossier number `seq` (from 1) that `agency_id` received on `day`.

    Refuses `codes.agency_id`, `codes.sequence_overflow` and `codes.day`: a code that would not read back.
    """
    parts = dict(_PART.findall(layout.pattern))
    if not re.fullmatch(AGENCY_FORMS[parts["agency"]], agency_id, re.ASCII):
        raise refusal(
            "codes.agency_id",
            "Mã định danh cơ quan “%(agency_id)s” không đúng dạng của bố cục mã hồ sơ “%(layout)s”. "
            "Hãy sửa mã định danh của cơ quan trong gói dữ liệu.",
            agency_id=agency_id,
            layout=layout.name,
        )
    if not 1 <= seq < 10 ** int(parts["seq"]):
        raise refusal(
            "codes.sequence_overflow",
            "Số thứ tự %(seq)s không vừa %(digits)s chữ số của mã hồ sơ ngày %(day)s. "
            "Hãy báo quản trị: cần bố cục mã dài hơn trong gói dữ liệu.",
            seq=seq,
            digits=parts["seq"],
            day=f"{day:%d/%m/%Y}",
        )
    if day.year not in _CENTURY:
        raise refusal("codes.day", "Năm %(year)s không ghi được vào mã hồ sơ. Hãy xem lại ngày.", year=day.year)
    written = {
        "agency": agency_id,
        "day": day.strftime(_DAY_FORMS[parts["day"]][0]),
        "seq": f"{seq:0{parts['seq']}d}",
    }
    return _PART.sub(lambda part: written[part[1]], layout.pattern)


def parse_code(text: str, layouts: Iterable[DossierCodeLayout] = LAYOUTS) -> ParsedCode | None:
    """The code in `text` by the first layout that reads it, or None."""
    typed = "".join(text.split()).translate(_DASHES).upper()
    for layout in layouts:
        found = _reader(layout.pattern).fullmatch(typed)
        if found and (day := _day(found["day"])) and int(found["seq"]):
            return ParsedCode(typed, found["agency"], day, int(found["seq"]), layout.name)
    return None


def agency_id_form(text: str) -> str | None:
    """Which form an agency id has, `old` or `new`; None when it is none."""
    return next((name for name, form in AGENCY_FORMS.items() if re.fullmatch(form, text, re.ASCII)), None)


def _day(digits: str) -> date | None:
    full = digits if len(digits) == 8 else f"20{digits}"
    try:
        day = date.fromisoformat(full)
    except ValueError:
        return None
    return day if day.year in _CENTURY else None
