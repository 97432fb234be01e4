"""The phones of the office's postmen: seen when last, how their clocks stand, and revoked when lost."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.acts.phones import revoke_phone
from motcua.config import clock
from motcua.kernel.problems import Problem, Refused
from motcua.people.models import Device
from motcua.people.queries import devices_at
from motcua.people.rules import Role
from motcua.web.marks import status_mark
from motcua.web.round.frame import shown
from motcua.web.round.offices import choice_of_office, office_asked
from motcua.web.shared.door import command, page
from motcua.web.ui import Cell, Column, Row, Table
from motcua.web.words import when

_DRIFT_SHOWN_MS = 60_000


@page(Role.DISPATCHER)
def home(request: HttpRequest) -> HttpResponse:
    """All phones, those in use first."""
    return _page(request)


@page(Role.DISPATCHER)
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """A lost phone is dead from now on."""
    place = office_asked(request)
    here = f"{reverse('round:phones')}?{urlencode({'noi': place.code})}"
    if request.method != "POST":
        return redirect(here)
    reason = request.POST.get("reason", "")[:300]
    try:
        wish = command(request, "device.revoke", {"device": str(device_id), "reason": reason})
        revoke_phone(wish, request.actor, device_id, reason)  # type: ignore[attr-defined]
    except Refused as refused:
        return _page(request, refused.problems, 409)
    messages.success(request, _("Đã thu hồi. Lần gọi tới của máy đó bị từ chối và máy tự xoá dữ liệu."))
    return redirect(here)


def _page(request: HttpRequest, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    place = office_asked(request)
    devices = devices_at([place.code])
    context = {
        **choice_of_office(request, place),
        "problems": problems,
        "phones": _table(devices),
        "live": [d for d in devices if not d.revoked_at],
        "now": clock.now(),
    }
    return shown(request, "round/phones.html", context, status)


def _table(devices: list[Device]) -> Table:
    columns = [
        Column(_("Bưu tá")),
        Column(_("Máy")),
        Column(_("Đăng ký"), "when"),
        Column(_("Gọi lần cuối"), "when"),
        Column(_("Đồng hồ")),
        Column(_("Tình trạng")),
    ]
    rows = [
        Row(
            [
                Cell(d.account.name),
                Cell(d.name),
                Cell(when(d.registered_at)),
                Cell(when(d.last_seen_at) if d.last_seen_at else "–"),
                Cell(clock_words(d.drift_ms)),
                _standing(d),
            ]
        )
        for d in devices
    ]
    return Table(_("Điện thoại của bưu tá"), columns, rows)


def _standing(device: Device) -> Cell:
    if device.revoked_at:
        note = f"{when(device.revoked_at)}. {device.reason}"
        return Cell(html=status_mark("stopped", _("Đã thu hồi")), note=note)
    return Cell(html=status_mark("in_time", _("Đang dùng")))


def clock_words(drift_ms: int) -> str:
    """How the phone's clock stood: positive when it was behind."""
    minutes = round(abs(drift_ms) / 60_000)
    if abs(drift_ms) < _DRIFT_SHOWN_MS:
        return _("đúng giờ")
    return (_("chậm %s") if drift_ms > 0 else _("nhanh %s")) % _span(minutes)


def _span(minutes: int) -> str:
    if minutes < 120:
        return ngettext("%d phút", "%d phút", minutes) % minutes
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%d giờ", "%d giờ", hours) % hours
    return ngettext("%d ngày", "%d ngày", round(hours / 24)) % round(hours / 24)
