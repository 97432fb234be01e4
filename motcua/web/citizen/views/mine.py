"""A citizen's own dossiers: how each stands, what is asked, what may be done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.acts.homeward import cancel_pickup, choose_counter, move_pickup
from motcua.acts.inputs import Invalid
from motcua.acts.privacy import open_id
from motcua.acts.supply import ANSWERS, answer_request
from motcua.acts.windows import windows_on
from motcua.config import clock
from motcua.custody.lifecycle import ParcelState, PickupState
from motcua.dossiers.lifecycle import DOSSIER, State
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import Case, NotFound, find_case, local_day
from motcua.looks.drafts import my_drafts
from motcua.looks.story import tell
from motcua.looks.tracking import carried, notices_of
from motcua.looks.worklists import my_dossiers
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.citizen.frame import shown
from motcua.web.papers import prints_of
from motcua.web.shared.action_forms import ActionForm, action_forms, seen_of, take_action
from motcua.web.shared.attachments import Attachment, attachments_of, rows_of
from motcua.web.shared.case_parts import (
    answers_of,
    files_of,
    papers_of,
    person_of,
    purses_of,
    requests_of,
    story_of,
    why_lines,
)
from motcua.web.shared.door import attempt, command, page
from motcua.web.shared.rows import named, standing, way_of
from motcua.web.shared.shown import problem_text, read_day

_OPEN_VISITS = {PickupState.ORDERED, PickupState.ASSIGNED, PickupState.FAILED}
_OTHER = "other"


@page(Role.CITIZEN)
def mine(request: HttpRequest) -> HttpResponse:
    """Drafts to go on with, and all dossiers, newest first."""
    law, now = current_law(), clock.now()
    found = my_dossiers(request.actor, request.GET.get("sau", ""))  # type: ignore[attr-defined]
    names = named(found.rows, law)
    known = {v.code: v.name for v in law.procedures(local_day(now))}
    context = {
        "drafts": [(d, known.get(d.procedure, d.procedure)) for d in my_drafts(request.actor)],  # type: ignore[attr-defined]
        "rows": [(d, names[d.pk], standing(d, law, now), way_of(d, law, now)) for d in found.rows],
        "after": found.after,
        "later": "sau" in request.GET,
    }
    return shown(request, "citizen/mine.html", context)


def _own_case(request: HttpRequest, reference: str) -> Case:
    """The dossier, if it is this person's own."""
    case = find_case(request.actor, reference)  # type: ignore[attr-defined]
    if Role.CITIZEN not in case.roles(request.actor):  # type: ignore[attr-defined]
        raise NotFound(reference)
    return case


@page(Role.CITIZEN)
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """One dossier: where it is, when it is due and why, what is asked, papers, money, messages."""
    return _page(request, _own_case(request, reference))


def _page(
    request: Any, case: Case, *, form: ActionForm | None = None, number: str = "", status: int = 200,
    answer: dict[str, Any] | None = None, problems: Any = (),
) -> HttpResponse:  # fmt: skip
    law, now, d = case.law, clock.now(), case.dossier
    # A form that was refused stands in place of the empty one, with what was typed.
    forms = action_forms(case, request.actor, skip=set(ANSWERS.values()))
    forms = [form if form and f.action == form.action else f for f in forms]
    if form and form.action not in {f.action for f in forms}:
        problems = [*problems, *_general(form)]
    context = {
        "case": case,
        "dossier": d,
        "version": case.version,
        "state": _(State(d.state).label),
        "standing": standing(d, law, now),
        "way": way_of(d, law, now),
        "why": why_lines(case),
        "asked": [r for r in requests_of(case) if r.answered_at is None] if d.state in ANSWERS else [],
        "answered": [r for r in requests_of(case) if r.answered_at],
        "forms": forms,
        "opened": form.action if form else "",
        "person": person_of(case, number),
        "papers": papers_of(case),
        "files": (files := files_of(case)),
        "result_files": [f for f in files if f.file.kind == "result"],
        "answers": answers_of(case),
        "purses": purses_of(case),
        "parcels": [(p, _(ParcelState(p.state).label)) for p in case.parcels],
        "carried": carried(case) if case.parcels else None,
        "may_fetch": case.dossier.state == State.PUBLISHED and case.dossier.return_by == "post"
        and bool(case.parcels) and case.parcels[-1].state == ParcelState.RETURNED,
        "windows": windows_on(case.law, local_day(clock.now())),
        "visits": [(p, _(PickupState(p.state).label), PickupState(p.state) in _OPEN_VISITS) for p in case.pickups],
        "entries": story_of(tell(case.entries, law)),
        "notices": notices_of(case),
        "agency": law.office(d.agency_id),
        "accepting": law.office(d.accepting_id),
        "prints": prints_of(case, request.actor),
        "problems": problems,
        **(answer or _empty_answer(case)),
    }
    return shown(request, "citizen/dossier.html", context, status)


def _general(form: ActionForm) -> list[Problem]:
    """What is wrong with a form that is not on the page any more."""
    return [Problem("form", str(text)) for errors in form.errors.values() for text in errors]


@require_POST
@page(Role.CITIZEN)
def act(request: HttpRequest, reference: str, action: str) -> HttpResponse:
    """One action of the table: withdrawing, rating."""
    case = _own_case(request, reference)
    if action not in {row.action for row in DOSSIER.transitions if Role.CITIZEN in row.roles} - set(ANSWERS.values()):
        raise NotFound(action)
    taken = take_action(request, case, action)
    if taken.answer is None:
        return _page(request, _own_case(request, reference), form=taken.form, status=taken.status)
    messages.success(request, _done_words(action))
    return redirect("citizen:dossier", reference)


def _done_words(action: str) -> str:
    return {"withdraw": _("Đã rút hồ sơ."), "rate": _("Cảm ơn bạn đã đánh giá.")}.get(action, _("Đã ghi nhận."))


def _components(case: Case) -> list[tuple[str, str]]:
    return [*((p.key, p.name) for p in case.version.papers), (_OTHER, _("Giấy tờ khác"))]


def _empty_answer(case: Case) -> dict[str, Any]:
    return {"uploads": [(key, name, [], []) for key, name in _components(case)], "note": "", "note_errors": []}


@require_POST
@page(Role.CITIZEN)
def supply(request: HttpRequest, reference: str) -> HttpResponse:
    """Answers what was asked for, with files and words. Good files are kept whatever else is wrong."""
    case = _own_case(request, reference)
    kept, problems = attachments_of(request, [key for key, _name in _components(case)])
    note = request.POST.get("note", "")
    if problems or request.POST.get("do") == "tai-len":
        return _page(request, case, answer=_answer(case, kept, note, problems), status=422 if problems else 200)
    payload = {"dossier": reference, "note": note, "files": [a.carried for a in kept]}
    wish = command(request, "dossier.answer", payload)
    try:
        answer_request(wish, request.actor, reference, rows_of(request, kept), note, seen_of(request))  # type: ignore[attr-defined]
    except (Refused, Invalid) as refused:
        status = 422 if isinstance(refused, Invalid) else 409
        return _page(
            request, _own_case(request, reference), answer=_answer(case, kept, note, refused.problems), status=status
        )
    messages.success(request, _("Đã gửi phần bổ sung."))
    return redirect("citizen:dossier", reference)


def _answer(case: Case, kept: list[Attachment], note: str, problems: Any) -> dict[str, Any]:
    """The form of an answer with what was given and what is wrong with it."""
    at = {f"file-{key}": key for key, _name in _components(case)}
    uploads = [
        (
            key,
            name,
            [a for a in kept if a.component == key],
            [problem_text(p) for p in problems if at.get(p.field) == key],
        )
        for key, name in _components(case)
    ]
    return {"uploads": uploads, "note": note, "note_errors": [problem_text(p) for p in problems if p.field not in at]}


@require_POST
@page(Role.CITIZEN)
def open_number(request: HttpRequest, reference: str) -> HttpResponse:
    """Shows the identity number; the looking is recorded."""
    case = _own_case(request, reference)
    wish = command(request, "applicant.open_id", {"dossier": reference})
    number = open_id(wish, request.actor, reference)  # type: ignore[attr-defined]
    return _page(request, case, number=number)


@require_POST
@page(Role.CITIZEN)
def move_visit(request: HttpRequest, reference: str, pickup_id: UUID) -> HttpResponse:
    """The postman comes on another day or in another window."""
    case = _own_case(request, reference)
    if pickup_id not in {p.pk for p in case.pickups}:
        raise NotFound(str(pickup_id))
    day, window = request.POST.get("wanted_on", "")[:10], request.POST.get("window", "")[:20]
    wish = command(request, "pickup.move", {"pickup": str(pickup_id), "wanted_on": day, "window": window})

    def do() -> Any:
        wanted = read_day(day, "wanted_on")
        if wanted is None:
            raise Invalid([Problem("pickup.no_day", "Hãy nhập ngày bưu tá đến.", field="wanted_on")])
        return move_pickup(wish, request.actor, pickup_id, wanted, window)  # type: ignore[attr-defined]

    _done, problems = attempt(do)
    if problems:
        return _page(request, _own_case(request, reference), problems=problems, status=409)
    messages.success(request, _("Đã đổi hẹn bưu tá."))
    return redirect("citizen:dossier", reference)


@require_POST
@page(Role.CITIZEN)
def fetch_at_counter(request: HttpRequest, reference: str) -> HttpResponse:
    """The result is fetched at the counter after the post could not bring it."""
    _own_case(request, reference)
    wish = command(request, "dossier.return_by", {"dossier": reference})
    _done, problems = attempt(lambda: choose_counter(wish, request.actor, reference))  # type: ignore[attr-defined]
    if problems:
        return _page(request, _own_case(request, reference), problems=problems, status=409)
    messages.success(request, _("Đã ghi: bạn đến nhận kết quả tại nơi nộp hồ sơ."))
    return redirect("citizen:dossier", reference)


@require_POST
@page(Role.CITIZEN)
def cancel_visit(request: HttpRequest, reference: str, pickup_id: UUID) -> HttpResponse:
    """The postman need not come."""
    case = _own_case(request, reference)
    if pickup_id not in {p.pk for p in case.pickups}:
        raise NotFound(str(pickup_id))
    wish = command(request, "pickup.cancel", {"pickup": str(pickup_id)})
    _done, problems = attempt(lambda: cancel_pickup(wish, request.actor, pickup_id))  # type: ignore[attr-defined]
    if problems:
        return _page(request, _own_case(request, reference), problems=problems, status=409)
    messages.success(request, _("Đã huỷ hẹn bưu tá."))
    return redirect("citizen:dossier", reference)
