"""The custody trail of one paper, for everyone who may see its dossier: as a page and as a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as draw
from django.utils.translation import gettext as _

from motcua.config import clock
from motcua.documents.forms import render
from motcua.looks.access import Case
from motcua.looks.papers import trail_paper
from motcua.looks.story import known_words
from motcua.looks.trail import Statement, Stay, Trail, trail_of
from motcua.people.holders import parse_holder
from motcua.people.queries import names_of
from motcua.people.rules import Actor, Role
from motcua.web.papers import pdf
from motcua.web.shared.case_parts import holder_words
from motcua.web.shared.door import page
from motcua.web.shared.homes import home_of
from motcua.web.ui import NavItem, Who


@dataclass(frozen=True, slots=True)
class StayShown:
    """One holder in words; the names of people are for officials."""

    holder: str
    stay: Stay
    given: str
    taken: str
    remarks: list[tuple[str, Statement]]


@page()
def trail(request: HttpRequest, sticker: str) -> HttpResponse:
    """Every holder of one paper, oldest first, with both statements, and where it is on its way to now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = trail_of(actor, sticker)
    inside = bool(found.case.roles(actor) - {Role.CITIZEN})
    people = _people(found)
    context = {
        "trail": found,
        "paper": found.paper,
        "kind": _(found.paper.get_kind_display()),
        "holder": holder_words(found.paper.holder, found.case, people),
        "offered_to": holder_words(found.paper.offered_to, found.case, people) if found.paper.offered_to else "",
        "stays": [_stay(stay, found.case, people, inside=inside) for stay in found.stays],
        "inside": inside,
        "nav": [NavItem(_("Trang làm việc"), home_of(actor))],
        "who": Who(actor.name, ""),
    }
    return draw(request, "shared/trail.html", context)


@page()
def trail_pdf(request: HttpRequest, sticker: str) -> HttpResponse:
    """The same as a paper."""
    found = trail_of(request.actor, sticker)  # type: ignore[attr-defined]
    return pdf(render("custody_trail", trail_paper(found, clock.now())), f"hanh-trinh-{found.paper.sticker}")


def _people(found: Trail) -> Mapping[UUID, str]:
    holders = [parse_holder(text) for text in (*(stay.holder for stay in found.stays), found.paper.offered_to)]
    return names_of({UUID(h.name) for h in holders if h.kind == "person"})


def _stay(stay: Stay, case: Case, people: Mapping[UUID, str], *, inside: bool) -> StayShown:
    remarks = [(known_words(kind), said) for kind, said in stay.remarks] if inside else []
    return StayShown(
        holder_words(stay.holder, case, people),
        stay,
        _by(stay.given, inside=inside),
        _by(stay.taken, inside=inside),
        remarks,
    )


def _by(said: Statement | None, *, inside: bool) -> str:
    """Who spoke: the name and role for officials, the role alone for the applicant."""
    if said is None:
        return ""
    role = _(Role(said.role).label) if said.role else ""
    return f"{said.who} ({role})" if inside and said.who and role else role or (said.who if inside else _("Hệ thống"))
