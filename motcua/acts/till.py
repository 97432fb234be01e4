"""Money at the end of the day: count, hand in, remit, confirm."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet, Sum

from motcua.acts.reception import collect_now
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks.access import NotFound, find_case, local_day
from motcua.money import actions
from motcua.money.models import Payment, Purse, Remittance, Shift
from motcua.money.rules import hand_in_problems
from motcua.people.holders import office, person
from motcua.people.queries import office_exists
from motcua.people.rules import Actor, Role

M = TypeVar("M", bound=Model)
TILL = frozenset({Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.RECEIVER, Role.DISPATCHER, Role.POSTMAN})
OFFICE_TILL = TILL - {Role.POSTMAN}


def collect_due(command: Command, actor: Actor, key: str) -> Answer:
    """Does: takes what is due on one dossier into the actor's till. Answers the receipts."""

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        if not case.roles(actor) & TILL:
            raise NotFound(key)
        act.acting_as(min(case.roles(actor) & TILL))
        payments = collect_now(act, actor, case, "")
        return {"receipts": sorted({p.receipt for p in payments}), "amount": sum(p.amount for p in payments)}

    return once(command, do)


def count_till(command: Command, actor: Actor, counted_state: int, counted_post: int, note: str = "") -> Answer:
    """Does: the owner counts both purses; a difference needs a word. The money stays with the owner until taken in."""

    def do(act: Act) -> Answer:
        shift = _locked(Shift.objects.filter(account=actor.id, counted_at=None))
        if shift is None:
            raise Refused([Problem("shift.none", "Hôm nay chưa thu khoản nào, không có két để chốt.")])
        act.acting_as(_role_at(actor, shift.office_id), shift.office_id)
        expected = expected_in(shift)
        actions.count_shift(act, shift, expected, {"state": counted_state, "post": counted_post}, note.strip()[:500])
        return {"expected": expected, "counted": {"state": counted_state, "post": counted_post}}

    return once(command, do)


def expected_in(shift: Shift) -> dict[str, int]:
    """What the ledger says lies in a till, a purse."""
    sums = dict(
        Payment.objects.filter(shift=shift, hand=str(person(shift.account_id)))
        .values_list("purse").annotate(Sum("amount")).order_by("purse")
    )  # fmt: skip
    return {purse: int(sums.get(purse, 0)) for purse in Purse.values}


def take_in(command: Command, actor: Actor, shift_id: UUID) -> Answer:
    """Does: the office takes a counted till. A postman's money is taken by somebody else of the office."""

    def do(act: Act) -> Answer:
        shift = _locked(Shift.objects.filter(pk=shift_id, taken_at=None, counted_at__isnull=False))
        if shift is None or not actor.roles_at(shift.office_id) & OFFICE_TILL:
            raise NotFound(str(shift_id))
        postman = not shift.account.appointments.filter(ended_at=None).exclude(role=Role.POSTMAN).exists()
        refuse_if(hand_in_problems(shift.account_id == actor.id, postman))
        act.acting_as(min(actor.roles_at(shift.office_id) & OFFICE_TILL), shift.office_id)
        actions.take_in_shift(act, shift, _payments(shift=shift, hand=str(person(shift.account_id))))
        return {"office": shift.office_id}

    return once(command, do)


def remit(command: Command, actor: Actor, giver: str, taker: str, purse: str) -> Answer:
    """Does: sends everything of one purse that lies in the office's till for this taker: state fees to their agency,
    the post's charges to a post office. The taker's confirmation completes it."""

    def do(act: Act) -> Answer:
        if giver not in actor.offices(*OFFICE_TILL) or not office_exists(taker):
            raise Refused([Problem("place.not_yours", "Hãy chọn đúng nơi nộp và nơi nhận tiền.", field="taker")])
        rows: dict[str, Any] = {"hand": str(office(giver)), "purse": purse, "remittance": None}
        if purse == Purse.STATE:
            rows["dossier__agency"] = taker
        act.acting_as(min(actor.roles_at(giver) & OFFICE_TILL), giver)
        remittance = actions.send_remittance(act, giver, taker, purse, _payments(**rows), local_day(act.at))
        return {"number": remittance.number, "amount": remittance.amount}

    return once(command, do)


def confirm(command: Command, actor: Actor, number: str) -> Answer:
    """Does: the taker says the money is here."""

    def do(act: Act) -> Answer:
        remittance = _locked(Remittance.objects.filter(number=number, confirmed_at=None))
        if remittance is None or remittance.taker_id not in actor.offices():
            raise NotFound(number)
        act.acting_as(min(actor.roles_at(remittance.taker_id)), remittance.taker_id)
        actions.confirm_remittance(act, remittance, _payments(remittance=remittance))
        return {"number": number, "amount": remittance.amount}

    return once(command, do)


def _payments(**rows: Any) -> list[Payment]:
    payments = list(Payment.objects.select_related("dossier").filter(**rows).order_by("id"))
    shared: dict[Any, Any] = {}
    for payment in payments:
        payment.dossier = shared.setdefault(payment.dossier_id, payment.dossier)
    return payments


def _locked(rows: QuerySet[M]) -> M | None:
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.first()


def _role_at(actor: Actor, place: str) -> str:
    return min(actor.roles_at(place) & TILL, default="")
