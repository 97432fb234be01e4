"""The post office's money: tills of postmen to take in, what lies here, what is passed on and what came."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.acts import till
from motcua.config import clock
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Office
from motcua.looks.access import NotFound, local_day
from motcua.looks.tills import money_with_people, office_money, remittances_of, shifts_to_take
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import shown
from motcua.web.round.offices import choice_of_office, office_asked
from motcua.web.shared.door import command, page


@page(Role.DISPATCHER)
def home(request: HttpRequest) -> HttpResponse:
    """The money of one post office."""
    return _page(request, office_asked(request))


@page(Role.DISPATCHER)
def take(request: HttpRequest) -> HttpResponse:
    """The office takes a counted till in."""
    try:
        shift = UUID(request.POST.get("shift", ""))
    except ValueError as error:
        raise NotFound("shift") from error
    wish = command(request, "shift.take", {"shift": str(shift)})
    return _done(request, lambda: till.take_in(wish, request.actor, shift), _("Đã nhận tiền bưu tá nộp."))  # type: ignore[attr-defined]


@page(Role.DISPATCHER)
def remit(request: HttpRequest) -> HttpResponse:
    """Everything of one purse for one taker is passed on."""
    place = office_asked(request)
    taker, purse = request.POST.get("taker", "")[:60], request.POST.get("purse", "")[:5]
    wish = command(request, "money.remit", {"place": place.code, "taker": taker, "purse": purse})
    do = lambda: till.remit(wish, request.actor, place.code, taker, purse)  # type: ignore[attr-defined]  # noqa: E731
    return _done(request, do, _("Đã lập lệnh nộp tiền. Chờ nơi nhận xác nhận."))


@page(Role.DISPATCHER)
def confirm(request: HttpRequest) -> HttpResponse:
    """Money that came is here."""
    number = request.POST.get("number", "")[:40]
    wish = command(request, "money.confirm", {"number": number})
    return _done(request, lambda: till.confirm(wish, request.actor, number), _("Đã xác nhận nhận tiền."))  # type: ignore[attr-defined]


def _done(request: HttpRequest, do: Callable[[], Any], said: str) -> HttpResponse:
    place = office_asked(request)
    here = f"{reverse('round:money')}?{urlencode({'noi': place.code})}"
    if request.method != "POST":
        return redirect(here)
    try:
        do()
    except Refused as refused:
        return _page(request, place, refused.problems, 409)
    messages.success(request, said)
    return redirect(here)


def _page(request: HttpRequest, place: Office, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sent, coming = remittances_of(actor, place.code)
    held = office_money(actor, place.code)
    post_money = [row for row in held if row["purse"] == "post"]
    return shown(
        request,
        "round/money.html",
        {
            **choice_of_office(request, place),
            "problems": problems,
            "to_take": shifts_to_take(actor, place.code),
            "with_people": money_with_people(actor),
            "state_money": [row for row in held if row["purse"] == "state"],
            "post_total": sum(row["amount"] for row in post_money),
            "post_offices": _post_offices(place),
            "sent": sent[:15],
            "coming": coming,
        },
        status,
    )


def _post_offices(place: Office) -> list[Office]:
    """Where the post's charges go: the post office this one belongs to first, itself never."""
    offices = current_law().offices("post_office", local_day(clock.now()))
    return sorted((o for o in offices if o.code != place.code), key=lambda o: (o.code != place.parent, o.name))
