"""Dossiers: filing, reading, acting, worklists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, UploadedFile

from motcua.acts.casework import act_on
from motcua.acts.inputs import Invalid
from motcua.acts.intake import Delivery, Filing, Person, file_online, receive_at_counter
from motcua.acts.uploads import keep_upload, known_uploads
from motcua.api.app import actor_of, answer, api, command
from motcua.api.schemas import ActionIn, DossierIn, Problems
from motcua.api.shapes import case_shape, entry_shape, row_shape
from motcua.config import clock
from motcua.kernel.problems import Problem
from motcua.looks.access import find_case
from motcua.looks.tracking import why_due
from motcua.looks.worklists import PAGE, WorklistFilter, brief, brief_worklist, search_dossiers
from motcua.people.rules import COUNTER, Actor, Role
from motcua.procedures.queries import current_law

_REFUSALS = {401: Problems, 404: Problems, 409: Problems, 422: Problems}


@api.post("dossiers", response={201: dict[str, Any], **_REFUSALS})
def new_dossier(request: HttpRequest, body: DossierIn) -> HttpResponse:
    """A new dossier: filed by a citizen, or received by a clerk at `place`. Needs `Idempotency-Key`; a repeated key
    gets the first answer, the same key with another body 409."""
    actor = actor_of(request)
    given = body.model_dump(mode="json")
    wish = command(request, "dossier.new", given, key_needed=True)
    place = body.place or actor.office_as(*COUNTER, Role.RECEIVER)
    filing = _filing(body, known_uploads([d.model_dump() for d in body.documents], actor))
    made = receive_at_counter(wish, actor, place, filing) if place else file_online(wish, actor, filing)
    return answer(made, 201)


def _filing(body: DossierIn, documents: list[dict[str, Any]]) -> Filing:
    same = body.model_dump(exclude={"person", "delivery", "documents", "place", "papers"})
    return Filing(
        **same,
        person=Person(**body.person.model_dump()),
        delivery=Delivery(**body.delivery.model_dump()),
        papers=[p.model_dump() for p in body.papers if p.quantity],
        files=documents,
    )


@api.post("uploads", response={201: dict[str, Any], **_REFUSALS})
def upload(request: HttpRequest, file: UploadedFile = File(...)) -> HttpResponse:  # type: ignore[type-arg]  # noqa: B008
    """Keeps a file for the next `POST dossiers`; answers its `sha256`. PDF, JPEG or PNG, checked by content."""
    kept = keep_upload(actor_of(request), file.name or "", file.content_type or "", file.read(), clock.now())
    return answer({"sha256": kept.sha256, "size": kept.size, "mime": kept.mime, "title": kept.title}, 201)


@api.get("dossiers", response={200: list[dict[str, Any]], **_REFUSALS})
def find_dossiers(
    request: HttpRequest,
    q: str = Query(..., min_length=3, max_length=100),  # type: ignore[type-arg]
) -> HttpResponse:
    """Dossiers you may see, by code, reference, phone, identity number or the beginning of a name."""
    law = current_law()
    return answer([row_shape(brief(d), law) for d in search_dossiers(actor_of(request), q)])


@api.get("dossiers/{code}", response={200: dict[str, Any], **_REFUSALS})
def read_dossier(request: HttpRequest, code: str, history: bool = False) -> HttpResponse:
    """One dossier with its papers, documents, charges and the actions you may take; `history` adds the journal."""
    actor = actor_of(request)
    case = find_case(actor, code)
    shape = case_shape(case, actor)
    if history:
        shape["journal"] = [entry_shape(e) for e in case.entries]
    return answer(shape)


@api.get("dossiers/{code}/journal", response={200: list[dict[str, Any]], **_REFUSALS})
def read_journal(request: HttpRequest, code: str) -> HttpResponse:
    """The whole history, oldest first, with the hashes of its chain."""
    return answer([entry_shape(e) for e in find_case(actor_of(request), code).entries])


@api.get("dossiers/{code}/explanation", response={200: dict[str, Any], **_REFUSALS})
def read_explanation(request: HttpRequest, code: str, lang: str = "vi") -> HttpResponse:
    """Why the date due is what it is, step by step."""
    case = find_case(actor_of(request), code)
    return answer({"due_at": case.dossier.due_at, "explanation": why_due(case, "en" if lang == "en" else "vi")})


@api.post("dossiers/{code}/actions/{action}", response={200: dict[str, Any], **_REFUSALS})
def act(request: HttpRequest, code: str, action: str, body: ActionIn) -> HttpResponse:
    """One action of the table of transitions. A refused one: 409 with `problems`; nothing is half-done."""
    wish = command(request, f"dossier.{action}"[:60], {"dossier": code, **body.model_dump(mode="json")})
    return answer(act_on(wish, actor_of(request), code, action, body.data, body.version))


@api.get("worklist", response={200: dict[str, Any], **_REFUSALS})
def read_worklist(
    request: HttpRequest, agency: str = "", state: str = "", handler: str = "", procedure: str = "",
    after: str = "", limit: int = Query(PAGE, ge=1, le=200),  # type: ignore[type-arg]
) -> HttpResponse:  # fmt: skip
    """The most urgent dossiers of your agencies; `after` continues where a page ended."""
    actor = _of_an_agency(actor_of(request))
    law = current_law()
    page = brief_worklist(actor, WorklistFilter(agency, state, handler, procedure, after, limit))
    return answer({"dossiers": [row_shape(d, law) for d in page.rows], "after": page.after})


def _of_an_agency(actor: Actor) -> Actor:
    if not actor.has(Role.RECEIVER, Role.HANDLER, Role.LEADER, Role.RECORDS):
        raise Invalid([Problem("worklist.no_agency", "Bạn không làm việc ở cơ quan giải quyết nào.", field="agency")])
    return actor
