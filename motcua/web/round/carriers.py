"""What outside carriers bring for a post office: their orders, what they said, and what is not believed."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from motcua.acts import carriage
from motcua.acts.inputs import Input
from motcua.carriers.lifecycle import OrderState, Said
from motcua.carriers.models import CarrierDoubt, CarrierEvent, CarrierOrder
from motcua.carriers.queries import (
    doubt_for,
    doubts_at,
    events_of,
    is_cancellable,
    is_owed,
    order_for,
    orders_at,
    owed_by_carriers,
)
from motcua.journal.rules import Command
from motcua.looks.access import NotFound
from motcua.people.holders import CARRIER_NAMES
from motcua.people.rules import Actor, Role
from motcua.web.round.frame import OFFICE_SIDE, shown
from motcua.web.round.offices import choice_of_office, office_asked
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import new_key, page
from motcua.web.shared.input_forms import input_form, take
from motcua.web.ui import Cell, Column, Row, Table
from motcua.web.words import dong, when

_CONDITION = (Input("condition", "Tình trạng giấy tờ khi nhận lại", required=False, limit=200),)
_LABELS = {
    "ask": noop("Hỏi hãng ngay"),
    "call_off": noop("Huỷ đơn, không giao cho hãng nữa"),
    "take_back": noop("Nhận lại từ hãng"),
    "take_money": noop("Nhận tiền hãng đã thu"),
}
_SAID = {
    "ask": noop("Đã gửi câu hỏi cho hãng. Tin mới sẽ hiện tại đây sau ít phút."),
    "call_off": noop("Đã đề nghị hãng huỷ. Giấy tờ vẫn do bưu cục giữ; đơn kết thúc khi hãng xác nhận."),
    "take_back": noop("Đã nhận lại giấy tờ từ hãng. Bưu gửi nằm tại bưu cục."),
    "take_money": noop("Đã nhận tiền của hãng vào két."),
}
_OUTCOMES = {
    "": noop("đang chờ xác nhận"),
    "applied": noop("đã ghi nhận"),
    "history": noop("tin cũ, chỉ lưu"),
    "repeat": noop("nhắc lại, bỏ qua"),
    "doubt": noop("nghi vấn"),
}


@page(*OFFICE_SIDE)
def home(request: HttpRequest) -> HttpResponse:
    """Doubts first, then what is under way, then money still owed."""
    actor, place = _actor(request), office_asked(request)
    context = {
        **choice_of_office(request, place),
        "doubts": [_doubt_line(d) for d in doubts_at(actor, place.code)],
        "orders": _orders(orders_at(actor, place.code), _("Đơn chưa kết thúc")),
        "owed": _orders(owed_by_carriers(actor, place.code), _("Tiền hãng còn phải nộp")),
    }
    return shown(request, "round/carriers.html", context)


@page(*OFFICE_SIDE)
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order with everything the carrier said of it."""
    return _order_page(request, _found(request, number))


@page(*OFFICE_SIDE)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """One act on an order; problems come back on its page."""
    if action not in _LABELS:
        raise Http404
    found = _found(request, number)
    if request.method != "POST":
        return redirect("round:carrier_order", number=found.number)
    form = _form(action, request.POST)
    doer = _doer(action, _actor(request), found.number)
    taken = take(request, form, f"carrier.{action}", {"order": found.number}, doer)
    if taken.answer is None:
        return _order_page(request, _found(request, number), taken.form, taken.status)
    messages.success(request, _(_SAID[action]))
    return redirect("round:carrier_order", number=found.number)


@page(Role.DISPATCHER)
def doubt(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Something a carrier said that is not believed, with the words as they came; a person says how it ended."""
    found = doubt_for(_actor(request), doubt_id)
    if found is None:
        raise NotFound(str(doubt_id))
    if request.method != "POST":
        return _doubt_page(request, found, _settle_form(found))
    form = _settle_form(found, request.POST)
    do = lambda wish, v: carriage.settle(wish, _actor(request), doubt_id, v["decision"], v["note"])  # noqa: E731
    taken = take(request, form, "carrier.settle", {"doubt": str(doubt_id)}, do)
    if taken.answer is None:
        return _doubt_page(request, found, taken.form, taken.status)
    messages.success(request, _("Đã ghi cách xử lý."))
    return redirect("round:carriers")


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _found(request: HttpRequest, number: str) -> CarrierOrder:
    found = order_for(_actor(request), number)
    if found is None:
        raise NotFound(number)
    return found


def _doer(action: str, actor: Actor, number: str) -> Callable[[Command, dict[str, Any]], Any]:
    return {
        "ask": lambda wish, given: carriage.ask_carrier(wish, actor, number),
        "call_off": lambda wish, given: carriage.call_off(wish, actor, number),
        "take_back": lambda wish, given: carriage.take_back(wish, actor, number, given["condition"]),
        "take_money": lambda wish, given: carriage.take_money(wish, actor, number),
    }[action]


def _form(action: str, data: Any = None) -> ActionForm:
    return input_form(action, _CONDITION if action == "take_back" else (), _(_LABELS[action]), data=data)


def _may(found: CarrierOrder) -> list[str]:
    """What may be done with an order now."""
    may = {
        "ask": found.ended_at is None,
        "call_off": is_cancellable(found),
        "take_back": found.state == OrderState.RETURNING,
        "take_money": is_owed(found),
    }
    return [action for action, now in may.items() if now]


def _order_page(
    request: HttpRequest, found: CarrierOrder, asked: ActionForm | None = None, status: int = 200
) -> HttpResponse:
    open_action = asked.action if asked else ""
    tools = [
        (
            asked if asked and action == open_action else _form(action),
            reverse("round:carrier_act", args=[found.number, action]),
            new_key(),
            action == open_action,
        )
        for action in dict.fromkeys([*_may(found), *([open_action] if open_action else [])])
    ]
    context = {
        "order": found,
        "carrier": CARRIER_NAMES[found.carrier],
        "state": _(OrderState(found.state).label),
        "events": [(e, _said(e), _(_OUTCOMES[e.outcome])) for e in events_of(found)],
        "tools": tools,
    }
    return shown(request, "round/carrier_order.html", context, status)


def _settle_form(found: CarrierDoubt, data: Any = None) -> ActionForm:
    choices = tuple(c for c in carriage.DECISIONS if c[0] == "ignore" or found.code in carriage.BELIEVABLE)
    inputs = (
        Input("decision", "Cách xử lý", "choice", choices=choices),
        Input("note", "Đã hỏi ai, kết quả thế nào", "longtext"),
    )
    return input_form("settle", inputs, _("Ghi cách xử lý"), data=data)


def _doubt_page(request: HttpRequest, found: CarrierDoubt, form: ActionForm, status: int = 200) -> HttpResponse:
    context = {
        "doubt": found,
        "label": _(found.get_code_display()),
        "carrier": CARRIER_NAMES[found.carrier],
        "said": _said(found.event),
        "raw": json.dumps(found.event.raw, ensure_ascii=False, indent=2),
        "form": form,
        "url": reverse("round:carrier_doubt", args=[found.pk]),
        "key": new_key(),
    }
    return shown(request, "round/carrier_doubt.html", context, status)


def _said(event: CarrierEvent) -> str:
    return _(Said(event.said).label) if event.said else event.code or "?"


def _doubt_line(found: CarrierDoubt) -> dict[str, Any]:
    about = found.order.number if found.order else found.event.number or found.event.item
    return {"doubt": found, "label": _(found.get_code_display()), "about": about, "said": _said(found.event)}


def _orders(orders: list[CarrierOrder], caption: str) -> Table:
    columns = [
        Column(_("Đơn")), Column(_("Người nhận")), Column(_("Số bưu gửi")), Column(_("Tình trạng")),
        Column(_("Tin cuối"), "when"), Column(_("Thu hộ"), "number"),
    ]  # fmt: skip
    rows = []
    for o in orders:
        to = o.dossier.delivery.get("name") or o.dossier.applicant.name
        cells = [
            Cell(o.number, reverse("round:carrier_order", args=[o.number])),
            Cell(to),
            Cell(o.item or o.parcel.item, note=CARRIER_NAMES[o.carrier]),
            Cell(_(OrderState(o.state).label), note=_("Chưa hỏi được hãng, sẽ hỏi lại") if o.last_error else ""),
            Cell(when(o.told_at or o.asked_at)),
            Cell(dong(o.cod) if o.cod else "–"),
        ]
        waits = o.state == OrderState.RETURNING or o.last_error
        rows.append(Row(cells, "late" if o.state == OrderState.LOST else "soon" if waits else ""))
    return Table(caption, columns, rows)
