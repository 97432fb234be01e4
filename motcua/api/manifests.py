"""Bags between offices."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from motcua.acts import handover, scanning
from motcua.acts.inputs import Invalid
from motcua.acts.listing import other_lists
from motcua.api.app import actor_of, answer, api, command
from motcua.api.schemas import ManifestActionIn, ManifestIn, Problems
from motcua.api.shapes import manifest_shape
from motcua.kernel.problems import Problem
from motcua.looks.bags import incoming, lines_of, outgoing
from motcua.looks.discrepancies import discrepancies_of

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}


@api.post("manifests", response={201: dict[str, Any], **_REFUSALS})
def new_manifest(request: HttpRequest, body: ManifestIn) -> HttpResponse:
    """Opens a list from one of your offices to another; `papers` are stickers or dossier codes."""
    wish = command(request, "manifest.open", body.model_dump(mode="json"))
    return answer(handover.start_manifest(wish, actor_of(request), body.giver, body.taker, body.papers), 201)


@api.get("manifests", response={200: dict[str, Any], **_REFUSALS})
def list_manifests(request: HttpRequest, place: str) -> HttpResponse:
    """Bags on their way to an office of yours, and those it has not got rid of yet."""
    actor = actor_of(request)
    return answer(
        {
            "incoming": [_row(m) for m in incoming(actor, place)],
            "outgoing": [_row(m) for m in outgoing(actor, place)],
        }
    )


def _row(m) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {
        "number": m.number, "state": m.state, "giver": m.giver_id, "taker": m.taker_id, "seal": m.seal,
        "lines": m.lines_n, "unexamined": m.blank_n,
    }  # fmt: skip


@api.get("manifests/{number}", response={200: dict[str, Any], **_REFUSALS})
def read_manifest(request: HttpRequest, number: str) -> HttpResponse:
    """A list with its lines, what the taker found, and the discrepancies that came of it."""
    manifest = handover.find_manifest(actor_of(request), number)
    return answer(manifest_shape(manifest, lines_of(manifest), discrepancies_of(manifest), other_lists(manifest)))


@api.post("manifests/{number}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act_on_manifest(request: HttpRequest, number: str, action: str, body: ManifestActionIn) -> HttpResponse:
    """add, remove, seal, cancel, readdress (its taker was merged) by the giver; scan, examine, unexamine (what you said
    last), add_over, park, close by the taker."""
    actor = actor_of(request)
    wish = command(request, f"manifest.{action}"[:60], {"manifest": number, **body.model_dump(mode="json")})
    match action:
        case "add":
            done = handover.add_to_manifest(wish, actor, number, body.code)
        case "remove":
            done = handover.remove_from_manifest(wish, actor, number, _one(body))
        case "seal":
            done = handover.seal_manifest(wish, actor, number, body.seal, body.carrier)
        case "cancel":
            done = handover.cancel_manifest(wish, actor, number)
        case "readdress":
            done = handover.readdress(wish, actor, number)
        case "scan":
            done = handover.examine_by_sticker(wish, actor, number, body.code)
        case "examine":
            done = handover.examine(wish, actor, number, body.lines, body.finding, body.note)
        case "unexamine":
            done = scanning.undo_scan(wish, actor, number)
        case "add_over":
            done = handover.add_over(wish, actor, number, body.code, body.note)
        case "park":
            done = handover.park_manifest(wish, actor, number, body.reason)
        case "close":
            done = handover.close_manifest(wish, actor, number, body.seal_intact)
        case _:
            raise Invalid([Problem("machine.unknown_action", "Không có việc này với bảng kê.", field="action")])
    return answer(done)


def _one(body: ManifestActionIn):  # type: ignore[no-untyped-def]
    if len(body.lines) != 1:
        raise Invalid([Problem("input.lines", "Hãy chọn đúng một dòng.", field="lines")])
    return body.lines[0]
