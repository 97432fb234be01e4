"""The ranges of item numbers: how many are used and free, and a form for a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.acts.numbers import RANGE_INPUTS, add_range
from motcua.custody.models import ItemRange
from motcua.custody.rules import FEW_NUMBERS
from motcua.kernel.codes import s10
from motcua.looks.errands import number_ranges
from motcua.people.rules import Role
from motcua.web.board.frame import shown
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import new_key, page
from motcua.web.shared.input_forms import input_form, take
from motcua.web.ui import Cell, Column, Row, Table


@page(Role.ADMIN)
def ranges(request: HttpRequest) -> HttpResponse:
    """All ranges; posted, one more."""
    if request.method != "POST":
        return _page(request, _form())
    taken = take(
        request, _form(request.POST), "range.add", {},
        lambda wish, v: add_range(wish, request.actor, v["prefix"], v["first"], v["last"]),  # type: ignore[attr-defined]
    )  # fmt: skip
    if taken.answer is None:
        return _page(request, taken.form, taken.status)
    messages.success(request, _("Đã thêm dải số bưu gửi."))
    return redirect("board:numbers")


def _form(data: Any = None) -> ActionForm:
    return input_form("range", RANGE_INPUTS, _("Thêm dải số"), data=data)


def _page(request: HttpRequest, form: ActionForm, status: int = 200) -> HttpResponse:
    found = number_ranges()
    left = sum(one.free for one in found)
    context = {"table": _table(found), "left": left, "few": left < FEW_NUMBERS, "form": form, "key": new_key()}
    return shown(request, "board/numbers.html", context, status)


def _table(found: list[ItemRange]) -> Table:
    columns = [
        Column(_("Từ")),
        Column(_("Đến")),
        Column(_("Đã dùng"), "number"),
        Column(_("Còn lại"), "number"),
        Column(_("Số tiếp theo")),
    ]
    rows = [
        Row(
            [
                Cell(s10(one.prefix, one.first)),
                Cell(s10(one.prefix, one.last)),
                Cell(str(one.used)),
                Cell(str(one.free)),
                Cell(s10(one.prefix, one.next) if one.free else "–"),
            ],
            "" if one.free else "done",
        )
        for one in found
    ]
    return Table(_("Dải số bưu gửi"), columns, rows)
