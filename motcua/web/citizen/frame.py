"""The frame of every page of a citizen: the tabs, who is logged in, the reader's language."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.people.rules import NOBODY, Actor, Role
from motcua.web.shared.door import new_key
from motcua.web.shared.homes import home_of
from motcua.web.ui import NavItem, Who


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page in the citizens' frame. `fresh_key` is another key each time a form asks for it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    frame = {"nav": _nav(request.path, actor), "who": _who(actor), "fresh_key": new_key}
    return render(request, template, {**frame, **context}, status=status)


def _nav(here: str, actor: Actor) -> list[NavItem]:
    tabs = [(_("Thủ tục"), "/thu-tuc"), (_("Tra cứu"), "/tra-cuu")]
    if actor.has(Role.CITIZEN):
        tabs.append((_("Hồ sơ của tôi"), "/ho-so-cua-toi"))
    elif actor is not NOBODY and home_of(actor) != "/":
        tabs.append((_("Việc của tôi"), home_of(actor)))
    return [NavItem(label, url, current=here == url) for label, url in tabs]


def _who(actor: Actor) -> Who | None:
    if actor is NOBODY:
        return None
    return Who(actor.name, _(min(actor.roles).label) if actor.roles else "")


def reader_language() -> Literal["vi", "en"]:
    """The language explanations are asked for in."""
    return "en" if get_language() == "en" else "vi"
