"""Discrepancies: the list by age with owner and clock, and one page for each with what may be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.acts.discrepancies import act_on_discrepancy, places_of
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.custody.discrepancies import DISCREPANCY, DiscrepancyKind, DiscrepancyState, outcomes_for
from motcua.custody.lifecycle import GIVERS, TAKERS
from motcua.custody.models import Discrepancy
from motcua.journal.queries import entries_of
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound, local_day
from motcua.looks.discrepancies import (
    charge_paid_for,
    discrepancy_named,
    dossier_id_of,
    ended_discrepancies,
    open_discrepancies,
)
from motcua.looks.story import tell
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.bags.frame import HANDLERS, shown
from motcua.web.shared.case_parts import story_of
from motcua.web.shared.door import command, new_key, page
from motcua.web.ui import StatusKind

_READERS = (*sorted(HANDLERS), Role.PROVINCE)
_SOON = timedelta(days=1)
# What each action's form asks for beside the note.
_ASKS = {"hand_to": ("office",), "end": ("outcome", "at"), "find": ("at",)}
_GIVEN = ("note", "office", "outcome", "at")


@dataclass(frozen=True, slots=True)
class Shown:
    """One discrepancy in a list: how long it has been open, and how its clock stands."""

    found: Discrepancy
    kind: str
    days: int
    mark: StatusKind


def shown_rows(rows: Iterable[Discrepancy], now: datetime) -> list[Shown]:
    """Discrepancies for a table."""
    today = local_day(now)
    return [Shown(f, _(f.get_kind_display()), (today - local_day(f.opened_at)).days, _mark(f, now)) for f in rows]


def _mark(found: Discrepancy, now: datetime) -> StatusKind:
    if found.ended_at:
        return "in_time"
    late = found.pay_by is not None and local_day(now) > found.pay_by
    if found.state == DiscrepancyState.OPEN:
        late = now > found.due_at
    return "late" if late else "soon" if found.due_at - now < _SOON else "waiting"


@page(*_READERS)
def discrepancies(request: HttpRequest) -> HttpResponse:
    """What is still to be seen through, the oldest first; below it the last that ended."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    context = {
        "rows": shown_rows(open_discrepancies(actor), now),
        "ended": shown_rows(ended_discrepancies(actor), now),
    }
    return shown(request, "bags/discrepancies.html", context)


@page(*_READERS)
def discrepancy(request: HttpRequest, number: str) -> HttpResponse:
    """One discrepancy: what happened, who sees it through until when, what was done, what may be done."""
    return _page(request, number)


@page(*_READERS)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """One action on a discrepancy; problems come back on its page with what was typed."""
    if action not in DISCREPANCY.actions:
        raise Http404
    if request.method != "POST":
        return redirect("bags:discrepancy", number=number)
    given = {name: request.POST.get(name, "").strip()[:500] for name in _GIVEN if name in request.POST}
    wish = command(request, f"discrepancy.{action}", {"discrepancy": number, **given})
    try:
        act_on_discrepancy(wish, request.actor, number, action, given)  # type: ignore[attr-defined]
    except (Refused, Invalid) as refused:
        return _page(request, number, refused.problems, action, 422 if isinstance(refused, Invalid) else 409)
    messages.success(request, _("Đã ghi."))
    return redirect("bags:discrepancy", number=number)


def _page(
    request: HttpRequest, number: str, problems: Iterable[Problem] = (), action: str = "", status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = discrepancy_named(actor, number)
    if found is None:
        raise NotFound(number)
    now, law = clock.now(), current_law()
    places = places_of(found)
    told = tell([e for e in entries_of(found.root().pk) if e.subject_id == found.pk], law)
    context = {
        "found": found,
        "row": shown_rows([found], now)[0],
        "state": _(DiscrepancyState(found.state).label),
        "forms": _forms(actor, found, places),
        "offices": [law.office(code) for code in places],
        "all_offices": law.offices(day=local_day(now)),
        "outcomes": [(o.value, _(o.label)) for o in outcomes_for(DiscrepancyKind(found.kind))],
        "charge": found.charge_paid or charge_paid_for(dossier_id_of(found)),
        "entries": story_of(told),
        "problems": problems,
        "refused": action,
        "typed": request.POST if action else {},
    }
    return shown(request, "bags/discrepancy.html", context, status)


def _forms(actor: Actor, found: Discrepancy, places: tuple[str, ...]) -> list[dict[str, object]]:
    """What the actor may do now: name, label, what it asks for, and a key for the form."""
    roles = {role for place in places for role in actor.roles_at(place)} & (GIVERS | TAKERS)
    rows = DISCREPANCY.allowed(DiscrepancyState(found.state), roles)
    return [
        {"action": row.action, "label": _(row.label), "asks": _ASKS.get(row.action, ()), "key": new_key()}
        for row in rows
        if row.action != "pay" or found.compensation
    ]
