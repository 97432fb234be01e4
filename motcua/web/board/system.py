"""How the system is: its health, its queue, the law it lives under and the offices of that law. No dossiers."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from motcua import __version__
from motcua.config import clock
from motcua.config.health import WORKER_SILENT_AFTER
from motcua.jobs import queries
from motcua.jobs.actions import revive
from motcua.kernel.text import fold
from motcua.law.model import LawValue
from motcua.looks.access import local_day
from motcua.people.rules import Role
from motcua.procedures.queries import current_law, releases
from motcua.web.board.frame import shown
from motcua.web.shared.door import page
from motcua.web.ui import Cell, Column, Pager, Row, Table
from motcua.web.words import when

_OFFICE_KINDS = {
    "agency": noop("Cơ quan"),
    "one_stop": noop("Một cửa"),
    "post_point": noop("Điểm bưu điện"),
    "post_office": noop("Bưu cục"),
}
_VALUE_KINDS = {
    "pack": noop("Gói quy định"),
    "procedure": noop("Thủ tục"),
    "rule": noop("Hạn mức, thời hạn"),
    "form": noop("Mẫu giấy tờ"),
    "code.dossier": noop("Mã hồ sơ"),
    "code.tracking": noop("Mã bưu gửi"),
    "calendar.day": noop("Ngày nghỉ, ngày làm bù"),
    "calendar.week": noop("Giờ làm việc"),
    "calendar.year": noop("Năm đã biết lịch"),
    "calendar.required": noop("Ngày nghỉ bắt buộc"),
    "tariff.service": noop("Dịch vụ bưu chính"),
    "tariff.prices": noop("Giá cước"),
    "tariff.zones": noop("Vùng cước"),
    "tariff.area": noop("Khu vực cước"),
    "tariff.exemption": noop("Miễn, giảm cước"),
    "tariff.remit": noop("Nộp hộ phí"),
    "office": noop("Cơ quan, điểm giao dịch"),
    "office.ident": noop("Mã định danh cơ quan"),
    "office.successor": noop("Kế tục"),
    "office.receives": noop("Phạm vi tiếp nhận"),
    "office.designated": noop("Điểm được chỉ định"),
    "unit": noop("Đơn vị hành chính"),
}
_SURE = {"high": noop("chắc"), "medium": noop("tương đối"), "low": noop("cần kiểm lại")}
_PAGE = 100


@page(Role.ADMIN)
def health(request: HttpRequest) -> HttpResponse:
    """Whether everything runs."""
    heard, now, counts = queries.last_heartbeat(), clock.now(), queries.counts()
    alive = heard is not None and now - heard < WORKER_SILENT_AFTER
    law, published = current_law(), releases()
    context = {
        "alive": alive,
        "counts": counts,
        "facts": [
            (_("Phiên bản"), __version__),
            (_("Cơ sở dữ liệu"), _database()),
            (_("Việc nền báo lần cuối"), when(heard) or _("chưa bao giờ")),
            (_("Đồng hồ"), _clock(now)),
            (_("Quy định đang áp dụng"), f"{law.name} · {when(published[0].published_at)}"),
            (_("Lịch làm việc biết đến hết năm"), str(law.years[-1])),
        ],
    }
    return shown(request, "board/health.html", context)


def _database() -> str:
    with connection.cursor():
        version = getattr(connection, "pg_version", None)
    return f"{connection.display_name} {version // 10000}" if version else connection.display_name


def _clock(now: datetime) -> str:
    shifted = clock.shift()
    return f"{when(now)} ({_('đã chỉnh cho trình diễn')})" if shifted else when(now)


@page(Role.ADMIN)
def jobs(request: HttpRequest) -> HttpResponse:
    """The queue, and what was given up; a posted id is tried again."""
    dead = queries.dead_jobs()
    if request.method == "POST":
        chosen = {int(text) for text in request.POST.getlist("viec") if text.isdecimal() and len(text) < 19}
        count = revive([job.pk for job in dead if job.pk in chosen], clock.now())
        messages.success(request, _("Đã đưa %d việc trở lại hàng đợi.") % count)
        return redirect("board:jobs")
    columns = [Column(_("Số")), Column(_("Việc")), Column(_("Xếp hàng lúc"), "when"), Column(_("Số lần thử"), "number")]
    columns.append(Column(_("Lỗi cuối cùng")))
    rows = [
        Row(
            [
                Cell(str(job.pk)),
                Cell(job.name),
                Cell(when(job.queued_at)),
                Cell(str(job.attempts)),
                Cell((job.last_error.strip().splitlines() or ["–"])[-1][:300]),
            ],
            "late",
            str(job.pk),
        )
        for job in dead
    ]
    table = Table(_("Việc đã bỏ cuộc"), columns, rows, "viec")
    return shown(request, "board/jobs.html", {"counts": queries.counts(), "table": table})


@page(Role.ADMIN)
def offices(request: HttpRequest) -> HttpResponse:
    """The offices of the law that are open today."""
    pack, today = current_law(), local_day(clock.now())
    kind, query = request.GET.get("loai", ""), request.GET.get("q", "").strip()[:100]
    kind = kind if kind in _OFFICE_KINDS else ""
    found = [o for o in pack.offices(kind or None, today) if fold(query) in fold(f"{o.code} {o.name}")]
    columns = [Column(_("Mã")), Column(_("Tên")), Column(_("Loại")), Column(_("Mã định danh")), Column(_("Trực thuộc"))]
    rows = [
        Row(
            [
                Cell(o.code),
                Cell(o.name, note=_("là nơi tiếp nhận của một cửa") if o.designated(today) else ""),
                Cell(_(_OFFICE_KINDS[o.kind])),
                Cell(pack.ident_of(o.code, today) or "–"),
                Cell(pack.office(o.parent).short if o.parent in pack.office_map else "–"),
            ]
        )
        for o in found
    ]
    kinds = [(key, _(label)) for key, label in _OFFICE_KINDS.items()]
    context = {"kinds": kinds, "kind": kind, "query": query, "total": len(found), "today": today}
    return shown(request, "board/offices.html", {**context, "table": Table(_("Cơ quan"), columns, rows)})


@page(Role.ADMIN)
def law(request: HttpRequest) -> HttpResponse:
    """The published law: each release, and the values of one kind with their sources. Nothing is changed here."""
    pack = current_law()
    counts = Counter(value.kind for value in pack.values)
    kind, query = request.GET.get("loai", ""), request.GET.get("q", "").strip()[:100]
    kind = kind if kind in counts else "procedure"
    first = int(text) if (text := request.GET.get("tu", "")).isdecimal() and len(text) < 7 else 0
    found = [v for v in pack.values if v.kind == kind and fold(query) in fold(f"{v.key} {v.value.get('name', '')}")]
    found.sort(key=lambda v: (v.key, v.valid_from))
    here = reverse("board:law")
    asked: dict[str, str | int] = {"loai": kind, **({"q": query} if query else {})}
    more = f"{here}?{urlencode({**asked, 'tu': first + _PAGE})}" if first + _PAGE < len(found) else ""
    return shown(
        request,
        "board/law.html",
        {
            "pack": pack,
            "releases": releases(),
            "kinds": [(k, _(_VALUE_KINDS.get(k, k)), counts[k]) for k in {**_VALUE_KINDS, **counts} if counts[k]],
            "kind": kind,
            "query": query,
            "values": [_shown_value(v) for v in found[first : first + _PAGE]],
            "total": len(found),
            "pager": Pager(
                min(_PAGE, len(found) - first), more, f"{here}?{urlencode(asked)}" if first else "", _("giá trị")
            ),
        },
    )


def _shown_value(value: LawValue) -> dict[str, Any]:
    return {
        "key": value.key,
        "name": value.value.get("name", ""),
        "valid_from": value.valid_from,
        "source": value.source,
        "sure": _(_SURE.get(value.confidence, value.confidence)),
        "low": value.confidence == "low",
        "text": json.dumps(value.value, ensure_ascii=False, indent=1),
    }
