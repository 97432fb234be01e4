"""The shapes that components are given. Views build these; templates only draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
LONGEST_CODE = 26

StatusKind = Literal["in_time", "soon", "late", "paused", "waiting", "info", "stopped"]
NoticeKind = Literal["info", "in_time", "soon", "late"]


@dataclass(frozen=True)
class NavItem:
    """One tab of a face; `key` such as "Alt+1" is shown on it and works anywhere on the page."""

    label: Text
    url: str
    key: str = ""
    current: bool = False


@dataclass(frozen=True)
class Who:
    """The person logged in, as the frame names them."""

    name: str
    role: Text
    office: Text = ""


@dataclass(frozen=True)
class Column:
    """A column of a table. `kind` "number" sets the figures right; "way" and "status" keep their width."""

    label: Text
    kind: Literal["text", "number", "when", "way", "status"] = "text"
    hidden_label: bool = False


@dataclass(frozen=True)
class Cell:
    """One value: text, with a link if `url`, with a second quiet line if `note`, or ready `html`."""

    text: Text = ""
    url: str = ""
    note: Text = ""
    html: str = ""

    @property
    def whole(self) -> bool:
        """Whether the text is one code, which is never broken over two lines."""
        text = str(self.text)
        return 0 < len(text) <= LONGEST_CODE and " " not in text


@dataclass(frozen=True)
class Row:
    """One line of a table; the first cell should be the link. `tone` marks the row's edge, `picked` its tick."""

    cells: Sequence[Cell]
    tone: Literal["", "soon", "late", "done"] = ""
    pick: str = ""
    picked: bool = False


@dataclass(frozen=True)
class Table:
    """A dense table that becomes stacked rows on a phone. `pick` names tick boxes for bulk work."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    pick: str = ""
    totals: Sequence[Cell] = ()
    show_caption: bool = False

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
        """Rows with each cell beside its column, as the template walks them."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, Cell]]:
        """The cells of the last line beside their columns."""
        return list(zip(self.columns, self.totals, strict=True)) if self.totals else []


@dataclass(frozen=True)
class Act:
    """A button that does something. From a machine's Transition: Act(t.action, t.label, key="F8").

    `reason` is the label of a reason that must be typed first; `consequence` a sentence shown before
    the button of an act that cannot be taken back. Either folds the button away until it is wanted.
    """

    action: str
    label: Text
    key: str = ""
    kind: Literal["main", "plain", "danger"] = "plain"
    reason: Text = ""
    consequence: Text = ""
    url: str = ""

    @property
    def folded(self) -> bool:
        """Whether something must be read or typed before the button."""
        return bool(self.reason or self.consequence)


@dataclass(frozen=True)
class PaperLine:
    """One required paper on the checklist: what the procedure asks for and what was counted."""

    key: str
    name: Text
    originals_asked: int = 0
    copies_asked: int = 0
    originals: int = 0
    copies: int = 0
    required: bool = True
    note: Text = ""
    scans: int = 0

    @property
    def missing(self) -> bool:
        """Whether a required paper is short."""
        short = self.originals < self.originals_asked or self.copies < self.copies_asked
        return self.required and short


@dataclass(frozen=True)
class MoneyLine:
    """One amount in đồng and why."""

    label: Text
    amount: int
    note: Text = ""


@dataclass(frozen=True)
class Purse:
    """One of the two purses; its lines are never mixed with the other's."""

    kind: Literal["state", "post"]
    lines: Sequence[MoneyLine] = ()

    @property
    def total(self) -> int:
        """The purse's sum in đồng."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True)
class Person:
    """A person as a card. `number` stays hidden unless `opened`, which the view sets after it logged the opening."""

    name: str
    number: str = ""
    born: Text = ""
    sex: Text = ""
    address: Text = ""
    phone: str = ""
    opened: bool = False


@dataclass(frozen=True)
class Step:
    """One step of a task in several pages."""

    label: Text
    state: Literal["done", "current", "todo"]
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One journal entry as it is read: when, who, what."""

    at: datetime
    text: Text
    who: Text = ""
    office: Text = ""
    detail: Text = ""
    kind: StatusKind | Literal["dot"] = "dot"
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class Pager:
    """Forward and back through a list that was not counted: a cursor each way, none at an end."""

    shown: int
    next_url: str = ""
    back_url: str = ""
    noun: Text = ""
