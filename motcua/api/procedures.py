"""The catalogue, and tracking: what anyone may read."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from motcua.acts.tracking import track
from motcua.api.app import answer, api, problems_answer
from motcua.api.schemas import Problems
from motcua.api.shapes import procedure_shape, state_shape
from motcua.config import clock
from motcua.kernel.calendar import local
from motcua.kernel.problems import Refused
from motcua.law.search import search
from motcua.procedures.queries import current_law


def _day(day: date | None) -> date:
    return day or local(clock.now()).date()


@api.get("procedures", auth=None, response={200: list[dict[str, Any]], 409: Problems, 422: Problems})
def find_procedures(
    request: HttpRequest,
    q: str = Query("", max_length=200),  # type: ignore[type-arg]
    day: date | None = None,
    limit: int = Query(20, ge=1, le=100),  # type: ignore[type-arg]
) -> HttpResponse:
    """Procedures in force by plain words, with or without accents, abbreviations or codes; all without words."""
    law, on = current_law(), _day(day)
    found = [hit.version for hit in search(law, q, on, limit)] if q.strip() else law.procedures(on)[:limit]
    return answer([procedure_shape(v, law) for v in found])


@api.get("procedures/{code}", auth=None, response={200: dict[str, Any], 404: Problems, 422: Problems})
def read_procedure(request: HttpRequest, code: str, day: date | None = None) -> HttpResponse:
    """One procedure as it stands on a day (today unless told)."""
    law = current_law()
    try:
        return answer(procedure_shape(law.procedure(code, _day(day)), law))
    except Refused as unknown:
        return problems_answer(unknown.problems, 404)


@api.get("track/{code}", auth=None, response={200: dict[str, Any], 404: Problems, 422: Problems, 429: Problems})
def read_track(
    request: HttpRequest,
    code: str,
    phone: str = Query(..., max_length=20),  # type: ignore[type-arg]
    lang: str = "vi",
) -> HttpResponse:
    """Where a dossier is and why it is due when it is, for whoever knows its code and the phone's last four digits."""
    now = clock.now()
    seen = track(code, phone, now, request.META.get("REMOTE_ADDR", ""), "en" if lang == "en" else "vi")
    return answer(
        {
            "code": seen.code,
            "reference": seen.reference,
            "procedure": seen.name,
            "state": state_shape(seen.state),
            "due_at": seen.due_at,
            "explanation": seen.why,
            "asked_for": seen.asked_for,
            "parcel": {"item": seen.parcel, "state": seen.parcel_state} if seen.parcel else None,
            "carrier": asdict(seen.carried) if seen.carried else None,
            "way": [
                {
                    "key": s.key,
                    "label": s.label,
                    "owner": s.owner,
                    "state": s.state,
                    "at": s.at,
                    "late": s.late,
                }
                for s in seen.way.stations
            ],
        }
    )
