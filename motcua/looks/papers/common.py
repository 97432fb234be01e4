"""What several papers share: heads, parties, lines, names of people, words for terms and ways."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.documents.forms.data import Contact, FeeLine, Form, PaperLine, Party
from motcua.journal.models import Entry
from motcua.kernel.codes import masked
from motcua.law.model import Office, Pack, Term
from motcua.looks.access import Case, local_day
from motcua.money.models import Charge
from motcua.people.queries import names_of

_KINDS = ("Phường ", "Xã ", "Thị trấn ")
RETURN_WAYS = {
    "post": "Bưu điện phát tận nhà: %(address)s",
    "counter": "Nhận tại %(place)s",
    "electronic": "Bản điện tử, gửi vào tài khoản và trang tra cứu của người nộp",
}
_UNITS = {"working_days": "ngày làm việc", "working_hours": "giờ làm việc", "days": "ngày"}


def form_of(case: Case, kind: str, at: datetime) -> Form:
    """Number and title by the day of issue. Refuses `form.none` where the law of that day has no such form."""
    return Form.of(case.law.form(kind, local_day(at)))


def party_of(case: Case) -> Party:
    """The applicant; a citizen's number masked, a firm's tax code open as the register has it."""
    a = case.applicant
    firm = bool(a.tax_code) and not a.id_number
    return Party(
        name=a.name,
        id_kind="Mã số thuế" if firm else "Số định danh cá nhân",
        id_number=a.tax_code if firm else masked(a.id_number),
        address=with_unit(case.law, a.address, a.unit_code, case.dossier.version_on),
        phone=a.phone,
        email=a.email,
        through=a.proxy_name,
    )


def receiver_of(case: Case) -> Party:
    """Who the result is delivered to."""
    to = case.dossier.delivery
    where = with_unit(case.law, to.get("address", ""), to.get("unit_code", ""), case.dossier.version_on)
    return Party(name=to.get("name") or case.applicant.name, address=where, phone=to.get("phone", ""))


def with_unit(law: Pack, address: str, code: str, day: date) -> str:
    """An address with its commune, which is named once."""
    unit = law.unit(code, day).name if code and law.has_unit(code, day) else ""
    return address if not unit or unit in address else ", ".join(part for part in (address, unit) if part)


def place_of(law: Pack, office: str, day: date) -> str:
    """The place a paper is dated at: the commune of the office without its kind."""
    code = law.unit_of_office(office, day)
    if not law.has_unit(code, day):
        return law.name
    name = law.unit(code, day).name
    return next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)


def head_of(case: Case, office: str, at: datetime) -> dict[str, Any]:
    """Agency, the body above it, place and instant, for a paper issued by an office."""
    law, day = case.law, local_day(at)
    issuing = law.office(office)
    above = issuing.parent or (case.dossier.agency_id if issuing.kind != "agency" else "")
    parent = law.office(above).name if above and above != office else ""
    return {"agency": issuing.name, "parent": parent, "place": place_of(law, office, day), "issued_at": at}


def postal_head(law: Pack, office: Office, at: datetime) -> dict[str, Any]:
    """Enterprise and office, for a paper of the post; a one-stop's receipt carries the body it belongs to."""
    day = local_day(at)
    enterprise = law.office(office.parent).name if office.kind in {"one_stop", "agency"} and office.parent else ""
    if office.kind in {"post_point", "post_office"}:
        main = next((o for o in law.offices("post_office", day) if not o.parent), None)
        enterprise = main.name if main else office.name
    return {
        "enterprise": enterprise or office.name,
        "office": office.name,
        "place": place_of(law, office.code, day),
        "issued_at": at,
    }


def contact_of(law: Pack, office: str, name: str = "") -> Contact:
    return Contact(name=name or law.office(office).name, phone=law.office(office).phone)


def paper_lines(case: Case) -> tuple[PaperLine, ...]:
    """Components in the order of the list, with what was counted of each kind; uploads count as electronic."""
    counted: dict[str, dict[str, int]] = {}
    for paper in case.papers:
        if paper.kind != "result":
            line = counted.setdefault(paper.component, {})
            kind = {"original": "originals", "certified": "certified"}.get(paper.kind, "copies")
            line[kind] = line.get(kind, 0) + paper.quantity
    for file in case.files:
        if file.component and file.kind == "upload":
            counted.setdefault(file.component, {})["electronic"] = 1
    names = {p.key: p.name for p in case.version.papers} | {"other": "Giấy tờ khác"}
    order = [key for key in names if key in counted] + [key for key in counted if key not in names]
    return tuple(_line(names.get(key, key), counted[key]) for key in order)


def _line(name: str, counted: dict[str, int]) -> PaperLine:
    kinds = ("originals", "certified", "copies", "electronic")
    originals, certified, copies, electronic = (counted.get(kind, 0) for kind in kinds)
    return PaperLine(name=name, originals=originals, certified=certified, copies=copies, electronic=electronic)


def fee_lines(charges: Iterable[Charge], purse: str) -> tuple[FeeLine, ...]:
    """The charges of one purse that still stand."""
    return tuple(
        FeeLine(name=c.label, amount=c.amount, paid=bool(c.payment_id))
        for c in charges
        if c.purse == purse and not c.cancelled_at
    )


def return_way(case: Case) -> str:
    """How the result comes to the applicant, in words."""
    d = case.dossier
    way = RETURN_WAYS[d.return_by]
    return way % {"address": receiver_of(case).address, "place": case.law.office(d.reception_id).name}


def term_words(term: Term) -> str:
    """ "3 ngày làm việc", "trong ngày"."""
    if term.kind == "same_day":
        return "Trong ngày làm việc (nhận sau giờ chốt: ngày làm việc kế tiếp)"
    return f"{term.amount} {_UNITS[term.kind]}"


def acts_of(case: Case, kind: str) -> list[Entry]:
    """The dossier's entries of one kind, oldest first."""
    return [entry for entry in case.entries if entry.kind == kind]


def who_did(case: Case, *kinds: str) -> str:
    """The name of whoever did the first of these acts that was done, or ''."""
    for kind in kinds:
        for entry in acts_of(case, kind):
            if entry.actor_id:
                return names_of({entry.actor_id}).get(entry.actor_id, "")
    return ""


def name_of(account_id: UUID | None) -> str:
    return names_of({account_id}).get(account_id, "") if account_id else ""


def answers_of(case: Case) -> str:
    """What the applicant asked for in their own words: the answers of the form, in order."""
    given = case.dossier.form
    asked = [q for q in case.version.form if given.get(q.key) not in (None, "")]
    return "; ".join(f"{q.label}: {written(q.type, str(given[q.key]))}" for q in asked)


def written(kind: str, answer: str) -> str:
    """An answer as people write it: a day with its day first."""
    return f"{date.fromisoformat(answer):%d/%m/%Y}" if kind == "date" else answer
