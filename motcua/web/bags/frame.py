"""The frame of the bags' pages: the tabs of whoever is looking, and the office whose bags these are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.custody.lifecycle import GIVERS, TAKERS
from motcua.people.rules import AGENCY, Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.desk.frame import agency_tabs
from motcua.web.round.frame import post_tabs
from motcua.web.ui import NavItem, Who

HANDLERS = GIVERS | TAKERS
_REMEMBERED = "bags_place"
_CLERKS = frozenset({Role.CLERK_CIVIL, Role.CLERK_POSTAL})
# (page, label, who has this tab): as on each trade's own pages, so that a key means the same everywhere.
_TABS = (
    ("counter:home", "Quầy", _CLERKS),
    ("counter:choose_procedure", "Nhận hồ sơ", _CLERKS),
    ("counter:results", "Trả kết quả", _CLERKS),
    ("bags:home", "Túi hồ sơ", HANDLERS),
    ("counter:till", "Két", _CLERKS),
    ("board:home", "Số liệu", frozenset({Role.PROVINCE})),
)


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page in the reader's frame."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place = place_of(request)
    frame = {
        "nav": tabs_of(actor, request.path),
        "who": _who(actor, place),
        "places": [current_law().office(code) for code in places_of(actor)],
        "here": current_law().office(place) if place else None,
    }
    return render(request, template, {**frame, **context}, status=status)


def tabs_of(actor: Actor, here: str) -> list[NavItem]:
    """The tabs of somebody who moves bags; each with its key."""
    if actor.has(*AGENCY):
        return agency_tabs(actor, here)
    if actor.has(Role.DISPATCHER):
        return post_tabs(actor, here)
    tabs = [(reverse(name), _(label)) for name, label, roles in _TABS if actor.has(*roles)]
    bags = reverse("bags:home")
    return [
        NavItem(label, url, f"Alt+{n}", url == bags and here.startswith(bags)) for n, (url, label) in enumerate(tabs, 1)
    ]


def _who(actor: Actor, place: str) -> Who:
    roles = sorted(actor.roles_at(place)) if place else sorted(actor.roles)
    return Who(actor.name, ", ".join(_(r.label) for r in roles), current_law().office(place).short if place else "")


def places_of(actor: Actor) -> list[str]:
    """The offices whose bags the actor gives or takes."""
    return sorted(actor.offices(*HANDLERS))


def place_of(request: HttpRequest) -> str:
    """The office chosen, or the first there is; '' for whoever only looks."""
    places = places_of(request.actor)  # type: ignore[attr-defined]
    chosen = request.session.get(_REMEMBERED, "")
    return str(chosen) if chosen in places else next(iter(places), "")


def choose_place(request: HttpRequest, place: str) -> None:
    """Does: remembers the office for this log-in, if it is one of the actor's."""
    if place in places_of(request.actor):  # type: ignore[attr-defined]
        request.session[_REMEMBERED] = place
