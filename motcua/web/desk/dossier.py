"""One dossier as the agency sees it: where it is, why it is due when it is due, and the acts that are allowed now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts.casework import standing_problems
from motcua.acts.privacy import open_id
from motcua.config import clock
from motcua.dossiers.lifecycle import DOSSIER, State
from motcua.dossiers.models import Channel, Outcome, ReturnBy
from motcua.kernel.problems import Problem
from motcua.looks.access import Case, find_case, local_day
from motcua.looks.destinations import Destinations
from motcua.looks.story import tell
from motcua.people.holders import office
from motcua.people.rules import AGENCY, Actor, Role
from motcua.web.desk.frame import shown
from motcua.web.desk.lists import back_to_list, next_step
from motcua.web.desk.steps import steps_of
from motcua.web.shared import case_parts
from motcua.web.shared.action_forms import ActionForm, action_forms, take_action
from motcua.web.shared.door import command, new_key, page
from motcua.web.shared.rows import standing, way_of
from motcua.web.shared.shown import problem_text
from motcua.web.words import when

READERS = (*sorted(AGENCY), Role.PROVINCE)
# What moves a dossier on; these stand open, the rest is folded away until wanted.
_ONWARD = (
    "accept", "assign", "finish_step", "decide", "sign", "number", "publish", "supply", "complete", "close",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tool:
    """One act of the reader's. `open`: unfolded, what moves the dossier on; `waits`: why it cannot be done yet."""

    form: ActionForm
    key: str
    url: str
    open: bool
    waits: tuple[str, ...] = ()


@page(*READERS)
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossier as it stands."""
    return _page(request, find_case(request.actor, reference))  # type: ignore[attr-defined]


@page(*READERS)
def act(request: HttpRequest, reference: str, action: str) -> HttpResponse:
    """One action of the table; problems come back on the dossier's page with what was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(actor, reference)
    if action not in DOSSIER.actions:
        raise Http404
    if request.method != "POST":
        return redirect("desk:dossier", reference=case.dossier.reference)
    taken = take_action(request, case, action)
    if taken.answer is None:
        return _page(request, find_case(actor, reference), form=taken.form, status=taken.status)
    messages.success(request, _("Đã làm xong: %s.") % taken.form.label)
    return redirect("desk:dossier", reference=case.dossier.reference)


@page(*READERS)
def open_number(request: HttpRequest, reference: str) -> HttpResponse:
    """Shows the identity number once; that it was shown is recorded. A number is never part of an address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(actor, reference)
    if request.method != "POST":
        return redirect("desk:dossier", reference=case.dossier.reference)
    wish = command(request, "applicant.open_id", {"dossier": case.dossier.reference})
    number = open_id(wish, actor, case.dossier.reference)
    answer = _page(request, find_case(actor, reference), number=number)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(
    request: HttpRequest, case: Case, *, form: ActionForm | None = None, number: str = "", status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    d, law, now = case.dossier, case.law, clock.now()
    kind, words = standing(d, law, now)
    tools = _tools(case, actor, form, now)
    steps = {step.key: step.name for step in case.version.steps}
    return shown(
        request,
        "desk/dossier.html",
        {
            "case": case,
            "dossier": d,
            "version": case.version,
            "way": way_of(d, law, now),
            "standing": {"kind": kind, "words": words},
            "turn": next_step(d, law),
            "why": case_parts.why_lines(case),
            "facts": _facts(case),
            "decided": _decided(case),
            "steps": steps_of(case, now),
            "person": case_parts.person_of(case, number),
            "answers": case_parts.answers_of(case),
            "papers": case_parts.papers_of(case, actor.offices()),
            "papers_away": _papers_away(case),
            "to_send": _to_send(case, actor, now),
            "files": case_parts.files_of(case),
            "requests": case_parts.requests_of(case),
            "purses": case_parts.purses_of(case) if case.charges else [],
            "entries": case_parts.story_of(tell(case.entries, law, steps)),
            "tools": tools,
            "refused": form,
            "open_key": new_key(),
            "open_url": reverse("desk:open_number", args=[d.reference]),
            "back": back_to_list(request),
        },
        status=status,
    )


def _tools(case: Case, actor: Actor, refused: ActionForm | None, now: datetime) -> list[Tool]:
    """The reader's acts, what moves the dossier on first, what cannot be done yet last with its reason. The refused
    one keeps what was typed, even when somebody else was quicker and it is no longer allowed."""
    forms = {f.action: f for f in action_forms(case, actor, skip={"rate", *_not_here(case, actor)})}
    waits = {a: standing_problems(case, actor, a, now) for a in forms if refused is None or a != refused.action}
    if refused:
        forms[refused.action] = refused
    free = [a for a in _ONWARD if a in forms and not waits.get(a)]
    if case.dossier.state == State.PROCESSING and len(free) > 1 and free[0] == "assign":
        free = [*free[1:], "assign"]
    first = refused.action if refused else next((a for a in free if a != "assign" or not case.dossier.handler_id), "")
    order = sorted(forms, key=lambda a: (a != first, bool(waits.get(a)), a not in free, DOSSIER.actions.index(a)))
    return [_tool(case, forms[a], a == first, waits.get(a, ())) for a in order]


def _tool(case: Case, form: ActionForm, opened: bool, waits: Iterable[Problem]) -> Tool:
    url = reverse("desk:act", args=[case.dossier.reference, form.action])
    return Tool(form, new_key(), url, opened, tuple(problem_text(p) for p in waits))


def _not_here(case: Case, actor: Actor) -> set[str]:
    """Handing over is offered where the result lies and is fetched; what goes by post goes into a bag."""
    return set() if case.dossier.return_by == ReturnBy.COUNTER and _result_here(case, actor) else {"close"}


def _result_here(case: Case, actor: Actor) -> bool:
    mine = {str(office(code)) for code in actor.offices()}
    return any(p.kind == "result" and p.holder in mine for p in case.papers)


def _to_send(case: Case, actor: Actor, now: datetime) -> str:
    """The office the result that lies here goes to next, by name; '' where it does not go by bag."""
    if case.dossier.state != State.PUBLISHED or not actor.has(Role.RECEIVER, Role.RECORDS):
        return ""
    if not _result_here(case, actor):
        return ""
    where = Destinations(case.dossier.agency_id, case.law, local_day(now))
    there = where.of(next(p for p in case.papers if p.kind == "result"))
    return case.law.office(there).name if there else ""


def _papers_away(case: Case) -> bool:
    """Whether papers the agency needs are still with somebody else."""
    here = str(office(case.dossier.agency_id))
    before = {State.FILED, State.TAKEN, State.ACCEPTED}
    return case.dossier.state in before and any(p.holder not in {here, "applicant"} for p in case.papers)


def _facts(case: Case) -> list[tuple[str, Any]]:
    d, law = case.dossier, case.law
    pairs = [
        (_("Mã hồ sơ"), d.code or _("chưa có, cấp khi tiếp nhận")),
        (_("Mã tra cứu"), d.reference),
        (_("Trạng thái"), _(State(d.state).label)),
        (_("Cơ quan giải quyết"), law.office(d.agency_id).name),
        (_("Nơi nộp"), f"{law.office(d.reception_id).name} ({_(Channel(d.channel).label)})"),
        (_("Nơi tiếp nhận"), law.office(d.accepting_id).name if d.accepting_id != d.reception_id else ""),
        (_("Nộp lúc"), when(d.filed_at)),
        (_("Tiếp nhận lúc"), when(d.accepted_at)),
        (_("Giấy tờ về cơ quan lúc"), when(d.arrived_at)),
        (_("Thụ lý"), d.handler.name if d.handler else ""),
        (_("Trả kết quả"), _(ReturnBy(d.return_by).label)),
    ]
    return [(label, value) for label, value in pairs if value]


def _decided(case: Case) -> list[tuple[str, Any]]:
    """Decision, signature, number and publication: four acts, each with its person and instant."""
    d = case.dossier
    pairs = [
        (_("Quyết định"), _(Outcome(d.outcome).label) if d.outcome else ""),
        (_("Lý do và căn cứ"), d.ground),
        (_("Người quyết định"), _by(d.decided_by, d.decided_at)),
        (_("Người ký"), _by(d.signed_by, d.signed_at)),
        (_("Số kết quả"), f"{d.result_number} ({when(d.numbered_at)})" if d.result_number else ""),
        (_("Phát hành"), when(d.published_at)),
        (_("Hẹn lại"), _reschedule(d.rescheduled)),
    ]
    return [(label, value) for label, value in pairs if value]


def _by(account: Any, at: Any) -> str:
    return f"{account.name}, {when(at)}" if account else ""


def _reschedule(promise: dict[str, Any]) -> str:
    if not promise:
        return ""
    until = when(datetime.fromisoformat(promise["until"]))
    return _("%(number)s: đến %(until)s. %(reason)s") % {**promise, "until": until}
