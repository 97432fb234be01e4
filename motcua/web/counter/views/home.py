"""The counter's first page, its lists, and the box that understands whatever is scanned."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.acts.handover import find_manifest
from motcua.config import clock
from motcua.dossiers.models import Dossier
from motcua.law.model import Pack
from motcua.looks.access import NotFound
from motcua.looks.bags import incoming
from motcua.looks.discrepancies import open_discrepancies
from motcua.looks.errands import brought_by_postmen, results_to_hand_out
from motcua.looks.tills import open_shift_of
from motcua.looks.worklists import Page, counter_list, desk_queue, search_dossiers
from motcua.procedures.queries import current_law
from motcua.web.counter.frame import shown
from motcua.web.counter.places import CLERKS, Seated, choose_place, counter_page, places_of
from motcua.web.counter.views.intake import offer_procedures
from motcua.web.marks import status_mark
from motcua.web.shared.door import page
from motcua.web.shared.rows import named, standing, tone_of, way_of
from motcua.web.ui import Cell, Column, Pager, Row, Table
from motcua.web.words import when

# How many of each list the first page shows.
_FEW = 6


@counter_page
def home(request: Seated) -> HttpResponse:
    """What waits at this place."""
    place, actor = request.place, request.actor
    law, now = current_law(), clock.now()
    queue, came = desk_queue(actor, place).rows, counter_list(actor, place).rows
    results = results_to_hand_out(actor, place)
    return shown(
        request,
        "counter/home.html",
        {
            "queue": dossier_table(queue[:_FEW], law, now, _("Chờ tiếp nhận tại đây")),
            "queue_more": len(queue) > _FEW,
            "came": dossier_table(came[:_FEW], law, now, _("Đã nhận tại quầy này, còn đang giải quyết")),
            "came_more": len(came) > _FEW,
            "results": result_table(results[:_FEW], law),
            "results_count": len(results),
            "coming": brought_by_postmen(actor, place),
            "bags": incoming(actor, place),
            "differences": open_discrepancies(actor, place),
            "till": open_shift_of(actor),
        },
    )


@page(*CLERKS)
def choose(request: Seated) -> HttpResponse:
    """The places to choose from; a posted choice is remembered."""
    if request.method == "POST" and choose_place(request, request.POST.get("place", "")):
        return redirect("counter:home")
    law = current_law()
    places = [law.office(code) for code in places_of(request.actor)]
    return shown(request, "counter/places.html", {"places": places})


@counter_page
def scan(request: Seated) -> HttpResponse:
    """Does what the scanned thing asks for: a card opens a new dossier, a code its dossier, a list its bag."""
    text = request.POST.get("code", "").strip()[:2000]
    if request.method != "POST" or not text:
        return redirect("counter:home")
    if text.count("|") >= 5:
        # Shown at once and not by an address: a card is nobody's business but the form's.
        return offer_procedures(request, "", text)
    found = _found(request, text)
    if len(found) == 1:
        return redirect("counter:dossier", reference=found[0].reference)
    if not found and (bag := _bag(request, text)):
        return redirect(bag)
    return _hits(request, text, found)


def _found(request: Seated, text: str) -> list[Dossier]:
    """Dossiers named by a code, a sticker, an item, a phone, a name, or the address in the QR code of a slip."""
    if text.startswith(("http://", "https://")):
        address = urlsplit(text)
        text = parse_qs(address.query).get("ma", [address.path.rstrip("/").rpartition("/")[2]])[0]
    return search_dossiers(request.actor, text)


def _bag(request: Seated, text: str) -> str:
    try:
        manifest = find_manifest(request.actor, text)
    except NotFound:
        return ""
    return f"/tui/{manifest.number}"


def _hits(request: Seated, text: str, found: list[Dossier]) -> HttpResponse:
    table = dossier_table(found, current_law(), clock.now(), _("Hồ sơ tìm thấy"))
    return shown(request, "counter/list.html", {"title": _("Tìm hồ sơ"), "table": table, "query": text})


@counter_page
def waiting(request: Seated) -> HttpResponse:
    """Dossiers that wait for acceptance at this desk."""
    return _list(request, desk_queue, _("Chờ tiếp nhận tại đây"), "counter:waiting")


@counter_page
def came_in(request: Seated) -> HttpResponse:
    """Open dossiers that came in at this counter."""
    return _list(request, counter_list, _("Đã nhận tại quầy này"), "counter:came_in")


def _list(request: Seated, look: Any, title: str, here: str) -> HttpResponse:
    rows: Page[Dossier] = look(request.actor, request.place, request.GET.get("sau", ""))
    following = f"{reverse(here)}?{urlencode({'sau': rows.after})}" if rows.after else ""
    back = reverse(here) if request.GET.get("sau") else ""
    return shown(
        request,
        "counter/list.html",
        {
            "title": title,
            "table": dossier_table(rows.rows, current_law(), clock.now(), title),
            "pager": Pager(len(rows.rows), following, back, _("hồ sơ")),
        },
    )


@counter_page
def results(request: Seated) -> HttpResponse:
    """Results that lie here for their applicants."""
    table = result_table(results_to_hand_out(request.actor, request.place), current_law())
    return shown(
        request,
        "counter/list.html",
        {"title": _("Kết quả chờ trả tại quầy"), "table": table, "is_results": True},
    )


def dossier_table(rows: list[Dossier], law: Pack, now: datetime, caption: str) -> Table:
    """Dossiers as a dense list: first the link, then who, what, where on its way, how urgent."""
    names = named(rows, law)
    columns = [
        Column(_("Hồ sơ")),
        Column(_("Người nộp")),
        Column(_("Thủ tục")),
        Column(_("Đường đi"), "way"),
        Column(_("Tình trạng"), "status"),
        Column(_("Nhận lúc"), "when"),
    ]
    return Table(caption, columns, [_row(d, law, now, str(names[d.pk])) for d in rows])


def _row(d: Dossier, law: Pack, now: datetime, name: str) -> Row:
    kind, words = standing(d, law, now)
    link = reverse("counter:dossier", args=[d.reference])
    cells = [
        Cell(d.code or d.reference, link),
        Cell(d.applicant.name),
        Cell(name),
        Cell(html=way_of(d, law, now).small),
        Cell(html=status_mark(kind, words)),
        Cell(when(d.accepted_at or d.taken_at or d.filed_at)),
    ]
    return Row(cells, tone_of(kind))


def result_table(papers: list[Any], law: Pack) -> Table:
    """Results at the counter: whose, of what, since when."""
    names = named([p.dossier for p in papers], law)
    columns = [
        Column(_("Hồ sơ")),
        Column(_("Người nhận")),
        Column(_("Kết quả")),
        Column(_("Có tại quầy từ"), "when"),
    ]
    rows = [
        Row(
            [
                Cell(
                    p.dossier.code or p.dossier.reference,
                    reverse("counter:dossier", args=[p.dossier.reference]),
                ),
                Cell(p.dossier.applicant.name),
                Cell(p.name, note=str(names[p.dossier.pk])),
                Cell(when(p.held_since)),
            ]
        )
        for p in papers
    ]
    return Table(_("Kết quả chờ trả tại quầy"), columns, rows)
