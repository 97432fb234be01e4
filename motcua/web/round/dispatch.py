"""The dispatcher's board: what lies here, who goes out with it, what came back, and homes to be visited."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.acts import homeward
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.custody.lifecycle import LIVE_PARCEL, ParcelState, PickupState
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Office, Pack
from motcua.looks.access import local_day
from motcua.looks.errands import ended_parcels_at, parcels_at, pickups_at, results_to_send
from motcua.looks.story import reason_words
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import OFFICE_SIDE, shown
from motcua.web.round.offices import choice_of_office, office_asked, postmen_of
from motcua.web.round.stops import address_of
from motcua.web.shared.door import command, page
from motcua.web.ui import Cell, Column, Row, Table
from motcua.web.words import when

_MOST = 300


@page(*OFFICE_SIDE)
def home(request: HttpRequest) -> HttpResponse:
    """The board of one post office."""
    return _board(request, office_asked(request))


@page(*OFFICE_SIDE)
def make(request: HttpRequest) -> HttpResponse:
    """Ticked results become tracked items."""
    place, keys = office_asked(request), sorted(set(request.POST.getlist("ho-so")))[:_MOST]

    def do() -> str:
        _some(keys, _("Hãy đánh dấu ít nhất một kết quả."))
        wish = command(request, "parcel.make", {"place": place.code, "keys": keys})
        made = homeward.make_parcels(wish, request.actor, place.code, keys)  # type: ignore[attr-defined]
        return _("Đã lập %d bưu gửi. Hãy in nhãn và dán.") % len(made["items"])

    return _done(request, place, do)


@page(*OFFICE_SIDE)
def send_out(request: HttpRequest) -> HttpResponse:
    """A postman goes out with the ticked items."""
    place, items = office_asked(request), sorted(set(request.POST.getlist("buu-gui")))[:_MOST]
    postman = request.POST.get("postman", "")[:60]

    def do() -> str:
        _some(items, _("Hãy đánh dấu ít nhất một bưu gửi."))
        wish = command(request, "parcel.dispatch", {"items": items, "postman": postman})
        homeward.dispatch(wish, request.actor, items, postman)  # type: ignore[attr-defined]
        return _("Đã giao %d bưu gửi cho bưu tá.") % len(items)

    return _done(request, place, do)


@page(Role.DISPATCHER)
def assign(request: HttpRequest) -> HttpResponse:
    """A postman is to visit the ticked homes."""
    place, ids = office_asked(request), _ids(request.POST.getlist("yeu-cau"))
    postman = request.POST.get("postman", "")[:60]

    def do() -> str:
        _some(ids, _("Hãy đánh dấu ít nhất một yêu cầu."))
        wish = command(request, "pickup.assign", {"pickups": [str(i) for i in ids], "postman": postman})
        homeward.assign_pickups(wish, request.actor, ids, postman)  # type: ignore[attr-defined]
        return _("Đã phân %d điểm nhận cho bưu tá.") % len(ids)

    return _done(request, place, do)


@page(Role.DISPATCHER)
def cancel(request: HttpRequest, pickup_id: UUID) -> HttpResponse:
    """An order to fetch papers falls away."""
    place = office_asked(request)

    def do() -> str:
        wish = command(request, "pickup.cancel", {"pickup": str(pickup_id)})
        homeward.cancel_pickup(wish, request.actor, pickup_id)  # type: ignore[attr-defined]
        return _("Đã huỷ yêu cầu nhận tại nhà.")

    return _done(request, place, do)


def _ids(texts: list[str]) -> list[UUID]:
    """What can be read as an id, each once, in order; the rest is not on this page."""
    found = set()
    for text in texts[:_MOST]:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return sorted(found)


def _some(chosen: list[Any], otherwise: str) -> None:
    if not chosen:
        raise Invalid([Problem("input.missing", otherwise)])


def _done(request: HttpRequest, place: Office, do: Callable[[], str]) -> HttpResponse:
    """One act of the board, then the board again; a refusal is shown above it with the same ticks."""
    here = f"{reverse('round:dispatch')}?{urlencode({'noi': place.code})}"
    if request.method != "POST":
        return redirect(here)
    try:
        said = do()
    except (Refused, Invalid) as refused:
        return _board(request, place, refused.problems, 422 if isinstance(refused, Invalid) else 409)
    messages.success(request, said)
    return redirect(here)


def _board(request: HttpRequest, place: Office, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, today = current_law(), local_day(clock.now())
    parcels, pickups = parcels_at(actor, place.code), pickups_at(actor, place.code)
    by_state: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        by_state.setdefault(parcel.state, []).append(parcel)
    waiting = by_state.get(ParcelState.READY, [])
    to_assign = [p for p in pickups if p.state != PickupState.ASSIGNED]
    assigned = [p for p in pickups if p.state == PickupState.ASSIGNED]
    dispatcher = Role.DISPATCHER in actor.roles_at(place.code)
    ticked = {*request.POST.getlist("ho-so"), *request.POST.getlist("buu-gui"), *request.POST.getlist("yeu-cau")}
    return shown(
        request,
        "round/dispatch.html",
        {
            **choice_of_office(request, place),
            "problems": problems,
            "dispatcher": dispatcher,
            "postmen": postmen_of(place),
            "postman": request.POST.get("postman", ""),
            "results": _results(results_to_send(actor, place.code), law, ticked),
            "waiting": _parcels(waiting, law, today, _("Bưu gửi chờ phát và phát chưa được"), "buu-gui", ticked),
            "out": _parcels(by_state.get(ParcelState.OUT, []), law, today, _("Bưu tá đang phát")),
            "held": _parcels(by_state.get(ParcelState.HELD, []), law, today, _("Lưu tại bưu cục")),
            "ended": _parcels(ended_parcels_at(actor, place.code), law, today, _("Vừa xong"), when_label=_("Kết thúc")),
            "to_assign": _pickups(to_assign, law, today, _("Chờ phân bưu tá"), "yeu-cau" if dispatcher else "", ticked),
            "assigned": _pickups(assigned, law, today, _("Bưu tá đang đến"), "yeu-cau" if dispatcher else "", ticked),
            "homes": len(pickups),
            "cancellable": pickups if dispatcher else [],
        },
        status,
    )


def _results(papers: list[Paper], law: Pack, ticked: set[str]) -> Table:
    columns = [Column(_("Hồ sơ")), Column(_("Người nhận")), Column(_("Địa chỉ")), Column(_("Nằm đây từ"), "when")]
    rows = []
    for paper in papers:
        d = paper.dossier
        to = d.delivery
        where = address_of(to.get("address") or d.applicant.address, to.get("unit_code", ""), law)
        cells = [Cell(str(d)), Cell(to.get("name") or d.applicant.name), Cell(where), Cell(when(paper.held_since))]
        rows.append(Row(cells, pick=d.reference, picked=d.reference in ticked))
    return Table(_("Kết quả chờ lập bưu gửi"), columns, rows, "ho-so")


def _parcels(
    parcels: list[Parcel],
    law: Pack,
    today: date,
    caption: str,
    pick: str = "",
    ticked: Collection[str] = (),
    when_label: str = "",
) -> Table:
    columns = [
        Column(_("Bưu gửi")),
        Column(_("Hồ sơ")),
        Column(_("Người nhận, địa chỉ")),
        Column(_("Bưu tá")),
        Column(_("Tình trạng")),
        Column(when_label or _("Hạn"), "when"),
    ]
    rows = []
    for p in parcels:
        to = p.dossier.delivery
        where = address_of(to.get("address") or p.dossier.applicant.address, to.get("unit_code", ""), law)
        tries = _("%d lần") % p.attempts if p.attempts else ""
        note = ", ".join(part for part in (tries, reason_words(p.last_reason)) if part)
        until = p.held_until if p.state == ParcelState.HELD else p.due_on
        live = p.state in LIVE_PARCEL
        cells = [
            Cell(p.item, reverse("round:item", args=[p.item])),
            Cell(str(p.dossier)),
            Cell(to.get("name") or p.dossier.applicant.name, note=where),
            Cell(p.postman.name if p.postman else "–"),
            Cell(_(ParcelState(p.state).label), note=note),
            Cell(when(until if live else p.ended_at)),
        ]
        overdue = bool(live and until and until < today)
        tone: Literal["late", "soon", ""] = "late" if overdue else "soon" if p.state == ParcelState.FAILED else ""
        rows.append(Row(cells, tone, p.item, p.item in ticked))
    return Table(caption, columns, rows, pick)


def _pickups(pickups: list[Pickup], law: Pack, today: date, caption: str, pick: str, ticked: Collection[str]) -> Table:
    columns = [
        Column(_("Hồ sơ")),
        Column(_("Người nộp")),
        Column(_("Địa chỉ")),
        Column(_("Hẹn đến"), "when"),
        Column(_("Bưu tá")),
        Column(_("Tình trạng")),
    ]
    rows = []
    for p in pickups:
        note = ", ".join(part for part in (p.window, p.note) if part)
        cells = [
            Cell(str(p.dossier)),
            Cell(p.dossier.applicant.name, note=p.phone),
            Cell(address_of(p.address, p.unit_code, law)),
            Cell(when(p.wanted_on), note=note),
            Cell(p.postman.name if p.postman else "–"),
            Cell(_(PickupState(p.state).label), note=reason_words(p.last_reason)),
        ]
        rows.append(Row(cells, "late" if p.wanted_on < today else "", str(p.pk), str(p.pk) in ticked))
    return Table(caption, columns, rows, pick)
