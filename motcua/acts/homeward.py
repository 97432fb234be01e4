"""The way home and the way in: tracked items, the postman's door, and papers fetched from a home."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from motcua.acts.casework import RELATIONS, perform
from motcua.acts.reception import collect_now, paper_columns
from motcua.custody.actions import make_parcel, move_paper, step_parcel, step_pickup, take_papers
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.custody.rules import hold_problems, proof_problems, send_back_problems
from motcua.documents.actions import tell
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.money import dong
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks import deadlines
from motcua.looks.access import Case, NotFound, find_case, local_day
from motcua.people.holders import APPLICANT, office, person
from motcua.people.queries import account_by_username
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law

_OFFICE_SIDE = (Role.DISPATCHER, Role.CLERK_POSTAL)
FAILURES = (
    ("absent", "Không có người nhận"),
    ("no_phone", "Không liên lạc được"),
    ("wrong_address", "Sai địa chỉ"),
    ("moved", "Đã chuyển đi nơi khác"),
    ("asked_later", "Người nhận hẹn ngày khác"),
    ("refused", "Người nhận từ chối"),
    ("no_money", "Người nhận chưa có tiền trả"),
)


def make_parcels(command: Command, actor: Actor, place: str, keys: list[str]) -> Answer:
    """Does: results that lie at this post office become tracked items, one a dossier, with the papers to give back.

    Refuses: a dossier without a result here, without delivery by post, or with an item already under way.
    """

    def do(act: Act) -> Answer:
        if place not in actor.offices(*_OFFICE_SIDE):
            raise Refused([Problem("place.not_yours", "Bạn không làm việc tại bưu cục này.")])
        items = []
        for key in keys:
            case = find_case(actor, key, lock=True)
            act.acting_as(min(case.roles(actor)), place)
            items.append(_make_one(act, case, place).item)
        return {"items": items}

    return once(command, do)


def _make_one(act: Act, case: Case, place: str) -> Parcel:
    d = case.dossier
    if d.return_by != "post":
        raise Refused([Problem("parcel.not_by_post", "Hồ sơ %(d)s không trả qua bưu điện.", params={"d": str(d)})])
    if not any(p.kind == "result" and p.holder == str(office(place)) for p in case.papers):
        raise Refused([Problem("parcel.no_result", "Kết quả của %(d)s chưa có tại bưu cục này.", params={"d": str(d)})])
    live = {ParcelState.READY, ParcelState.OUT, ParcelState.FAILED, ParcelState.HELD}
    if any(p.state in live for p in case.parcels):
        raise Refused([Problem("parcel.under_way", "Hồ sơ %(d)s đã có bưu gửi đang phát.", params={"d": str(d)})])
    days = int(case.law.rule("post_home_days", local_day(act.at)))
    due = deadlines.post_days(case.law, act.at, days)
    parcel = make_parcel(act, d, place, local_day(due))
    tell(
        act,
        d,
        d.delivery.get("phone", ""),
        f"Kết quả hồ sơ {d} đang trên đường tới nhà, mã bưu gửi {parcel.item}.",
    )
    return parcel


def dispatch(command: Command, actor: Actor, items: list[str], postman: str) -> Answer:
    """Does: the postman goes out with these items; he holds their papers from now on. Refuses: not a postman here."""

    def do(act: Act) -> Answer:
        account = account_by_username(postman)
        for item in items:
            parcel, case = _parcel(actor, item)
            roles = _side(actor, parcel)
            if (
                account is None
                or not account.appointments.filter(role=Role.POSTMAN, office=parcel.office_id, ended_at=None).exists()
            ):
                raise Refused([Problem("parcel.not_a_postman", "Hãy chọn bưu tá của bưu cục này.", field="postman")])
            act.acting_as(min(roles, default=""), parcel.office_id)
            step_parcel(act, parcel, "dispatch", roles, postman_id=account.pk)
            for paper in _going_home(case, str(office(parcel.office_id))):
                move_paper(act, paper, person(account.pk), "dispatched", item=parcel.item)
        return {"items": items, "postman": postman}

    return once(command, do)


def deliver(command: Command, actor: Actor, item: str, given: dict[str, Any]) -> Answer:
    """Does: hands the result over at the door, collects what was agreed, and so closes the dossier.

    given: recipient, relation, signed (identity seen and signature taken), collect (money taken), note.
    Refuses: not this postman's item, no proof, money due but not taken.
    """

    def do(act: Act) -> Answer:
        parcel, case = _parcel(actor, item)
        if parcel.postman_id != actor.id:
            raise NotFound(item)
        refuse_if(proof_problems(given.get("recipient", ""), given.get("relation", ""), bool(given.get("signed"))))
        _refuse_unpaid(case, bool(given.get("collect")))
        act.acting_as(Role.POSTMAN, parcel.office_id)
        _hand_over(act, actor, case, parcel, "deliver", frozenset({Role.POSTMAN}), given, str(person(actor.id)))
        return _answer(parcel, case)

    return once(command, do)


def collect_at_office(command: Command, actor: Actor, item: str, given: dict[str, Any]) -> Answer:
    """Does: the recipient fetches a held item at the post office; the rest is as at the door."""

    def do(act: Act) -> Answer:
        parcel, case = _parcel(actor, item)
        roles = _side(actor, parcel)
        refuse_if(proof_problems(given.get("recipient", ""), given.get("relation", ""), bool(given.get("signed"))))
        _refuse_unpaid(case, bool(given.get("collect")))
        act.acting_as(min(roles, default=""), parcel.office_id)
        _hand_over(act, actor, case, parcel, "collect", roles, given, str(office(parcel.office_id)))
        return _answer(parcel, case)

    return once(command, do)


def _hand_over(
    act: Act,
    actor: Actor,
    case: Case,
    parcel: Parcel,
    action: str,
    roles: frozenset[Role],
    given: dict[str, Any],
    holder: str,
) -> None:
    if given.get("relation") not in {value for value, _ in RELATIONS}:
        raise Refused([Problem("parcel.no_relation", "Hãy chọn quan hệ của người nhận.", field="relation")])
    # The dossier is closed while the errand still gives the postman his role on it.
    perform(act, actor, case, "close", {"relation": given["relation"], "by_parcel": True})
    if given.get("collect"):
        collect_now(act, actor, case, "")
    for paper in _going_home(case, holder):
        move_paper(act, paper, APPLICANT, "delivered", item=parcel.item)
    step_parcel(
        act, parcel, action, roles,
        attempts=parcel.attempts + 1, ended_at=act.at, recipient=str(given["recipient"])[:250],
        relation=given["relation"],
        proof={"signed": True, "note": str(given.get("note", ""))[:300], "signature": given.get("signature", "")},
    )  # fmt: skip


def _refuse_unpaid(case: Case, collected: bool) -> None:
    unpaid = sum(c.amount for c in case.charges if not c.payment_id and not c.cancelled_at)
    if unpaid and not collected:
        raise Refused(
            [
                Problem(
                    "parcel.unpaid",
                    "Còn %(amount)s phải thu khi phát. Hãy thu đủ rồi xác nhận, hoặc ghi phát chưa được.",
                    field="collect",
                    params={"amount": dong(unpaid)},
                )
            ]
        )


def fail_attempt(command: Command, actor: Actor, item: str, reason: str, note: str = "") -> Answer:
    """Does: a try that failed, with its reason; the papers go back to the post office. Refuses: an unknown reason."""

    def do(act: Act) -> Answer:
        parcel, case = _parcel(actor, item)
        if parcel.postman_id != actor.id:
            raise NotFound(item)
        words = dict(FAILURES).get(reason)
        if not words:
            raise Refused([Problem("parcel.no_reason", "Hãy chọn lý do phát chưa được.", field="reason")])
        act.acting_as(Role.POSTMAN, parcel.office_id)
        step_parcel(
            act, parcel, "fail", frozenset({Role.POSTMAN}),
            attempts=parcel.attempts + 1, last_reason=f"{words}. {note}".strip(". ")[:300],
        )  # fmt: skip
        for paper in _going_home(case, str(person(actor.id))):
            move_paper(act, paper, office(parcel.office_id), "attempt_failed", item=parcel.item)
        tell(act, case.dossier, case.dossier.delivery.get("phone", ""),
             f"Bưu tá chưa phát được {parcel.item}: {words}. Bưu điện sẽ phát lại.")  # fmt: skip
        return _answer(parcel, case)

    return once(command, do)


def hold(command: Command, actor: Actor, item: str, asked: bool = False) -> Answer:
    """Does: keeps an item at the post office until a day. Refuses: too few tries unless the recipient asked."""

    def do(act: Act) -> Answer:
        parcel, case = _parcel(actor, item)
        day = local_day(act.at)
        refuse_if(hold_problems(parcel.attempts, int(case.law.rule("delivery_attempts", day)), asked))
        until = deadlines.days_later(act.at, int(case.law.rule("result_hold_days", day)))
        act.acting_as(min(_side(actor, parcel), default=""), parcel.office_id)
        step_parcel(act, parcel, "hold", _side(actor, parcel), held_until=until)
        tell(act, case.dossier, case.dossier.delivery.get("phone", ""),
             f"Bưu gửi {parcel.item} được lưu tại bưu cục đến hết {until:%d/%m/%Y}. Mời đến nhận.")  # fmt: skip
        return _answer(parcel, case)

    return once(command, do)


def send_back(command: Command, actor: Actor, item: str, reason: str) -> Answer:
    """Does: gives the delivery up; the result stays at the post office and goes back to the one-stop by manifest.
    The dossier stays open: a new item can be made. Refuses: held days not over, unless the recipient refused."""

    def do(act: Act) -> Answer:
        parcel, case = _parcel(actor, item)
        refused = parcel.last_reason.startswith(dict(FAILURES)["refused"])
        refuse_if(send_back_problems(parcel.held_until, local_day(act.at), refused))
        act.acting_as(min(_side(actor, parcel), default=""), parcel.office_id)
        step_parcel(act, parcel, "send_back", _side(actor, parcel), ended_at=act.at, last_reason=reason[:300])
        return _answer(parcel, case)

    return once(command, do)


def report_lost(command: Command, actor: Actor, item: str, reason: str) -> Answer:
    """Does: says that an item cannot be found; its papers stay with their last holder, who answers for them."""

    def do(act: Act) -> Answer:
        parcel, case = _parcel(actor, item)
        if not reason.strip():
            raise Refused([Problem("parcel.no_reason", "Hãy ghi điều đã xảy ra.", field="reason")])
        act.acting_as(min(_side(actor, parcel), default=""), parcel.office_id)
        step_parcel(act, parcel, "lose", _side(actor, parcel), ended_at=act.at, last_reason=reason[:300])
        return _answer(parcel, case)

    return once(command, do)


def assign_pickup(command: Command, actor: Actor, pickup_id: UUID, postman: str) -> Answer:
    """Does: a postman is asked to fetch papers. Refuses: not a postman of this office."""

    def do(act: Act) -> Answer:
        return {"state": _assign_one(act, actor, pickup_id, postman).state}

    return once(command, do)


def assign_pickups(command: Command, actor: Actor, pickup_ids: Sequence[UUID], postman: str) -> Answer:
    """Does: a postman is asked to fetch papers from several homes, all or none. Refuses: not a postman here."""

    def do(act: Act) -> Answer:
        assigned = [_assign_one(act, actor, pickup_id, postman) for pickup_id in pickup_ids]
        return {"pickups": len(assigned), "postman": postman}

    return once(command, do)


def _assign_one(act: Act, actor: Actor, pickup_id: UUID, postman: str) -> Pickup:
    pickup, _ = _pickup(actor, pickup_id)
    account = account_by_username(postman)
    if (
        account is None
        or not account.appointments.filter(role=Role.POSTMAN, office=pickup.office_id, ended_at=None).exists()
    ):
        raise Refused([Problem("parcel.not_a_postman", "Hãy chọn bưu tá của bưu cục này.", field="postman")])
    act.acting_as(Role.DISPATCHER, pickup.office_id)
    roles = actor.roles_at(pickup.office_id) & {Role.DISPATCHER}
    step_pickup(act, pickup, "assign", frozenset(roles), postman_id=account.pk)
    return pickup


def collect_pickup(command: Command, actor: Actor, pickup_id: UUID, papers: list[dict[str, Any]]) -> Answer:
    """Does: the postman counts the papers at the door and holds them from now on. Refuses: nothing counted."""

    def do(act: Act) -> Answer:
        pickup, case = _pickup(actor, pickup_id)
        if pickup.postman_id != actor.id:
            raise NotFound(str(pickup_id))
        if not papers:
            raise Refused([Problem("pickup.nothing", "Chưa đếm giấy tờ nào. Hãy ghi số bản đã nhận.", field="papers")])
        act.acting_as(Role.POSTMAN, pickup.office_id)
        step_pickup(act, pickup, "collect", frozenset({Role.POSTMAN}), attempts=pickup.attempts + 1, ended_at=act.at)
        rows = [paper_columns(case.version, row) for row in papers]
        take_papers(act, case.dossier, person(actor.id), rows)
        return {"state": pickup.state, "papers": len(rows)}

    return once(command, do)


def fail_pickup(command: Command, actor: Actor, pickup_id: UUID, reason: str) -> Answer:
    """Does: a visit that brought nothing, with its reason."""

    def do(act: Act) -> Answer:
        pickup, _ = _pickup(actor, pickup_id)
        if pickup.postman_id != actor.id:
            raise NotFound(str(pickup_id))
        words = dict(FAILURES).get(reason)
        if not words:
            raise Refused([Problem("parcel.no_reason", "Hãy chọn lý do.", field="reason")])
        act.acting_as(Role.POSTMAN, pickup.office_id)
        step_pickup(act, pickup, "fail", frozenset({Role.POSTMAN}), attempts=pickup.attempts + 1, last_reason=words)
        return {"state": pickup.state}

    return once(command, do)


def cancel_pickup(command: Command, actor: Actor, pickup_id: UUID) -> Answer:
    """Does: an order to fetch papers falls away, by the applicant or the post office."""

    def do(act: Act) -> Answer:
        pickup, case = _pickup(actor, pickup_id)
        roles = frozenset(case.roles(actor) | actor.roles_at(pickup.office_id))
        act.acting_as(min(roles, default=""), pickup.office_id)
        step_pickup(act, pickup, "cancel", roles, ended_at=act.at)
        return {"state": pickup.state}

    return once(command, do)


def give_back(command: Command, actor: Actor, key: str, recipient: str) -> Answer:
    """Does: the papers of a dossier that ended without a result go back to the applicant where they lie.
    Refuses: a dossier that goes on, nothing here to give back, no name."""

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        if case.dossier.state not in {"rejected", "withdrawn", "stopped", "closed", "incomplete"}:
            raise Refused([Problem("paper.in_use", "Hồ sơ còn đang giải quyết, chưa trả lại giấy tờ được.")])
        mine = {str(office(o)) for o in actor.offices()}
        papers = [p for p in case.papers if p.holder in mine]
        if not papers:
            raise Refused([Problem("paper.none_here", "Không còn giấy tờ nào của hồ sơ này tại đây.")])
        if not recipient.strip():
            raise Refused([Problem("parcel.no_recipient", "Hãy ghi họ tên người nhận.", field="recipient")])
        act.acting_as(min(case.roles(actor)), papers[0].holder.partition(":")[2])
        for paper in papers:
            move_paper(act, paper, APPLICANT, "given_back")
        return {"papers": len(papers)}

    return once(command, do)


def _going_home(case: Case, holder: str) -> list[Paper]:
    """What travels with the result: itself and the originals to be given back that lie at the same place."""
    return [p for p in case.papers if p.to_return and p.holder == holder]


def _parcel(actor: Actor, item: str) -> tuple[Parcel, Case]:
    rows = Parcel.objects.filter(item=item.strip().upper())
    mine = Q(office__in=actor.offices(*_OFFICE_SIDE)) | Q(postman=actor.id or None)
    found = rows.filter(mine).first()
    if found is None:
        raise NotFound(item)
    case = _case_of(found.dossier_id)
    parcel = next(p for p in case.parcels if p.pk == found.pk)
    return parcel, case


def _pickup(actor: Actor, pickup_id: UUID) -> tuple[Pickup, Case]:
    mine = Q(office__in=actor.offices(*_OFFICE_SIDE)) | Q(postman=actor.id or None)
    mine |= Q(dossier__account=actor.id or None)
    found = Pickup.objects.filter(mine, pk=pickup_id).first()
    if found is None:
        raise NotFound(str(pickup_id))
    case = _case_of(found.dossier_id)
    return next(p for p in case.pickups if p.pk == found.pk), case


def _case_of(dossier_id: UUID) -> Case:
    """The dossier, locked, with each of its parts pointing at this one object, so that all entries share one chain."""
    rows = Dossier.objects.select_related("applicant").filter(pk=dossier_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return Case(rows.get(), current_law())


def _side(actor: Actor, parcel: Parcel) -> frozenset[Role]:
    """The actor's roles on an item: the office's side."""
    return actor.roles_at(parcel.office_id) & frozenset(_OFFICE_SIDE)


def _answer(parcel: Parcel, case: Case) -> Answer:
    return {
        "item": parcel.item,
        "state": parcel.state,
        "dossier": case.dossier.reference,
        "case": case.dossier.state,
    }
