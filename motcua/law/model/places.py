"""Administrative units. A unit is known by code and day: the same code has stood for different places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.kernel.timeline import Timeline

COMMUNE_KINDS = frozenset({"ward", "commune", "township"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, district or commune as it stood from `valid_from` on (since 1/7/2025: NQ 202/2025/QH15).

    `kind`: province, district, ward (phường), commune (xã), township (thị trấn). `parent`: the one above.
    `into`: what it became when this state of it ended, the main part first; empty = it goes on.
    `into_known` is False where no source says what became of it.
    """

    code: str
    valid_from: date
    kind: str
    name: str
    parent: str
    into: tuple[str, ...]
    into_known: bool
    source: str
    confidence: str

    @property
    def is_commune(self) -> bool:
        """Whether it is of the lowest level, the one people live in."""
        return self.kind in COMMUNE_KINDS


Units = Mapping[str, Timeline[Unit]]


def went_into(units: Units, code: str, since: date, day: date) -> tuple[str, ...]:
    """The codes that stand on `day` for what `code` stood for on `since`, main first; () = unknown."""
    line = units.get(code)
    unit = line.get(since) if line else None
    if line is None or unit is None:
        return ()
    ends = next((start for start in line.starts if start > unit.valid_from), None)
    if ends is None or ends > day:
        return (code,)
    if not unit.into_known:
        return ()
    parts = (part for into in unit.into or (code,) for part in went_into(units, into, ends, day))
    return tuple(dict.fromkeys(parts))


def province_of(units: Units, code: str, day: date) -> str:
    """The two-digit code of the province a unit lies in on a day, '' when unknown."""
    return _above(units, code, day, 2)


def district_of(units: Units, code: str, day: date) -> str:
    """The three-digit code of the district a unit lies in on a day, '' where there is none (any more)."""
    return _above(units, code, day, 3)


def _above(units: Units, code: str, day: date, digits: int) -> str:
    for _ in range(3):
        if len(code) <= digits:
            break
        unit = units[code].get(day) if code in units else None
        code = unit.parent if unit else ""
    return code if len(code) == digits else ""
