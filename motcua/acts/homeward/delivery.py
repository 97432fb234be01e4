"""The postman's side of an item: he takes it out, hands it over with proof, or brings it home untaken."""

from collections.abc import Sequence
from typing import Any

from motcua.acts.casework import perform
from motcua.acts.homeward.common import (
    answer,
    find_parcel,
    my_parcel,
    reason_of,
    side_of,
)
from motcua.acts.homeward.proof import code_is_right, kept_proof, proof_columns, refuse_weak_proof, tell_code
from motcua.acts.locked import going_home
from motcua.acts.reception import collect_now, paper_columns
from motcua.custody.actions import move_paper, step_parcel, take_paper_over, take_papers
from motcua.custody.lifecycle import PARCEL, ParcelState
from motcua.custody.models import Parcel
from motcua.documents.actions import forget_secrets, tell
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.money import dong
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks.access import Case
from motcua.looks.exchange import exchange_of, exchange_problems
from motcua.people.holders import APPLICANT, Holder, office, person
from motcua.people.rules import Actor, Role

_POSTMAN = frozenset({Role.POSTMAN})


def take_out(command: Command, actor: Actor, items: Sequence[str] = ()) -> Answer:
    """Does: the postman takes these items out, or all that wait for him; he holds their papers from now on, and the
    recipient is told a code. A failed one he still has is tried again. Refuses: somebody else's items (NotFound)."""

    def do(act: Act) -> Answer:
        named = list(items) or _waiting_for(actor)
        if not named:
            raise Refused([Problem("parcel.none_waiting", "Không có bưu gửi nào chờ bạn nhận đi phát.")])
        taken = [_take_one(act, actor, item) for item in named]
        return {"items": [parcel.item for parcel in taken]}

    return once(command, do)


def _waiting_for(actor: Actor) -> list[str]:
    rows = Parcel.objects.filter(postman=actor.id, state=ParcelState.ASSIGNED)
    return list(rows.order_by("made_at").values_list("item", flat=True))


def _take_one(act: Act, actor: Actor, item: str) -> Parcel:
    parcel, case = my_parcel(actor, item)
    act.acting_as(Role.POSTMAN, parcel.office_id)
    fresh, me = parcel.state == ParcelState.ASSIGNED, person(actor.id)
    step_parcel(act, parcel, "take_out", _POSTMAN)
    for paper in going_home(case, str(office(parcel.office_id))) if fresh else []:
        take_paper_over(act, paper, me, "taken_out", item=parcel.item)
    tell_code(act, actor, case, parcel)
    return parcel


def deliver(command: Command, actor: Actor, item: str, given: dict[str, Any]) -> Answer:
    """Does: hands the result over at the door, collects what was agreed, takes the old papers to be exchanged, keeps
    the proof, and so closes the dossier.

    given: recipient, relation, id_checked, id_last4, code, signed, proofs [{kind, title, mime, size, sha256}],
    exchanged [{component, kind, quantity, pages, condition}], collect (money taken), note.
    Refuses: not this postman's item, weak proof, money due but not taken, an old paper not handed over.
    """
    code_right = code_is_right(command, actor, item, given)

    def do(act: Act) -> Answer:
        parcel, case = my_parcel(actor, item)
        act.acting_as(Role.POSTMAN, parcel.office_id)
        _hand_over(act, actor, case, parcel, "deliver", _POSTMAN, given, person(actor.id), code_right)
        return answer(parcel, case)

    return once(command, do)


def collect_at_office(command: Command, actor: Actor, item: str, given: dict[str, Any]) -> Answer:
    """Does: the recipient fetches a held item at the post office; the rest is as at the door."""
    code_right = code_is_right(command, actor, item, given)

    def do(act: Act) -> Answer:
        parcel, case = find_parcel(actor, item)
        roles = side_of(actor, parcel)
        act.acting_as(min(roles, default=""), parcel.office_id)
        _hand_over(act, actor, case, parcel, "collect", roles, given, office(parcel.office_id), code_right)
        return answer(parcel, case)

    return once(command, do)


def _hand_over(
    act: Act, actor: Actor, case: Case, parcel: Parcel, action: str, roles: frozenset[Role],
    given: dict[str, Any], holder: Holder, code_right: bool,
) -> None:  # fmt: skip
    # The item's own table is asked first: who comes too late is told where the item is.
    PARCEL.step(ParcelState(parcel.state), action, roles)
    refuse_weak_proof(case, given, code_right)
    refuse_if(exchange_problems(exchange_of(case), given.get("exchanged") or []))
    _refuse_unpaid(case, bool(given.get("collect")))
    # The dossier is closed while the errand still gives the postman his role on it.
    perform(act, actor, case, "close", {"relation": given["relation"], "by_parcel": True})
    if given.get("collect"):
        collect_now(act, actor, case, "")
    for paper in going_home(case, str(holder)):
        move_paper(act, paper, APPLICANT, "delivered", item=parcel.item)
    rows = [paper_columns(case.version, row) for row in given.get("exchanged") or []]
    take_papers(act, case.dossier, holder, [{**row, "to_return": False} for row in rows])
    kept_proof(act, case, given.get("proofs") or [])
    forget_secrets(dossier=case.dossier)
    step_parcel(
        act, parcel, action, roles,
        attempts=parcel.attempts + 1, ended_at=act.at, recipient=str(given["recipient"])[:250],
        relation=given["relation"], proof=proof_columns(given, code_right),
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
    """Does: a try that failed, with its reason; the papers stay with the postman until he tries again or the office
    takes them back. Refuses: an unknown reason."""

    def do(act: Act) -> Answer:
        parcel, case = my_parcel(actor, item)
        words = reason_of(reason)
        act.acting_as(Role.POSTMAN, parcel.office_id)
        step_parcel(
            act, parcel, "fail", _POSTMAN,
            attempts=parcel.attempts + 1, last_reason=f"{words}. {note}".strip(". ")[:300],
        )  # fmt: skip
        text = f"Bưu tá chưa phát được {parcel.item}: {words}. Bưu điện sẽ phát lại."
        tell(act, case.dossier, case.dossier.delivery.get("phone", ""), text)
        return answer(parcel, case)

    return once(command, do)
