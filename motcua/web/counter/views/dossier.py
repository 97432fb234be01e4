"""One dossier at the counter: who, where its papers are, what is owed, what may be done now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.acts.envelopes import enclose
from motcua.acts.homeward import give_back, owed
from motcua.acts.inputs import Invalid
from motcua.acts.privacy import open_id
from motcua.acts.scans import add_scans
from motcua.acts.till import TILL, collect_due
from motcua.config import clock
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import Case, find_case
from motcua.looks.story import Told, tell
from motcua.people.holders import office
from motcua.web.counter.frame import shown
from motcua.web.counter.places import Seated, counter_page
from motcua.web.papers import prints_of
from motcua.web.shared.action_forms import ActionForm, action_forms, take_action
from motcua.web.shared.attachments import attachments_of, rows_of
from motcua.web.shared.case_parts import (
    PaperShown,
    answers_of,
    files_of,
    papers_of,
    person_of,
    purses_of,
    requests_of,
    story_of,
    why_lines,
)
from motcua.web.shared.door import command
from motcua.web.shared.paper_counts import OTHER
from motcua.web.shared.rows import standing, way_of

# What a counter leaves to other desks although the table would allow it to a receiver.
_ELSEWHERE = {"assign", "rate"}
_GIVE_BACK_IN = {"rejected", "withdrawn", "stopped", "closed", "incomplete"}


@counter_page
def dossier(request: Seated, reference: str) -> HttpResponse:
    """The dossier as it stands."""
    return _shown(request, find_case(request.actor, reference))


@counter_page
def act(request: Seated, reference: str, action: str) -> HttpResponse:
    """One action of the table; problems come back on the dossier's page with what was typed."""
    case = find_case(request.actor, reference)
    if request.method != "POST":
        return redirect("counter:dossier", reference=case.dossier.reference)
    if action not in {row.action for row in case.allowed(request.actor)}:
        problems = [Problem("machine.not_now", _("Việc này không còn làm được. Hãy xem tình trạng mới của hồ sơ."))]
        return _shown(request, case, problems=problems, status=409)
    taken = take_action(request, case, action)
    if taken.answer is None:
        return _shown(request, find_case(request.actor, reference), form=taken.form, status=taken.status)
    messages.success(request, _("Đã làm xong: %s.") % taken.form.label)
    return redirect("counter:dossier", reference=case.dossier.reference)


@counter_page
def open_number(request: Seated, reference: str) -> HttpResponse:
    """Shows the identity number once; that it was shown is recorded."""
    if request.method != "POST":
        return redirect("counter:dossier", reference=reference)
    wish = command(request, "applicant.open_id", {"dossier": reference})
    number = open_id(wish, request.actor, reference)
    answer = _shown(request, find_case(request.actor, reference), number=number)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@counter_page
def collect(request: Seated, reference: str) -> HttpResponse:
    """Takes what is still owed into the clerk's till."""
    if request.method == "POST":
        wish = command(request, "money.collect", {"dossier": reference})
        done, problems, status = _try(lambda: collect_due(wish, request.actor, reference))
        if problems:
            return _again(request, reference, problems, status)
        messages.success(request, _("Đã thu tiền. Biên lai: %s.") % ", ".join(done["receipts"] or ["–"]))
    return redirect("counter:dossier", reference=reference)


@counter_page
def give_papers_back(request: Seated, reference: str) -> HttpResponse:
    """Papers of a dossier that ended go back to the applicant."""
    if request.method == "POST":
        recipient = request.POST.get("recipient", "")[:250]
        wish = command(request, "paper.give_back", {"dossier": reference, "recipient": recipient})
        done, problems, status = _try(lambda: give_back(wish, request.actor, reference, recipient))
        if problems:
            return _again(request, reference, problems, status)
        n = done["papers"]
        messages.success(request, ngettext("Đã trả %d giấy tờ.", "Đã trả %d giấy tờ.", n) % n)
    return redirect("counter:dossier", reference=reference)


@counter_page
def enclose_here(request: Seated, reference: str) -> HttpResponse:
    """The papers that lie here go into one envelope."""
    if request.method == "POST":
        wish = command(request, "paper.enclose", {"dossier": reference})
        done, problems, status = _try(lambda: enclose(wish, request.actor, reference))
        if problems:
            return _again(request, reference, problems, status)
        messages.success(request, _("Đã cho vào phong bì %s. In tem và dán lên phong bì.") % done["envelope"])
    return redirect("counter:dossier", reference=reference)


@counter_page
def scans(request: Seated, reference: str) -> HttpResponse:
    """Scans that are attached later."""
    case = find_case(request.actor, reference)
    if request.method == "POST":
        found, problems = attachments_of(request, [*(p.key for p in case.version.papers), OTHER])
        if problems:
            return _again(request, reference, problems, 422)
        wish = command(request, "file.attach", {"dossier": reference, "files": [s.carried for s in found]})
        do = lambda: add_scans(wish, request.actor, reference, rows_of(request, found))  # noqa: E731
        _done, problems, status = _try(do)
        if problems:
            return _again(request, reference, problems, status)
        messages.success(request, _("Đã đính kèm %d tệp.") % len(found))
    return redirect("counter:dossier", reference=case.dossier.reference)


def _try(do: Any) -> tuple[Any, list[Problem], int]:
    try:
        return do(), [], 200
    except (Refused, Invalid) as refused:
        return None, list(refused.problems), 422 if isinstance(refused, Invalid) else 409


def _again(request: Seated, reference: str, problems: list[Problem], status: int) -> HttpResponse:
    case = find_case(request.actor, reference)
    return _shown(request, case, problems=problems, status=status)


@dataclass(frozen=True, slots=True)
class Tool:
    """One foldable thing to do beside the dossier."""

    form: ActionForm
    open: bool


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """A paper with its holder in words and what happened to it."""

    shown: PaperShown
    history: list[Told]


def _shown(
    request: Seated,
    case: Case,
    *,
    form: ActionForm | None = None,
    problems: Any = (),
    number: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, now = request.actor, clock.now()
    d, law = case.dossier, case.law
    told = tell(case.entries, law)
    kind, words = standing(d, law, now)
    mine = {str(office(code)) for code in actor.offices()}
    return shown(
        request,
        "counter/dossier.html",
        {
            "case": case,
            "dossier": d,
            "version": case.version,
            "agency": law.office(d.agency_id),
            "accepting": law.office(d.accepting_id),
            "way": way_of(d, law, now),
            "standing": {"kind": kind, "words": words},
            "why": why_lines(case),
            "person": person_of(case, number),
            "papers": _papers(case, told),
            "here": [p for p in case.papers if p.holder in mine and owed(d, p)],
            "purses": purses_of(case),
            "due_now": sum(c.amount for c in case.charges if not c.payment_id and not c.cancelled_at),
            "may_collect": bool(case.roles(actor) & TILL),
            "may_enclose": sum(1 for p in case.papers if p.holder in mine and not p.offered_to) > 1,
            "may_give_back": d.state in _GIVE_BACK_IN and any(p.holder in mine and owed(d, p) for p in case.papers),
            "tools": _tools(case, actor, form, mine),
            "problems": problems,
            "entries": story_of(told),
            "requests": requests_of(case),
            "files": files_of(case),
            "answers": answers_of(case),
            "prints": prints_of(case, request.actor),
        },
        status=status,
    )


def _tools(case: Case, actor: Any, form: ActionForm | None, mine: set[str]) -> list[Tool]:
    """The actions allowed now, in the order of the table; handing out is offered where the result lies."""
    skip = set(_ELSEWHERE)
    if not any(p.kind == "result" and p.holder in mine for p in case.papers):
        skip.add("close")
    if "accept" in {row.action for row in case.allowed(actor)}:
        # Who may accept has no use for merely taking: that is the act of a post point that is no one-stop.
        skip.add("take")
    forms = [form if form and f.action == form.action else f for f in action_forms(case, actor, skip)]
    if form and form.action not in {f.action for f in forms}:
        forms.insert(0, form)
    first = form.action if form else forms[0].action if forms else ""
    return [Tool(f, f.action == first) for f in forms]


def _papers(case: Case, told: list[Told]) -> list[PaperHeld]:
    by_subject: dict[Any, list[Told]] = {}
    for entry, line in zip(case.entries, told, strict=True):
        by_subject.setdefault(entry.subject_id, []).append(line)
    return [PaperHeld(held, by_subject.get(held.paper.pk, [])) for held in papers_of(case)]
