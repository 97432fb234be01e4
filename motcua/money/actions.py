"""The only writer of the money ledger. Acts call these inside an open command."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from motcua.dossiers.actions import next_number
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.money.models import Charge, Payment, Purse, Remittance, Shift
from motcua.money.rules import count_problems
from motcua.people.holders import Holder, person


def set_charges(act: Act, dossier: Dossier, charges: Iterable[dict[str, Any]]) -> list[Charge]:
    """Does: what is to be paid, with its citation as of the day of receipt. Records: charge.set each."""
    made = []
    for columns in charges:
        charge = Charge(dossier=dossier, **columns)
        act.create(charge, "charge.set")
        made.append(charge)
    return made


def cancel_charge(act: Act, charge: Charge, why: str) -> None:
    """Does: an unpaid charge falls away. Records: charge.cancelled."""
    act.change(charge, "charge.cancelled", {"cancelled_at": act.at}, why=why)


def open_shift(act: Act, account_id: Any, office: str) -> Shift:
    """Does: a person's till. Records: shift.opened."""
    shift = Shift(account_id=account_id, office_id=office, opened_at=act.at)
    act.create(shift, "shift.opened")
    return shift


def collect(
    act: Act, charges: Sequence[Charge], shift: Shift, day: date, method: str = "cash"
) -> list[Payment]:
    """Does: takes the money of these charges, one payment a purse under one receipt number; the person whose
    shift it is holds it from now on. Refuses: paid before. Records: money.collected, charge.paid."""
    if any(c.payment_id or c.cancelled_at for c in charges):
        raise Refused([Problem("money.paid_before", "Khoản này đã thu. Hãy tải lại trang để xem biên lai.")])
    due = [c for c in charges if c.amount]
    if not due:
        return []
    receipt = f"BL-{shift.office_id}-{day:%y%m%d}-{next_number(f'receipt:{shift.office_id}:{day}'):04d}"
    payments = []
    for purse in Purse.values:
        lines = [c for c in due if c.purse == purse]
        if not lines:
            continue
        payment = Payment(
            dossier=lines[0].dossier,
            purse=purse,
            amount=sum(c.amount for c in lines),
            method=method,
            receipt=receipt,
            taken_at=act.at,
            shift=shift,
            hand=str(person(shift.account_id)),
        )
        act.create(payment, "money.collected")
        for charge in lines:
            act.change(charge, "charge.paid", {"payment_id": payment.pk})
        payments.append(payment)
    return payments


def count_shift(act: Act, shift: Shift, expected: dict[str, int], counted: dict[str, int], note: str) -> None:
    """Does: the owner counts the till; the money stays in the owner's hand. Refuses: an unexplained difference.
    Records: shift.counted."""
    refuse_if(count_problems(expected, counted, note))
    act.change(
        shift,
        "shift.counted",
        {
            "counted_at": act.at,
            "counted_state": counted["state"],
            "counted_post": counted["post"],
            "expected_state": expected["state"],
            "expected_post": expected["post"],
            "note": note,
        },
    )


def take_in_shift(act: Act, shift: Shift, payments: Iterable[Payment]) -> None:
    """Does: the office takes the counted money from its owner. Records: shift.taken, money.moved each."""
    act.change(shift, "shift.taken", {"taken_at": act.at, "taken_by_id": act.command.actor_id})
    for payment in payments:
        act.change(
            payment, "money.moved", {"hand": str(Holder("office", shift.office_id))}, giver=payment.hand
        )


def send_remittance(
    act: Act, giver: str, taker: str, purse: str, payments: Sequence[Payment], day: date
) -> Remittance:
    """Does: passes money on; until the taker confirms, the giver still answers for it. Records: remittance.sent."""
    if not payments:
        raise Refused([Problem("remittance.empty", "Không có khoản nào để nộp.")])
    number = f"NT-{giver}-{day:%y%m%d}-{next_number(f'remittance:{giver}:{day}'):03d}"
    remittance = Remittance(
        number=number, giver_id=giver, taker_id=taker, purse=purse, amount=sum(p.amount for p in payments),
        sent_at=act.at, sent_by_id=act.command.actor_id,
    )  # fmt: skip
    act.create(remittance, "remittance.sent")
    for payment in payments:
        act.change(payment, "money.sent", {"remittance_id": remittance.pk}, remittance=number)
    return remittance


def confirm_remittance(act: Act, remittance: Remittance, payments: Iterable[Payment]) -> None:
    """Does: the taker has the money; it leaves the giver's hand. Records: remittance.confirmed, money.remitted."""
    act.change(
        remittance, "remittance.confirmed", {"confirmed_at": act.at, "confirmed_by_id": act.command.actor_id}
    )
    for payment in payments:
        act.change(payment, "money.remitted", {"hand": ""}, giver=payment.hand, remittance=remittance.number)
