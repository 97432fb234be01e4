"""Official papers as PDF, for everyone who may see the dossier or the bag."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.acts.handover import find_manifest
from motcua.config import clock
from motcua.documents.forms import render
from motcua.looks.access import Case, find_case
from motcua.looks.errands import Round
from motcua.looks.papers import manifest_paper, paper_of, papers_now, stop_list
from motcua.people.models import Account
from motcua.people.rules import Actor
from motcua.procedures.queries import current_law
from motcua.web.shared.door import page


@dataclass(frozen=True, slots=True)
class Print:
    """A link to one paper; the first of a page has a key."""

    label: Any
    url: str
    key: str = ""


@page()
def dossier_paper(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """One paper of a dossier. 404 for strangers and for papers it does not have; 409 where the law has no such form."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(actor, reference)
    data = paper_of(case, actor, kind, _site(request), request.GET.get("so", ""))
    return pdf(render(kind, data), f"{kind}-{case.dossier.reference}")


@page()
def bag_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The list of one bag, for both its sides."""
    manifest = find_manifest(request.actor, number)  # type: ignore[attr-defined]
    return pdf(render("manifest", manifest_paper(manifest, current_law())), manifest.number)


def stop_list_paper(postman: Account, place: str, round_: Round) -> HttpResponse:
    """The stops of one postman, for whoever may see them."""
    law, now = current_law(), clock.now()
    return pdf(render("stop_list", stop_list(postman, place, round_, law, now)), f"diem-{postman.username}")


def prints_of(case: Case, actor: Actor) -> list[Print]:
    """Links to the papers this dossier has by now for this reader."""
    return [
        Print(
            _(paper.label) % {"number": paper.query},
            address_of(case, paper.kind, paper.query),
            f"Ctrl+Alt+{n}" if n < 4 else "",
        )
        for n, paper in enumerate(papers_now(case, actor), 1)
    ]


def address_of(case: Case, kind: str, pick: str = "") -> str:
    """Where a paper of a dossier is; `pick` names one of several."""
    query = f"?{urlencode({'so': pick})}" if pick else ""
    return f"/ho-so/{case.dossier.reference}/giay/{kind}.pdf{query}"


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def pdf(content: bytes, name: str) -> HttpResponse:
    """A paper shown in the browser, kept nowhere on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
