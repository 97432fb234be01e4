"""The post's errands: tracked items, homes to visit, the postman's round."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.acts import homeward
from motcua.acts.inputs import Invalid
from motcua.acts.uploads import known_uploads
from motcua.api.app import actor_of, answer, api, command
from motcua.api.schemas import BringInIn, ParcelActionIn, ParcelsIn, PickupActionIn, Problems
from motcua.api.shapes import parcel_shape, pickup_shape
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem
from motcua.looks.errands import parcels_at, pickups_at, results_to_send
from motcua.people.rules import Actor

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}


@api.post("parcels", response={201: dict[str, Any], **_REFUSALS})
def new_parcels(request: HttpRequest, body: ParcelsIn) -> HttpResponse:
    """Results that lie at your post office become tracked items with S10 numbers."""
    wish = command(request, "parcel.make", body.model_dump(mode="json"))
    made = homeward.make_parcels(wish, actor_of(request), body.place, body.dossiers, body.outside)
    return answer(made, 201)


@api.get("parcels", response={200: dict[str, Any], **_REFUSALS})
def list_parcels(request: HttpRequest, place: str) -> HttpResponse:
    """Items of your post office, results that wait to become one, and homes to visit."""
    actor = actor_of(request)
    return answer(
        {
            "parcels": [{**parcel_shape(p), "dossier": str(p.dossier)} for p in parcels_at(actor, place)],
            "to_send": [str(p.dossier) for p in results_to_send(actor, place)],
            "pickups": [{**pickup_shape(p), "dossier": str(p.dossier)} for p in pickups_at(actor, place)],
        }
    )


@api.post("parcels/{item}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act_on_parcel(request: HttpRequest, item: str, action: str, body: ParcelActionIn) -> HttpResponse:
    """dispatch, withdraw, bring_back, hold, collect, send_back, lose, damage, number by the post office; take_out,
    deliver, fail by the postman."""
    actor = actor_of(request)
    wish = command(request, f"parcel.{action}"[:60], {"item": item, **body.model_dump(mode="json")})
    done = _PARCEL_ACTS.get(action)
    if done is None:
        raise Invalid([Problem("machine.unknown_action", "Không có việc này với bưu gửi.", field="action")])
    return answer(done(wish, actor, item, body))


def _given(actor: Actor, body: ParcelActionIn) -> dict[str, Any]:
    """What proves a delivery, its files found among those the actor sent before."""
    given = body.model_dump(mode="json")
    files = [{"component": p.kind, "title": p.title, "sha256": p.sha256} for p in body.proofs]
    rows = known_uploads(files, actor)
    exchanged = [p.model_dump() for p in body.exchanged if p.quantity]
    return {**given, "exchanged": exchanged, "proofs": [{**row, "kind": row["component"]} for row in rows]}


_PARCEL_ACTS: dict[str, Callable[[Command, Actor, str, ParcelActionIn], dict[str, Any]]] = {
    "dispatch": lambda wish, actor, item, body: homeward.dispatch(wish, actor, [item], body.postman),
    "withdraw": lambda wish, actor, item, body: homeward.withdraw(wish, actor, [item]),
    "take_out": lambda wish, actor, item, body: homeward.take_out(wish, actor, [item]),
    "deliver": lambda wish, actor, item, body: homeward.deliver(wish, actor, item, _given(actor, body)),
    "collect": lambda wish, actor, item, body: homeward.collect_at_office(wish, actor, item, _given(actor, body)),
    "fail": lambda wish, actor, item, body: homeward.fail_attempt(wish, actor, item, body.reason, body.note),
    "bring_back": lambda wish, actor, item, body: homeward.bring_back(wish, actor, [item]),
    "hold": lambda wish, actor, item, body: homeward.hold(wish, actor, item, body.asked),
    "send_back": lambda wish, actor, item, body: homeward.send_back(wish, actor, item, body.reason),
    "lose": lambda wish, actor, item, body: homeward.report_lost(wish, actor, item, body.reason),
    "damage": lambda wish, actor, item, body: homeward.report_damaged(wish, actor, item, body.reason),
    "number": lambda wish, actor, item, body: homeward.number_item(wish, actor, item, body.outside),
}


@api.post("parcels/bring-in", response={200: dict[str, Any], **_REFUSALS})
def bring_in(request: HttpRequest, body: BringInIn) -> HttpResponse:
    """The post office takes over old papers that its postmen exchanged at doors."""
    wish = command(request, "paper.bring_in", body.model_dump(mode="json"))
    return answer(homeward.bring_in(wish, actor_of(request), body.place, body.stickers))


@api.post("dossiers/{code}/counter", response={200: dict[str, Any], **_REFUSALS})
def choose_counter(request: HttpRequest, code: str) -> HttpResponse:
    """The result is fetched at the counter instead of coming by post."""
    wish = command(request, "dossier.return_by", {"dossier": code})
    return answer(homeward.choose_counter(wish, actor_of(request), code))


@api.post("pickups/{pickup}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act_on_pickup(request: HttpRequest, pickup: UUID, action: str, body: PickupActionIn) -> HttpResponse:
    """assign by the dispatcher; collect, fail by the postman; move, cancel by the applicant or the dispatcher."""
    actor = actor_of(request)
    wish = command(request, f"pickup.{action}"[:60], {"pickup": str(pickup), **body.model_dump(mode="json")})
    match action:
        case "assign":
            done = homeward.assign_pickup(wish, actor, pickup, body.postman)
        case "collect":
            done = homeward.collect_pickup(wish, actor, pickup, [p.model_dump() for p in body.papers if p.quantity])
        case "fail":
            done = homeward.fail_pickup(wish, actor, pickup, body.reason)
        case "move":
            if body.wanted_on is None:
                raise Invalid([Problem("pickup.no_day", "Hãy nhập ngày bưu tá đến.", field="wanted_on")])
            done = homeward.move_pickup(wish, actor, pickup, body.wanted_on, body.window)
        case "cancel":
            done = homeward.cancel_pickup(wish, actor, pickup)
        case _:
            raise Invalid([Problem("machine.unknown_action", "Không có việc này.", field="action")])
    return answer(done)
