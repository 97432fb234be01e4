"""Single papers with their trail, envelopes, and discrepancies."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from motcua.acts.discrepancies import act_on_discrepancy
from motcua.acts.envelopes import enclose
from motcua.api.app import actor_of, answer, api, command
from motcua.api.schemas import DiscrepancyActionIn, EncloseIn, Problems
from motcua.api.shapes import discrepancy_shape
from motcua.looks.access import NotFound
from motcua.looks.discrepancies import discrepancy_named, ended_discrepancies, open_discrepancies
from motcua.looks.trail import Statement, Stay, Trail, trail_of

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}


@api.get("papers/{paper}", response={200: dict[str, Any], **_REFUSALS})
def read_paper(request: HttpRequest, paper: str) -> HttpResponse:
    """The custody trail of one paper, by its id or the sticker on it: every holder with both statements."""
    return answer(_trail(trail_of(actor_of(request), paper)))


@api.post("dossiers/{code}/envelopes", response={201: dict[str, Any], **_REFUSALS})
def new_envelope(request: HttpRequest, code: str, body: EncloseIn) -> HttpResponse:
    """Papers of one dossier that lie at an office of yours go into one envelope with a sticker of its own."""
    wish = command(request, "paper.enclose", {"dossier": code, **body.model_dump(mode="json")})
    return answer(enclose(wish, actor_of(request), code, body.papers), 201)


@api.get("discrepancies", response={200: list[dict[str, Any]], **_REFUSALS})
def list_discrepancies(request: HttpRequest, place: str = "", ended: bool = False) -> HttpResponse:
    """Discrepancies still to be seen through, the oldest first, of all your offices or of one; with `ended` the last
    that came to an end."""
    actor = actor_of(request)
    rows = ended_discrepancies(actor) if ended else open_discrepancies(actor, place)
    return answer([discrepancy_shape(found) for found in rows])


@api.get("discrepancies/{number}", response={200: dict[str, Any], **_REFUSALS})
def read_discrepancy(request: HttpRequest, number: str) -> HttpResponse:
    """One discrepancy."""
    found = discrepancy_named(actor_of(request), number)
    if found is None:
        raise NotFound(number)
    return answer(discrepancy_shape(found))


@api.post("discrepancies/{number}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act_on_one(request: HttpRequest, number: str, action: str, body: DiscrepancyActionIn) -> HttpResponse:
    """note, hand_to, admit (the liability record: compensation is reckoned), help, pay, end, find."""
    given = body.model_dump(mode="json")
    wish = command(request, f"discrepancy.{action}"[:60], {"discrepancy": number, **given})
    return answer(act_on_discrepancy(wish, actor_of(request), number, action, given))


def _trail(trail: Trail) -> dict[str, Any]:
    p, d = trail.paper, trail.case.dossier
    return {
        "id": p.pk,
        "sticker": p.sticker,
        "envelope": p.envelope or None,
        "dossier": d.code or d.reference,
        "name": p.name,
        "kind": p.kind,
        "quantity": p.quantity,
        "pages": p.pages,
        "condition": p.condition,
        "to_return": p.to_return,
        "holder": p.holder,
        "held_since": p.held_since,
        "offered_to": p.offered_to or None,
        "offered_at": p.offered_at,
        "offer": _said(trail.offer),
        "lost_at": p.lost_at,
        "trail": [_stay(stay) for stay in trail.stays],
        "manifests": [
            {"number": line.manifest.number, "state": line.manifest.state, "giver": line.manifest.giver_id,
             "taker": line.manifest.taker_id, "finding": line.finding or None, "note": line.note}
            for line in trail.lines
        ],
        "discrepancies": [found.number for found in trail.discrepancies],
        "documents": [{"id": f.pk, "title": f.title, "sha256": f.sha256} for f in trail.files],
    }  # fmt: skip


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "holder": stay.holder,
        "from": stay.since,
        "to": stay.until,
        "manifest": stay.bag or None,
        "item": stay.item or None,
        "given": _said(stay.given),
        "taken": _said(stay.taken),
        "remarks": [{"what": what, **(_said(said) or {})} for what, said in stay.remarks],
    }


def _said(said: Statement | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "at": said.at, "recorded_at": said.recorded_at, "by": said.who or None, "role": said.role or None,
        "office": said.office or None, "why": said.why or None, "condition": said.condition or None,
    }  # fmt: skip
