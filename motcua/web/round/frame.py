"""The frame of the post's pages: their tabs, and who works where."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.carriers.registry import outside_carriers
from motcua.people.rules import POST, Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.shared.door import new_key
from motcua.web.ui import NavItem, Who

OFFICE_SIDE = (Role.DISPATCHER, Role.CLERK_POSTAL)
# (page, label, who has this tab)
_TABS = (
    ("round:home", "Chuyến hôm nay", (Role.POSTMAN,)),
    ("round:hand", "Tiền trong tay", (Role.POSTMAN,)),
    ("round:app", "Chuyến đi trên máy", (Role.POSTMAN,)),
    ("round:dispatch", "Điều phối", OFFICE_SIDE),
    ("round:money", "Tiền bưu cục", (Role.DISPATCHER,)),
    ("round:carriers", "Hãng vận chuyển", OFFICE_SIDE),
    ("bags:home", "Túi hồ sơ", (Role.DISPATCHER,)),
    ("counter:home", "Quầy", (Role.CLERK_POSTAL,)),
    ("round:phones", "Điện thoại", (Role.DISPATCHER,)),
)


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page in the post's frame. `fresh_key` is another key each time a form asks for it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    frame = {"nav": post_tabs(actor, request.path), "who": who_of(actor), "fresh_key": new_key}
    return render(request, template, {**frame, **context}, status=status)


def post_tabs(actor: Actor, here: str) -> list[NavItem]:
    """The tabs of somebody of the post; each with its key."""
    tabs = [
        (reverse(name), _(label))
        for name, label, roles in _TABS
        if actor.has(*roles) and (name != "round:carriers" or outside_carriers())
    ]
    current = max((url for url, _label in tabs if here == url or here.startswith(url + "/")), key=len, default="")
    return [NavItem(label, url, f"Alt+{n}", url == current) for n, (url, label) in enumerate(tabs, 1)]


def who_of(actor: Actor) -> Who:
    """The person with all roles of the post."""
    roles = sorted(actor.roles & POST) or sorted(actor.roles)
    law, place = current_law(), actor.office_as(*roles)
    office = law.office(place).short if place in law.office_map else ""
    return Who(actor.name, ", ".join(_(role.label) for role in roles), office)
