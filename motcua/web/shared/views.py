"""Logging in and out, and the language of the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.config import clock
from motcua.people.actions import count_try
from motcua.people.queries import account_by_username, actor_of, demo_accounts
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.shared import door
from motcua.web.shared.homes import group_name, group_of, home_of
from motcua.web.shared.shown import ShownForm, typed

# Wrong passwords allowed for one name, and from one address, in one window.
_TRIES, _ADDRESS_TRIES, _WINDOW_SECONDS = 10, 60, 600
# From so many people at one place on, the log-in page of the demo gives the place a row of its own.
_COLLEAGUES = 4
_NAME_LIMIT, _PASSWORD_LIMIT = 60, 200
_LANGUAGE_AGE = 365 * 24 * 3600


class LoginForm(ShownForm):
    """Name and password."""

    username = typed(gettext_lazy("Tên đăng nhập"), required=True, autocomplete="username", autocapitalize="off")
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One button of the log-in page."""

    username: str
    name: str
    role: str
    place: str


@door.public
def login(request: HttpRequest) -> HttpResponse:
    """The log-in page; with POST a person of the demo (one click) or a name and a password."""
    form = LoginForm(request.POST if request.method == "POST" and "demo" not in request.POST else None)
    if request.method != "POST":
        return _page(request, form)
    if "demo" in request.POST:
        account = _demo_account(request.POST["demo"])
        return _enter(request, account) if account else door.problem_page(request, 403)
    name = form.text("username")[:_NAME_LIMIT]
    if _too_many(request, name):
        return door.problem_page(request, 429)
    account = account_by_username(name)
    if _right(account, request.POST.get("password", "")[:_PASSWORD_LIMIT]):
        return _enter(request, account)
    form.add_error(None, _("Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại."))
    return _page(request, form, status=422)


def _too_many(request: HttpRequest, name: str) -> bool:
    now = clock.now()
    by_name = count_try(f"login:{name}", now, _WINDOW_SECONDS)
    by_address = count_try(f"login-from:{door.address(request)}", now, _WINDOW_SECONDS)
    return by_name > _TRIES or by_address > _ADDRESS_TRIES


def _right(account: Any, password: str) -> bool:
    """Whether the password fits; an unknown name takes as long as a known one."""
    if account is None:
        make_password(password)
        return False
    return check_password(password, account.password)


def _enter(request: HttpRequest, account: Any) -> HttpResponse:
    door.sign_in(request, account)
    return redirect(door.safe_next(request, home_of(actor_of(account))))


def _demo_account(username: str) -> Any:
    account = account_by_username(username[:_NAME_LIMIT]) if settings.DEMO else None
    return account if account is not None and account.is_demo else None


def _page(request: HttpRequest, form: LoginForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": door.safe_next(request, ""),
        "demo_people": _demo_people() if settings.DEMO else [],
    }
    return render(request, "shared/login.html", context, status=status)


def _demo_people() -> list[tuple[str, list[tuple[str, list[DemoPerson]]]]]:
    """The people of the demo, grouped by the face they work with, and there by their place."""
    law = current_law()
    people = []
    for account in demo_accounts():
        actor = actor_of(account)
        places = [law.office(code).short for code in sorted(actor.offices()) if code in law.office_map]
        roles = ", ".join(_(Role(role).label) for role in sorted(actor.roles))
        if roles:
            people.append((group_of(actor.roles), DemoPerson(account.username, account.name, roles, ", ".join(places))))
    people.sort(key=lambda row: (row[0], row[1].place, row[1].role, row[1].name))
    groups = groupby(people, key=lambda row: row[0])
    return [(group_name(place), list(_by_place([p for _place, p in rows]))) for place, rows in groups]


def _by_place(people: list[DemoPerson]) -> Iterator[tuple[str, list[DemoPerson]]]:
    """Those of one place in a row of their own, where that makes the list shorter to read."""
    rows = [(place, list(them)) for place, them in groupby(people, key=lambda person: person.place)]
    if max(len(them) for _place, them in rows) < _COLLEAGUES:
        rows = [("", people)]
    yield from rows


@require_POST
@door.public
def logout(request: HttpRequest) -> HttpResponse:
    """Ends the log-in."""
    door.sign_out(request)
    return redirect("/")


@require_POST
@door.public
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the language of the pages in a cookie and goes back to the page."""
    response = redirect(door.safe_next(request, "/"))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=_LANGUAGE_AGE, samesite="Lax", httponly=True,
            secure=bool(settings.LANGUAGE_COOKIE_SECURE),
        )  # fmt: skip
    return response
