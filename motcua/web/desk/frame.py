"""The frame of the agency's pages: its tabs with their keys, who works where."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.people.rules import AGENCY, Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.ui import NavItem, Who

# (page, label, who has this tab)
_TABS = (
    ("desk:home", "Việc", AGENCY),
    ("desk:queue", "Chờ tiếp nhận", frozenset({Role.RECEIVER})),
    ("desk:assign", "Phân công", frozenset({Role.RECEIVER, Role.LEADER})),
    ("bags:home", "Túi hồ sơ", frozenset({Role.RECEIVER, Role.RECORDS})),
    ("counter:home", "Quầy", frozenset({Role.RECEIVER})),
    ("board:home", "Số liệu", frozenset({Role.PROVINCE})),
)


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page in the agency's frame."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    frame = {"nav": agency_tabs(actor, request.path), "who": who_of(actor)}
    return render(request, template, {**frame, **context}, status=status)


def agency_tabs(actor: Actor, here: str) -> list[NavItem]:
    """The tabs of somebody of an agency; each with its key."""
    tabs = [(reverse(name), _(label)) for name, label, roles in _TABS if actor.has(*roles)]
    current = max((url for url, _label in tabs if here == url or here.startswith(url + "/")), key=len, default="")
    return [NavItem(label, url, f"Alt+{n}", url == current) for n, (url, label) in enumerate(tabs, 1)]


def who_of(actor: Actor) -> Who:
    """The officer with all roles at their agency."""
    roles = sorted(actor.roles & AGENCY) or sorted(actor.roles)
    law, place = current_law(), actor.office_as(*roles)
    office = law.office(place).short if place in law.office_map else ""
    return Who(actor.name, ", ".join(_(role.label) for role in roles), office)
