"""What the post office does with tracked items: makes them, gives them out, takes them back, keeps and returns them."""

from motcua.acts.carriage import entrust, refuse_entrusted
from motcua.acts.discrepancies import report
from motcua.acts.homeward.common import FAILURES, OFFICE_SIDE, answer, find_parcel, postman_of, side_of
from motcua.acts.locked import going_home
from motcua.custody.actions import (
    make_parcel,
    move_paper,
    number_parcel,
    offer_paper,
    step_parcel,
    withdraw_offer,
)
from motcua.custody.discrepancies import DiscrepancyKind
from motcua.custody.lifecycle import LIVE_PARCEL
from motcua.custody.models import Parcel
from motcua.custody.rules import hold_problems, outside_number, send_back_problems
from motcua.documents.actions import tell
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks import deadlines
from motcua.looks.access import Case, NotFound, find_case, local_day
from motcua.people.holders import office, person
from motcua.people.rules import Actor


def make_parcels(
    command: Command, actor: Actor, place: str, keys: list[str], outside: dict[str, str] | None = None
) -> Answer:
    """Does: results that lie at this post office become tracked items, one a dossier, with the papers to give back.

    `outside`: numbers of another carrier, by the same keys. Refuses: a dossier without a result here, without delivery
    by post, or with an item already under way; a number that is on another live item.
    """

    def do(act: Act) -> Answer:
        if place not in actor.offices(*OFFICE_SIDE):
            raise Refused([Problem("place.not_yours", "Bạn không làm việc tại bưu cục này.")])
        items = []
        for key in keys:
            case = find_case(actor, key, lock=True)
            act.acting_as(min(case.roles(actor)), place)
            items.append(_make_one(act, case, place, (outside or {}).get(key, "")).item)
        return {"items": items}

    return once(command, do)


def _make_one(act: Act, case: Case, place: str, outside: str) -> Parcel:
    d = case.dossier
    refuse_if(_make_problems(case, place))
    number = free_outside_number(outside)
    days = int(case.law.rule("post_home_days", local_day(act.at)))
    due = deadlines.post_days(case.law, act.at, days)
    parcel = make_parcel(act, d, place, local_day(due), number)
    entrust(act, case, parcel)
    text = f"Kết quả hồ sơ {d} đang trên đường tới nhà, mã bưu gửi {parcel.item}."
    tell(act, d, d.delivery.get("phone", ""), text)
    return parcel


def _make_problems(case: Case, place: str) -> list[Problem]:
    d, here = case.dossier, str(office(place))
    about = {"params": {"d": str(d)}}
    if d.return_by != "post":
        return [Problem("parcel.not_by_post", "Hồ sơ %(d)s không trả qua bưu điện.", **about)]  # type: ignore[arg-type]
    if not any(p.kind == "result" and p.holder == here and not p.offered_to for p in case.papers):
        return [Problem("parcel.no_result", "Kết quả của %(d)s chưa có tại bưu cục này.", **about)]  # type: ignore[arg-type]
    if any(p.state in LIVE_PARCEL for p in case.parcels):
        return [Problem("parcel.under_way", "Hồ sơ %(d)s đã có bưu gửi đang phát.", **about)]  # type: ignore[arg-type]
    return []


def free_outside_number(text: str) -> str:
    """Another carrier's number as it is kept, '' for none. Refuses: unreadable, or on another live item."""
    number = outside_number(text)
    if number and Parcel.objects.filter(outside=number, state__in=LIVE_PARCEL).exists():
        raise Refused(
            [
                Problem(
                    "parcel.number_taken",
                    "Mã %(number)s đang ở trên một bưu gửi khác. Hãy quét lại mã trên nhãn.",
                    field="outside",
                    params={"number": number},
                )
            ]
        )
    return number


def number_item(command: Command, actor: Actor, item: str, outside: str) -> Answer:
    """Does: an item carries another carrier's number from now on; an empty one takes it off. Refuses: as above."""

    def do(act: Act) -> Answer:
        parcel, case = find_parcel(actor, item)
        roles = side_of(actor, parcel)
        if not roles:
            raise NotFound(item)
        act.acting_as(min(roles), parcel.office_id)
        number = outside_number(outside)
        if number != parcel.outside:
            number_parcel(act, parcel, free_outside_number(number))
        return answer(parcel, case)

    return once(command, do)


def dispatch(command: Command, actor: Actor, items: list[str], postman: str) -> Answer:
    """Does: the office offers these items to a postman; the papers stay the office's until he takes them out.

    Refuses: not a postman here, an item that does not lie here.
    """

    def do(act: Act) -> Answer:
        for item in items:
            parcel, case = find_parcel(actor, item)
            roles = side_of(actor, parcel)
            account = postman_of(parcel.office_id, postman)
            act.acting_as(min(roles, default=""), parcel.office_id)
            step_parcel(act, parcel, "dispatch", roles, postman_id=account.pk)
            for paper in going_home(case, str(office(parcel.office_id))):
                offer_paper(act, paper, person(account.pk), "dispatched", item=parcel.item)
        return {"items": items, "postman": postman}

    return once(command, do)


def withdraw(command: Command, actor: Actor, items: list[str]) -> Answer:
    """Does: items that were given out and not yet taken stay at the office, free for another postman.
    Refuses: an item the postman already has."""

    def do(act: Act) -> Answer:
        for item in items:
            parcel, case = find_parcel(actor, item)
            roles = side_of(actor, parcel)
            act.acting_as(min(roles, default=""), parcel.office_id)
            refuse_entrusted(parcel)
            step_parcel(act, parcel, "withdraw", roles)
            for paper in going_home(case, str(office(parcel.office_id))):
                withdraw_offer(act, paper, "assignment_withdrawn", item=parcel.item)
        return {"items": items}

    return once(command, do)


def bring_back(command: Command, actor: Actor, items: list[str]) -> Answer:
    """Does: the office takes items back from their postmen, tried or not; it holds their papers from now on.
    Refuses: an item that is not with a postman."""

    def do(act: Act) -> Answer:
        for item in items:
            parcel, case = find_parcel(actor, item)
            roles, holder = side_of(actor, parcel), str(person(parcel.postman_id))
            act.acting_as(min(roles, default=""), parcel.office_id)
            refuse_entrusted(parcel)
            step_parcel(act, parcel, "bring_back", roles)
            for paper in going_home(case, holder):
                move_paper(act, paper, office(parcel.office_id), "brought_back", item=parcel.item)
        return {"items": items}

    return once(command, do)


def hold(command: Command, actor: Actor, item: str, asked: bool = False) -> Answer:
    """Does: keeps an item at the post office until a day. Refuses: too few tries unless the recipient asked."""

    def do(act: Act) -> Answer:
        parcel, case = find_parcel(actor, item)
        roles, day = side_of(actor, parcel), local_day(act.at)
        refuse_if(hold_problems(parcel.attempts, int(case.law.rule("delivery_attempts", day)), asked))
        until = deadlines.days_later(act.at, int(case.law.rule("result_hold_days", day)))
        act.acting_as(min(roles, default=""), parcel.office_id)
        step_parcel(act, parcel, "hold", roles, held_until=until)
        text = f"Bưu gửi {parcel.item} được lưu tại bưu cục đến hết {until:%d/%m/%Y}. Mời đến nhận."
        tell(act, case.dossier, case.dossier.delivery.get("phone", ""), text)
        return answer(parcel, case)

    return once(command, do)


def send_back(command: Command, actor: Actor, item: str, reason: str) -> Answer:
    """Does: gives the delivery up; the result stays at the post office and goes back to the one-stop by manifest.
    The way home is open again: a new item can be made, or the applicant fetches the result at the counter.
    Refuses: not tried, held days not over, unless the recipient refused or asked."""

    def do(act: Act) -> Answer:
        parcel, case = find_parcel(actor, item)
        roles = side_of(actor, parcel)
        refused = parcel.last_reason.startswith(dict(FAILURES)["refused"])
        refuse_if(send_back_problems(parcel.attempts, parcel.held_until, local_day(act.at), refused))
        act.acting_as(min(roles, default=""), parcel.office_id)
        step_parcel(act, parcel, "send_back", roles, ended_at=act.at, last_reason=reason[:300])
        text = f"Bưu gửi {parcel.item} được chuyển hoàn về nơi tiếp nhận hồ sơ. Bạn có thể đến nhận tại đó."
        tell(act, case.dossier, case.dossier.delivery.get("phone", ""), text)
        return answer(parcel, case)

    return once(command, do)


def report_lost(command: Command, actor: Actor, item: str, reason: str) -> Answer:
    """Does: says that an item cannot be found; its papers stay with their last holder, who answers for them, and a
    difference with its clock and the compensation rule is opened. Refuses: no words."""
    return _report(command, actor, item, "lose", DiscrepancyKind.LOST, reason)


def report_damaged(command: Command, actor: Actor, item: str, reason: str) -> Answer:
    """Does: says that an item is spoiled; the rest is as with a lost one. The papers go on by bag."""
    return _report(command, actor, item, "damage", DiscrepancyKind.DAMAGED, reason)


def _report(command: Command, actor: Actor, item: str, action: str, kind: DiscrepancyKind, reason: str) -> Answer:
    def do(act: Act) -> Answer:
        parcel, case = find_parcel(actor, item)
        if not reason.strip():
            raise Refused([Problem("parcel.no_reason", "Hãy ghi điều đã xảy ra.", field="reason")])
        roles = side_of(actor, parcel)
        act.acting_as(min(roles, default=""), parcel.office_id)
        step_parcel(act, parcel, action, roles, ended_at=act.at, last_reason=reason.strip()[:300])
        for paper in case.papers:
            if paper.offered_to == str(person(parcel.postman_id)):
                withdraw_offer(act, paper, action, item=parcel.item)
        _claim(act, case, parcel, kind, reason.strip())
        return answer(parcel, case)

    return once(command, do)


def _claim(act: Act, case: Case, parcel: Parcel, kind: DiscrepancyKind, words: str) -> None:
    """The case of a lost or spoiled item."""
    report(act, case.dossier, kind, parcel.office_id, words, parcel=parcel)
