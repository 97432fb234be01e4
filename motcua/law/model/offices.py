"""Agencies, one-stop centres, post points and post offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.kernel.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Succession:
    """From a day on the office is closed; `office` stands in its place, or nobody ('')."""

    office: str
    source: str


@dataclass(frozen=True, slots=True)
class Designation:
    """Whether a post point is the one-stop reception itself, and by whose decision."""

    value: bool
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """A place of work of the one-stop mechanism; `code` never changes and is never used again.

    `kind`: agency (decides), one_stop (receives for agencies), post_point (a post counter that receives),
    post_office (carries and delivers). `type` and `level` are of agencies only.
    `unit`: the unit it stands in, as coded on `valid_from`. `parent`, `one_stop`: office codes, '' = none.
    `serves`: units it is responsible for beyond its own, as coded on the day asked.
    `idents`: agency identification code (QĐ 20/2020/QĐ-TTg; before it TT 01/2018/TT-VPCP).
    `designated`: a post point that is itself the one-stop reception (QĐ 468/QĐ-TTg).
    `receives`: own, province or none: for whose agencies it takes dossiers (NĐ 118/2025/NĐ-CP).
    """

    code: str
    valid_from: date
    kind: str
    type: str
    level: str
    name: str
    short: str
    unit: str
    address: str
    phone: str
    parent: str
    one_stop: str
    calendar: str
    serves: tuple[str, ...]
    idents: Timeline[str]
    designations: Timeline[Designation]
    receptions: Timeline[str]
    successions: Timeline[Succession]
    source: str
    confidence: str

    def in_force(self, day: date) -> bool:
        """Whether it is open for work on that day: begun and not succeeded."""
        return self.valid_from <= day and self.successions.get(day) is None

    def ident(self, day: date) -> str:
        """Its identification code on that day, '' when it has none."""
        return self.idents.get(day) or ""

    def designated(self, day: date) -> bool:
        """Whether this post point is the one-stop reception itself on that day."""
        found = self.designations.get(day)
        return found is not None and found.value

    def receives(self, day: date) -> str:
        """For whom it takes dossiers on that day: own, province or none."""
        return self.receptions.get(day) or "none"

    def starts_clock(self, day: date) -> bool:
        """Whether acceptance here starts the clock: agencies, one-stops, designated post points."""
        return self.kind in {"agency", "one_stop"} or (self.kind == "post_point" and self.designated(day))
