"""The frame of the province's and the administrator's pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.ui import NavItem, Who

# (page, label, who has this tab)
_TABS = (
    ("board:home", "Số liệu", Role.PROVINCE),
    ("board:dossiers", "Hồ sơ", Role.PROVINCE),
    ("board:admin", "Tình trạng hệ thống", Role.ADMIN),
    ("board:accounts", "Tài khoản", Role.ADMIN),
    ("board:offices", "Cơ quan, điểm giao dịch", Role.ADMIN),
    ("board:law", "Quy định", Role.ADMIN),
    ("board:numbers", "Số bưu gửi", Role.ADMIN),
    ("board:jobs", "Việc nền", Role.ADMIN),
)


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page in the frame of the province or the administrator."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    frame = {"nav": _nav(actor, request.path), "who": _who(actor)}
    return render(request, template, {**frame, **context}, status=status)


def _nav(actor: Actor, here: str) -> list[NavItem]:
    tabs = [(reverse(name), _(label)) for name, label, role in _TABS if actor.has(role)]
    current = max((url for url, _label in tabs if here == url or here.startswith(url + "/")), key=len, default="")
    return [NavItem(label, url, f"Alt+{n}", url == current) for n, (url, label) in enumerate(tabs, 1)]


def _who(actor: Actor) -> Who:
    roles = sorted(actor.roles & {Role.PROVINCE, Role.ADMIN}) or sorted(actor.roles)
    law, place = current_law(), actor.office_as(*roles)
    office = law.office(place).short if place in law.office_map else ""
    return Who(actor.name, ", ".join(_(role.label) for role in roles), office)
