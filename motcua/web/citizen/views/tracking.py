"""Following a dossier without logging in: a code and the last digits of a phone, never in the address."""

from django.http import HttpRequest, HttpResponse

from motcua.acts.tracking import TooMany, track
from motcua.config import clock
from motcua.looks.access import NotFound
from motcua.web.citizen.frame import reader_language, shown
from motcua.web.shared.door import address, problem_page, public
from motcua.web.shared.rows import drawn

_LONGEST = 60


@public
def tracking(request: HttpRequest) -> HttpResponse:
    """The form; with POST where the dossier is and why the date is what it is. What does not fit says only that."""
    if request.method != "POST":
        return shown(request, "citizen/tracking.html", {"code": request.GET.get("ma", "")[:_LONGEST]})
    code, digits = request.POST.get("code", "")[:_LONGEST], request.POST.get("digits", "")[:8]
    try:
        seen = track(code, digits, clock.now(), address(request), reader_language())
    except TooMany:
        return problem_page(request, 429)
    except NotFound:
        return shown(request, "citizen/tracking.html", {"code": code, "not_found": True}, status=404)
    return shown(request, "citizen/tracked.html", {"seen": seen, "way": drawn(seen.way)})
