"""/kieu-dang: every component in every state, to be looked at and to be measured."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.web.shared import door
from motcua.web.shared.samples import everything


@door.public
def look(request: HttpRequest) -> HttpResponse:
    """The page of components; nothing on it is real and no button does anything."""
    return render(request, "shared/look.html", everything())
