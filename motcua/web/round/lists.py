"""What stands behind the figures of the dispatcher's board: one list for each, and one page for each postman."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from motcua.acts import homeward
from motcua.config import clock
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel
from motcua.looks.access import local_day
from motcua.looks.errands import carried_home, ended_parcels_at, parcels_at
from motcua.looks.rounds import done_today, doubts_at, in_order, reasons_of, tour_of
from motcua.looks.story import reason_words
from motcua.looks.tills import money_of
from motcua.people.queries import accounts_at
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.papers import stop_list_paper
from motcua.web.round.frame import OFFICE_SIDE, shown
from motcua.web.round.offices import choice_of_office, office_asked
from motcua.web.round.tables import carried_table, doubts_table, parcels_table, pickups_table
from motcua.web.shared.door import attempt, command, page
from motcua.web.shared.shown import problem_text
from motcua.web.ui import Table
from motcua.web.words import when

LISTS = {
    "luu": noop("Lưu tại bưu cục"),
    "nghi-van": noop("Đã giao, chưa ai nhận"),
    "chua-phat-duoc": noop("Phát chưa được"),
    "mang-ve": noop("Giấy tờ bưu tá mang về"),
    "vua-xong": noop("Vừa xong"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the board and the list behind it."""

    label: str
    count: int
    url: str
    note: str = ""
    late: bool = False


def figures_of(actor: Actor, place: str, parcels: Sequence[Parcel], now: datetime) -> list[Figure]:
    """What is not where it should be: three queries, whatever there is."""
    doubts, carried = doubts_at(actor, place), carried_home(actor, place)
    held = [p for p in parcels if p.state == ParcelState.HELD]
    last = min((p.held_until for p in held if p.held_until), default=None)
    since = doubts[0].offered_at if doubts else None
    figures = [
        Figure(_("Đã giao, chưa ai nhận"), len(doubts), _list("nghi-van", place),
               _("lâu nhất từ %s") % when(since) if since else "", bool(since and local_day(since) < local_day(now))),
        Figure(_("Lưu tại bưu cục"), len(held), _list("luu", place),
               _("hạn gần nhất %s") % when(last) if last else "", bool(last and last < local_day(now))),
        Figure(_("Giấy tờ bưu tá mang về"), len(carried), _list("mang-ve", place)),
    ]  # fmt: skip
    figures += [
        Figure(reason_words(reason), n, _list("chua-phat-duoc", place, reason), _("phát chưa được"))
        for reason, n in reasons_of(parcels)
    ]
    return figures


def _list(what: str, place: str, reason: str = "") -> str:
    query = {"noi": place, **({"ly-do": reason} if reason else {})}
    return f"{reverse('round:list', args=[what])}?{urlencode(query)}"


@page(*OFFICE_SIDE)
def one_list(request: HttpRequest, what: str) -> HttpResponse:
    """The rows behind one figure."""
    if what not in LISTS:
        raise Http404
    place = office_asked(request)
    context = {"title": _(LISTS[what]), "what": what, "table": _rows(request, what, place.code)}
    return shown(request, "round/list.html", {**choice_of_office(request, place), **context})


def _rows(request: HttpRequest, what: str, place: str) -> Table:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, now = current_law(), clock.now()
    today, title = local_day(now), _(LISTS[what])
    if what == "nghi-van":
        return doubts_table(doubts_at(actor, place), law, _postmen(place), now)
    if what == "mang-ve":
        return carried_table(carried_home(actor, place), law, _postmen(place))
    if what == "vua-xong":
        return parcels_table(ended_parcels_at(actor, place), law, today, title, when_label=_("Kết thúc"))
    rows = parcels_at(actor, place)
    if what == "luu":
        held = sorted((p for p in rows if p.state == ParcelState.HELD), key=lambda p: (p.held_until or today, p.item))
        return parcels_table(held, law, today, title, when_label=_("Lưu đến hết"))
    reason = request.GET.get("ly-do", "")[:100]
    tried = [p for p in rows if p.attempts and p.last_reason.startswith(reason)]
    return parcels_table(tried, law, today, title)


def _postmen(place: str) -> dict[str, str]:
    return {str(account.pk): account.name for account in accounts_at(place, Role.POSTMAN)}


@page(*OFFICE_SIDE)
def tour(request: HttpRequest, username: str) -> HttpResponse:
    """One postman's day: what he is offered, what he has, what he did, the money in his hand."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place, law, now = office_asked(request), current_law(), clock.now()
    postman, errands = tour_of(actor, place.code, username)
    today = local_day(now)

    def items(rows: list[Parcel], caption: str, *, ticked: bool = False) -> Table:
        all_of_them = {row.item for row in rows} if ticked else ()
        return parcels_table(in_order(rows), law, today, caption, "buu-gui", all_of_them, mixed=False)

    done = done_today(postman, place.code, now)
    context = {
        **choice_of_office(request, place),
        "postman": postman,
        "waiting": items(errands.waiting, _("Chờ bưu tá nhận")),
        "out": items(errands.parcels, _("Bưu tá đang phát")),
        "tried": items(errands.tried, _("Phát chưa được, bưu tá đang giữ"), ticked=True),
        "homes": pickups_table(in_order(errands.pickups), law, today, _("Đến nhận tại nhà"), "", ()),
        "done": parcels_table(done, law, today, _("Đã phát hôm nay"), when_label=_("Lúc"), mixed=False),
        "money": money_of(postman.pk),
    }
    return shown(request, "round/tour.html", context)


@page(*OFFICE_SIDE)
def stops_pdf(request: HttpRequest, username: str) -> HttpResponse:
    """The list of stops of one postman, to print and take along."""
    place = office_asked(request)
    postman, errands = tour_of(request.actor, place.code, username)  # type: ignore[attr-defined]
    return stop_list_paper(postman, place.code, errands)


@page(*OFFICE_SIDE)
def withdraw(request: HttpRequest, username: str) -> HttpResponse:
    """Ticked items that the postman has not taken stay here."""
    return _with_ticked(request, username, "parcel.withdraw", homeward.withdraw, noop("Đã thôi phân %d bưu gửi."))


@page(*OFFICE_SIDE)
def bring_back(request: HttpRequest, username: str) -> HttpResponse:
    """Ticked items come back from the postman into the office's hands."""
    return _with_ticked(request, username, "parcel.bring_back", homeward.bring_back, noop("Đã nhận lại %d bưu gửi."))


def _with_ticked(request: HttpRequest, username: str, name: str, do: Callable[..., Any], said: str) -> HttpResponse:
    place, items = office_asked(request), sorted(set(request.POST.getlist("buu-gui")))[:300]
    tour_of(request.actor, place.code, username)  # type: ignore[attr-defined]
    if request.method == "POST" and items:
        wish = command(request, name, {"items": items})
        done, problems = attempt(lambda: do(wish, request.actor, items))  # type: ignore[attr-defined]
        _say(request, problems, _(said) % len(items) if done else "")
    return redirect(f"{reverse('round:tour', args=[username])}?{urlencode({'noi': place.code})}")


@page(*OFFICE_SIDE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Ticked papers come from postmen's bags into the office's hands."""
    place, stickers = office_asked(request), sorted(set(request.POST.getlist("giay")))[:300]
    if request.method == "POST" and stickers:
        wish = command(request, "paper.bring_in", {"place": place.code, "stickers": stickers})
        done, problems = attempt(lambda: homeward.bring_in(wish, request.actor, place.code, stickers))  # type: ignore[attr-defined]
        _say(request, problems, _("Đã nhận %d giấy tờ từ bưu tá.") % len(stickers) if done else "")
    return redirect(_list("mang-ve", place.code))


def _say(request: HttpRequest, problems: Sequence[Any], said: str) -> None:
    for problem in problems:
        messages.error(request, problem_text(problem))
    if said:
        messages.success(request, said)
