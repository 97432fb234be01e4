"""Which post office somebody of the post looks at."""

from typing import Any

from django.http import HttpRequest

from motcua.law.model import Office
from motcua.looks.access import NotFound
from motcua.people.queries import accounts_at
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.round.frame import OFFICE_SIDE


def post_offices_of(actor: Actor) -> list[Office]:
    """The post offices where the actor dispatches or serves; for a dispatcher also any other place of theirs."""
    law = current_law()
    places = [law.office(code) for code in sorted(actor.offices(*OFFICE_SIDE)) if code in law.office_map]
    dispatched = actor.offices(Role.DISPATCHER)
    return [place for place in places if place.kind == "post_office" or place.code in dispatched]


def office_asked(request: HttpRequest) -> Office:
    """The post office named by `noi`, else the first. Raises NotFound for a place that is not the actor's."""
    places = post_offices_of(request.actor)  # type: ignore[attr-defined]
    asked = request.POST.get("noi", "") or request.GET.get("noi", "")
    found = [place for place in places if place.code == asked] if asked else places
    if not found:
        raise NotFound(asked)
    return found[0]


def postmen_of(place: Office) -> list[tuple[str, str]]:
    """(log-in name, name) of the postmen of an office."""
    return [(account.username, account.name) for account in accounts_at(place.code, Role.POSTMAN)]


def choice_of_office(request: HttpRequest, place: Office) -> dict[str, Any]:
    """What a template needs to show the office and to change it."""
    places = post_offices_of(request.actor)  # type: ignore[attr-defined]
    return {"place": place, "places": places if len(places) > 1 else []}
