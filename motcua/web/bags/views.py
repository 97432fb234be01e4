"""Bags between offices: what lies here, what is on its way, and one bag from both its sides."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from motcua.acts.handover import find_manifest, start_manifest
from motcua.acts.inputs import Invalid
from motcua.config import clock
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import local_day
from motcua.looks.bags import incoming, outgoing, recent_bags
from motcua.looks.destinations import heaps
from motcua.looks.discrepancies import open_discrepancies, papers_in_doubt
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.bags.cases import shown_rows
from motcua.web.bags.doing import ACTS
from motcua.web.bags.frame import HANDLERS, choose_place, place_of, shown
from motcua.web.bags.reading import bag_context
from motcua.web.shared.door import command, new_key, page

MOST_NAMED = 300
_READERS = (*sorted(HANDLERS), Role.PROVINCE)


@page(*sorted(HANDLERS))
def home(request: HttpRequest) -> HttpResponse:
    """The bags of one office: coming, to be filled, sent, done; and the differences nobody has settled."""
    return _home(request)


def _home(request: HttpRequest, problems: Iterable[Problem] = (), status: int = 200) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    law, now, place = current_law(), clock.now(), place_of(request)
    day = local_day(now)
    sent = outgoing(actor, place)
    return shown(
        request,
        "bags/home.html",
        {
            "incoming": incoming(actor, place),
            "filling": [m for m in sent if m.state == "open"],
            "sent": [m for m in sent if m.state != "open"],
            "done": recent_bags(actor, place),
            "doubts": papers_in_doubt(actor, place, now),
            "cases": shown_rows(open_discrepancies(actor, place), now),
            "heaps": [(law.office(heap.to), heap, new_key()) for heap in heaps(actor, place, law, day)],
            "offices": [o for o in law.offices(day=day) if o.code != place],
            "problems": problems,
            "chosen": request.POST.get("taker", ""),
            "picked": set(request.POST.getlist("paper")),
            "key": new_key(),
        },
        status=status,
    )


@page(*sorted(HANDLERS))
def choose(request: HttpRequest) -> HttpResponse:
    """Another of the actor's offices."""
    if request.method == "POST":
        choose_place(request, request.POST.get("place", ""))
    return redirect("bags:home")


@page(*sorted(HANDLERS))
def start(request: HttpRequest) -> HttpResponse:
    """A new bag to an office, with the papers ticked."""
    if request.method != "POST":
        return redirect("bags:home")
    giver, taker = place_of(request), request.POST.get("taker", "")
    papers = request.POST.getlist("paper")[:MOST_NAMED]
    wish = command(request, "manifest.open", {"giver": giver, "taker": taker, "papers": papers})
    try:
        done = start_manifest(wish, request.actor, giver, taker, papers)  # type: ignore[attr-defined]
    except Refused as refused:
        return _home(request, refused.problems, 409)
    return redirect("bags:bag", number=done["number"])


@page(*_READERS)
def bag(request: HttpRequest, number: str) -> HttpResponse:
    """One bag: filled by its giver, examined by its taker, read by both."""
    return _bag(request, number)


@page(*_READERS)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """One act on a bag; problems come back on its page with what was typed."""
    if action not in ACTS:
        raise Http404
    manifest = find_manifest(request.actor, number)  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("bags:bag", number=manifest.number)
    try:
        done = ACTS[action](request, manifest.number)
    except (Refused, Invalid) as refused:
        status = 422 if isinstance(refused, Invalid) else 409
        return _bag(request, number, refused.problems, action, status)
    messages.add_message(request, done.level, done.words)
    target = reverse("bags:home") if done.leave else reverse("bags:bag", args=[manifest.number])
    return redirect(target)


def _bag(
    request: HttpRequest, number: str, problems: Iterable[Problem] = (), action: str = "", status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    manifest = find_manifest(actor, number)
    context: dict[str, Any] = bag_context(actor, manifest, clock.now())
    typed = request.POST if action else {}
    return shown(
        request,
        "bags/bag.html",
        {**context, "problems": problems, "refused": action, "typed": typed, "refused_line": typed.get("line", "")},
        status=status,
    )
