"""Today's round: every door with what is to be done there, and the money that comes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts.inputs import Input
from motcua.acts.till import count_till, expected_in
from motcua.config import clock
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel, Pickup
from motcua.dossiers.models import Dossier
from motcua.law.model import Pack
from motcua.looks.access import local_day
from motcua.looks.errands import Due, fetched_by, round_of, stop_named
from motcua.looks.rounds import in_order
from motcua.looks.stops import address_of
from motcua.looks.story import reason_words
from motcua.looks.tills import open_shift_of, payments_in, shifts_of
from motcua.people.queries import account_by_username
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.papers import stop_list_paper
from motcua.web.round.frame import shown
from motcua.web.shared.action_forms import ActionForm
from motcua.web.shared.door import new_key, page
from motcua.web.shared.input_forms import input_form, take

_COUNT = (
    Input("state", "Đếm được: phí, lệ phí nhà nước", "number"),
    Input("post", "Đếm được: cước bưu chính", "number"),
    Input("note", "Lý do chênh lệch", required=False, help="Bắt buộc khi số đếm khác số sổ."),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """One door: whose, where, whom to ring, what to do there and what to take."""

    url: str
    name: str
    address: str
    phone: str
    number: str
    dossier: str
    due: Due
    day: date | None
    late: bool
    window: str = ""
    note: str = ""
    attempts: int = 0
    last_reason: str = ""


@page(Role.POSTMAN)
def home(request: HttpRequest) -> HttpResponse:
    """The stops of today, deliveries and visits apart."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, today, tour = current_law(), local_day(clock.now()), round_of(request.actor)  # type: ignore[attr-defined]

    def stops(rows: list[Parcel]) -> list[Stop]:
        return [parcel_stop(p, tour.due_on(p.dossier_id), law, today) for p in in_order(rows)]

    parcels = stops(tour.parcels)
    context = {
        "waiting": stops(tour.waiting),
        "tried": stops(tour.tried),
        "parcels": parcels,
        "pickups": [pickup_stop(p, law, today) for p in in_order(tour.pickups)],
        "sums": {purse: sum(getattr(s.due, purse) for s in parcels) for purse in ("state", "post")},
        "fetched": _fetched(actor, law),
        "today": today,
    }
    return shown(request, "round/home.html", context)


def _fetched(actor: Actor, law: Pack) -> list[tuple[str, list[Any]]]:
    """Papers in the postman's bag, under the desk they go to."""
    desks: dict[str, list[Any]] = {}
    for paper in fetched_by(actor):
        desks.setdefault(law.office(paper.dossier.accepting_id).name, []).append(paper)
    return sorted(desks.items())


@page(Role.POSTMAN)
def stops_pdf(request: HttpRequest) -> HttpResponse:
    """The postman's own list of stops, to print."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    account = account_by_username(actor.username)
    assert account is not None
    return stop_list_paper(account, actor.office_as(Role.POSTMAN), round_of(actor))


@page(Role.POSTMAN)
def scan(request: HttpRequest) -> HttpResponse:
    """The stop that the scanned number belongs to."""
    text = request.GET.get("code", "").strip()[:200]
    found = stop_named(request.actor, text) if text else None  # type: ignore[attr-defined]
    if isinstance(found, Parcel) and found.state != ParcelState.OUT:
        messages.info(request, _("%s đang chờ bạn nhận đi phát.") % found.item)
        return redirect("round:home")
    if isinstance(found, Parcel):
        return redirect("round:deliver", item=found.item)
    if isinstance(found, Pickup):
        return redirect("round:pickup", pickup_id=found.pk)
    if text:
        messages.warning(request, _("Không có điểm nào của chuyến này mang mã “%s”. Hãy xem lại mã.") % text[:40])
    return redirect("round:home")


def parcel_stop(parcel: Parcel, due: Due, law: Pack, today: date) -> Stop:
    """The door an item goes to."""
    d: Dossier = parcel.dossier
    to = d.delivery
    return Stop(
        url=reverse("round:deliver", args=[parcel.item]),
        name=to.get("name") or d.applicant.name,
        address=address_of(to.get("address") or d.applicant.address, to.get("unit_code", ""), law),
        phone=to.get("phone") or d.applicant.phone,
        number=parcel.item,
        dossier=str(d),
        due=due,
        day=parcel.due_on,
        late=bool(parcel.due_on and parcel.due_on < today),
        attempts=parcel.attempts,
        last_reason=reason_words(parcel.last_reason),
    )


def pickup_stop(pickup: Pickup, law: Pack, today: date) -> Stop:
    """The home whose papers are to be fetched."""
    return Stop(
        url=reverse("round:pickup", args=[pickup.pk]),
        name=pickup.dossier.applicant.name,
        address=address_of(pickup.address, pickup.unit_code, law),
        phone=pickup.phone or pickup.dossier.applicant.phone,
        number="",
        dossier=str(pickup.dossier),
        due=Due(),
        day=pickup.wanted_on,
        late=pickup.wanted_on < today,
        window=pickup.window,
        note=pickup.note,
        attempts=pickup.attempts,
        last_reason=reason_words(pickup.last_reason),
    )


@page(Role.POSTMAN)
def hand(request: HttpRequest) -> HttpResponse:
    """The money in the postman's hand; counting it closes the day's till."""
    if request.method != "POST":
        return _hand_page(request, _count_form())
    taken = take(
        request, _count_form(request.POST), "shift.count", {},
        lambda wish, v: count_till(wish, request.actor, v["state"], v["post"], v["note"]),  # type: ignore[attr-defined]
    )  # fmt: skip
    if taken.answer is None:
        return _hand_page(request, taken.form, taken.status)
    messages.success(request, _("Đã chốt tiền. Hãy nộp cho bưu cục; tiền ở trong tay bạn đến khi bưu cục xác nhận."))
    return redirect("round:hand")


def _count_form(data: Any = None) -> ActionForm:
    return input_form("count", _COUNT, _("Chốt tiền trong ngày"), data=data)


def _hand_page(request: HttpRequest, form: ActionForm, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shift = open_shift_of(actor)
    return shown(
        request,
        "round/hand.html",
        {
            "form": form,
            "key": new_key(),
            "shift": shift,
            "sums": expected_in(shift) if shift else {},
            "payments": payments_in(shift) if shift else [],
            "counted": [s for s in shifts_of(actor) if s.counted_at],
        },
        status,
    )
