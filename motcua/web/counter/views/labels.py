"""Stickers for the papers of one dossier or of many: which, on what sheet, from which label on."""

from django.http import HttpRequest, HttpResponse

from motcua.config import clock
from motcua.documents.forms import render
from motcua.looks.papers import SHEETS, labels, papers_to_label
from motcua.looks.worklists import counter_list
from motcua.web.counter.frame import shown
from motcua.web.counter.places import Seated, counter_page
from motcua.web.papers import pdf

REMEMBERED, USUAL = "labels_sheet", "3x8"


@counter_page
def choose(request: Seated) -> HttpResponse:
    """The dossiers named, or those that came in here, to be ticked; the sheet is the one used last time."""
    named = request.GET.getlist("ma")
    rows = counter_list(request.actor, request.place).rows
    chosen = {paper.dossier.reference: paper.dossier for paper in papers_to_label(request.actor, named)}
    listed = [*chosen.values(), *(d for d in rows if d.reference not in chosen)]
    used = request.COOKIES.get(REMEMBERED, USUAL)
    return shown(request, "counter/labels.html", {"dossiers": listed, "chosen": chosen, "sheets": SHEETS, "used": used})


@counter_page
def sheet(request: Seated) -> HttpResponse:
    """The labels as PDF. 404 for dossiers without papers, an unknown sheet, a start beyond its last label."""
    kind, start = request.GET.get("giay", USUAL), _start(request)
    papers = papers_to_label(request.actor, request.GET.getlist("ma"))
    answer = pdf(render("stickers", labels(papers, kind, start - 1, clock.now())), f"tem-{kind}")
    answer.set_cookie(REMEMBERED, kind, max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer


def _start(request: HttpRequest) -> int:
    text = request.GET.get("tu", "1")
    return int(text) if text.isdecimal() and len(text) < 4 else 0
