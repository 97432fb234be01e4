"""The lists behind the figures, and one dossier to be looked at and not touched."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.config import clock
from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Channel, Outcome, ReturnBy
from motcua.looks.access import Case, find_case, local_day
from motcua.looks.story import tell
from motcua.looks.worklists import all_dossiers
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.board.cuts import GROUPS, URGENCIES, asked_of, cut_of, list_url, office_name, words_of
from motcua.web.board.frame import shown
from motcua.web.shared import case_parts
from motcua.web.shared.door import page
from motcua.web.shared.rows import named, standing, tone_of, way_of
from motcua.web.ui import Cell, Column, Pager, Row, Table
from motcua.web.words import when


@page(Role.PROVINCE)
def many(request: HttpRequest) -> HttpResponse:
    """The dossiers behind a figure, newest first. Names of applicants are not needed here and not shown."""
    law, now = current_law(), clock.now()
    asked = asked_of(request.GET)
    found = all_dossiers(request.actor, cut_of(asked, law, now), asked.get("after", ""))  # type: ignore[attr-defined]
    kept = {key: value for key, value in asked.items() if key != "after"}
    agencies = list(law.offices("agency", local_day(now)))
    return shown(
        request,
        "board/dossiers.html",
        {
            "asked": kept,
            "words": words_of(kept, law),
            "table": _table(found.rows, law, now),
            "pager": Pager(
                len(found.rows),
                list_url(**kept, after=found.after) if found.after else "",
                list_url(**kept) if "after" in asked else "",
                _("hồ sơ"),
            ),
            "groups": [(key, _(label)) for key, (label, _states) in GROUPS.items()],
            "urgencies": [(key.value, _(label)) for key, label in URGENCIES.items()],
            "agencies": sorted(((o.code, o.short) for o in agencies), key=lambda pair: pair[1]),
        },
    )


def _table(rows, law, now) -> Table:  # type: ignore[no-untyped-def]
    names = named(rows, law)
    columns = [
        Column(_("Hồ sơ")),
        Column(_("Còn lại"), "status"),
        Column(_("Hẹn trả"), "when"),
        Column(_("Đường đi"), "way"),
        Column(_("Thủ tục")),
        Column(_("Cơ quan")),
        Column(_("Tình trạng")),
    ]
    lines = []
    for d in rows:
        kind, words = standing(d, law, now)
        state = _(State(d.state).label)
        cells = [
            Cell(str(d), reverse("board:dossier", args=[d.reference])),
            Cell(html=render_to_string("parts/status.html", {"kind": kind, "text": words}) if words != state else ""),
            Cell(when(d.due_at)),
            Cell(html=way_of(d, law, now).small),
            Cell(str(names[d.pk])),
            Cell(office_name(d.agency_id, law)),
            Cell(state),
        ]
        lines.append(Row(cells, tone_of(kind)))
    return Table(_("Hồ sơ"), columns, lines)


@page(Role.PROVINCE)
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """One dossier: its way, why it is due when it is due, papers, money, journal. Nothing can be done here."""
    case = find_case(request.actor, reference)  # type: ignore[attr-defined]
    d, law, now = case.dossier, case.law, clock.now()
    kind, words = standing(d, law, now)
    return shown(
        request,
        "board/dossier.html",
        {
            "dossier": d,
            "version": case.version,
            "way": way_of(d, law, now),
            "standing": {"kind": kind, "words": words},
            "why": case_parts.why_lines(case),
            "facts": _facts(case),
            "person": case_parts.person_of(case),
            "papers": case_parts.papers_of(case),
            "purses": case_parts.purses_of(case) if case.charges else [],
            "entries": case_parts.story_of(tell(case.entries, law)),
        },
    )


def _facts(case: Case) -> list[tuple[str, str]]:
    d, law = case.dossier, case.law
    pairs = [
        (_("Tình trạng"), _(State(d.state).label)),
        (_("Cơ quan giải quyết"), law.office(d.agency_id).name),
        (_("Nơi nhận"), law.office(d.reception_id).name),
        (_("Nơi tiếp nhận"), law.office(d.accepting_id).name),
        (_("Kênh nộp"), _(Channel(d.channel).label)),
        (_("Cách trả"), _(ReturnBy(d.return_by).label)),
        (_("Nộp lúc"), when(d.filed_at)),
        (_("Tiếp nhận lúc"), when(d.accepted_at)),
        (_("Quyết định"), _(Outcome(d.outcome).label) if d.outcome else ""),
        (_("Có kết quả lúc"), when(d.published_at)),
        (_("Đóng lúc"), when(d.closed_at)),
        (_("Đánh giá"), f"{d.rating}/5" if d.rating else ""),
    ]
    return [(name, value) for name, value in pairs if value]
