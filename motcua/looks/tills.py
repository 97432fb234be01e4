"""Money as its holders see it, the two purses always apart."""

from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from motcua.money.models import Payment, Purse, Remittance, Shift
from motcua.money.rules import Balance
from motcua.people.holders import office, person
from motcua.people.rules import Actor, Role


def open_shift_of(actor: Actor) -> Shift | None:
    """The actor's open till, or None."""
    return Shift.objects.filter(account=actor.id, counted_at=None).select_related("office").first()


def in_hand_of(actor: Actor) -> dict[str, int]:
    """What the actor personally holds, a purse (open till and counted ones not yet taken in)."""
    return _sums(hand=str(person(actor.id)))


def money_of(account_id: UUID) -> dict[str, int]:
    """What one person holds in their own hand, a purse."""
    return _sums(hand=str(person(account_id)))


def payments_in(shift: Shift) -> list[Payment]:
    """The receipts of a till, oldest first."""
    return list(Payment.objects.filter(shift=shift).select_related("dossier").order_by("taken_at", "id"))


def shifts_to_take(actor: Actor, place: str) -> list[Shift]:
    """Counted tills of this office that nobody has taken in yet."""
    if place not in actor.offices():
        return []
    rows = Shift.objects.filter(office=place, counted_at__isnull=False, taken_at=None).select_related("account")
    return list(rows.order_by("counted_at"))


def office_money(actor: Actor, place: str) -> list[dict[str, Any]]:
    """What lies in an office's till and has not been sent on: [{purse, agency, amount, n}]."""
    if place not in actor.offices():
        return []
    from django.db.models import Count

    rows = Payment.objects.filter(hand=str(office(place)), remittance=None)
    return list[Any](
        rows.values("purse", "dossier__agency", "dossier__agency__name")
        .annotate(amount=Sum("amount"), n=Count("id"))
        .order_by("purse", "dossier__agency")
    )


def remittances_of(actor: Actor, place: str) -> tuple[list[Remittance], list[Remittance]]:
    """(sent by this office, to be confirmed by it), newest first."""
    if place not in actor.offices():
        return [], []
    rows = Remittance.objects.select_related("giver", "taker").order_by("-sent_at")
    return list(rows.filter(giver=place)[:50]), list(rows.filter(taker=place, confirmed_at=None)[:50])


def balances() -> dict[str, Balance]:
    """The money ledger of the whole province, a purse."""
    collected, in_hand = _sums(), _sums(hand__gt="")
    remitted = _sums(remittance__confirmed_at__isnull=False)
    return {p: Balance(collected[p], remitted[p], in_hand[p]) for p in Purse.values}


def money_with_people(actor: Actor) -> list[dict[str, Any]]:
    """For the province and the dispatcher: money still in somebody's personal hand, a hand and purse."""
    rows = Payment.objects.filter(hand__startswith="person:")
    if not actor.has(Role.PROVINCE):
        rows = rows.filter(shift__office__in=actor.offices(Role.DISPATCHER, Role.CLERK_POSTAL, Role.CLERK_CIVIL))
    return list[Any](
        rows.values("shift__account__name", "shift__office", "shift__office__name", "purse")
        .annotate(amount=Sum("amount"))
        .order_by("shift__account__name", "purse")
    )  # fmt: skip


def _sums(**rows: Any) -> dict[str, int]:
    sums = dict(Payment.objects.filter(**rows).values_list("purse").annotate(Sum("amount")).order_by("purse"))
    return {purse: int(sums.get(purse, 0)) for purse in Purse.values}


def shifts_of(actor: Actor) -> list[Shift]:
    """The actor's own last tills, newest first."""
    rows = Shift.objects.filter(account=actor.id).select_related("office", "taken_by", "account")
    return list(rows.order_by("-opened_at")[:10])


def shift_sheet(actor: Actor, shift_id: UUID) -> Shift | None:
    """A till for its printed sheet: one's own, or one of an office whose money one keeps; None otherwise."""
    keepers = actor.offices(Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.RECEIVER, Role.DISPATCHER)
    rows = Shift.objects.filter(Q(account=actor.id) | Q(office__in=keepers), pk=shift_id)
    return rows.select_related("office", "account", "taken_by").first()
