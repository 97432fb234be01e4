"""Papers of an agency: the forms of the law, and the letter that gives the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from motcua.documents.forms.marks import BarText, Dong, Line, Place, Prose, QrText, Word
from motcua.documents.forms.parts import Contact, FeeLine, Form, Official, PaperLine, Party, Signer, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Official):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `lookup` is the address behind the QR: a reference, no person."""

    form: Form
    code: BarText
    unit: Line
    party: Party
    procedure: Place
    procedure_code: Word = ""
    request: Place = ""
    papers: tuple[PaperLine, ...]
    sets: int = 1
    allowance: Line
    received_at: datetime
    due_at: datetime | None
    clock_note: Place = ""
    return_way: Place
    state_fees: tuple[FeeLine, ...] = ()
    post_charges: tuple[FeeLine, ...] = ()
    lookup: QrText
    lookup_site: Line
    book: Word = ""
    sequence: Word = ""
    receiver: Line
    notes: tuple[Line, ...] = ()
    reprint: int = 0

    def totals(self) -> dict[str, int]:
        return {"state": total(self.state_fees), "post": total(self.post_charges)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(Official):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything that is missing, once."""

    form: Form
    code: BarText
    party: Party
    procedure: Place
    request: Place = ""
    received_at: datetime
    missing: tuple[PaperLine, ...]
    reason: Prose = ""
    how: Prose = ""
    deadline_on: date | None = None
    paused_from: datetime | None = None
    contact: Contact
    signer: Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Official):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ. A matter refused at the door has a reference and no code."""

    form: Form
    reference: Word
    party: Party
    procedure: Place
    request: Place = ""
    received_at: datetime
    reasons: tuple[Prose, ...]
    bases: tuple[Place, ...] = ()
    advice: Prose = ""
    contact: Contact
    signer: Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    from_at: datetime
    to_at: datetime
    reason: Place = ""
    document: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology(Official):
    """Form 04: a slip until Thông tư 03/2025, since then a letter that also says how often and up to how often.

    Which of the two it is follows the title that the pack gives for the day.
    """

    form: Form
    code: BarText
    party: Party
    procedure: Place
    received_at: datetime
    first_due_at: datetime
    new_due_at: datetime
    reason: Prose
    extension_count: int = 1
    extension_limit: int | None = None
    history: tuple[Extension, ...] = ()
    contact: Contact
    signer: Signer
    recipients: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What becomes of one fee when a matter stops."""

    name: Line
    paid: Dong
    refund: Dong
    how: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Official):
    """Thông báo dừng giải quyết hồ sơ (since Thông tư 03/2025): only while there is no result yet."""

    form: Form
    code: BarText
    party: Party
    procedure: Place
    received_at: datetime
    ground: Literal["applicant", "agency"]
    reason: Prose
    stage: Line
    decision: Line = ""
    settlements: tuple[Settlement, ...] = ()
    papers_returned: tuple[PaperLine, ...] = ()
    advice: Prose = ""
    contact: Contact
    signer: Signer
    recipients: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One hand-over: who gave, who took, when; by post the bill stands for a signature."""

    giver: Line
    giver_person: Line = ""
    taker: Line
    taker_person: Line = ""
    given_at: datetime
    taken_at: datetime | None = None
    evidence: Line = ""
    result: Literal["", "early", "on_time", "late"] = ""
    note: Place = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlip(Official):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: every hand-over, in order, nothing taken away."""

    form: Form
    code: BarText
    party: Party
    procedure: Place
    received_at: datetime
    due_at: datetime | None
    lead: Line
    coordinating: tuple[Line, ...] = ()
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLetter(Official):
    """The agency's answer as a document: `title` as QUYẾT ĐỊNH or THÔNG BÁO, `about` its subject."""

    title: Line
    about: Place
    addressee: Line = ""
    code: BarText
    outcome: Literal["granted", "refused"]
    bases: tuple[Prose, ...] = ()
    body: tuple[Prose, ...]
    remedy: Prose = ""
    recipients: tuple[Line, ...] = ()
    signer: Signer
    lookup: QrText
    lookup_site: Line
