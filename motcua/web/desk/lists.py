"""The agency's lists: what waits for whom, what the search found, what waits for acceptance."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.config import clock
from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Dossier
from motcua.kernel.problems import Refused
from motcua.law.model import Pack
from motcua.looks.duties import Duty, count_duties, duties_of, open_procedures
from motcua.looks.worklists import WorklistFilter, desk_queue, search_dossiers, worklist
from motcua.people.rules import AGENCY, Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.desk.frame import shown
from motcua.web.shared.door import page
from motcua.web.shared.rows import named, standing, tone_of, way_of
from motcua.web.ui import Cell, Column, Pager, Row, Table
from motcua.web.words import when

MINE, ALL = "mine", "all"
# The list an officer came from, so that "next" and "back to the list" mean that one.
_REMEMBERED = "desk_list"
_OWNERS = (("", "Mọi người"), ("mine", "Của tôi"), ("nobody", "Chưa giao ai"))


@dataclass(frozen=True, slots=True)
class Tab:
    """One cut of the work: how much waits there."""

    key: str
    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the list asks for; whatever cannot be read is as if not asked."""

    turn: str
    owner: str
    procedure: str
    agency: str
    after: str

    @classmethod
    def of(cls, asked: Any) -> "Asked":
        turn = asked.get("luot", MINE)
        owner = asked.get("nguoi", "")
        return cls(
            turn if turn in {MINE, ALL, *Duty} else MINE,
            owner if owner in dict(_OWNERS) else "",
            asked.get("thu-tuc", "")[:40],
            asked.get("co-quan", "")[:60],
            asked.get("sau", "")[:100],
        )

    def url(self, **more: str) -> str:
        """The address of the same list, changed in some way; from its first page unless `sau` is given."""
        kept = {"luot": self.turn, "nguoi": self.owner, "thu-tuc": self.procedure, "co-quan": self.agency} | more
        return f"{reverse('desk:home')}?{urlencode({k: v for k, v in kept.items() if v})}"

    def filter(self, limit: int = 50) -> WorklistFilter:
        turn = "" if self.turn == ALL else self.turn
        return WorklistFilter(self.agency, "", self.owner, self.procedure, self.after, limit, turn)


@page(*AGENCY)
def work(request: HttpRequest) -> HttpResponse:
    """What waits, most urgent first; a search looks everywhere the officer may look."""
    actor, law, now = request.actor, current_law(), clock.now()  # type: ignore[attr-defined]
    asked, query = Asked.of(request.GET), request.GET.get("q", "").strip()[:200]
    if query:
        return _found(request, query, search_dossiers(actor, query), law, now)
    request.session[_REMEMBERED] = asked.url(sau=asked.after)
    rows, agencies = worklist(actor, asked.filter()), sorted(actor.offices(*AGENCY))
    tabs = _tabs(actor, asked, law)
    current = next(tab for tab in tabs if tab.current)
    turn = _turn(actor, asked, agencies)
    pager = Pager(
        len(rows.rows), asked.url(sau=rows.after) if rows.after else "", asked.url() if asked.after else "", _("hồ sơ")
    )
    return shown(
        request,
        "desk/work.html",
        {
            "tabs": tabs,
            "current": current,
            "table": dossier_table(rows.rows, law, now, current.label, turn=turn, owner=asked.owner),
            "pager": pager,
            "asked": asked,
            "owners": [(value, _(label)) for value, label in _OWNERS],
            "procedures": _procedures(agencies, law, now),
            "agencies": [law.office(code) for code in agencies] if len(agencies) > 1 else [],
            "query": "",
        },
    )


def _turn(actor: Actor, asked: Asked, agencies: list[str]) -> str:
    """The one act a list is of: what waits for somebody with one duty is that duty."""
    own = duties_of(actor, agencies)
    return own[0] if asked.turn == MINE and len(own) == 1 else asked.turn


def _found(request: HttpRequest, query: str, found: list[Dossier], law: Pack, now: datetime) -> HttpResponse:
    if len(found) == 1 and query.upper() in {found[0].code, found[0].reference}:
        return redirect("desk:dossier", reference=found[0].reference)
    table = dossier_table(found, law, now, _("Hồ sơ tìm thấy"))
    return shown(request, "desk/found.html", {"table": table, "query": query, "back": back_to_list(request)})


def _tabs(actor: Actor, asked: Asked, law: Pack) -> list[Tab]:
    """The actor's own acts first, then the others in the order of a dossier's life."""
    agencies = actor.offices(*AGENCY)
    agencies = frozenset({asked.agency}) & agencies or agencies
    counts, more = count_duties(actor, agencies, law)
    own = duties_of(actor, agencies)
    keys = [MINE, *own, *(duty for duty in Duty if duty not in own), ALL]
    labels = {MINE: _("Chờ tôi"), ALL: _("Tất cả đang giải quyết")} | {d: _(d.label) for d in Duty}
    running = sum(counts[duty] for duty in Duty if duty is not Duty.WAIT)
    return [
        Tab(
            key,
            labels[key],
            asked.url(luot=key),
            f"{counts.get(key, running)}{'+' if more else ''}",
            key == asked.turn,
        )
        for key in keys
    ]


def _procedures(agencies: Iterable[str], law: Pack, now: datetime) -> list[tuple[str, str]]:
    """(code, name) of what lies open here, by name."""
    found = []
    for code in open_procedures(agencies):
        try:
            found.append((code, law.procedure(code, now.date()).name))
        except Refused:
            found.append((code, code))
    return sorted(found, key=lambda pair: pair[1])


@page(*AGENCY)
def next_work(request: HttpRequest) -> HttpResponse:
    """The most urgent dossier of the list the officer came from, past the one just looked at."""
    from django.http import QueryDict

    remembered = request.session.get(_REMEMBERED, "").partition("?")[2]
    asked = Asked.of(QueryDict(remembered))
    rows = worklist(request.actor, asked.filter(2)).rows  # type: ignore[attr-defined]
    ahead = [d for d in rows if d.reference != request.GET.get("tru")]
    return redirect("desk:dossier", reference=ahead[0].reference) if ahead else redirect(back_to_list(request))


def back_to_list(request: HttpRequest) -> str:
    """The list the officer came from."""
    remembered = request.session.get(_REMEMBERED, "")
    return remembered if remembered.startswith(reverse("desk:home") + "?") else reverse("desk:home")


@page(Role.RECEIVER)
def queue(request: HttpRequest) -> HttpResponse:
    """Dossiers that this agency itself accepts and has not accepted yet, oldest first."""
    actor, law, now = request.actor, current_law(), clock.now()  # type: ignore[attr-defined]
    places = sorted(actor.offices(Role.RECEIVER))
    place = request.GET.get("noi", "")
    place = place if place in places else places[0]
    rows = desk_queue(actor, place, request.GET.get("sau", "")[:100])
    here = {"noi": place} if len(places) > 1 else {}
    following = f"{reverse('desk:queue')}?{urlencode({**here, 'sau': rows.after})}" if rows.after else ""
    back = f"{reverse('desk:queue')}?{urlencode(here)}" if request.GET.get("sau") else ""
    return shown(
        request,
        "desk/queue.html",
        {
            "place": law.office(place),
            "places": [law.office(code) for code in places] if len(places) > 1 else [],
            "table": dossier_table(rows.rows, law, now, _("Chờ tiếp nhận tại đây"), turn="queue"),
            "pager": Pager(len(rows.rows), following, back, _("hồ sơ")),
        },
    )


def dossier_table(
    rows: list[Dossier],
    law: Pack,
    now: datetime,
    caption: str,
    *,
    turn: str = "",
    owner: str = "",
    pick: str = "",
    picked: Collection[str] = (),
) -> Table:
    """Dossiers as a dense list: first the link, then how urgent, whose, what, whose turn.

    A column that says the same in every row is left out: the act a list is of, the person it is narrowed to.
    """
    names = named(rows, law)
    columns = [
        Column(_("Hồ sơ")),
        Column(_("Còn lại"), "status"),
        Column(_("Hẹn trả"), "when"),
        Column(_("Đường đi"), "way"),
        Column(_("Người nộp")),
        Column(_("Thủ tục")),
    ]
    same = turn in {*Duty, "queue"}
    nobody = turn in {Duty.ASSIGN, "queue"} or owner in {"mine", "nobody"}
    columns += [Column(_("Việc tiếp theo"))] * (not same) + [Column(_("Thụ lý"))] * (not nobody)
    lines = []
    for d in rows:
        kind, cells = _cells(d, law, now, str(names[d.pk]))
        cells += [_whole(next_step(d, law))] * (not same)
        cells += [_whole(d.handler.name if d.handler else "–")] * (not nobody)
        lines.append(Row(cells, tone_of(kind), f"{d.reference}.{d.seq}" if pick else "", d.reference in picked))
    return Table(caption, columns, lines, pick)


def _cells(d: Dossier, law: Pack, now: datetime, name: str) -> tuple[str, list[Cell]]:
    """(kind of urgency, the cells every list shows)."""
    kind, words = standing(d, law, now)
    cells = [
        Cell(d.code or d.reference, reverse("desk:dossier", args=[d.reference])),
        Cell(html=render_to_string("parts/status.html", {"kind": kind, "text": words})),
        Cell(when(d.due_at)),
        Cell(html=way_of(d, law, now).small),
        _whole(d.applicant.name),
        _whole(name),
    ]
    return kind, cells


def _whole(text: str) -> Cell:
    """A text that may be cut short on a dense line, whole when pointed at."""
    return Cell(html=format_html('<span title="{}">{}</span>', text, text))


def next_step(d: Dossier, law: Pack) -> str:
    """The step a dossier is in, by its name in the procedure; before and after the handling, its state."""
    if d.state == State.PROCESSING and d.step:
        try:
            steps = law.procedure(d.procedure, d.version_on).steps
        except Refused:
            steps = ()
        if name := next((step.name for step in steps if step.key == d.step), ""):
            return _(name)
    return _(State(d.state).label)
