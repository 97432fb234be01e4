"""Accounts of the staff: who there is, what they may do and where, and a new password when one was forgotten."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.acts import staff
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.journal.rules import Command
from motcua.kernel.problems import Refused
from motcua.law.model import Pack
from motcua.looks.access import NotFound, local_day
from motcua.people.queries import accounts_page, any_account
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.board.cuts import office_name
from motcua.web.board.frame import shown
from motcua.web.shared.door import command, new_key, page
from motcua.web.shared.shown import ShownForm, one_of, typed
from motcua.web.ui import Cell, Column, Pager, Row, Table

_ROLES = [role for role in Role if role is not Role.CITIZEN]


class RoleForm(ShownForm):
    """One role at one office."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="role_%s")
        self.fields.update(_role_fields())


class NewForm(ShownForm):
    """A new account with its first role."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        help_text = lazy("3 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch nối.")
        self.fields["username"] = typed(lazy("Tên đăng nhập"), required=True, help_text=help_text, autocapitalize="off")
        self.fields["name"] = typed(lazy("Họ tên"), required=True)
        self.fields["phone"] = typed(lazy("Điện thoại"), inputmode="tel")
        self.fields.update(_role_fields())
        self.fields["password"] = _password_field()


class PasswordForm(ShownForm):
    """A new password."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="new_%s")
        self.fields["password"] = _password_field()


def _role_fields() -> dict[str, forms.Field]:
    law, today = current_law(), local_day(clock.now())
    roles = [("", lazy("Chọn vai trò")), *((role.value, _(role.label)) for role in _ROLES)]
    places = sorted((o.name, o.code) for o in law.offices(day=today))
    offices = [("", lazy("Chọn nơi làm việc")), *((code, name) for name, code in places)]
    return {
        "role": one_of(lazy("Vai trò"), roles, required=True),
        "office": one_of(lazy("Nơi làm việc"), offices, required=True),
    }


def _password_field() -> forms.CharField:
    return forms.CharField(
        label=lazy("Mật khẩu mới"),
        help_text=lazy("Ít nhất 10 ký tự. Báo tận tay người dùng, không gửi qua tin nhắn."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@page(Role.ADMIN)
def many(request: HttpRequest) -> HttpResponse:
    """The accounts by log-in name, found by name as well."""
    query, after = request.GET.get("q", "").strip()[:100], request.GET.get("sau", "")[:60]
    found, following = accounts_page(query, after)
    law, here = current_law(), reverse("board:accounts")
    asked = {"q": query} if query else {}
    pager = Pager(
        len(found),
        f"{here}?{urlencode({**asked, 'sau': following})}" if following else "",
        f"{here}?{urlencode(asked)}" if after else "",
        _("tài khoản"),
    )
    return shown(request, "board/accounts.html", {"query": query, "pager": pager, "table": _table(found, law)})


def _table(accounts: Iterable[Any], law: Pack) -> Table:
    columns = [Column(_("Tên đăng nhập")), Column(_("Họ tên")), Column(_("Vai trò, nơi làm việc"))]
    rows = []
    for account in accounts:
        roles = "; ".join(_role_words(a, law) for a in account.current)
        link = reverse("board:account", args=[account.username])
        rows.append(Row([Cell(account.username, link), Cell(account.name), Cell(roles or _("Không còn vai trò"))]))
    return Table(_("Tài khoản"), columns, rows)


def _role_words(appointment: Any, law: Pack) -> str:
    place = office_name(appointment.office_id, law) if appointment.office_id else ""
    label = _(Role(appointment.role).label)
    return f"{label}, {place}" if place else label


@page(Role.ADMIN)
def new(request: HttpRequest) -> HttpResponse:
    """Opens an account."""
    form = NewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        named = {name: form.text(name) for name in ("username", "name", "phone", "role", "office")}
        wish = command(request, "staff.open", named)
        status = _tried(form, lambda: staff.open_staff(wish, request.actor, **named, password=_password(request)))  # type: ignore[attr-defined]
        if not status:
            messages.success(request, _("Đã mở tài khoản %s.") % named["username"])
            return redirect("board:account", username=named["username"])
        return shown(request, "board/account_new.html", {"form": form, "key": new_key()}, status)
    return shown(request, "board/account_new.html", {"form": form, "key": new_key()})


@page(Role.ADMIN)
def one(request: HttpRequest, username: str) -> HttpResponse:
    """One account with its roles."""
    return _page(request, username)


@page(Role.ADMIN)
def appoint(request: HttpRequest, username: str) -> HttpResponse:
    """Gives a role."""
    form = RoleForm(request.POST)
    given = {"username": username, "role": form.text("role"), "office": form.text("office")}
    do = lambda wish: staff.appoint(wish, request.actor, **given)  # type: ignore[attr-defined]  # noqa: E731
    return _done(
        request,
        username,
        "staff.appoint",
        given,
        do,
        _("Đã giao vai trò. Người dùng phải đăng nhập lại."),
        {"role_form": form},
    )


@page(Role.ADMIN)
def relieve(request: HttpRequest, username: str) -> HttpResponse:
    """Takes a role away."""
    form = RoleForm()
    given = {
        "username": username,
        "role": request.POST.get("role", "")[:20],
        "office": request.POST.get("office", "")[:60],
    }
    do = lambda wish: staff.relieve(wish, request.actor, **given)  # type: ignore[attr-defined]  # noqa: E731
    return _done(
        request,
        username,
        "staff.relieve",
        given,
        do,
        _("Đã thôi vai trò. Người dùng phải đăng nhập lại."),
        {"role_form": form},
    )


@page(Role.ADMIN)
def password(request: HttpRequest, username: str) -> HttpResponse:
    """Sets a new password. It is no part of what is recorded."""
    form = PasswordForm(request.POST)
    do = lambda wish: staff.reset_password(wish, request.actor, username, _password(request))  # type: ignore[attr-defined]  # noqa: E731
    said = _("Đã đặt mật khẩu mới. Mọi phiên đăng nhập cũ đã kết thúc.")
    return _done(request, username, "staff.password", {"username": username}, do, said, {"password_form": form})


def _password(request: HttpRequest) -> str:
    return request.POST.get("password", "")[: staff.PASSWORD_MOST + 1]


def _tried(form: ShownForm, do: Callable[[], Any]) -> int:
    """0 when it was done, else the status of the page, its problems on the form."""
    try:
        do()
    except (Refused, Invalid) as refused:
        form.show(refused.problems)
        return 409
    return 0


def _done(
    request: HttpRequest,
    username: str,
    name: str,
    given: dict[str, str],
    do: Callable[[Command], Any],
    said: str,
    asked: dict[str, ShownForm],
) -> HttpResponse:
    if request.method != "POST":
        return redirect("board:account", username=username)
    wish = command(request, name, given)
    (form,) = asked.values()
    if status := _tried(form, lambda: do(wish)):
        return _page(request, username, status, **asked)
    messages.success(request, said)
    return redirect("board:account", username=username)


def _page(request: HttpRequest, username: str, status: int = 200, **asked: ShownForm) -> HttpResponse:
    account = any_account(username)
    if account is None:
        raise NotFound(username)
    law = current_law()
    held = [(a.role, a.office_id or "", _role_words(a, law), a.started_at) for a in account.current]  # type: ignore[attr-defined]
    context = {
        "account": account,
        "held": held,
        "role_form": asked.get("role_form") or RoleForm(),
        "password_form": asked.get("password_form") or PasswordForm(),
        "fresh_key": new_key,
    }
    return shown(request, "board/account.html", context, status)
