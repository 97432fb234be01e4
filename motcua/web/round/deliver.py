"""One delivery: the result into the right hands, with proof and the money agreed on, or the reason why not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts import homeward
from motcua.acts.casework import RELATIONS
from motcua.acts.inputs import Input
from motcua.config import clock
from motcua.looks.access import NotFound, local_day
from motcua.looks.errands import Due, dues_of, my_parcel
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import shown
from motcua.web.round.stops import parcel_stop
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import new_key, page
from motcua.web.shared.input_forms import input_form, take
from motcua.web.words import dong

NOTE = Input("note", "Ghi chú", required=False, limit=200)
WHY_NOT = (Input("reason", "Lý do", "choice", choices=homeward.FAILURES), NOTE)


def hand_over_inputs(due: Due) -> tuple[Input, ...]:
    """What proves a delivery; the money only where there is some to take, with both purses in the label."""
    asked = [
        Input("recipient", "Họ tên người nhận", limit=250),
        Input("relation", "Quan hệ với người nộp", "choice", choices=RELATIONS),
        Input("signed", "Đã xem giấy tờ tuỳ thân và người nhận đã ký", "flag"),
    ]
    if due.total:
        amounts = {"total": dong(due.total), "state": dong(due.state), "post": dong(due.post)}
        label = _("Đã thu đủ %(total)s (phí, lệ phí %(state)s; cước %(post)s)") % amounts
        asked.append(Input("collect", label, "flag", required=False))
    return (*asked, NOTE)


def hand_over_form(due: Due, name: str, label: str, data: Any = None) -> ActionForm:
    """The form of a delivery, the applicant already filled in."""
    initial = {"recipient": name, "relation": "self"}
    return input_form("deliver", hand_over_inputs(due), label, data=data, initial=initial)


def due_posted(request: HttpRequest, dossier_id: UUID) -> Due:
    """What is to be taken now. A form that ticked the money keeps its tick when it comes a second time."""
    due = dues_of([dossier_id]).get(dossier_id, Due())
    return due if due.total or "collect" not in request.POST else Due(1, 0)


@page(Role.POSTMAN)
def stop(request: HttpRequest, item: str) -> HttpResponse:
    """The door of one item; posted, the result is handed over."""
    if request.method != "POST":
        return _page(request, item)
    parcel = my_parcel(request.actor, item, done=True)  # type: ignore[attr-defined]
    form = hand_over_form(due_posted(request, parcel.dossier_id), "", _("Xác nhận đã phát"), request.POST)
    taken = take(
        request, form, "parcel.deliver", {"item": item},
        lambda wish, given: homeward.deliver(wish, request.actor, item, given),  # type: ignore[attr-defined]
    )  # fmt: skip
    if taken.answer is None:
        return _page(request, item, form=taken.form, status=taken.status)
    messages.success(request, _("Đã phát %(item)s. Hồ sơ đã đóng.") % {"item": item})
    return redirect("round:home")


@page(Role.POSTMAN)
def fail(request: HttpRequest, item: str) -> HttpResponse:
    """A try that failed, with its reason."""
    if request.method != "POST":
        return redirect("round:deliver", item=item)
    form = _fail_form(request.POST)
    taken = take(
        request, form, "parcel.fail", {"item": item},
        lambda wish, v: homeward.fail_attempt(wish, request.actor, item, v["reason"], v["note"]),  # type: ignore[attr-defined]
    )  # fmt: skip
    if taken.answer is None:
        return _page(request, item, failed=taken.form, status=taken.status)
    messages.info(request, _("Đã ghi %(item)s chưa phát được. Hãy mang về bưu cục.") % {"item": item})
    return redirect("round:home")


def _fail_form(data: Any = None) -> ActionForm:
    return input_form("fail", WHY_NOT, _("Ghi phát chưa được"), data=data)


def _page(
    request: HttpRequest,
    item: str,
    *,
    form: ActionForm | None = None,
    failed: ActionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        parcel = my_parcel(request.actor, item)  # type: ignore[attr-defined]
    except NotFound:
        if request.method != "POST":
            raise
        return over(request, my_parcel(request.actor, item, done=True).item)  # type: ignore[attr-defined]
    due = dues_of([parcel.dossier_id]).get(parcel.dossier_id, Due())
    here = parcel_stop(parcel, due, current_law(), local_day(clock.now()))
    return shown(
        request,
        "round/deliver.html",
        {
            "stop": here,
            "form": form or hand_over_form(due, here.name, _("Xác nhận đã phát")),
            "failed": failed or _fail_form(),
            "fail_open": failed is not None,
            "fail_url": reverse("round:fail", args=[parcel.item]),
            "key": new_key(),
            "fail_key": new_key(),
        },
        status,
    )


def over(request: HttpRequest, what: str) -> HttpResponse:
    """For a stop that was finished in between: nothing is done twice, and the round goes on."""
    messages.warning(request, _("%s đã được ghi xong trước đó; không có gì thay đổi.") % what)
    return redirect("round:home")
