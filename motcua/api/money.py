"""Money: collect, count, hand in, remit, confirm; and the province's monthly figures."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.acts import till
from motcua.api.app import actor_of, answer, api, command
from motcua.api.schemas import CountIn, Problems, RemitIn
from motcua.looks.access import NotFound
from motcua.looks.tills import in_hand_of, office_money, remittances_of, shifts_to_take
from motcua.people.rules import Role
from motcua.stats.queries import monthly_rows

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}


@api.get("till", response={200: dict[str, Any], **_REFUSALS})
def read_till(request: HttpRequest, place: str = "") -> HttpResponse:
    """What you hold yourself, a purse, and what waits at an office of yours."""
    actor = actor_of(request)
    sent, to_confirm = remittances_of(actor, place)
    return answer({
        "in_hand": in_hand_of(actor),
        "office": office_money(actor, place),
        "shifts": [{"id": s.pk, "owner": s.account.name, "state": s.counted_state, "post": s.counted_post}
                   for s in shifts_to_take(actor, place)],
        "sent": [r.number for r in sent],
        "to_confirm": [
            {"number": r.number, "purse": r.purse, "amount": r.amount, "giver": r.giver_id} for r in to_confirm
        ],
    })  # fmt: skip


@api.post("dossiers/{code}/collect", response={200: dict[str, Any], **_REFUSALS})
def collect(request: HttpRequest, code: str) -> HttpResponse:
    """Takes what is due on a dossier into your till; one receipt, two purses."""
    return answer(till.collect_due(command(request, "money.collect", {"dossier": code}), actor_of(request), code))


@api.post("till/count", response={200: dict[str, Any], **_REFUSALS})
def count(request: HttpRequest, body: CountIn) -> HttpResponse:
    """Counts your till; a difference needs a note."""
    wish = command(request, "shift.count", body.model_dump(mode="json"))
    return answer(till.count_till(wish, actor_of(request), body.state, body.post, body.note))


@api.post("shifts/{shift}/take", response={200: dict[str, Any], **_REFUSALS})
def take(request: HttpRequest, shift: UUID) -> HttpResponse:
    """The office takes a counted till in."""
    return answer(till.take_in(command(request, "shift.take", {"shift": str(shift)}), actor_of(request), shift))


@api.post("remittances", response={201: dict[str, Any], **_REFUSALS})
def remit(request: HttpRequest, body: RemitIn) -> HttpResponse:
    """Sends what lies in an office's till on: state fees to their agency, the post's charges to a post office."""
    wish = command(request, "remittance.send", body.model_dump(mode="json"))
    return answer(till.remit(wish, actor_of(request), body.giver, body.taker, body.purse), 201)


@api.post("remittances/{number}/confirm", response={200: dict[str, Any], **_REFUSALS})
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The taker says that the money is here."""
    return answer(till.confirm(command(request, "remittance.confirm", {"number": number}), actor_of(request), number))


@api.get("report", response={200: list[dict[str, Any]], **_REFUSALS})
def report(request: HttpRequest, agency: str = "") -> HttpResponse:
    """Per agency and month: accepted, solved, on time. Never behind the ledger."""
    actor = actor_of(request)
    if not actor.has(Role.PROVINCE) and agency not in actor.offices(Role.LEADER):
        raise NotFound(agency)
    return answer(
        [
            {
                "agency": place,
                "month": month,
                "filed": filed,
                "closed": closed,
                "on_time": on_time,
                "on_time_per_mille": (2000 * on_time + closed) // (2 * closed) if closed else None,
            }
            for place, month, filed, closed, on_time in monthly_rows(agency)
        ]
    )
