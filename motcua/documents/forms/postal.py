"""Papers of the post: its own forms, which accept, count and carry, and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.documents.forms.marks import BarText, Dong, Line, Place, QrText, Word
from motcua.documents.forms.parts import Contact, FeeLine, PaperLine, Party, Postal, total

MOST_STICKER_LETTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalSlip(Postal):
    """Phiếu gửi hồ sơ: counted and signed by both, sealed before the sender's eyes. Accepts, decides nothing."""

    number: BarText
    sender: Party
    agency: Line
    agency_address: Place = ""
    procedure: Place
    procedure_code: Word = ""
    papers: tuple[PaperLine, ...]
    seal: Word = ""
    grams: int = 0
    services: tuple[Line, ...] = ()
    state_fees: tuple[FeeLine, ...] = ()
    post_charges: tuple[FeeLine, ...] = ()
    lookup: QrText
    lookup_site: Line
    clerk: Line
    notes: tuple[Line, ...] = ()
    reprint: int = 0

    def totals(self) -> dict[str, int]:
        return {"state": total(self.state_fees), "post": total(self.post_charges)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestLine:
    code: Word
    item: Word = ""
    name: Line
    what: Place
    originals: int = 0
    copies: int = 0
    others: int = 0
    note: Place = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Postal):
    """Bảng kê bàn giao: one bag, counted line by line; printed once for each side (`sides`)."""

    number: BarText
    purpose: Line
    giving_office: Line
    taking_office: Line
    seal: Word = ""
    lines: tuple[ManifestLine, ...]
    giver: Line = ""
    carrier: Line = ""
    taker: Line = ""
    sides: tuple[Line, ...] = ("Liên 1: bên giao giữ", "Liên 2: bên nhận giữ")

    def counts(self) -> dict[str, int]:
        return {name: sum(getattr(line, name) for line in self.lines) for name in ("originals", "copies", "others")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailStep:
    """One holder of a paper; `given` and `taken` say who spoke and when, `way` the bag or item it came by."""

    holder: Line
    since: datetime
    until: datetime | None = None
    given: Line = ""
    taken: Line = ""
    way: Word = ""
    note: Place = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyTrail(Postal):
    """Hành trình giấy tờ: every holder of one paper from the journal, both statements of each transfer."""

    sticker: BarText
    dossier: Word
    paper: Place
    kind: Line
    quantity: int
    pages: int
    condition: Place = ""
    steps: tuple[TrailStep, ...]
    on_its_way_to: Line = ""
    on_its_way_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance(Postal):
    """The post's note of what to add. Not a form of the law, and no refusal: only the agency can refuse."""

    party: Party
    agency: Line
    procedure: Place
    procedure_code: Word = ""
    missing: tuple[PaperLine, ...]
    notes: tuple[Place, ...] = ()
    contact: Contact
    clerk: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyReceipt(Postal):
    """Biên lai thu tiền: the state's money held for the agency and the post's own charge, two purses apart.

    Every line is money that was received now; `paid` is not looked at.
    """

    number: BarText
    tax_code: Word = ""
    payer: Party
    dossier: Word
    procedure: Place
    agency: Line
    state_fees: tuple[FeeLine, ...] = ()
    post_charges: tuple[FeeLine, ...] = ()
    method: Line
    collector: Line
    notes: tuple[Line, ...] = ()
    reprint: int = 0

    def totals(self) -> dict[str, int]:
        state, post = total(self.state_fees), total(self.post_charges)
        return {"state": state, "post": post, "all": state + post}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLabel:
    """A label of 100 × 70 mm for one tracked item."""

    number: BarText
    service: Line
    sender: Party
    receiver: Party
    dossier: Word = ""
    grams: int = 0
    collect: Dong = 0
    note: Line = ""
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """One door: what is done there (`work`), what is brought or fetched, which old papers and what money are taken."""

    work: Word
    code: BarText
    dossier: Place = ""
    name: Line
    address: Place
    phone: Word = ""
    window: Word = ""
    papers: tuple[Line, ...] = ()
    exchange: tuple[Line, ...] = ()
    state: Dong = 0
    post: Dong = 0
    note: Place = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopList(Postal):
    """A postman's stops of one day, in order; the two purses apart."""

    postman: Line
    stops: tuple[StopLine, ...]

    def totals(self) -> dict[str, int]:
        return {purse: sum(getattr(stop, purse) for stop in self.stops) for purse in ("state", "post")}

    def counts(self) -> dict[str, int]:
        deliver = sum(stop.work == "Phát" for stop in self.stops)
        return {"stops": len(self.stops), "deliver": deliver, "fetch": len(self.stops) - deliver}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sticker:
    """One opaque id: `square` is what a scanner reads, `text` the same for people, `note` what it is stuck on."""

    square: QrText
    text: Word
    note: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stickers:
    """Labels with nothing but an opaque id each: on A4 sheets of `columns` × `rows`, `skip` of them taken off already,
    `margins` in mm at the sides and at the ends; or, with `roll`, one on each piece of 50 × 30 mm of a thermal printer.
    """

    stickers: tuple[Sticker, ...]
    columns: int = 5
    rows: int = 13
    margins: tuple[int, ...] = (6, 10)
    skip: int = 0
    roll: bool = False
    issued_at: datetime

    def __post_init__(self) -> None:
        if not (1 <= self.columns <= 6 and 1 <= self.rows <= 15 and 0 <= self.skip < self.columns * self.rows):
            raise ValueError("a sheet has 1–6 columns and 1–15 rows, and skips fewer labels than it has")
        if len(self.margins) != 2 or not all(0 <= mm <= 30 for mm in self.margins):
            raise ValueError("a sheet has a margin of 0–30 mm at the sides and one at the ends")
        if any(len(one.square) > MOST_STICKER_LETTERS for one in self.stickers):
            raise ValueError(f"an id on a sticker has at most {MOST_STICKER_LETTERS} letters, or no scanner reads it")
