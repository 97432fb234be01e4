"""One tracked item at its post office: where it stands, and what may be done with it now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from motcua.acts import homeward
from motcua.acts.inputs import Input
from motcua.acts.works import RELATIONS
from motcua.config import clock
from motcua.custody.lifecycle import LIVE_PARCEL, PARCEL, ParcelState
from motcua.custody.models import Parcel
from motcua.journal.rules import Command
from motcua.looks.access import local_day
from motcua.looks.errands import Due, dues_of, parcel_here, postage_of, proofs_of
from motcua.people.rules import Actor
from motcua.procedures.queries import current_law
from motcua.web.round.frame import OFFICE_SIDE, shown
from motcua.web.round.handing import hand_over_form, take_hand_over
from motcua.web.round.stops import parcel_stop
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import new_key, page
from motcua.web.shared.input_forms import input_form, take

_REASON = (Input("reason", "Lý do", limit=250),)
_ASKED = (Input("asked", "Người nhận đề nghị lưu tại bưu cục", "flag", required=False),)
_OUTSIDE = (Input("outside", "Mã của hãng khác", required=False, limit=40, help="Bỏ trống để gỡ mã."),)
# What the board itself does with many at once is left out here.
_HERE = ("collect", "hold", "withdraw", "bring_back", "send_back", "number", "lose", "damage")
_SAID = {
    "withdraw": noop("Đã thôi phân %(item)s; bưu gửi ở lại bưu cục."),
    "bring_back": noop("Đã nhận lại %(item)s từ bưu tá."),
    "number": noop("Đã ghi mã của hãng khác cho %(item)s."),
    "damage": noop("Đã báo hư hỏng %(item)s và mở vụ việc bồi thường."),
    "collect": noop("Đã trả %(item)s tại bưu cục. Hồ sơ đã đóng."),
    "hold": noop("Đã lưu %(item)s tại bưu cục."),
    "send_back": noop("Đã thôi phát %(item)s. Hãy đưa kết quả vào túi về nơi tiếp nhận."),
    "lose": noop("Đã báo thất lạc %(item)s và mở vụ việc bồi thường."),
}
_CONSEQUENCES = {
    "send_back": noop("Bưu gửi kết thúc. Kết quả vẫn ở bưu cục, chuyển về nơi tiếp nhận bằng túi hồ sơ."),
    "lose": noop("Bưu gửi kết thúc. Người đang giữ giấy tờ phải trả lời về chúng. Một vụ việc bồi thường được mở."),
    "damage": noop("Bưu gửi kết thúc. Một vụ việc bồi thường được mở; giấy tờ về cơ quan bằng túi hồ sơ."),
}


@page(*OFFICE_SIDE)
def item(request: HttpRequest, item: str) -> HttpResponse:
    """The item and its acts."""
    return _page(request, parcel_here(request.actor, item))  # type: ignore[attr-defined]


@page(*OFFICE_SIDE)
def act(request: HttpRequest, item: str, action: str) -> HttpResponse:
    """One act on the item; problems come back on its page."""
    if action not in _HERE:
        raise Http404
    parcel = parcel_here(request.actor, item)  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("round:item", item=parcel.item)
    form = _form(action, parcel, request.POST)
    if action == "collect":
        taken = take_hand_over(request, form, "parcel.collect", parcel.item, homeward.collect_at_office)
    else:
        doer = _doer(action, request.actor, parcel.item)  # type: ignore[attr-defined]
        taken = take(request, form, f"parcel.{action}", {"item": parcel.item}, doer)
    if taken.answer is None:
        return _page(request, parcel_here(request.actor, item), action, taken.form, taken.status)  # type: ignore[attr-defined]
    messages.success(request, _(_SAID[action]) % {"item": parcel.item})
    return redirect("round:item", item=parcel.item)


def _doer(action: str, actor: Actor, item: str) -> Callable[[Command, dict[str, Any]], Any]:
    return {
        "withdraw": lambda wish, given: homeward.withdraw(wish, actor, [item]),
        "bring_back": lambda wish, given: homeward.bring_back(wish, actor, [item]),
        "number": lambda wish, given: homeward.number_item(wish, actor, item, given["outside"]),
        "hold": lambda wish, given: homeward.hold(wish, actor, item, given["asked"]),
        "send_back": lambda wish, given: homeward.send_back(wish, actor, item, given["reason"]),
        "lose": lambda wish, given: homeward.report_lost(wish, actor, item, given["reason"]),
        "damage": lambda wish, given: homeward.report_damaged(wish, actor, item, given["reason"]),
    }[action]


def _form(action: str, parcel: Parcel, data: Any = None, name: str = "") -> ActionForm:
    label = _(next((row.label for row in PARCEL.transitions if row.action == action), "Ghi mã của hãng khác"))
    if action == "collect":
        return hand_over_form(action, parcel, name, label, data)
    inputs = {"hold": _ASKED, "withdraw": (), "bring_back": (), "number": _OUTSIDE}.get(action, _REASON)
    form = input_form(action, inputs, label, data=data, initial={"outside": parcel.outside})
    form.consequence = _(_CONSEQUENCES[action]) if action in _CONSEQUENCES else ""
    return form


def _page(
    request: HttpRequest, parcel: Parcel, action: str = "", asked: ActionForm | None = None, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    due = dues_of([parcel.dossier_id]).get(parcel.dossier_id, Due())
    stop = parcel_stop(parcel, due, current_law(), local_day(clock.now()))
    roles = actor.roles_at(parcel.office_id)
    may = [row.action for row in PARCEL.allowed(ParcelState(parcel.state), roles) if row.action in _HERE]
    may += ["number"] if parcel.state in LIVE_PARCEL else []
    tools = [
        (
            asked if asked and name == action else _form(name, parcel, name=stop.name),
            reverse("round:item_act", args=[parcel.item, name]),
            new_key(),
            name == action,
        )
        for name in _HERE
        if name in may or name == action
    ]
    context = {
        "parcel": parcel,
        "stop": stop,
        "state": _(ParcelState(parcel.state).label),
        "tools": tools,
        "postage": postage_of(parcel.dossier_id),
        "relation": _(dict(RELATIONS).get(parcel.relation, "")),
        "proofs": proofs_of(parcel.dossier_id) if parcel.state == ParcelState.DELIVERED else [],
        "label_url": f"/ho-so/{parcel.dossier.reference}/giay/parcel_label.pdf",
    }
    return shown(request, "round/item.html", context, status)
