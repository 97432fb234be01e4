"""What a deadline is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

from motcua.kernel.problems import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

AllowanceKind = Literal["working_days", "working_hours", "days", "same_day"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long a procedure may take.

    `working_days` and `working_hours` may be fractions (`Fraction("1/2")`); `days` are calendar days, whole;
    `same_day` has no amount. ValueError or TypeError for anything else: floats do not measure law.
    """

    kind: AllowanceKind
    amount: int | Fraction = 0

    def __post_init__(self) -> None:
        if self.kind not in get_args(AllowanceKind):
            raise ValueError(f"unknown allowance {self.kind!r}")
        if isinstance(self.amount, bool) or not isinstance(self.amount, int | Fraction):
            raise TypeError(f"an allowance is an int or a Fraction, not {self.amount!r}")
        if (self.amount != 0) if self.kind == "same_day" else (self.amount <= 0):
            raise ValueError(f"{self.kind} cannot be {self.amount}")
        if self.kind == "days" and Fraction(self.amount).denominator != 1:
            raise ValueError("calendar days are whole days")

    def minutes(self, rules: ClockRules) -> int:
        """Working minutes of a working allowance. Refuses `clock.fraction_of_minute`."""
        unit = rules.day_minutes if self.kind == "working_days" else 60
        minutes = Fraction(self.amount) * unit
        if minutes.denominator != 1:
            raise refusal(
                "clock.fraction_of_minute",
                "Thời hạn %(amount)s không chia hết thành phút làm việc. Hãy sửa thời hạn trong gói dữ liệu.",
                amount=str(self.amount),
            )
        return int(minutes)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `start` to `end` (None: still standing) on a legal ground."""

    start: datetime
    end: datetime | None
    ground: str


@dataclass(frozen=True, slots=True)
class ClockRules:
    """The numbers of the law the clock needs, with their sources: minutes of a working day, and the last
    minute since midnight (900 = 15:00, itself included) at which a same-day matter is still done that day."""

    day_minutes: int = 480
    same_day_cutoff: int = 900
    day_minutes_source: str = ""
    same_day_source: str = ""


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day on which the clock did not run, and why."""

    day: date
    kind: str
    name: str
    source: str
    estimate: bool = False
    name_en: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "day": self.day.isoformat(),
            "kind": self.kind,
            "name": self.name,
            "source": self.source,
            "estimate": self.estimate,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the derivation.

    | kind | start–end | params |
    |---|---|---|
    | received | the receipt | |
    | allowance | | kind, amount (text), minutes, day_minutes or cutoff |
    | start | when the clock starts | why: at_once, closed, after_cutoff, day_after |
    | work | a run of working time | minutes, days, left (minutes after it); weekends inside are `skipped` |
    | swap_work | a day worked by order | as work, and name |
    | closed | | `skipped`: the closed days in a row, of one reason |
    | pause | the pause (end None: open) | ground, minutes_left or days_left when it began |
    | count | | first and last day counted, days |
    | rolled | | first: the last day, closed; last: the next open day |
    | estimate | | years |
    | due | the end | |
    """

    kind: str
    start: datetime | None = None
    end: datetime | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    skipped: tuple[SkippedDay, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON: instants in ISO form."""
        return {
            "kind": self.kind,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "params": dict(self.params),
            "source": self.source,
            "skipped": [day.as_dict() for day in self.skipped],
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a matter is due and how that was reached.

    `due_at` is None while a pause is open; then `minutes_left` (working terms) or `days_left` (calendar days)
    say what remains. `estimate`: a year it runs through has days off that are not decided yet.
    """

    received_at: datetime
    started_at: datetime
    due_at: datetime | None
    allowance: Allowance
    steps: tuple[Step, ...]
    minutes_left: int | None = None
    days_left: int | None = None
    estimate: bool = False

    @property
    def paused(self) -> bool:
        """Whether the clock stands still and nobody can say when the matter is due."""
        return self.due_at is None

    @property
    def skipped(self) -> tuple[SkippedDay, ...]:
        """Every day the clock did not run because it is closed, weekends among them."""
        return tuple(day for step in self.steps for day in step.skipped)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "received_at": self.received_at.isoformat(),
            "started_at": self.started_at.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "allowance": {"kind": self.allowance.kind, "amount": str(self.allowance.amount)},
            "minutes_left": self.minutes_left,
            "days_left": self.days_left,
            "estimate": self.estimate,
            "steps": [step.as_dict() for step in self.steps],
            "skipped": [day.as_dict() for day in self.skipped],
        }


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of the way with one owner (`agency`, `post`): from `start` it is theirs until `due`."""

    owner: str
    name: str
    start: datetime
    due: datetime | None
    steps: tuple[Step, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "owner": self.owner,
            "name": self.name,
            "start": self.start.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "steps": [step.as_dict() for step in self.steps],
        }
