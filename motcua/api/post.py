"""The post's errands: tracked items, homes to visit, the postman's round."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.acts import homeward
from motcua.acts.inputs import Invalid
from motcua.api.app import actor_of, answer, api, command
from motcua.api.schemas import ParcelActionIn, ParcelsIn, PickupActionIn, Problems
from motcua.api.shapes import parcel_shape, pickup_shape
from motcua.kernel.problems import Problem
from motcua.looks.errands import parcels_at, pickups_at, results_to_send

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}


@api.post("parcels", response={201: dict[str, Any], **_REFUSALS})
def new_parcels(request: HttpRequest, body: ParcelsIn) -> HttpResponse:
    """Results that lie at your post office become tracked items with S10 numbers."""
    wish = command(request, "parcel.make", body.model_dump(mode="json"))
    return answer(homeward.make_parcels(wish, actor_of(request), body.place, body.dossiers), 201)


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
    """dispatch, hold, collect, send_back, lose by the post office; deliver, fail by the postman."""
    actor = actor_of(request)
    given = body.model_dump(mode="json")
    wish = command(request, f"parcel.{action}"[:60], {"item": item, **given})
    match action:
        case "dispatch":
            done = homeward.dispatch(wish, actor, [item], body.postman)
        case "deliver":
            done = homeward.deliver(wish, actor, item, given)
        case "collect":
            done = homeward.collect_at_office(wish, actor, item, given)
        case "fail":
            done = homeward.fail_attempt(wish, actor, item, body.reason, body.note)
        case "hold":
            done = homeward.hold(wish, actor, item, body.asked)
        case "send_back":
            done = homeward.send_back(wish, actor, item, body.reason)
        case "lose":
            done = homeward.report_lost(wish, actor, item, body.reason)
        case _:
            raise Invalid([Problem("machine.unknown_action", "Không có việc này với bưu gửi.", field="action")])
    return answer(done)


@api.post("pickups/{pickup}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act_on_pickup(request: HttpRequest, pickup: UUID, action: str, body: PickupActionIn) -> HttpResponse:
    """assign by the dispatcher; collect, fail by the postman; cancel by the applicant or the dispatcher."""
    actor = actor_of(request)
    wish = command(request, f"pickup.{action}"[:60], {"pickup": str(pickup), **body.model_dump(mode="json")})
    match action:
        case "assign":
            done = homeward.assign_pickup(wish, actor, pickup, body.postman)
        case "collect":
            done = homeward.collect_pickup(wish, actor, pickup, [p.model_dump() for p in body.papers if p.quantity])
        case "fail":
            done = homeward.fail_pickup(wish, actor, pickup, body.reason)
        case "cancel":
            done = homeward.cancel_pickup(wish, actor, pickup)
        case _:
            raise Invalid([Problem("machine.unknown_action", "Không có việc này.", field="action")])
    return answer(done)
