"""One home to visit, as its post office sees it: another day or window, or not at all."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.acts import homeward
from motcua.acts.inputs import Invalid
from motcua.acts.windows import windows_on
from motcua.config import clock
from motcua.custody.lifecycle import OPEN_PICKUP, PickupState
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import local_day
from motcua.looks.errands import pickup_here, postage_of
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import OFFICE_SIDE, shown
from motcua.web.round.stops import pickup_stop
from motcua.web.shared.door import command, page
from motcua.web.shared.shown import read_day


@page(*OFFICE_SIDE)
def visit(request: HttpRequest, pickup_id: UUID) -> HttpResponse:
    """The order and what may be done with it."""
    return _page(request, pickup_id)


@page(Role.DISPATCHER)
def move(request: HttpRequest, pickup_id: UUID) -> HttpResponse:
    """Another day or window for one visit."""
    day, window = request.POST.get("wanted_on", "")[:10], request.POST.get("window", "")[:20]

    def do() -> Any:
        wanted = read_day(day, "wanted_on")
        if wanted is None:
            raise Invalid([Problem("pickup.no_day", "Hãy nhập ngày bưu tá đến.", field="wanted_on")])
        wish = command(request, "pickup.move", {"pickup": str(pickup_id), "wanted_on": day, "window": window})
        return homeward.move_pickup(wish, request.actor, pickup_id, wanted, window)  # type: ignore[attr-defined]

    return _done(request, pickup_id, do, _("Đã đổi ngày, khung giờ nhận tại nhà."))


@page(Role.DISPATCHER)
def cancel(request: HttpRequest, pickup_id: UUID) -> HttpResponse:
    """An order to fetch papers falls away."""
    wish = command(request, "pickup.cancel", {"pickup": str(pickup_id)})
    do = lambda: homeward.cancel_pickup(wish, request.actor, pickup_id)  # type: ignore[attr-defined]  # noqa: E731
    return _done(request, pickup_id, do, _("Đã huỷ yêu cầu nhận tại nhà."))


def _done(request: HttpRequest, pickup_id: UUID, do: Callable[[], Any], said: str) -> HttpResponse:
    if request.method == "POST":
        try:
            do()
        except (Refused, Invalid) as refused:
            return _page(request, pickup_id, refused.problems, 422 if isinstance(refused, Invalid) else 409)
        messages.success(request, said)
    return redirect("round:visit", pickup_id=pickup_id)


def _page(
    request: HttpRequest, pickup_id: UUID, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    order, law, today = pickup_here(actor, pickup_id), current_law(), local_day(clock.now())
    context = {
        "visit": order,
        "stop": pickup_stop(order, law, today),
        "state": _(PickupState(order.state).label),
        "problems": problems,
        "postage": postage_of(order.dossier_id),
        "may_change": order.state in OPEN_PICKUP and Role.DISPATCHER in actor.roles_at(order.office_id),
        "windows": windows_on(law, today),
    }
    return shown(request, "round/visit.html", context, status)
