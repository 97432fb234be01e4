"""What several papers share: heads, persons, lines of papers and fees, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.documents.forms.marks import Dong, Line, Place, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motcua.law.model import FormNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Number and title of an official form on its day of issue."""

    number: Word
    title: Line
    source: Line = ""

    @classmethod
    def of(cls, found: FormNumber) -> Form:
        """From `pack.form(kind, day)`."""
        return cls(number=found.number, title=found.title, source=found.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The person or organisation whose matter it is; `through` hands it in for them."""

    name: Line
    id_kind: Line = "Số định danh cá nhân"
    id_number: Word = ""
    address: Place = ""
    phone: Word = ""
    email: Line = ""
    through: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs. `signed_at` is the recorded act of signing; without it the place is left for a pen."""

    position: Line
    name: Line = ""
    authority: Line = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One component: how many of each kind of copy. `note` is the reason on a supplement, a remark elsewhere."""

    name: Place
    originals: int = 0
    certified: int = 0
    copies: int = 0
    electronic: int = 0
    note: Place = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    name: Line
    amount: Dong
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    name: Line = ""
    phone: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Head of every paper of an agency. `document_number` is the whole number, as `12/HDHS`."""

    agency: Line
    parent: Line = ""
    place: Line
    issued_at: datetime
    document_number: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postal:
    """Head of every paper of the post."""

    enterprise: Line
    office: Line
    place: Line = ""
    issued_at: datetime


def total(lines: Iterable[FeeLine]) -> int:
    """What the lines come to, in đồng."""
    return sum(line.amount for line in lines)
