"""The frame of every page of the counter: its tabs with their keys, who works where."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.people.rules import Actor
from motcua.procedures.queries import current_law
from motcua.web.counter.places import CLERKS, place_of
from motcua.web.shared.door import new_key
from motcua.web.ui import NavItem, Who

_TABS = (
    ("counter:home", "Quầy", "Alt+1"),
    ("counter:choose_procedure", "Nhận hồ sơ", "Alt+2"),
    ("counter:results", "Trả kết quả", "Alt+3"),
    ("bags:home", "Túi hồ sơ", "Alt+4"),
    ("counter:till", "Két", "Alt+5"),
)


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page in the counter's frame. `fresh_key` is another key each time a form asks for it."""
    frame = {
        "nav": _nav(request),
        "who": _who(request),
        "counter_place": place_of(request),
        "fresh_key": new_key,
    }
    return render(request, template, {**frame, **context}, status=status)


def _nav(request: HttpRequest) -> list[NavItem]:
    here = request.path
    return [NavItem(_(label), url, key, here == url) for name, label, key in _TABS if (url := reverse(name))]


def _who(request: HttpRequest) -> Who:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place = place_of(request)
    roles = sorted(actor.roles_at(place) & set(CLERKS)) if place else sorted(actor.roles & set(CLERKS))
    office = current_law().office(place).short if place else ""
    return Who(actor.name, _(roles[0].label) if roles else "", office)


def reader_language() -> Literal["vi", "en"]:
    """The language explanations are asked for in."""
    return "en" if get_language() == "en" else "vi"
