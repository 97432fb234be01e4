"""A new dossier: find the procedure, one form, receive it or hand out the slip of what is missing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.acts.inputs import Invalid
from motcua.acts.intake import Filing, receive_at_counter
from motcua.acts.preview import Preview, preview
from motcua.config import clock
from motcua.kernel.card import parse_card_qr
from motcua.kernel.clock import explain
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Pack, Version
from motcua.law.search import search_procedures
from motcua.looks.access import find_case, local_day
from motcua.looks.papers.common import term_words
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.counter.frame import reader_language, shown
from motcua.web.counter.intake_form import IntakeForm, lacking_words
from motcua.web.counter.places import Seated, counter_page
from motcua.web.papers import prints_of
from motcua.web.shared.attachments import Attachment, attachments_of, rows_of
from motcua.web.shared.case_parts import purses_of, why_lines
from motcua.web.shared.communes import commune_labels
from motcua.web.shared.door import command, new_key
from motcua.web.shared.paper_counts import OTHER
from motcua.web.ui import MoneyLine, Purse

_LISTED = 30


@counter_page
def choose_procedure(request: Seated) -> HttpResponse:
    """Procedures by plain words."""
    given = request.POST if request.method == "POST" else request.GET
    return offer_procedures(request, given.get("q", "")[:200], request.POST.get("card", "")[:2000])


def offer_procedures(request: Seated, words: str, card: str) -> HttpResponse:
    """The list to choose from. A card that was scanned comes along in the form, never in an address."""
    law, day = current_law(), local_day(clock.now())
    found = search_procedures(law, words, day, _LISTED) if words.strip() else law.procedures(day)[:_LISTED]
    offered = [Offered(v, term_words(v.term_for("counter")), _received_here(law, v, request.place, day)) for v in found]
    context = {"words": words, "found": offered, "card": card, "person": _named_on(card)}
    return shown(request, "counter/choose.html", context)


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure found: how long it takes, and whether this place takes it."""

    version: Version
    term: str
    here: bool


def _received_here(law: Pack, version: Version, place: str, day: date) -> bool:
    """Whether this place takes dossiers of the procedure for people of its own commune."""
    try:
        agency = law.agency_for(version, "", day, place)
    except Refused:
        return False
    return law.may_receive(version, agency, law.office(place), day)


def _named_on(card: str) -> str:
    try:
        return parse_card_qr(card).name if card else ""
    except Refused:
        return ""


@dataclass
class Filling:
    """One showing of the form."""

    request: Seated
    place: str
    form: IntakeForm
    scans: list[Attachment]
    problems: list[Problem]
    status: int = 200

    def refuse(self, problems: Any, status: int) -> None:
        self.problems += problems
        self.status = status


@counter_page
def new_dossier(request: Seated, code: str) -> HttpResponse:
    """The form. What the pressed button asks for is done; unless a dossier came of it, the form stays."""
    now, law = clock.now(), current_law()
    version = law.procedure(code, local_day(now))
    posted = request.method == "POST"
    form = IntakeForm(law, version, local_day(now), request.POST.copy() if posted else None)
    scans, problems = attachments_of(request, [*(p.key for p in version.papers), OTHER]) if posted else ([], [])
    filling = Filling(request, request.place, form, scans, problems, 422 if problems else 200)
    made = _pressed(request)(filling) if posted else None
    return made or _form_page(filling)


def _pressed(request: Seated) -> Callable[[Filling], HttpResponse | None]:
    """What the button asks for. Enter presses none: a card that was scanned is read, else the sum is worked out."""
    usual = "the" if request.POST.get("card", "").strip() else "tinh"
    return _BUTTONS.get(request.POST.get("do") or usual, _look_again)


def _look_again(filling: Filling) -> None:
    """Only the summary is worked out again."""


def _fill(filling: Filling) -> None:
    if problems := filling.form.fill_from_card():
        filling.refuse(problems, 422)


def _all_there(filling: Filling) -> None:
    filling.form.counts.fill_all()


def _receive(filling: Filling) -> HttpResponse | None:
    short = filling.form.counts.short
    if short:
        unread = [p for p in filling.form.filing()[1] if p.field == "papers"]
        filling.refuse([*unread, *(_paper_short(line) for line in short)], 409)
        return None
    return _make(filling, ())


def _supplement(filling: Filling) -> HttpResponse | None:
    items = filling.form.items_asked()
    if not items:
        nothing = "Không thiếu giấy tờ nào. Hãy ghi nội dung cần bổ sung, hoặc nhận hồ sơ."
        filling.refuse([Problem("filing.nothing_missing", nothing, field="incomplete")], 409)
        return None
    return _make(filling, items)


_BUTTONS: dict[str, Callable[[Filling], HttpResponse | None]] = {
    "tinh": _look_again,
    "the": _fill,
    "du": _all_there,
    "nhan": _receive,
    "bo-sung": _supplement,
}


def _paper_short(line: Any) -> Problem:
    message = "Còn thiếu: %(name)s. Hãy nhận đủ, hoặc lập phiếu yêu cầu bổ sung."
    return Problem("dossier.paper_missing", message, field="papers", params={"name": lacking_words(line, _)})


def _make(filling: Filling, items: Any) -> HttpResponse | None:
    """The one act of this page. Problems stay with the form; a dossier leads to its own page."""
    filing, unread = filling.form.filing()
    if unread or filling.problems:
        filling.refuse(unread, 422)
        return None
    request = filling.request
    try:
        filing = replace(filing, incomplete=tuple(items), files=() if items else rows_of(request, filling.scans))
        wish = command(request, "dossier.receive", {"place": filling.place, "filing": _written(filing)})
        answer = receive_at_counter(wish, request.actor, filling.place, filing)
    except (Refused, Invalid) as refused:
        filling.refuse(refused.problems, 422 if isinstance(refused, Invalid) else 409)
        return None
    return redirect("counter:received", reference=answer["reference"])


def _written(filing: Filing) -> dict[str, Any]:
    return asdict(filing)


def _form_page(filling: Filling) -> HttpResponse:
    request, form, law = filling.request, filling.form, current_law()
    filing, _unread = form.filing()
    form.show(p for p in filling.problems if p.field != "papers")
    if not filling.problems:
        form.focus_first_blank()
    seen = preview(request.actor, filling.place, filing, clock.now())
    return shown(
        request,
        "counter/new.html",
        {
            "form": form,
            "version": form.version,
            "counts": form.counts,
            "scans": filling.scans,
            "communes": commune_labels(law, form.day),
            "key": request.POST.get("key") or new_key(),
            "summary": summary_of(seen, filing, form, request.actor.has(Role.CLERK_POSTAL)),
            "paper_problems": [p for p in filling.problems if p.field == "papers"],
            "place_office": law.office(filling.place),
            "asked_person": form.text("name"),
        },
        status=filling.status,
    )


def summary_of(seen: Preview, filing: Filing, form: IntakeForm, postal: bool) -> dict[str, Any]:
    """What the right-hand side says: who decides, what happens here, what is owed, when it is ready."""
    return {
        "seen": seen,
        "postal": postal,
        "purses": [_purse(seen, "state"), _purse(seen, "post")],
        "total": seen.total("state") + seen.total("post"),
        "pay_now": filing.pay == "reception",
        "short": form.counts.short,
        "counted": form.counts.total,
        "why": explain(seen.deadline, reader_language()) if seen.deadline else [],
        "by_post": filing.return_by == "post",
        "problems": seen.problems,
    }


def _purse(seen: Preview, kind: str) -> Purse:
    lines = [
        MoneyLine(
            c["label"],
            c["amount"],
            c["citation"] if c["amount"] == c["full_amount"] else c["exemption_proof"],
        )
        for c in seen.charges
        if c["purse"] == kind
    ]
    return Purse("state" if kind == "state" else "post", lines)


@counter_page
def received(request: Seated, reference: str) -> HttpResponse:
    """After receiving: the code, the day promised and why, what to print, the next person."""
    case = find_case(request.actor, reference)
    context = {
        "dossier": case.dossier,
        "accepting": case.law.office(case.dossier.accepting_id),
        "why": why_lines(case),
        "purses": purses_of(case),
        "prints": prints_of(case, request.actor),
    }
    return shown(request, "counter/received.html", context)
