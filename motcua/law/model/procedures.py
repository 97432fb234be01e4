"""Procedures: one version is everything the law says of a procedure from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.kernel.clock import Allowance, AllowanceKind


@dataclass(frozen=True, slots=True)
class Term:
    """How long the agency may take, and who says so. `amount` in units of `kind`; 0 for same_day."""

    kind: AllowanceKind
    amount: int
    source: str
    confidence: str

    @property
    def allowance(self) -> Allowance:
        """The term as the clock takes it."""
        return Allowance(self.kind, self.amount)


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """Who decides: `office` and `branch` name an office; commune and district follow the applicant."""

    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One component of the dossier (thành phần hồ sơ): how many originals and copies are handed in.

    `when`: the case it is asked for in, '' = always. `return_original`: goes home with the result.
    `exchange`: the old paper that is taken in when the result is handed over.
    """

    key: str
    name: str
    original: int
    copies: int
    form_no: str = ""
    required: bool = True
    when: str = ""
    return_original: bool = False
    exchange: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class FeeExemption:
    """Who pays less: `amount` đồng instead of the whole fee (0 = free), against a `proof`."""

    key: str
    name: str
    amount: int = 0
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """A state fee (phí, lệ phí), in đồng per `per` (dossier, page, copy, paper).

    From the unit after number `over` on, each costs `over_amount`. `maximum` is the ceiling of the whole sum.
    `online_amount`: what a dossier filed online pays instead of `amount`. `purse` is always state.
    """

    key: str
    name: str
    amount: int
    per: str = "dossier"
    over: int | None = None
    over_amount: int = 0
    maximum: int | None = None
    online_amount: int | None = None
    purse: str = "state"
    optional: bool = False
    when: str = ""
    exempt: tuple[FeeExemption, ...] = ()
    source: str = ""
    confidence: str = ""

    def total(self, quantity: int = 1, *, online: bool = False) -> int:
        """The fee for so many units: pages of one copy, copies, papers; of a whole dossier always once."""
        if quantity < 0:
            raise ValueError("a quantity is never negative")
        each = self.online_amount if online and self.online_amount is not None else self.amount
        count = min(quantity, 1) if self.per == "dossier" else quantity
        cheap = max(count - self.over, 0) if self.over is not None else 0
        whole = (count - cheap) * each + cheap * self.over_amount
        return whole if self.maximum is None else min(whole, self.maximum)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of the handling with its time in working hours. `role`: receiver, handler, leader, records."""

    key: str
    name: str
    role: str
    hours: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the applicant gets in the end; `paper` is False when it is electronic only."""

    name: str
    kind: str
    paper: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the online form. `type`: text, date, number, choice (with `choices`), textarea."""

    key: str
    label: str
    type: str
    required: bool
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A procedure as the law has it from `valid_from` until the next version.

    `replaces`: the older code this procedure took over from. `online`: full, partial, none.
    `post`: full (both ways), result (way home only), none. `source`: the publishing decision.
    """

    code: str
    field: str
    valid_from: date
    name: str
    aliases: tuple[str, ...]
    replaces: str
    agency: AgencyRef
    level: str
    online: str
    post: str
    allowance: Term
    online_allowance: Term | None
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    steps: tuple[StepPlan, ...]
    result: Result
    form: tuple[Question, ...]
    note: str
    source: str
    confidence: str

    def term_for(self, channel: str) -> Term:
        """The term for a channel (`online` or `counter`), with its source."""
        return self.online_allowance or self.allowance if channel == "online" else self.allowance

    def allowance_for(self, channel: str) -> Allowance:
        """The term for a channel as the clock takes it."""
        return self.term_for(channel).allowance

    @property
    def planned_hours(self) -> int:
        """The hours of all steps together."""
        return sum(step.hours for step in self.steps)


@dataclass(frozen=True, slots=True)
class Repeal:
    """The end of a procedure code; `replaced_by` is the code that took over, '' = none."""

    replaced_by: str
    source: str
