"""The scanner's screen: a whole bag filled or received without a mouse. Each scan is one act and one short answer."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from motcua.acts.handover import find_manifest, giver_roles, taker_roles
from motcua.custody.lifecycle import MANIFEST, Finding, ManifestState
from motcua.custody.models import Line, Manifest
from motcua.documents.codes import qr_svg
from motcua.journal.rules import Stale
from motcua.kernel.problems import Refused
from motcua.looks.bags import lines_of
from motcua.looks.scanning import UNSEEN, Tally, grouped, tally
from motcua.people.rules import Actor
from motcua.web.bags.frame import HANDLERS, shown
from motcua.web.bags.orders import OVER, TAKING, UNDO
from motcua.web.bags.scanned import Outcome, refused, say
from motcua.web.shared.door import new_key, page

_MARKS = {"": "waiting", Finding.NOT_EXAMINED: "waiting", Finding.RECEIVED: "in_time"}


@page(*sorted(HANDLERS))
def quick(request: HttpRequest, number: str) -> HttpResponse:
    """The screen of one bag. What is posted is answered as JSON to the screen's script, as the same page to all others;
    a key sent again gets the same answer, so a reload or a retry says nothing twice."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    manifest = find_manifest(actor, number)
    taking = _side(actor, manifest)
    if taking is None:
        return _gone(request, manifest)
    outcome, status = None, 200
    if request.method == "POST":
        outcome, status = _outcome(request, manifest, taking=taking)
        if outcome.leave and not _by_script(request):
            return redirect(outcome.leave)
        manifest.refresh_from_db(fields=["seq", "state"])
    if _by_script(request) and outcome:
        return JsonResponse(_answer(manifest, outcome), status=status)
    return shown(request, "bags/quick.html", _context(manifest, outcome, request.POST, taking=taking), status)


@page(*sorted(HANDLERS))
def orders(request: HttpRequest) -> HttpResponse:
    """The card beside a scanner: every order as a square to be scanned."""
    every = [UNDO, OVER, *(order for choice in TAKING for order in choice.orders)]
    groups = {order.code: choice.label for choice in TAKING for order in choice.orders}
    cards = [(order, groups.get(order.code, ""), mark_safe(qr_svg(order.code))) for order in every]  # noqa: S308 - our own
    return shown(request, "bags/orders.html", {"cards": cards})


def _outcome(request: HttpRequest, manifest: Manifest, *, taking: bool) -> tuple[Outcome, int]:
    try:
        return say(request, manifest, taking=taking), 200
    except Refused as no:
        return refused(request, no.problems), 409
    except Stale:
        if _by_script(request):
            return Outcome("again", _("Đang chờ")), 503
        raise


def _side(actor: Actor, manifest: Manifest) -> bool | None:
    """True to take, False to fill, None when there is nothing to scan for this actor in this state."""
    state = ManifestState(manifest.state)
    for taking, action, roles in (
        (True, "examine", taker_roles(actor, manifest)),
        (False, "add", giver_roles(actor, manifest)),
    ):
        if any(row.action == action for row in MANIFEST.allowed(state, roles)):
            return taking
    return None


def _gone(request: HttpRequest, manifest: Manifest) -> HttpResponse:
    """The bag is at another point of its life: its own page says which."""
    leave = reverse("bags:bag", args=[manifest.number])
    if _by_script(request):
        outcome = Outcome("bad", _("Chưa ghi được"), about=_("Túi này không còn để quét. Hãy xem trang của túi."))
        return JsonResponse({**_answer(manifest, outcome), "leave": leave}, status=409)
    return redirect(leave)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _context(manifest: Manifest, outcome: Outcome | None, typed: Any, *, taking: bool) -> dict[str, Any]:
    keys = UUID(new_key())
    return {
        "manifest": manifest,
        "taking": taking,
        "groups": [(group, [_chip(line) for line in group.lines]) for group in grouped(lines_of(manifest))],
        "current": {line.paper.dossier_id for line in outcome.lines} if outcome else set(),
        "tally": tally(manifest),
        "outcome": outcome,
        "choices": TAKING if taking else (),
        "undo": UNDO,
        "over": OVER,
        "icons": ("in_time", "soon", "late", "back", "waiting"),
        "last": outcome.last if outcome else typed.get("last", ""),
        "keys": {name: str(uuid5(keys, name)) for name in ("scan", "undo", "choice", "over", "seal")},
    }


def _chip(line: Line) -> dict[str, Any]:
    """A line as the list shows it."""
    seen = line.finding not in UNSEEN
    words = _(Finding(line.finding).label) if seen else ""
    return {"id": str(line.pk), "mark": _MARKS.get(line.finding, "late"), "words": words, "name": line.paper.name,
            "removed": line.removed}  # fmt: skip


def _answer(manifest: Manifest, outcome: Outcome) -> dict[str, Any]:
    lines = [
        {**_chip(line), "dossier": str(line.paper.dossier_id), "about": _named(line)} for line in outcome.lines
    ]
    return {
        "tone": outcome.tone, "word": outcome.word, "name": outcome.name, "about": outcome.about, "last": outcome.last,
        "over": outcome.over, "leave": outcome.leave, "version": manifest.seq, "lines": lines,
        "tally": numbers(tally(manifest)),
    }  # fmt: skip


def _named(line: Line) -> str:
    dossier = line.paper.dossier
    return f"{dossier.code or dossier.reference} · {dossier.applicant.name}"


def numbers(now: Tally) -> dict[str, int]:
    """The totals under the names they carry on the screen."""
    names = ("papers", "examined", "received", "left", "differences", "dossiers", "done", "begun", "untouched")
    return {name: getattr(now, name) for name in names}
