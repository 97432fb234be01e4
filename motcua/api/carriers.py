"""What outside carriers tell us, and what stands with them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.acts import carriage
from motcua.acts.carrier_news import hear
from motcua.acts.inputs import Invalid
from motcua.api.app import actor_of, answer, api, command, problems_answer
from motcua.api.schemas import CarrierActionIn, DoubtIn, Problems
from motcua.api.shapes import carrier_order_shape, doubt_shape
from motcua.carriers.interface import NotTheCarrier
from motcua.carriers.queries import doubts_at, events_of, order_for, orders_at, owed_by_carriers
from motcua.config import clock
from motcua.kernel.problems import Problem
from motcua.looks.access import NotFound

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}
MOST_BYTES = 512_000


@api.post("carriers/{carrier}/events", auth=None, response={202: dict[str, Any], 401: Problems, 413: Problems})
def push(request: HttpRequest, carrier: str) -> HttpResponse:
    """For carriers alone: one event or a list under `events`, signed over the instant and the body exactly as sent.

    Headers X-Vnpost-Timestamp (seconds since 1970, no more than 5 minutes off) and X-Vnpost-Signature (hex of
    HMAC-SHA256 of timestamp, a dot, and the body). Answered at once; what was said is looked at afterwards.
    """
    if len(request.body) > MOST_BYTES:
        return problems_answer([Problem("carrier.too_long", "Tin quá dài. Hãy gửi mỗi lần ít sự kiện hơn.")], 413)
    try:
        fresh = hear(carrier, request.headers, request.body, clock.now())
    except (KeyError, NotTheCarrier):
        return problems_answer([Problem("carrier.not_signed", "Chữ ký không đúng hoặc đã quá giờ.")], 401)
    return answer({"fresh": fresh}, 202)


@api.get("carrier-orders", response={200: dict[str, Any], **_REFUSALS})
def list_orders(request: HttpRequest, place: str) -> HttpResponse:
    """Orders of your post office that are not over, money carriers still owe it, and doubts about what they said."""
    actor = actor_of(request)
    return answer(
        {
            "orders": [carrier_order_shape(o) for o in orders_at(actor, place)],
            "owed": [carrier_order_shape(o) for o in owed_by_carriers(actor, place)],
            "doubts": [doubt_shape(d) for d in doubts_at(actor, place)],
        }
    )


@api.get("carrier-orders/{number}", response={200: dict[str, Any], **_REFUSALS})
def read_order(request: HttpRequest, number: str) -> HttpResponse:
    """One order of your post office with everything the carrier said of it."""
    order = order_for(actor_of(request), number)
    if order is None:
        raise NotFound(number)
    return answer(carrier_order_shape(order, events_of(order)))


@api.post("carrier-orders/{number}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act_on_order(request: HttpRequest, number: str, action: str, body: CarrierActionIn) -> HttpResponse:
    """call_off before the carrier collects; take_back what it returns; take_money it took at the door; ask it now."""
    actor = actor_of(request)
    wish = command(request, f"carrier.{action}"[:60], {"order": number, **body.model_dump(mode="json")})
    match action:
        case "call_off":
            done = carriage.call_off(wish, actor, number)
        case "take_back":
            done = carriage.take_back(wish, actor, number, body.condition)
        case "take_money":
            done = carriage.take_money(wish, actor, number)
        case "ask":
            done = carriage.ask_carrier(wish, actor, number)
        case _:
            raise Invalid([Problem("machine.unknown_action", "Không có việc này với đơn gửi hãng.", field="action")])
    return answer(done)


@api.post("carrier-doubts/{doubt}/settle", response={200: dict[str, Any], **_REFUSALS})
def settle_doubt(request: HttpRequest, doubt: UUID, body: DoubtIn) -> HttpResponse:
    """How a doubt ended: `ignore` leaves the words aside, `believe` lets them count where that is possible."""
    wish = command(request, "carrier.settle", {"doubt": str(doubt), **body.model_dump(mode="json")})
    return answer(carriage.settle(wish, actor_of(request), doubt, body.decision, body.note))
