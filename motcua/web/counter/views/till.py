"""The till: what was taken in, counted at night, handed in, passed on. Two purses, never one sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.acts import till as acts
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.kernel.problems import Refused
from motcua.law.model import Office
from motcua.looks.access import NotFound, local_day
from motcua.looks.tills import (
    office_money,
    open_shift_of,
    payments_in,
    remittances_of,
    shift_sheet,
    shifts_of,
    shifts_to_take,
)
from motcua.money.models import Payment, Purse, Shift
from motcua.procedures.queries import current_law
from motcua.web.counter.frame import shown
from motcua.web.counter.intake_form import read_number
from motcua.web.counter.places import Seated, counter_page
from motcua.web.shared.door import command
from motcua.web.shared.shown import ShownForm, typed

_MOST = 2_000_000_000


class CountForm(ShownForm):
    """What was counted in each purse, and why it differs."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["state"] = typed(lazy("Đếm được: phí, lệ phí nhà nước"), required=True, inputmode="numeric")
        self.fields["post"] = typed(lazy("Đếm được: cước bưu chính"), required=True, inputmode="numeric")
        self.fields["note"] = typed(lazy("Lý do chênh lệch"), help_text=lazy("Bắt buộc khi số đếm khác số sổ."))

    def counted(self) -> dict[str, int]:
        """Both purses. Refuses `input.number` naming the field."""
        return {purse: read_number(self.text(purse) or "-", purse, 0, _MOST) for purse in ("state", "post")}


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt of a till: a person's money, each purse in its column."""

    receipt: str
    dossier: str
    reference: str
    at: Any
    state: int
    post: int


def receipt_lines(payments: Iterable[Payment]) -> list[ReceiptLine]:
    """Payments under their receipt numbers, oldest first."""
    lines: dict[str, dict[str, Any]] = {}
    for p in payments:
        row = lines.setdefault(
            p.receipt,
            {
                "receipt": p.receipt,
                "dossier": p.dossier.code or p.dossier.reference,
                "reference": p.dossier.reference,
                "at": p.taken_at,
                "state": 0,
                "post": 0,
            },
        )
        row[p.purse] += p.amount
    return [ReceiptLine(**row) for row in lines.values()]


@counter_page
def till(request: Seated) -> HttpResponse:
    """My till and the office's money."""
    return _till_page(request, CountForm())


@counter_page
def count(request: Seated) -> HttpResponse:
    """The owner counts both purses."""
    form = CountForm(request.POST)

    def do() -> Any:
        counted, note = form.counted(), form.text("note")[:500]
        wish = command(request, "shift.count", {**counted, "note": note})
        return acts.count_till(wish, request.actor, counted["state"], counted["post"], note)

    return _done(request, do, _("Đã chốt két. Hãy in tờ ngày và nộp tiền về điểm."), form)


@counter_page
def take(request: Seated) -> HttpResponse:
    """The office takes a counted till in."""
    shift = _uuid(request.POST.get("shift", ""))
    wish = command(request, "shift.take", {"shift": str(shift)})
    return _done(request, lambda: acts.take_in(wish, request.actor, shift), _("Đã nhận tiền nộp về điểm."))


@counter_page
def remit(request: Seated) -> HttpResponse:
    """Everything of one purse for one taker is passed on."""
    taker, purse = request.POST.get("taker", "")[:60], request.POST.get("purse", "")[:5]
    wish = command(request, "money.remit", {"place": request.place, "taker": taker, "purse": purse})
    do = lambda: acts.remit(wish, request.actor, request.place, taker, purse)  # noqa: E731
    return _done(request, do, _("Đã lập lệnh nộp tiền. Chờ nơi nhận xác nhận."))


@counter_page
def confirm(request: Seated) -> HttpResponse:
    """Money that came is here."""
    number = request.POST.get("number", "")[:40]
    wish = command(request, "money.confirm", {"number": number})
    return _done(request, lambda: acts.confirm(wish, request.actor, number), _("Đã xác nhận nhận tiền."))


@counter_page
def sheet(request: Seated) -> HttpResponse:
    """The printed sheet of one till: every receipt, both purses, the count, the signatures."""
    wanted = request.GET.get("ca", "")
    mine = open_shift_of(request.actor)
    shift = shift_sheet(request.actor, _uuid(wanted)) if wanted else mine
    if shift is None:
        raise NotFound(wanted)
    lines = receipt_lines(payments_in(shift))
    context = {
        "shift": shift,
        "lines": lines,
        "sums": _sums(lines),
        "office": current_law().office(shift.office_id),
    }
    return shown(request, "counter/sheet.html", context)


def _reckoning(shift: Shift, sums: dict[str, int]) -> list[dict[str, Any]]:
    """What the book says and what was counted, a purse a line."""
    rows = []
    for purse in Purse:
        counted = getattr(shift, f"counted_{purse.value}")
        booked = getattr(shift, f"expected_{purse.value}")
        expected = sums[purse.value] if booked is None else booked
        difference = 0 if counted is None else counted - expected
        rows.append({"label": purse.label, "expected": expected, "counted": counted, "difference": difference})
    return rows


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(text) from error


def _done(request: Seated, do: Callable[[], Any], said: str, form: CountForm | None = None) -> HttpResponse:
    if request.method != "POST":
        return redirect("counter:till")
    try:
        do()
    except (Refused, Invalid) as refused:
        if form is None:
            return _till_page(request, CountForm(), list(refused.problems), 409)
        form.show(refused.problems)
        return _till_page(request, form, [], 422 if isinstance(refused, Invalid) else 409)
    messages.success(request, said)
    return redirect("counter:till")


def _till_page(request: Seated, form: CountForm, problems: Any = (), status: int = 200) -> HttpResponse:
    actor, place = request.actor, request.place
    shift = open_shift_of(actor)
    lines = receipt_lines(payments_in(shift)) if shift else []
    sent, coming = remittances_of(actor, place)
    held = office_money(actor, place)
    post_money = [row for row in held if row["purse"] == "post"]
    return shown(
        request,
        "counter/till.html",
        {
            "form": form,
            "problems": problems,
            "shift": shift,
            "lines": lines,
            "sums": _sums(lines),
            "to_take": shifts_to_take(actor, place),
            "mine": [s for s in shifts_of(actor) if s.counted_at],
            "state_money": [row for row in held if row["purse"] == "state"],
            "post_money": post_money,
            "post_total": sum(row["amount"] for row in post_money),
            "post_offices": _post_offices(place),
            "sent": sent,
            "coming": coming,
        },
        status=status,
    )


def _sums(lines: Iterable[ReceiptLine]) -> dict[str, int]:
    rows = list(lines)
    return {"state": sum(line.state for line in rows), "post": sum(line.post for line in rows)}


def _post_offices(place: str) -> list[Office]:
    """Where the post's charges go: the post office this place belongs to first."""
    law = current_law()
    parent = law.office(place).parent
    offices = law.offices("post_office", local_day(clock.now()))
    return sorted(offices, key=lambda o: (o.code != parent, o.name))
