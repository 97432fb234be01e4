"""Papers and results that go another way: back at a counter, in by the postman's bag, or to be fetched after all."""

from motcua.acts.homeward.common import OFFICE_SIDE
from motcua.custody.actions import move_paper
from motcua.custody.lifecycle import LIVE_PARCEL
from motcua.custody.models import Paper
from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Dossier, ReturnBy
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound, find_case
from motcua.looks.errands import carried_home
from motcua.money.actions import cancel_charge
from motcua.people.holders import APPLICANT, office
from motcua.people.rules import Actor, Role

_DESKS = frozenset({Role.CITIZEN, Role.RECEIVER, Role.CLERK_CIVIL, Role.CLERK_POSTAL, Role.DISPATCHER})


def give_back(command: Command, actor: Actor, key: str, recipient: str) -> Answer:
    """Does: the papers of a dossier that ended without a result go back to the applicant where they lie.
    Refuses: a dossier that goes on, nothing here to give back, no name."""

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        if case.dossier.state not in {"rejected", "withdrawn", "stopped", "closed", "incomplete"}:
            raise Refused([Problem("paper.in_use", "Hồ sơ còn đang giải quyết, chưa trả lại giấy tờ được.")])
        mine = {str(office(o)) for o in actor.offices()}
        papers = [p for p in case.papers if p.holder in mine and owed(case.dossier, p)]
        if not papers:
            raise Refused([Problem("paper.none_here", "Không còn giấy tờ nào của hồ sơ này tại đây.")])
        if not recipient.strip():
            raise Refused([Problem("parcel.no_recipient", "Hãy ghi họ tên người nhận.", field="recipient")])
        act.acting_as(min(case.roles(actor)), papers[0].holder.partition(":")[2])
        for paper in papers:
            move_paper(act, paper, APPLICANT, "given_back")
        return {"papers": len(papers)}

    return once(command, do)


def owed(dossier: Dossier, paper: Paper) -> bool:
    """Whether a paper of a dossier that is over belongs back with the applicant: everything where nothing was decided,
    else what was to be returned; not what is on its way in a bag or was given up."""
    if paper.offered_to or paper.lost_at:
        return False
    return paper.to_return or dossier.state != "closed"


def bring_in(command: Command, actor: Actor, place: str, stickers: list[str]) -> Answer:
    """Does: the post office takes over old papers that its postmen exchanged at doors; they go on to the agency by bag.
    Refuses: a paper that no postman of this office carries."""

    def do(act: Act) -> Answer:
        roles = actor.roles_at(place) & OFFICE_SIDE
        if not roles:
            raise NotFound(place)
        act.acting_as(min(roles), place)
        carried = {paper.sticker: paper for paper in carried_home(actor, place)}
        if not stickers or set(stickers) - carried.keys():
            raise Refused([Problem("paper.not_carried", "Không bưu tá nào của bưu cục đang mang giấy tờ này.")])
        shared: dict[object, Dossier] = {}
        for paper in (carried[s] for s in dict.fromkeys(stickers)):
            paper.dossier = shared.setdefault(paper.dossier_id, paper.dossier)
            move_paper(act, paper, office(place), "brought_in")
        return {"papers": len(set(stickers))}

    return once(command, do)


def choose_counter(command: Command, actor: Actor, key: str) -> Answer:
    """Does: the result is fetched where the dossier was handed in, instead of coming by post; a postage that was not
    paid falls away. Refuses: a result that is out with an item, a dossier that is over or never went by post."""

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        d, roles = case.dossier, case.roles(actor) & _DESKS
        if not roles:
            raise NotFound(key)
        if d.return_by != ReturnBy.POST or d.state == State.CLOSED:
            raise Refused([Problem("dossier.not_by_post", "Hồ sơ này không còn chờ trả qua bưu điện.")])
        if any(p.state in LIVE_PARCEL for p in case.parcels):
            raise Refused(
                [
                    Problem(
                        "dossier.parcel_under_way",
                        "Kết quả đang đi theo bưu gửi. Hãy trả qua bưu gửi đó.",
                    )
                ]
            )
        role = min(roles)
        act.acting_as(role, actor.office_as(role))
        for charge in case.charges:
            if charge.key == "return" and charge.purse == "post" and not charge.payment_id and not charge.cancelled_at:
                cancel_charge(act, charge, "counter_chosen")
        act.change(d, "dossier.return_by", {"return_by": ReturnBy.COUNTER}, before=d.return_by)
        return {"return_by": d.return_by, "reference": d.reference}

    return once(command, do)
