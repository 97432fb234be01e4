"""What each thing a carrier says does to the item, its papers and the dossier."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from motcua.acts.casework import RELATIONS
from motcua.acts.locked import going_home
from motcua.acts.works import WORK, Doing
from motcua.carriers.models import CarrierEvent, CarrierOrder
from motcua.custody.actions import (
    move_paper,
    offer_paper,
    open_discrepancy,
    step_parcel,
    take_paper_over,
    withdraw_offer,
)
from motcua.custody.discrepancies import DiscrepancyKind
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel
from motcua.documents.actions import tell
from motcua.dossiers.actions import advance
from motcua.dossiers.rules import Facts
from motcua.journal.actions import Act
from motcua.kernel.problems import Problem, Refused
from motcua.kernel.text import fold
from motcua.looks.access import Case, local_day
from motcua.people.holders import APPLICANT, Holder, office
from motcua.people.holders import carrier as carrier_holder
from motcua.people.rules import Actor, Role

_POSTMAN = frozenset({Role.POSTMAN})
_OFFICE = frozenset({Role.DISPATCHER})


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing a carrier said about one item, in an open command."""

    act: Act
    case: Case
    order: CarrierOrder
    parcel: Parcel
    event: CarrierEvent

    @property
    def holder(self) -> Holder:
        return carrier_holder(self.order.carrier)

    @property
    def office(self) -> Holder:
        return office(self.order.office_id)

    def step(self, action: str, roles: frozenset[Role] = _POSTMAN, **changes: object) -> None:
        step_parcel(self.act, self.parcel, action, roles, **changes)

    def tell(self, text: str) -> None:
        d = self.case.dossier
        tell(self.act, d, d.delivery.get("phone", ""), text)


def _nothing(t: Telling) -> None:
    """Only the order's own standing changes."""


def _cancelled(t: Telling) -> None:
    """The papers never left: the item lies at the office as before."""
    t.step("withdraw", _OFFICE)
    for paper in going_home(t.case, str(t.office)):
        withdraw_offer(t.act, paper, "carrier_cancelled", item=t.parcel.item)


def _collected(t: Telling) -> None:
    """The carrier's statement as the taker: it has the papers from now on."""
    papers = going_home(t.case, str(t.office))
    if not papers:
        raise Refused([Problem("carrier.nothing_here", "Bưu cục không giữ giấy tờ nào của bưu gửi này.")])
    t.step("take_out")
    for paper in papers:
        take_paper_over(t.act, paper, t.holder, "collected_by_carrier", item=t.parcel.item)


def _out_again(t: Telling) -> None:
    """After a try that failed the item is on the road again."""
    if t.parcel.state == ParcelState.FAILED:
        t.step("take_out")


def _failed(t: Telling) -> None:
    _out_again(t)
    reason = t.event.note or "Hãng chưa phát được"
    t.step("fail", attempts=t.parcel.attempts + 1, last_reason=reason[:300])
    t.tell(f"Hãng vận chuyển chưa phát được {t.order.item or t.parcel.item}: {reason}. Hãng sẽ phát lại.")


def _held(t: Telling) -> None:
    where = t.event.place or "bưu cục của hãng"
    t.tell(f"Bưu gửi {t.order.item or t.parcel.item} đang lưu tại {where}. Mời đến nhận.")


def _delivered(t: Telling) -> None:
    """Closes the dossier as the postman's own delivery does; the carrier's word is the proof."""
    _out_again(t)
    papers = going_home(t.case, str(t.holder))
    if not papers:
        raise Refused([Problem("carrier.nothing_there", "Hãng không giữ giấy tờ nào của bưu gửi này.")])
    relation = _relation(t)
    _close(t, relation)
    t.act.acting_as(Role.POSTMAN, t.order.office_id)
    for paper in papers:
        move_paper(t.act, paper, APPLICANT, "delivered", item=t.parcel.item)
    proof = {"carrier": t.order.carrier, "event": t.event.key, "at": str(t.event.at), "place": t.event.place}
    t.step("deliver", attempts=t.parcel.attempts + 1, ended_at=t.act.at, recipient=t.event.recipient[:250],
           relation=relation, proof=proof)  # fmt: skip


def _relation(t: Telling) -> str:
    """As the carrier told it, or as the names tell; else somebody of the house, which is whom postmen give items to."""
    if t.event.relation in {value for value, _ in RELATIONS}:
        return t.event.relation
    names = {t.case.applicant.name, t.case.dossier.delivery.get("name", "")}
    return "self" if fold(t.event.recipient) in {fold(name) for name in names if name} else "family"


def _close(t: Telling, relation: str) -> None:
    """The dossier's own transition: the carrier acts as the postman of the office that entrusted it."""
    who = Actor(uuid5(NAMESPACE_URL, str(t.holder)), t.order.carrier, frozenset({(Role.POSTMAN, t.order.office_id)}))
    given = {"relation": relation, "by_parcel": True}
    doing = Doing(t.act, who, t.case, given, lambda action, more: None)
    places = replace(t.case.places(who), postmen=frozenset({who.id} if who.id else ()))
    changes, data = WORK["close"].prepare(doing)
    advance(t.act, t.case.dossier, "close", actor=who, places=places, facts=Facts(now=t.act.at, given=given),
            changes=changes, data=data)  # fmt: skip
    WORK["close"].after(doing)


def _returned(t: Telling) -> None:
    """The carrier brings it back: it offers the papers to the office, which takes them by its own act."""
    for paper in going_home(t.case, str(t.holder)):
        offer_paper(t.act, paper, t.office, "returned_by_carrier", item=t.parcel.item)
    t.tell(f"Hãng vận chuyển đang chuyển hoàn {t.order.item or t.parcel.item} về bưu cục.")


def _lost(t: Telling) -> None:
    """The carrier keeps answering for the papers, and somebody sees it through: a case with its clock is opened."""
    words = f"Hãng vận chuyển báo thất lạc. {t.event.note}".strip()
    t.step("lose", _OFFICE, ended_at=t.act.at, last_reason=words[:300])
    days = int(t.case.law.rule("compensation_days", local_day(t.act.at)))
    due = t.act.at + timedelta(days=days)
    open_discrepancy(
        t.act, DiscrepancyKind.LOST, t.case.dossier, t.order.office_id, words, due, parcel=t.parcel
    )


STEPS: dict[str, Callable[[Telling], None]] = {
    "registered": _nothing,
    "collecting": _nothing,
    "cancelled": _cancelled,
    "collected": _collected,
    "transit": _out_again,
    "out": _out_again,
    "failed": _failed,
    "held": _held,
    "delivered": _delivered,
    "returned": _returned,
    "lost": _lost,
}
