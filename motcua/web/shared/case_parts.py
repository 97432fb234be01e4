"""The parts of a dossier's page that are the same for every official: person, papers, files, money, journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.custody.models import Paper
from motcua.documents.models import File
from motcua.looks.access import Case
from motcua.looks.papers.common import written
from motcua.looks.story import Told
from motcua.looks.tracking import why_due
from motcua.money.models import Charge
from motcua.people.holders import parse_holder
from motcua.people.queries import names_of
from motcua.web.ui import Entry, MoneyLine, Person, Purse


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper, what it is of, and who holds it since when."""

    paper: Paper
    kind: str
    holder: str
    here: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file with the paper it stands for."""

    file: File
    component: str
    kind: str


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A slip that asked the applicant for something."""

    number: str
    title: str
    items: list[str]
    note: str
    by: str
    asked_at: datetime
    until: datetime | None
    answered_at: datetime | None


def person_of(case: Case, number: str = "") -> Person:
    """The applicant as a card; the number only where its opening was recorded."""
    a = case.applicant
    born = f"{a.born_on:%d/%m/%Y}" if a.born_on else ""
    sex = {"male": _("Nam"), "female": _("Nữ")}.get(a.sex, "")
    own = number or a.id_number or a.tax_code
    return Person(a.name, own, born, sex, a.address, a.phone, opened=bool(number))


def papers_of(case: Case, mine: Iterable[str] = ()) -> list[PaperShown]:
    """The papers with their holders in words; `mine` are the reader's offices."""
    holders = [parse_holder(p.holder) for p in case.papers]
    people = names_of({UUID(h.name) for h in holders if h.kind == "person"})
    ours = set(mine)
    return [
        PaperShown(p, _(p.get_kind_display()), holder_words(p.holder, case, people), h.office_code in ours)
        for p, h in zip(case.papers, holders, strict=True)
    ]


def holder_words(text: str, case: Case, people: Mapping[UUID, str]) -> str:
    """Who holds something, as people say it."""
    holder = parse_holder(text)
    if holder.kind == "office":
        known = holder.name in case.law.office_map
        return case.law.office(holder.name).name if known else holder.name
    if holder.kind == "person":
        return _("Bưu tá %s") % people.get(UUID(holder.name), "")
    return holder.carrier_name or _("Người nộp")


def files_of(case: Case) -> list[FileShown]:
    """The files with the name of the paper each stands for."""
    names = {p.key: p.name for p in case.version.papers} | {"other": _("Giấy tờ khác"), "": ""}
    return [FileShown(f, names.get(f.component, f.component), _(f.get_kind_display())) for f in case.files]


def answers_of(case: Case) -> list[tuple[str, str]]:
    """What the applicant answered on the form, in the order of the procedure's questions."""
    asked = {q.key: (q.label, q.type) for q in case.version.form}
    given = case.dossier.form
    extra = {key: (key, "text") for key in given if key not in asked}
    return [
        (label, written(kind, str(given[key])))
        for key, (label, kind) in (asked | extra).items()
        if given.get(key) not in (None, "")
    ]


def requests_of(case: Case) -> list[RequestShown]:
    """The slips that asked for more, oldest first."""
    titles = {"complete": _("Yêu cầu bổ sung để tiếp nhận"), "supplement": _("Yêu cầu bổ sung hồ sơ")}
    return [
        RequestShown(
            r["number"], titles.get(r["kind"], r["kind"]), r["items"], r.get("note", ""), r.get("asked_by", ""),
            datetime.fromisoformat(r["asked_at"]), _instant(r.get("until")), _instant(r.get("answered_at")),
        )
        for r in case.dossier.requests
    ]  # fmt: skip


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def purses_of(case: Case) -> list[Purse]:
    """What was and is to be paid, the two purses apart, each line with its receipt or its stage."""
    return [
        Purse("state", [_money(c) for c in case.charges if c.purse == "state"]),
        Purse("post", [_money(c) for c in case.charges if c.purse == "post"]),
    ]


def _money(charge: Charge) -> MoneyLine:
    if charge.cancelled_at:
        return MoneyLine(charge.label, 0, _("Không thu nữa"))
    if charge.payment:
        return MoneyLine(charge.label, charge.amount, _("Đã thu, biên lai %s") % charge.payment.receipt)
    stage = _("Thu khi trả kết quả") if charge.stage == "door" else _("Chưa thu")
    return MoneyLine(charge.label, charge.amount, stage)


def story_of(told: Iterable[Told]) -> list[Entry]:
    """The journal as the component takes it, newest first; when it was heard only where that was later."""
    return [
        Entry(t.at, t.what, t.who, t.where, t.detail, recorded_at=t.recorded_at if t.recorded_at != t.at else None)
        for t in reversed(list(told))
    ]


def why_lines(case: Case) -> list[str]:
    """Why the date due is what it is, in the reader's language."""
    return why_due(case, "en" if get_language() == "en" else "vi")
