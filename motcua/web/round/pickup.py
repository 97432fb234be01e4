"""One visit: the papers counted at the door against the procedure's list, or the reason why nothing came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts import homeward
from motcua.acts.inputs import Input
from motcua.config import clock
from motcua.custody.models import Pickup
from motcua.looks.access import NotFound, local_day
from motcua.looks.errands import my_pickup
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.round.deliver import over
from motcua.web.round.frame import shown
from motcua.web.round.stops import pickup_stop
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import new_key, page
from motcua.web.shared.input_forms import input_form, take
from motcua.web.shared.paper_counts import PaperCounts

_PAPERS = (Input("papers", "Giấy tờ đã nhận", "papers", required=False),)
_WHY_NOT = (Input("reason", "Lý do", "choice", choices=homeward.FAILURES),)


@page(Role.POSTMAN)
def stop(request: HttpRequest, pickup_id: UUID) -> HttpResponse:
    """The home to visit; posted, the counted papers are in the postman's hands."""
    if request.method != "POST":
        return _page(request, pickup_id)
    visited = my_pickup(request.actor, pickup_id, done=True)  # type: ignore[attr-defined]
    form = _count_form(visited, request.POST)
    taken = take(
        request, form, "pickup.collect", {"pickup": str(pickup_id)},
        lambda wish, v: homeward.collect_pickup(wish, request.actor, pickup_id, v["papers"]),  # type: ignore[attr-defined]
    )  # fmt: skip
    if taken.answer is None:
        return _page(request, pickup_id, form=taken.form, status=taken.status)
    messages.success(request, _("Đã nhận giấy tờ. Từ bây giờ bạn giữ chúng; hãy giao cho nơi tiếp nhận."))
    return redirect("round:home")


@page(Role.POSTMAN)
def fail(request: HttpRequest, pickup_id: UUID) -> HttpResponse:
    """A visit that brought nothing."""
    if request.method != "POST":
        return redirect("round:pickup", pickup_id=pickup_id)
    form = _fail_form(request.POST)
    taken = take(
        request, form, "pickup.fail", {"pickup": str(pickup_id)},
        lambda wish, v: homeward.fail_pickup(wish, request.actor, pickup_id, v["reason"]),  # type: ignore[attr-defined]
    )  # fmt: skip
    if taken.answer is None:
        return _page(request, pickup_id, failed=taken.form, status=taken.status)
    messages.info(request, _("Đã ghi chưa nhận được. Bưu cục sẽ hẹn lại."))
    return redirect("round:home")


def _count_form(pickup: Pickup, data: Any = None) -> ActionForm:
    d = pickup.dossier
    version = current_law().procedure(d.procedure, d.version_on)
    form = input_form("collect", _PAPERS, _("Đã nhận giấy tờ"), data=data)
    form.counts = PaperCounts(version, data)
    return form


def _fail_form(data: Any = None) -> ActionForm:
    return input_form("fail", _WHY_NOT, _("Ghi chưa nhận được"), data=data)


def _page(
    request: HttpRequest,
    pickup_id: UUID,
    *,
    form: ActionForm | None = None,
    failed: ActionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        pickup = my_pickup(request.actor, pickup_id)  # type: ignore[attr-defined]
    except NotFound:
        if request.method != "POST":
            raise
        return over(request, str(my_pickup(request.actor, pickup_id, done=True).dossier))  # type: ignore[attr-defined]
    law = current_law()
    return shown(
        request,
        "round/pickup.html",
        {
            "stop": pickup_stop(pickup, law, local_day(clock.now())),
            "procedure": law.procedure(pickup.dossier.procedure, pickup.dossier.version_on).name,
            "form": form or _count_form(pickup),
            "failed": failed or _fail_form(),
            "fail_open": failed is not None,
            "fail_url": reverse("round:pickup_fail", args=[pickup.pk]),
            "key": new_key(),
            "fail_key": new_key(),
        },
        status,
    )
