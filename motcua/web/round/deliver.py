"""One delivery: the result into the right hands, with proof and the money agreed on, or the reason why not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts import homeward
from motcua.acts.inputs import Input
from motcua.config import clock
from motcua.custody.lifecycle import ParcelState
from motcua.looks.access import NotFound, local_day
from motcua.looks.errands import Due, dues_of, my_parcel
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import shown
from motcua.web.round.handing import NOTE, hand_over_form, take_hand_over
from motcua.web.round.stops import parcel_stop
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import attempt, command, new_key, page
from motcua.web.shared.input_forms import input_form, take
from motcua.web.shared.shown import problem_text

WHY_NOT = (Input("reason", "Lý do", "choice", choices=homeward.FAILURES), NOTE)


@page(Role.POSTMAN)
def stop(request: HttpRequest, item: str) -> HttpResponse:
    """The door of one item; posted, the result is handed over."""
    if request.method != "POST":
        return _page(request, item)
    parcel = my_parcel(request.actor, item, done=True)  # type: ignore[attr-defined]
    form = hand_over_form("deliver", parcel, "", _("Xác nhận đã phát"), request.POST)
    taken = take_hand_over(request, form, "parcel.deliver", parcel.item, homeward.deliver)
    if taken.answer is None:
        return _page(request, item, form=taken.form, status=taken.status)
    messages.success(request, _("Đã phát %(item)s. Hồ sơ đã đóng.") % {"item": item})
    return redirect("round:home")


@page(Role.POSTMAN)
def take_out(request: HttpRequest) -> HttpResponse:
    """What was given out to the postman is in his bag from now on: one item, or all that wait."""
    items = [text[:30] for text in request.POST.getlist("buu-gui")][:300]
    if request.method == "POST":
        wish = command(request, "parcel.take_out", {"items": items})
        done, problems = attempt(lambda: homeward.take_out(wish, request.actor, items))  # type: ignore[attr-defined]
        for problem in problems:
            messages.error(request, problem_text(problem))
        if done:
            messages.success(request, _("Đã nhận %d bưu gửi đi phát.") % len(done["items"]))
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
    messages.info(
        request,
        _("Đã ghi %(item)s chưa phát được. Bạn giữ bưu gửi đến khi phát lại hoặc bưu cục nhận lại.") % {"item": item},
    )
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
    if parcel.state != ParcelState.OUT:
        messages.info(request, _("Bưu gửi %s chưa ở trong túi bạn. Hãy nhận đi phát trước.") % parcel.item)
        return redirect("round:home")
    due = dues_of([parcel.dossier_id]).get(parcel.dossier_id, Due())
    here = parcel_stop(parcel, due, current_law(), local_day(clock.now()))
    return shown(
        request,
        "round/deliver.html",
        {
            "stop": here,
            "form": form or hand_over_form("deliver", parcel, here.name, _("Xác nhận đã phát")),
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
