"""Checks of the catalogue of procedures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.kernel.text import fold
from motcua.law.check.findings import Finding
from motcua.law.model.competence import serves
from motcua.law.model.procedures import Repeal

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.check.findings import Inside, Name
    from motcua.law.model import Fee, Pack, Term, Unit, Version


def check_procedures(pack: Pack) -> Iterator[Finding]:
    """Competence, succession of codes, times that add up, keys that are unique."""
    for code, line in pack.procedure_lines.items():
        entries = list(line)
        for index, entry in enumerate(entries):
            version = entry.value
            if isinstance(version, Repeal):
                yield from _repeal(pack, code, entry.valid_from, version, first=index == 0)
            elif version is not None:
                yield from _agency(pack, version)
                yield from _times(pack, version)
                yield from _keys(version)
                yield from _money(version)
                yield from _words(version)
    yield from _uncovered_communes(pack)


def _name(version: Version) -> Name:
    return "procedure", version.code, version.valid_from


def _repeal(pack: Pack, code: str, day: date, repeal: Repeal, *, first: bool) -> Iterator[Finding]:
    name = ("procedure", code, day)
    if first:
        yield Finding(f"{code} is repealed before it was there", "add its earlier version, or remove this", name)
    line = pack.procedure_lines.get(repeal.replaced_by) if repeal.replaced_by else None
    if repeal.replaced_by and (line is None or line.get(day) is None or isinstance(line.get(day), Repeal)):
        what = f"{repeal.replaced_by!r}, which takes over, is not a procedure in force on {day}"
        yield Finding(what, "correct replaced_by, or add that procedure", name, ("replaced_by",), about="procedure")


def _agency(pack: Pack, version: Version) -> Iterator[Finding]:
    ref, day = version.agency, version.valid_from
    path: Inside = ("agency", "code") if ref.code else ("agency",)
    if ref.kind in ("office", "branch"):
        office = pack.office_map.get(ref.code)
        if office is None:
            mend = "correct the code, or add that agency to offices.yaml"
            yield Finding(f"there is no agency {ref.code!r}", mend, _name(version), path, about="office")
        elif office.kind != "agency":
            yield Finding(
                f"{ref.code!r} is a {office.kind}: only an agency decides",
                "name an agency",
                _name(version),
                path,
            )
        elif not office.in_force(day):
            what = f"{ref.code!r} is not in force on {day}, the first day of this version"
            yield Finding(what, "name the agency of that day, or correct from", _name(version), path)
        elif ref.kind == "branch" and not any(branch.parent == ref.code for branch in pack.offices("agency", day)):
            what = f"{ref.code!r} has no branch on {day}"
            yield Finding(what, "add its branches with parent and serves, or use kind: office", _name(version), path)
    elif not any(
        office.type == "people_committee" and office.level == ref.kind for office in pack.offices("agency", day)
    ):
        what = f"no People's Committee of level {ref.kind} is in force on {day}"
        yield Finding(what, "add them to offices.yaml, or correct from", _name(version), path, about="office")


def _times(pack: Pack, version: Version) -> Iterator[Finding]:
    for part in ("allowance", "online_allowance"):
        term: Term | None = getattr(version, part)
        if term is not None and part == "allowance":
            yield from _sum(pack, version, term)
        if term is not None and part == "online_allowance" and version.online == "none":
            yield Finding("it is not done online", "remove online_allowance", _name(version), (part,))


def _sum(pack: Pack, version: Version, term: Term) -> Iterator[Finding]:
    rule = pack.rules.get("day_minutes")
    entry = rule.get(version.valid_from) if rule else None
    if entry is None or not isinstance(entry.value, int):
        return
    per_day = entry.value
    allowed = {
        "working_days": term.amount * per_day,
        "days": term.amount * per_day,
        "working_hours": term.amount * 60,
        "same_day": per_day,
    }[term.kind]
    planned = version.planned_hours * 60
    exact = term.kind in ("working_days", "working_hours")
    if planned > allowed or (exact and planned != allowed):
        what = f"the steps take {_hours(planned)} hours, the allowance is {_hours(allowed)}"
        mend = "make them equal" if exact else "make the steps shorter"
        yield Finding(what, mend, _name(version), ("steps",))


def _hours(minutes: int) -> str:
    return str(minutes // 60) if minutes % 60 == 0 else f"{minutes // 60}:{minutes % 60:02d}"


def _keys(version: Version) -> Iterator[Finding]:
    for part in ("papers", "fees", "steps", "form"):
        yield from _unique(version, part, [item.key for item in getattr(version, part)], (part,))
    for index, fee in enumerate(version.fees):
        yield from _unique(version, "exempt", [one.key for one in fee.exempt], ("fees", index, "exempt"))
    for index, paper in enumerate(version.papers):
        if paper.original + paper.copies == 0:
            what = f"{paper.key!r} asks for no original and no copy"
            yield Finding(what, "write how many are handed in", _name(version), ("papers", index))


def _unique(version: Version, part: str, keys: list[str], path: Inside) -> Iterator[Finding]:
    for key, times in Counter(keys).items():
        if times > 1:
            second = [index for index, other in enumerate(keys) if other == key][1]
            what = f"the key {key!r} stands {times} times in {part}"
            yield Finding(what, "give each its own key", _name(version), (*path, second, "key"))


def _money(version: Version) -> Iterator[Finding]:
    for index, fee in enumerate(version.fees):
        path: Inside = ("fees", index)
        if fee.purse != "state":
            what = f"{fee.purse!r} is not a purse of the state; the post's own charge stands in the tariff"
            yield Finding(what, "write purse: state", _name(version), (*path, "purse"))
        if fee.online_amount is not None and version.online == "none":
            yield Finding("it is not done online", "remove online_amount", _name(version), (*path, "online_amount"))
        yield from _amounts(version, fee, path)


def _amounts(version: Version, fee: Fee, path: Inside) -> Iterator[Finding]:
    if fee.maximum is not None and fee.maximum < fee.amount:
        what = f"the ceiling {fee.maximum} is below the amount {fee.amount}"
        yield Finding(what, "correct one of them", _name(version), (*path, "maximum"))
    if fee.over is not None and fee.per == "dossier":
        what = "a fee per dossier is paid once, so nothing comes after number “over”"
        yield Finding(what, "write per: page, copy or paper", _name(version), (*path, "over"))
    for index, one in enumerate(fee.exempt):
        if one.amount >= fee.amount:
            what = f"{one.key!r} would pay {one.amount}, not less than the fee {fee.amount}"
            yield Finding(what, "write the lower amount", _name(version), (*path, "exempt", index, "amount"))


def _words(version: Version) -> Iterator[Finding]:
    seen = {fold(version.name)}
    for index, alias in enumerate(version.aliases):
        plain = fold(alias)
        if plain in seen or not any(char.isalnum() for char in plain):
            what = f"the alias {alias!r} adds nothing: it is the name or another alias, or has no letters"
            yield Finding(what, "remove it", _name(version), ("aliases", index))
        seen.add(plain)


def _uncovered_communes(pack: Pack) -> Iterator[Finding]:
    """After the last change of geography every commune has the agencies its procedures need."""
    starts = [unit.valid_from for line in pack.unit_lines.values() for entry in line if (unit := entry.value)]
    if not starts:
        return
    day = max(starts)
    communes = [unit for unit in pack.units(day) if unit.parent == pack.province_unit]
    if not communes:
        return
    refs: dict[tuple[str, str], Version] = {}
    for version in pack.procedures(day):
        if version.agency.kind in ("commune", "branch"):
            refs.setdefault((version.agency.kind, version.agency.code), version)
    for (kind, code), version in refs.items():
        bare = [unit for unit in communes if not _covered(pack, kind, code, unit, day)]
        if bare:
            who = f"a branch of {code!r}" if kind == "branch" else "a People's Committee"
            names = ", ".join(f"{unit.name} ({unit.code})" for unit in bare[:5]) + ("…" if bare[5:] else "")
            what = f"on {day} {len(bare)} communes have no {who.removeprefix('a ')}: {names}"
            yield Finding(what, "add the missing agencies to offices.yaml", _name(version), ("agency",), about="office")


def _covered(pack: Pack, kind: str, code: str, unit: Unit, day: date) -> bool:
    for office in pack.offices("agency", day):
        if kind == "branch" and office.parent == code and serves(pack, office, unit.code, day):
            return True
        committee = office.type == "people_committee" and office.level == "commune"
        if kind == "commune" and committee and pack.unit_of_office(office.code, day) == unit.code:
            return True
    return False
