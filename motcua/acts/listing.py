"""What goes on a list, and to whom a list may be addressed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from motcua.custody.actions import add_line, withdraw_offer
from motcua.custody.lifecycle import Finding, ManifestState
from motcua.custody.models import Line, Manifest, Paper
from motcua.journal.actions import Act
from motcua.kernel.problems import Problem, Refused, refusal
from motcua.law.model.competence import standing_office
from motcua.procedures.queries import current_law

_LIVE = [ManifestState.OPEN, ManifestState.SEALED, ManifestState.PARKED]
_MISSED = [Finding.SHORT, Finding.NOT_EXAMINED]


def list_papers(act: Act, manifest: Manifest, papers: Iterable[Paper], last: int) -> list[Line]:
    """Does: puts papers on an open list after place `last`. What its giver holds again although an older bag lists it
    (the taker called it missing, or set that bag aside unexamined) is taken back from there and stays shown on both.
    Refuses: a paper held elsewhere, in another open list, or on its way in a sealed bag nobody has looked into yet."""
    papers = list(papers)
    blocking = _blocking(manifest, papers)
    lines = []
    for place, paper in enumerate(papers, start=last + 1):
        line = add_line(act, manifest, paper, place, blocking.get(paper.pk, ""))
        withdraw_offer(act, paper, "listed_again", manifest=manifest.number)
        lines.append(line)
    return lines


def _blocking(manifest: Manifest, papers: list[Paper]) -> dict[Any, str]:
    """The number of the list that still claims a paper, by paper."""
    claims = Line.objects.filter(paper__in=papers, removed=False, manifest__state__in=_LIVE, finding="")
    claims = claims.exclude(manifest=manifest).exclude(manifest__state=ManifestState.PARKED)
    return dict(claims.values_list("paper_id", "manifest__number"))


def other_lists(manifest: Manifest) -> dict[Any, list[str]]:
    """Other lists that show a paper of this one and on which it was not received, by paper."""
    unmet = Q(manifest__state__in=_LIVE, finding="") | Q(finding__in=_MISSED)
    here = Line.objects.filter(manifest=manifest, removed=False).values("paper")
    rows = Line.objects.filter(unmet, paper__in=here, removed=False).exclude(manifest=manifest)
    found: dict[Any, list[str]] = {}
    for paper, number in rows.order_by("id").values_list("paper_id", "manifest__number"):
        found.setdefault(paper, []).append(number)
    return found


def closed_problems(taker: str, day: date) -> Iterator[Problem]:
    """No bag goes to an office that was closed or merged: the successor is named."""
    office = current_law().office_map.get(taker)
    if office is None or office.in_force(day):
        return
    params = {"office": office.name, "day": f"{_closed_on(taker, day):%d/%m/%Y}"}
    try:
        successor = standing_office(current_law(), taker, day).name
    except Refused:
        yield Problem(
            "office.closed",
            "%(office)s không còn hoạt động (từ %(day)s) và gói dữ liệu chưa có nơi kế tục. Hãy báo quản trị viên.",
            field="taker",
            params=params,
        )
        return
    yield Problem(
        "office.merged",
        "%(office)s đã sáp nhập từ %(day)s. Hãy gửi túi đến nơi kế tục: %(successor)s.",
        field="taker",
        params={**params, "successor": successor},
    )


def _closed_on(taker: str, day: date) -> date:
    office = current_law().office(taker)
    return max((start for start in office.successions.starts if start <= day), default=office.valid_from)


def successor_of(taker: str, giver: str, day: date) -> str:
    """The office a bag goes to instead of one that was closed. Refuses: one that stands, no successor, the giver."""
    law = current_law()
    if law.office(taker).in_force(day):
        raise refusal("manifest.taker_stands", "Nơi nhận vẫn hoạt động, không cần đổi nơi nhận của túi này.")
    found = standing_office(law, taker, day)
    if found.code == giver:
        raise refusal("manifest.same_office", "Nơi giao và nơi nhận phải khác nhau.", field="taker")
    return found.code
