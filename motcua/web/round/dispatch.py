"""The dispatcher's board: today's rounds, what is in doubt, and what lies here to be given out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.acts import homeward
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.custody.lifecycle import ParcelState, PickupState
from motcua.custody.rules import FEW_NUMBERS
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Office
from motcua.looks.access import local_day
from motcua.looks.errands import numbers_left, parcels_at, pickups_at, results_to_send
from motcua.looks.rounds import tours_at
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import OFFICE_SIDE, shown
from motcua.web.round.lists import figures_of
from motcua.web.round.offices import choice_of_office, office_asked
from motcua.web.round.tables import parcels_table, pickups_table, results_table, tours_table
from motcua.web.shared.door import command, page

_MOST = 300


@page(*OFFICE_SIDE)
def home(request: HttpRequest) -> HttpResponse:
    """The board of one post office."""
    return _board(request, office_asked(request))


@page(*OFFICE_SIDE)
def make(request: HttpRequest) -> HttpResponse:
    """Ticked results become tracked items."""
    place, keys = office_asked(request), sorted(set(request.POST.getlist("ho-so")))[:_MOST]

    def do() -> str:
        _some(keys, _("Hãy đánh dấu ít nhất một kết quả."))
        wish = command(request, "parcel.make", {"place": place.code, "keys": keys})
        made = homeward.make_parcels(wish, request.actor, place.code, keys)  # type: ignore[attr-defined]
        return _("Đã lập %d bưu gửi. Hãy in nhãn và dán.") % len(made["items"])

    return _done(request, place, do)


@page(*OFFICE_SIDE)
def send_out(request: HttpRequest) -> HttpResponse:
    """The ticked items are given out to a postman."""
    place, items = office_asked(request), sorted(set(request.POST.getlist("buu-gui")))[:_MOST]
    postman = request.POST.get("postman", "")[:60]

    def do() -> str:
        _some(items, _("Hãy đánh dấu ít nhất một bưu gửi."))
        wish = command(request, "parcel.dispatch", {"items": items, "postman": postman})
        homeward.dispatch(wish, request.actor, items, postman)  # type: ignore[attr-defined]
        return _("Đã phân %d bưu gửi; chờ bưu tá nhận.") % len(items)

    return _done(request, place, do)


@page(Role.DISPATCHER)
def assign(request: HttpRequest) -> HttpResponse:
    """A postman is to visit the ticked homes."""
    place, ids = office_asked(request), _ids(request.POST.getlist("yeu-cau"))
    postman = request.POST.get("postman", "")[:60]

    def do() -> str:
        _some(ids, _("Hãy đánh dấu ít nhất một yêu cầu."))
        wish = command(request, "pickup.assign", {"pickups": [str(i) for i in ids], "postman": postman})
        homeward.assign_pickups(wish, request.actor, ids, postman)  # type: ignore[attr-defined]
        return _("Đã phân %d điểm nhận cho bưu tá.") % len(ids)

    return _done(request, place, do)


def _ids(texts: list[str]) -> list[UUID]:
    """What can be read as an id, each once, in order; the rest is not on this page."""
    found = set()
    for text in texts[:_MOST]:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return sorted(found)


def _some(chosen: list[Any], otherwise: str) -> None:
    if not chosen:
        raise Invalid([Problem("input.missing", otherwise)])


def _done(request: HttpRequest, place: Office, do: Callable[[], str]) -> HttpResponse:
    """One act of the board, then the board again; a refusal is shown above it with the same ticks."""
    here = f"{reverse('round:dispatch')}?{urlencode({'noi': place.code})}"
    if request.method != "POST":
        return redirect(here)
    try:
        said = do()
    except (Refused, Invalid) as refused:
        return _board(request, place, refused.problems, 422 if isinstance(refused, Invalid) else 409)
    messages.success(request, said)
    return redirect(here)


def _board(request: HttpRequest, place: Office, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, now = current_law(), clock.now()
    parcels, pickups = parcels_at(actor, place.code), pickups_at(actor, place.code)
    results = results_to_send(actor, place.code)
    waiting = [p for p in parcels if p.state == ParcelState.READY]
    to_assign = [p for p in pickups if p.state != PickupState.ASSIGNED]
    tours = tours_at(actor, place.code, parcels, pickups, now)
    dispatcher = Role.DISPATCHER in actor.roles_at(place.code)
    ticked = {*request.POST.getlist("ho-so"), *request.POST.getlist("buu-gui"), *request.POST.getlist("yeu-cau")}
    today, homes_pick = local_day(now), "yeu-cau" if dispatcher else ""
    numbers = numbers_left()
    return shown(
        request,
        "round/dispatch.html",
        {
            **choice_of_office(request, place),
            "problems": problems,
            "dispatcher": dispatcher,
            "postmen": [(tour.postman.username, tour.postman.name) for tour in tours],
            "postman": request.POST.get("postman", ""),
            "tours": tours_table([tour for tour in tours if tour.busy], place.code),
            "idle": [tour.postman for tour in tours if not tour.busy],
            "figures": figures_of(actor, place.code, parcels, now),
            "numbers": numbers,
            "few_numbers": numbers < FEW_NUMBERS,
            "results": results_table(results, law, ticked),
            "waiting": parcels_table(
                waiting, law, today, _("Bưu gửi chờ phát"), "buu-gui", ticked, mixed=False
            ),
            "to_assign": pickups_table(to_assign, law, today, _("Chờ phân bưu tá"), homes_pick, ticked),
        },
        status,
    )
