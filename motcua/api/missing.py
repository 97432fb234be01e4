"""What is nowhere: told to programs as they are told everything, to people by the page they know."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from motcua.api.app import not_found as told
from motcua.looks.access import NotFound


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that does not exist."""
    return told(request, NotFound()) if request.path.startswith("/api/") else page_not_found(request, exception)
