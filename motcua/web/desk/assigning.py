"""Handing out work: many dossiers in one go, each its own command, each with its own outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts.casework import act_on
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.dossiers.lifecycle import BEFORE_ACCEPTANCE
from motcua.journal.rules import KeyReused, Stale
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound, find_case
from motcua.looks.duties import load_of, to_assign
from motcua.people.queries import accounts_at
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.desk.frame import shown
from motcua.web.desk.lists import dossier_table
from motcua.web.shared.door import command, new_key, page
from motcua.web.shared.shown import problem_text

MOST = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier: done, or the reasons why not."""

    reference: str
    name: str
    done: bool
    words: list[str]


@page(Role.RECEIVER, Role.LEADER)
def assign(request: HttpRequest) -> HttpResponse:
    """The dossiers that wait for a handler, to be ticked and given to one; accepted first where that is still due."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    places = sorted(actor.offices(Role.RECEIVER, Role.LEADER))
    asked = (request.POST if request.method == "POST" else request.GET).get("noi", "")
    place = asked if asked in places else places[0]
    problems: list[Problem] = []
    outcomes: list[Outcome] = []
    if request.method == "POST":
        picked, handler = request.POST.getlist("pick")[:MOST], request.POST.get("handler", "")
        problems = list(_missing(picked, handler))
        outcomes = [] if problems else [_assign_one(request, pick, handler) for pick in picked]
    return _page(request, place, places, problems, outcomes)


def _missing(picked: list[str], handler: str) -> Iterable[Problem]:
    if not picked:
        yield Problem("assign.nothing", "Chưa chọn hồ sơ nào. Hãy đánh dấu các hồ sơ cần giao.", field="pick")
    if not handler:
        yield Problem("assign.nobody", "Chưa chọn người thụ lý. Hãy chọn trong danh sách.", field="handler")


def _assign_one(request: HttpRequest, pick: str, handler: str) -> Outcome:
    reference, _dot, seen = pick.partition(".")
    try:
        case = find_case(request.actor, reference)  # type: ignore[attr-defined]
    except NotFound:
        return Outcome(reference, reference, False, [_("Không có hồ sơ này.")])
    name = str(case.dossier)
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    try:
        if case.dossier.state in BEFORE_ACCEPTANCE:
            _act(request, reference, "accept", {}, version)
            version = None
        _act(request, reference, "assign", {"handler": handler}, version)
    except (Refused, Invalid) as refused:
        return Outcome(reference, name, False, [problem_text(p) for p in refused.problems])
    except (Stale, KeyReused):
        return Outcome(reference, name, False, [_("Người khác vừa xử lý hồ sơ này. Hãy tải lại trang.")])
    return Outcome(reference, name, True, [_("Đã giao.")])


def _act(request: HttpRequest, reference: str, action: str, given: dict[str, Any], seen: int | None) -> None:
    """One act under a key of its own that follows from the form's, so a double click stays harmless."""
    wish = command(request, f"dossier.{action}", {"dossier": reference, "given": given})
    wish = replace(wish, key=uuid5(wish.key, f"{action}:{reference}"))
    act_on(wish, request.actor, reference, action, given, seen)  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, place: str, places: list[str], problems: list[Problem], outcomes: list[Outcome]
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, now = current_law(), clock.now()
    rows, load = to_assign(actor, place), load_of(place)
    picked = {pick.partition(".")[0] for pick in request.POST.getlist("pick")} if problems else set()
    table = dossier_table(rows, law, now, _("Chờ giao người thụ lý"), turn="queue", pick="pick", picked=picked)
    return shown(
        request,
        "desk/assign.html",
        {
            "place": law.office(place),
            "places": [law.office(code) for code in places] if len(places) > 1 else [],
            "table": table,
            "handlers": [(a.username, a.name, load.get(a.pk, 0)) for a in accounts_at(place, Role.HANDLER)],
            "chosen": request.POST.get("handler", ""),
            "problems": problems,
            "outcomes": outcomes,
            "done": sum(o.done for o in outcomes),
            "key": new_key(),
            "bags_url": reverse("bags:home") if request.actor.has(Role.RECEIVER) else "",  # type: ignore[attr-defined]
        },
        status=422 if problems else 200,
    )
