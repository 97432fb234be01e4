"""Checks of the administrative units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.law.check.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.model import Pack, Unit

_DIGITS = {"province": 2, "district": 3, "ward": 5, "commune": 5, "township": 5}
_PARENTS = {"province": (), "district": (2,), "ward": (2, 3), "commune": (2, 3), "township": (2, 3)}


def check_units(pack: Pack) -> Iterator[Finding]:
    """Levels, parents, what became of each, and the same-code trap."""
    if not pack.has_unit(pack.province_unit, pack.starts_on):
        yield Finding(
            f"the pack's own province {pack.province_unit!r} is not a unit on {pack.starts_on}",
            "add its row to units.tsv, or correct province_unit",
            ("pack", pack.id, pack.starts_on),
            ("province_unit",),
            about="unit",
        )
    for code, line in pack.unit_lines.items():
        entries = list(line)
        for entry, later in zip(entries, [*entries[1:], None], strict=True):
            if entry.value is None:
                continue
            yield from _shape(pack, entry.value)
            if later is not None:
                yield from _end(pack, entry.value, later.valid_from, later.value)
        if entries[0].value is None:
            name = ("unit", code, entries[0].valid_from)
            yield Finding(f"{code} is gone before it was there", "add its earlier row, or remove this one", name)


def _shape(pack: Pack, unit: Unit) -> Iterator[Finding]:
    name = ("unit", unit.code, unit.valid_from)
    if not unit.name:
        yield Finding("the unit has no name", "write its full name", name, ("name",))
    if len(unit.code) != _DIGITS[unit.kind]:
        what = f"a {unit.kind} has a code of {_DIGITS[unit.kind]} digits, not {unit.code!r}"
        yield Finding(what, "correct the code or the kind", name, ("code",))
    if unit.kind == "province" and unit.parent:
        yield Finding("a province has nothing above it", "leave parent empty", name, ("parent",))
    if unit.kind != "province" and len(unit.parent) not in _PARENTS[unit.kind]:
        what = f"{unit.parent!r} cannot be above a {unit.kind}"
        yield Finding(what, "write the code of its district or province", name, ("parent",))
    elif unit.parent and not pack.has_unit(unit.parent, unit.valid_from):
        what = f"{unit.parent!r} is not a unit on {unit.valid_from}"
        yield Finding(what, "correct parent, or add that unit's row", name, ("parent",), about="unit")


def _end(pack: Pack, unit: Unit, ends: date, later: Unit | None) -> Iterator[Finding]:
    """A state of a unit that ends must say what became of it, unless it plainly goes on."""
    name = ("unit", unit.code, unit.valid_from)
    if unit.into_known and not unit.into and (later is None or later.name != unit.name):
        now = f"stands for {later.name!r}" if later else "is gone"
        yield Finding(
            f"{unit.code} is {unit.name!r} here and {now} from {ends}, but nothing says where {unit.name!r} went",
            f"write into: the codes it went into ({unit.code} if it is the same unit), or unknown",
            name,
            ("into",),
        )
    for code in unit.into:
        if not pack.has_unit(code, ends):
            what = f"{unit.name} went into {code!r}, which is not a unit on {ends}"
            yield Finding(what, "correct into, or add that unit's row", name, ("into",), about="unit")
