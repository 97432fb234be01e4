"""Which papers a dossier has by now, and who may print which."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from motcua.dossiers.lifecycle import State
from motcua.kernel.problems import Refused
from motcua.looks.access import Case, NotFound, local_day
from motcua.looks.papers import agency, postal
from motcua.people.rules import Actor, Role

_OFFICIALS = frozenset(set(Role) - {Role.CITIZEN, Role.POSTMAN})


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that can be printed now. `query` names one of several (a receipt's number, an item); the label says
    it where it holds %(number)s."""

    kind: str
    label: str
    query: str = ""


_MAKERS: dict[str, Callable[..., Any]] = {
    "receipt": agency.receipt,
    "supplement": agency.supplement,
    "guidance": postal.guidance,
    "postal_slip": postal.postal_slip,
    "money_receipt": postal.money_receipt,
    "refusal": agency.refusal,
    "apology": agency.apology,
    "stop": agency.stop,
    "result_letter": agency.result_letter,
    "control_slip": agency.control_slip,
    "parcel_label": postal.parcel_label,
}
# Several of these may exist; a number picks one.
_SEVERAL = frozenset({"supplement", "money_receipt", "parcel_label"})
_INSIDE = frozenset({"control_slip", "stickers", "parcel_label"})


def paper_of(case: Case, actor: Actor, kind: str, site: str, pick: str = "") -> Any:
    """The data of one paper. Raises NotFound for an unknown kind, a paper that does not exist (yet), and an
    office's paper asked for by anybody else. Refuses `form.none` where the law of the day has no such form."""
    if kind not in {*_MAKERS, "stickers"} or (kind in _INSIDE and not case.roles(actor) & _OFFICIALS):
        raise NotFound(kind)
    if kind == "stickers":
        return postal.stickers(case, int(pick) if pick.isdecimal() and len(pick) < 3 else 0)
    return _MAKERS[kind](case, site, pick) if pick and kind in _SEVERAL else _MAKERS[kind](case, site)


def papers_now(case: Case, actor: Actor) -> list[Paper]:
    """The papers this dossier has by now for this reader, the one wanted at the counter first."""
    inside = bool(case.roles(actor) & _OFFICIALS)
    return [paper for paper in _existing(case) if inside or paper.kind not in _INSIDE]


def _existing(case: Case) -> list[Paper]:
    d, found = case.dossier, []
    if d.accepted_at and d.code:
        found.append(Paper("receipt", "Giấy tiếp nhận và hẹn trả kết quả"))
    found += [_request(case, request) for request in d.requests]
    if d.channel in {"post", "pickup"} and (d.taken_at or d.accepted_at):
        found.append(Paper("postal_slip", "Phiếu gửi hồ sơ"))
    receipts = dict.fromkeys(c.payment.receipt for c in case.charges if c.payment)
    found += [Paper("money_receipt", "Biên lai %(number)s", number) for number in receipts]
    if case.papers:
        found.append(Paper("stickers", "Tem dán giấy tờ"))
    if d.accepted_at and d.code:
        found.append(Paper("control_slip", "Phiếu kiểm soát quá trình giải quyết"))
    if d.rescheduled:
        found.append(Paper("apology", "Văn bản xin lỗi và hẹn lại"))
    ends = {
        State.REJECTED: ("refusal", "Phiếu từ chối tiếp nhận"),
        State.STOPPED: ("stop", "Thông báo dừng giải quyết"),
    }
    ends[State.WITHDRAWN] = ends[State.STOPPED]
    end = ends.get(State(d.state))
    if end and d.closed_at and _has_form(case, end[0]):
        found.append(Paper(*end))
    if d.published_at and d.code:
        found.append(Paper("result_letter", "Văn bản trả lời"))
    found += [Paper("parcel_label", "Nhãn bưu gửi %(number)s", p.item) for p in case.parcels]
    return found


def _has_form(case: Case, kind: str) -> bool:
    """Whether the law of the day the dossier ended has such a form (there was none for stopping before 2025)."""
    try:
        case.law.form(kind, local_day(case.dossier.closed_at))  # type: ignore[arg-type]
    except Refused:
        return False
    return True


def _request(case: Case, request: dict[str, Any]) -> Paper:
    """A supplement slip of the state; from a post counter that is no one-stop, the post's guidance."""
    office = case.law.office(request["office"])
    if office.kind in {"post_point", "post_office"} and office.code != case.dossier.accepting_id:
        return Paper("guidance", "Phiếu hướng dẫn bổ sung")
    return Paper("supplement", "Phiếu yêu cầu bổ sung %(number)s", request["number"])
