"""Checks of agencies, one-stops, post points and post offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from motcua.kernel.codes import agency_id_form
from motcua.law.check.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.check.findings import Name
    from motcua.law.model import Office, Pack

_PARENT_KINDS = {
    "agency": ("agency",),
    "one_stop": ("agency",),
    "post_point": ("post_office",),
    "post_office": ("post_office",),
}
_CALENDARS = {"agency": "agency", "post_office": "post"}
_RECEIVING = ("one_stop", "post_point")


def check_offices(pack: Pack) -> Iterator[Finding]:
    """References, roles, succession and identification codes."""
    for office in pack.office_map.values():
        yield from _references(pack, office)
        yield from _role(office)
        yield from _succession(pack, office)
        yield from _idents(pack, office)
        if _circle(office.code, lambda code: pack.office_map[code].parent if code in pack.office_map else ""):
            yield Finding("the office is above itself", "break the circle of parents", _name(office), ("parent",))
    yield from _same_idents(pack)


def _name(office: Office) -> Name:
    return "office", office.code, office.valid_from


def _fact(part: str, office: Office, start: date) -> Name:
    return f"office.{part}", office.code, start


def _references(pack: Pack, office: Office) -> Iterator[Finding]:
    for path, code in [
        (("unit",), office.unit),
        *((("serves", i), code) for i, code in enumerate(office.serves)),
    ]:
        if not pack.has_unit(code, office.valid_from):
            what = f"{code!r} is not a unit on {office.valid_from}, the office's first day"
            mend = "write the code the unit had on that day, or correct from"
            yield Finding(what, mend, _name(office), path, about="unit")
    if office.parent:
        yield from _linked(pack, office, "parent", office.parent, _PARENT_KINDS[office.kind])
    if office.one_stop:
        yield from _linked(pack, office, "one_stop", office.one_stop, ("one_stop",))


def _linked(pack: Pack, office: Office, part: str, code: str, kinds: tuple[str, ...]) -> Iterator[Finding]:
    other = pack.office_map.get(code)
    if other is None:
        what = f"there is no office {code!r}"
        yield Finding(what, f"correct {part}, or add that office", _name(office), (part,), about="office")
    elif other.kind not in kinds:
        what = f"{code!r} is of kind {other.kind}, but the {part} of a {office.kind} is a {' or '.join(kinds)}"
        yield Finding(what, f"name another office as {part}", _name(office), (part,))


def _role(office: Office) -> Iterator[Finding]:
    for part in ("type", "level"):
        if office.kind == "agency" and not getattr(office, part):
            yield Finding(f"an agency needs its {part}", f"add {part}:", _name(office))
        if office.kind != "agency" and getattr(office, part):
            yield Finding(f"only agencies have a {part}", "remove it", _name(office), (part,))
    wanted = _CALENDARS.get(office.kind)
    if wanted and office.calendar != wanted:
        what = f"a {office.kind} works by the {wanted} calendar"
        yield Finding(what, f"write calendar: {wanted}", _name(office), ("calendar",))
    for entry in office.designations:
        if office.kind != "post_point":
            what = "only a post_point can be designated as one-stop reception"
            yield Finding(what, "remove designated", _fact("designated", office, entry.valid_from))
    for fact in office.receptions:
        if office.kind not in _RECEIVING:
            what = f"a {office.kind} does not receive for others"
            yield Finding(what, "remove receives", _fact("receives", office, fact.valid_from))
    if office.kind in _RECEIVING and not office.receptions:
        what = f"a {office.kind} must say for whom it receives"
        yield Finding(what, "add receives: [{from, value: own or province, source}]", _name(office))


def _succession(pack: Pack, office: Office) -> Iterator[Finding]:
    for entry in office.successions:
        name = _fact("successor", office, entry.valid_from)
        after = entry.value.office if entry.value else ""
        if entry.valid_from <= office.valid_from:
            yield Finding("the office ends before it begins", "correct one of the two days", name, ("from",))
        if not after:
            continue
        other = pack.office_map.get(after)
        if other is None:
            mend = "correct office, or add that office"
            yield Finding(f"there is no office {after!r}", mend, name, ("office",), about="office")
        elif other.kind != office.kind:
            what = f"a {office.kind} cannot be succeeded by {after!r}, which is a {other.kind}"
            yield Finding(what, "name an office of the same kind", name, ("office",))
        elif other.valid_from > entry.valid_from:
            what = f"{after!r} begins only on {other.valid_from}"
            yield Finding(what, "correct one of the two days", name, ("from",))
        elif _circle(office.code, _heirs(pack, entry.valid_from)):
            what = f"the succession goes round in a circle back to {office.code!r}"
            yield Finding(what, "break the circle: one of these offices has no successor", name, ("office",))


def _heirs(pack: Pack, day: date) -> Callable[[str], str]:
    """From an office to the one that stands in its place on a day, '' = itself."""

    def heir(code: str) -> str:
        office = pack.office_map.get(code)
        gone = office.successions.get(day) if office else None
        return gone.office if gone else ""

    return heir


def _circle(start: str, step: Callable[[str], str]) -> bool:
    seen: set[str] = set()
    code = step(start)
    while code and code not in seen:
        if code == start:
            return True
        seen.add(code)
        code = step(code)
    return False


def _idents(pack: Pack, office: Office) -> Iterator[Finding]:
    """A dossier code is written with the identification code of the day, so both must have the same form."""
    days = sorted({*office.idents.starts, *pack.layouts.starts})
    for day in days:
        ident, layout = office.ident(day), pack.layouts.get(day)
        if not ident or layout is None or not office.in_force(day):
            continue
        if agency_id_form(ident) != layout.name:
            start = office.idents.entry_at(day).valid_from
            yield Finding(
                f"{ident!r} is not of the {layout.name} form, which codes.yaml puts in force from {day}",
                f"add an ident of the {layout.name} form from {day}, or correct codes.yaml",
                _fact("ident", office, start),
                ("value",),
            )
            return


def _same_idents(pack: Pack) -> Iterator[Finding]:
    days = sorted({day for office in pack.office_map.values() for day in office.idents.starts})
    told: set[str] = set()
    for day in days:
        holders: dict[str, str] = {}
        for office in pack.offices(day=day):
            ident = office.ident(day)
            first = holders.setdefault(ident, office.code) if ident else office.code
            if first != office.code and office.code not in told:
                told.add(office.code)
                start = office.idents.entry_at(day).valid_from
                what = f"{ident!r} is also the code of {first!r} on {day}: dossiers would get the same codes"
                yield Finding(what, "correct one of the two", _fact("ident", office, start), ("value",))
