"""What people do with items that an outside carrier brings: entrust, call off, take back, settle doubts."""

from uuid import UUID

from motcua.acts.locked import case_of, going_home
from motcua.acts.reception import collect_now
from motcua.carriers.actions import ask_now, ask_to_cancel, believe, look_at, open_order, settle_doubt, step_order
from motcua.carriers.lifecycle import NOT_COLLECTED, Doubt, OrderState
from motcua.carriers.models import CarrierOrder
from motcua.carriers.queries import doubt_for, live_order_of, order_for
from motcua.carriers.registry import OWN, carrier_of
from motcua.custody.actions import offer_paper, step_parcel, take_paper_over
from motcua.custody.models import Parcel
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import Case, NotFound
from motcua.people.holders import carrier as carrier_holder
from motcua.people.holders import office
from motcua.people.rules import Actor, Role

SIDE = frozenset({Role.DISPATCHER, Role.CLERK_POSTAL})
# Doubts about words that are readable and fit an order of ours: a person who knows better may say they are true.
BELIEVABLE = frozenset({Doubt.IMPOSSIBLE_TIME, Doubt.NOT_COLLECTED, Doubt.UNCONFIRMED})
DECISIONS = (
    ("ignore", "Bỏ qua tin này"),
    ("believe", "Tin này đúng, ghi nhận"),
)


def entrust(act: Act, case: Case, parcel: Parcel) -> CarrierOrder | None:
    """Does: where the office has chosen an outside carrier, orders it for a new item and offers it the papers; the
    office holds them until the carrier says it has them. Nothing where its own postmen bring what it sends."""
    chosen = carrier_of(parcel.office_id)
    if chosen.key == OWN.key:
        return None
    cod = sum(c.amount for c in case.charges if not c.payment_id and not c.cancelled_at)
    order = open_order(act, case.dossier, parcel, chosen.key, cod)
    step_parcel(act, parcel, "dispatch", SIDE, postman_id=None)
    for paper in going_home(case, str(office(parcel.office_id))):
        offer_paper(act, paper, carrier_holder(chosen.key), "entrusted", item=parcel.item)
    return order


def refuse_entrusted(parcel: Parcel) -> None:
    """Refuses what a dispatcher would do with an item that a carrier is to bring or has."""
    order = live_order_of(parcel.pk)
    if order:
        raise Refused([Problem("carrier.entrusted", "Bưu gửi này đã giao cho hãng, đơn %(number)s. Hãy làm tại đơn đó.",
                               params={"number": order.number})])  # fmt: skip


def hand_to_carrier(command: Command, actor: Actor, item: str) -> Answer:
    """Does: entrusts an item that lies here to the carrier the office has chosen. Refuses: none chosen, not here."""

    def do(act: Act) -> Answer:
        rows = Parcel.objects.filter(item=item.strip().upper(), office__in=actor.offices(*SIDE))
        found = rows.first()
        if found is None:
            raise NotFound(item)
        case = case_of(found.dossier_id)
        parcel = next(p for p in case.parcels if p.pk == found.pk)
        act.acting_as(min(actor.roles_at(parcel.office_id) & SIDE), parcel.office_id)
        order = entrust(act, case, parcel)
        if order is None:
            raise Refused([Problem("carrier.none", "Bưu cục này chưa chọn hãng vận chuyển nào. Hãy giao cho bưu tá.")])
        return {"item": parcel.item, "order": order.number}

    return once(command, do)


def call_off(command: Command, actor: Actor, number: str) -> Answer:
    """Does: asks the carrier not to collect; the papers stay offered until it agrees. Refuses: collected already."""

    def do(act: Act) -> Answer:
        order, _case = _order(actor, number)
        if OrderState(order.state) not in NOT_COLLECTED:
            raise Refused(
                [Problem("carrier.collected", "Hãng đã lấy bưu gửi, không huỷ được nữa. Hãy chờ hãng trả lại.")]
            )
        act.acting_as(min(actor.roles_at(order.office_id) & SIDE), order.office_id)
        if order.cancel_asked_at is None:
            ask_to_cancel(act, order)
        return {"order": order.number, "state": order.state}

    return once(command, do)


def take_back(command: Command, actor: Actor, number: str, condition: str = "") -> Answer:
    """Does: the office takes over what the carrier brings back: it holds the papers from now on, the item lies here.
    Refuses: a carrier that has not said it returns the item."""

    def do(act: Act) -> Answer:
        order, case = _order(actor, number)
        roles = actor.roles_at(order.office_id) & SIDE
        parcel, here = _parcel_of(order, case), office(order.office_id)
        act.acting_as(min(roles), order.office_id)
        step_order(act, order, "take_back", roles, act.at)
        step_parcel(act, parcel, "bring_back", roles, postman_id=None)
        for paper in going_home(case, str(carrier_holder(order.carrier))):
            take_paper_over(act, paper, here, "returned_by_carrier", condition, item=parcel.item)
        return {"order": order.number, "state": order.state, "item": parcel.item}

    return once(command, do)


def take_money(command: Command, actor: Actor, number: str) -> Answer:
    """Does: the carrier brings what it took at the door; it goes into the dispatcher's till. Refuses: nothing owed."""

    def do(act: Act) -> Answer:
        order, case = _order(actor, number)
        act.acting_as(min(actor.roles_at(order.office_id) & SIDE), order.office_id)
        paid = collect_now(act, actor, case, "") if order.state == OrderState.DELIVERED and order.cod else []
        if not paid:
            raise Refused([Problem("carrier.no_money", "Đơn này không còn tiền hãng phải nộp.")])
        return {"order": order.number, "receipts": [p.receipt for p in paid]}

    return once(command, do)


def ask_carrier(command: Command, actor: Actor, number: str) -> Answer:
    """Does: asks the carrier at once what became of an order, instead of waiting for the next round of questions."""

    def do(act: Act) -> Answer:
        order, _case = _order(actor, number)
        ask_now(order, act.at)
        return {"order": order.number}

    return once(command, do)


def settle(command: Command, actor: Actor, doubt_id: UUID, decision: str, note: str) -> Answer:
    """Does: a dispatcher says how a doubt ended: the words are left aside, or are true after all and then count.
    Refuses: settled already, no words, believing what cannot be believed."""

    def do(act: Act) -> Answer:
        doubt = doubt_for(actor, doubt_id)
        if doubt is None:
            raise NotFound(str(doubt_id))
        _refuse_bad_settlement(doubt.code, doubt.settled_at is not None, decision, note)
        act.acting_as(Role.DISPATCHER, doubt.office_id or actor.office_as(Role.DISPATCHER))
        settle_doubt(act, doubt, decision, note.strip()[:500])
        if decision == "believe":
            believe(doubt.event)
            look_at(doubt.carrier, doubt.event.number, act.at)
        return {"doubt": doubt.pk, "decision": decision}

    return once(command, do)


def _refuse_bad_settlement(code: str, settled: bool, decision: str, note: str) -> None:
    problems: list[Problem] = []
    if settled:
        problems.append(Problem("carrier.settled", "Việc này đã có người xử lý rồi. Hãy tải lại trang."))
    if decision not in dict(DECISIONS):
        problems.append(Problem("carrier.no_decision", "Hãy chọn cách xử lý.", field="decision"))
    if decision == "believe" and code not in BELIEVABLE:
        problems.append(
            Problem("carrier.not_believable", "Tin này không thể ghi nhận. Hãy bỏ qua và làm việc với hãng.",
                    field="decision")
        )  # fmt: skip
    if not note.strip():
        problems.append(Problem("carrier.no_note", "Hãy ghi đã hỏi ai, kết quả thế nào.", field="note"))
    if problems:
        raise Refused(problems)


def bound(order: CarrierOrder, case: Case) -> CarrierOrder:
    """The order as it is now that the dossier is locked, in the dossier's own chain."""
    order.refresh_from_db()
    order.dossier = case.dossier
    return order


def _order(actor: Actor, number: str) -> tuple[CarrierOrder, Case]:
    order = order_for(actor, number)
    if order is None:
        raise NotFound(number)
    case = case_of(order.dossier_id)
    return bound(order, case), case


def _parcel_of(order: CarrierOrder, case: Case) -> Parcel:
    return next(p for p in case.parcels if p.pk == order.parcel_id)
