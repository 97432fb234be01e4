"""Counting papers at a counter: the procedure's list beside what was counted, one shape for form and act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from motcua.law.model import Paper, Version

# What the columns of the count are called in the form, and the kind of paper each makes.
KINDS = (("originals", "original"), ("certified", "certified"), ("copies", "copy"))
OTHER = "other"
_TYPED = ("originals", "certified", "copies", "pages", "condition")


@dataclass(slots=True)
class CountLine:
    """One component: what is asked, what lies here already, and what was typed (text, as typed)."""

    key: str
    name: str
    prefix: str
    asked_originals: int = 0
    asked_copies: int = 0
    required: bool = True
    when: str = ""
    form_no: str = ""
    to_return: bool = False
    had: dict[str, int] = field(default_factory=dict)
    uploaded: int = 0
    typed: dict[str, str] = field(default_factory=dict)
    applies: bool = False

    def count(self, column: str) -> int:
        """What was typed in a column as a number; what cannot be read counts as nothing."""
        text = self.typed.get(column, "").strip()
        return int(text) if text.isdecimal() and len(text) < 5 else 0

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The three number fields: (column, text)."""
        return [(column, self.typed.get(column, "")) for column, _ in KINDS]

    @property
    def pages(self) -> str:
        return self.typed.get("pages", "")

    @property
    def condition(self) -> str:
        return self.typed.get("condition", "")

    @property
    def wanted(self) -> bool:
        """Whether this dossier must have it: always, or because the clerk said that its case applies."""
        return (self.required and not self.when) or self.applies

    @property
    def originals(self) -> int:
        return self.count("originals") + self.had.get("original", 0)

    @property
    def all_copies(self) -> int:
        """Plain and certified copies; an original more than asked stands in for a copy."""
        spare = max(self.originals - self.asked_originals, 0)
        typed = self.count("copies") + self.count("certified")
        return typed + self.had.get("copy", 0) + self.had.get("certified", 0) + spare

    @property
    def lacking(self) -> tuple[int, int]:
        """How many originals and copies are still short. An upload stands for all of its component."""
        if not self.wanted or self.uploaded:
            return 0, 0
        originals, copies = self.asked_originals, self.asked_copies
        if originals + copies == 0:
            copies = 1
        return max(originals - self.originals, 0), max(copies - self.all_copies, 0)

    @property
    def short(self) -> bool:
        return any(self.lacking)

    @property
    def enough(self) -> bool:
        """Something is here and nothing is short: the tick of the checklist."""
        return not self.short and bool(self.uploaded or self.originals or self.all_copies)

    def fill(self) -> None:
        """Counts exactly what is asked and not yet here, where nothing was typed."""
        # The box comes back ticked for what is here already; a paper its case alone asks for must not be counted again.
        here = bool(self.had or self.uploaded) and not self.wanted
        if here or any(self.typed.get(column, "").strip(" 0") for column, _ in KINDS):
            return
        originals, copies = self.lacking if self.wanted else (self.asked_originals, self.asked_copies)
        self.typed |= {"originals": str(originals or ""), "copies": str(copies or "")}

    def rows(self) -> list[dict[str, Any]]:
        """The rows an act takes; text that is no number is passed on for the act to refuse."""
        rows = []
        for column, kind in KINDS:
            text = self.typed.get(column, "").strip()
            if text and text != "0":
                rows.append(
                    {
                        "component": self.key,
                        "kind": kind,
                        "quantity": text,
                        "pages": self.pages.strip() or "1",
                        "condition": self.condition,
                    }
                )
        return rows


class PaperCounts:
    """The whole checklist of one form: built from the procedure, read from what was posted."""

    def __init__(
        self,
        version: Version,
        data: Mapping[str, str] | None = None,
        *,
        papers: Iterable[Any] = (),
        files: Iterable[Any] = (),
        prefix: str = "paper",
        other: bool = True,
    ) -> None:
        self.prefix = prefix
        self.lines = [_line(paper, prefix) for paper in version.papers]
        if other:
            self.lines.append(CountLine(OTHER, _("Giấy tờ khác nộp thêm"), prefix, required=False))
        by_key = {line.key: line for line in self.lines}
        for paper in papers:
            if line := by_key.get(paper.component):
                line.had[paper.kind] = line.had.get(paper.kind, 0) + paper.quantity
        for file in files:
            if line := by_key.get(file.component):
                line.uploaded += 1
        if data is not None:
            self._read(data)

    def _read(self, data: Mapping[str, str]) -> None:
        for line in self.lines:
            at = f"{self.prefix}-{line.key}-"
            line.typed = {name: data.get(at + name, "")[:200] for name in _TYPED}
            line.applies = bool(data.get(at + "applies"))
            if data.get(at + "full"):
                line.fill()

    def fill_all(self) -> None:
        """Counts every wanted paper as handed in exactly as asked."""
        for line in self.lines:
            if line.wanted and line.short:
                line.fill()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What an act takes as `papers`."""
        return [row for line in self.lines for row in line.rows()]

    @property
    def short(self) -> list[CountLine]:
        """Lines of which too few are here."""
        return [line for line in self.lines if line.short]

    @property
    def total(self) -> int:
        return sum(line.count(column) for line in self.lines for column, _ in KINDS)


def _line(paper: Paper, prefix: str) -> CountLine:
    return CountLine(
        key=paper.key,
        name=paper.name,
        prefix=prefix,
        asked_originals=paper.original,
        asked_copies=paper.copies,
        required=paper.required,
        when=paper.when,
        form_no=paper.form_no,
        to_return=paper.return_original,
    )
