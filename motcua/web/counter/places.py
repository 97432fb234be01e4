"""Where a clerk sits today: one of the places where they hold a counter's role, remembered in the session."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.people.rules import Actor, Role
from motcua.web.shared.door import page

CLERKS = (Role.CLERK_CIVIL, Role.CLERK_POSTAL, Role.RECEIVER)
_REMEMBERED = "counter_place"

View = Callable[..., HttpResponse]


class Seated(HttpRequest):
    """A request of a clerk who sits somewhere (`counter_page` sees to it)."""

    actor: Actor
    place: str


def counter_page(view: View) -> View:
    """A page of the counter: `request.place` is where the clerk sits, and `request.actor` has that place's roles only,
    so that papers and money land where the clerk is. Who has not chosen a place yet is asked first."""

    @page(*CLERKS)
    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        place = place_of(request)
        if not place:
            return redirect("counter:choose_place")
        request.place, request.actor = place, request.actor.at(place)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return seated


def places_of(actor: Actor) -> list[str]:
    """Codes of the places where the actor may sit."""
    return sorted(actor.offices(*CLERKS))


def place_of(request: HttpRequest) -> str:
    """The place chosen, or the only one there is; '' when there are several and none is chosen yet."""
    places = places_of(request.actor)  # type: ignore[attr-defined]
    chosen = request.session.get(_REMEMBERED, "")
    if chosen in places:
        return str(chosen)
    return places[0] if len(places) == 1 else ""


def choose_place(request: HttpRequest, place: str) -> bool:
    """Does: remembers the place for this log-in. False when it is not one of the actor's."""
    if place not in places_of(request.actor):  # type: ignore[attr-defined]
        return False
    request.session[_REMEMBERED] = place
    return True
