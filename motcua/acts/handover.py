"""Bags between offices: a list is built, sealed, carried, and received line by line. Only the taker completes it."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q

from motcua.acts.discrepancies import examine_lines, report
from motcua.acts.listing import closed_problems, list_papers, successor_of
from motcua.custody.actions import (
    add_over_line,
    move_paper,
    offer_paper,
    open_manifest,
    remove_line,
    step_manifest,
    withdraw_offer,
)
from motcua.custody.barcodes import not_listed_problems, unknown_problems
from motcua.custody.discrepancies import DiscrepancyKind
from motcua.custody.lifecycle import GIVERS, IN_HAND, TAKERS, Finding, ManifestState
from motcua.custody.models import Line, Manifest, Paper
from motcua.custody.rules import close_problems
from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act, Answer, once
from motcua.journal.prepared import Prepared
from motcua.journal.rules import Command
from motcua.kernel.keys import normal_reference
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks.access import NotFound, local_day
from motcua.looks.bags import opened_by
from motcua.people.holders import office
from motcua.people.queries import office_exists
from motcua.people.rules import Actor, Role

_LIVE = [ManifestState.OPEN, ManifestState.SEALED, ManifestState.PARKED]
_LISTED = Line.objects.filter(removed=False).select_related("paper__dossier").order_by("place")
_line_of_sticker = Prepared(lambda bag, name: _LISTED.filter(manifest_id=bag, paper__sticker=name), UUID, str)
_lines_of_dossier = Prepared(
    lambda bag, name: _LISTED.filter(
        Q(paper__envelope=name) | Q(paper__dossier__reference=name) | Q(paper__dossier__code=name), manifest_id=bag
    ),
    UUID, str,
)  # fmt: skip


def find_manifest(actor: Actor, key: str | UUID, *, lock: bool = False) -> Manifest:
    """A manifest of one of the actor's offices, by number or id. Raises NotFound."""
    rows = Manifest.objects.select_related("giver", "taker").filter(_named(key), opened_by(actor))
    if lock and connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    manifest = rows.first()
    if manifest is None:
        raise NotFound(str(key))
    return manifest


def _named(key: str | UUID) -> Q:
    try:
        return Q(pk=key if isinstance(key, UUID) else UUID(key))
    except ValueError:
        return Q(number=key)


def giver_roles(actor: Actor, manifest: Manifest) -> frozenset[Role]:
    return actor.roles_at(manifest.giver_id) & GIVERS


def taker_roles(actor: Actor, manifest: Manifest) -> frozenset[Role]:
    return actor.roles_at(manifest.taker_id) & TAKERS


def start_manifest(command: Command, actor: Actor, giver: str, taker: str, papers: list[str] | None = None) -> Answer:
    """Does: opens a list from one of the actor's offices to another, with papers named by sticker or dossier.

    Refuses: an office that is not the actor's, an unknown taker, papers held elsewhere.
    """

    def do(act: Act) -> Answer:
        if giver not in actor.offices(*GIVERS):
            raise Refused([Problem("place.not_yours", "Bạn không làm việc tại nơi giao.", field="giver")])
        if not office_exists(taker):
            raise Refused(
                [Problem("office.unknown", "Không có nơi nhận này. Hãy chọn trong danh sách.", field="taker")]
            )
        refuse_if(closed_problems(taker, local_day(act.at)))
        act.acting_as(min(actor.roles_at(giver) & GIVERS), giver)
        manifest = open_manifest(act, giver, taker, local_day(act.at))
        named = _all_named(papers or [], giver)
        list_papers(act, manifest, named, 0)
        return _answer(manifest, lines=len(named))

    return once(command, do)


def add_to_manifest(command: Command, actor: Actor, key: str, *named: str) -> Answer:
    """Does: adds papers by their stickers, or all papers of a dossier by its code; what is on this list already is
    left. Refuses: held elsewhere, on another list. Answers the names of those that were added."""

    def do(act: Act) -> Answer:
        manifest = _as_giver(act, actor, key)
        refuse_if(closed_problems(manifest.taker_id, local_day(act.at)))
        papers = _all_named(named, manifest.giver_id)
        step_manifest(act, manifest, "add", giver_roles(actor, manifest))
        listed = dict(
            Line.objects.filter(manifest=manifest, removed=False, paper__in=papers).values_list("paper_id", "pk")
        )
        fresh, last = [paper for paper in papers if paper.pk not in listed], _last_place(manifest)
        added = list_papers(act, manifest, fresh, last)
        return _answer(
            manifest, added=len(fresh), named=len(papers), papers=[p.name for p in fresh],
            lines=[line.pk for line in added] or list(listed.values()),
        )  # fmt: skip

    return once(command, do)


def remove_from_manifest(command: Command, actor: Actor, key: str, line_id: UUID) -> Answer:
    """Does: takes one line off an open list."""

    def do(act: Act) -> Answer:
        manifest = _as_giver(act, actor, key)
        step_manifest(act, manifest, "remove", giver_roles(actor, manifest))
        remove_line(act, _line(manifest, line_id))
        return _answer(manifest)

    return once(command, do)


def seal_manifest(
    command: Command, actor: Actor, key: str, seal: str, carrier: str = "", seen: int | None = None
) -> Answer:
    """Does: the giver's statement: these papers lie in the bag under this seal. Refuses: an empty list, no seal,
    a paper the giver has given away since, a list that changed since the giver saw it (`seen`, its version)."""

    def do(act: Act) -> Answer:
        manifest = _as_giver(act, actor, key)
        _refuse_stale(manifest, seen)
        if not seal.strip():
            raise Refused([Problem("manifest.no_seal", "Hãy nhập số niêm phong của túi.", field="seal")])
        lines = _lines(manifest)
        if not lines:
            raise Refused([Problem("manifest.empty", "Bảng kê chưa có giấy tờ nào. Hãy quét giấy tờ vào trước.")])
        refuse_if(closed_problems(manifest.taker_id, local_day(act.at)))
        refuse_if(_gone_papers(manifest, lines))
        step_manifest(
            act, manifest, "seal", giver_roles(actor, manifest),
            seal=seal.strip()[:40], carrier=carrier.strip()[:120], sealed_at=act.at, sealed_by_id=actor.id,
        )  # fmt: skip
        for line in lines:
            offer_paper(act, line.paper, office(manifest.taker_id), "sealed", manifest=manifest.number)
        return _answer(manifest)

    return once(command, do)


def cancel_manifest(command: Command, actor: Actor, key: str) -> Answer:
    """Does: gives up an open list; its papers are free for another."""

    def do(act: Act) -> Answer:
        manifest = _as_giver(act, actor, key)
        step_manifest(act, manifest, "cancel", giver_roles(actor, manifest))
        for line in _lines(manifest):
            remove_line(act, line)
        return _answer(manifest)

    return once(command, do)


def readdress(command: Command, actor: Actor, key: str) -> Answer:
    """Does: a bag for an office that was merged goes to its successor; what nobody has looked at is offered anew.
    Refuses: a taker that stands, one that nobody succeeded, the giver itself as successor."""

    def do(act: Act) -> Answer:
        manifest = _as_giver(act, actor, key)
        to = successor_of(manifest.taker_id, manifest.giver_id, local_day(act.at))
        step_manifest(act, manifest, "readdress", giver_roles(actor, manifest), taker_id=to)
        for line in _lines(manifest):
            if line.paper.offered_to and line.finding not in IN_HAND:
                withdraw_offer(act, line.paper, "readdressed", manifest=manifest.number)
                offer_paper(act, line.paper, office(to), "readdressed", manifest=manifest.number)
        return _answer(manifest, taker=to)

    return once(command, do)


def examine(
    command: Command, actor: Actor, key: str, line_ids: list[UUID], finding: str, note: str = "", was: str | None = None
) -> Answer:
    """Does: the taker says what came of these lines; received papers are the taker's from now on.

    `was` is the finding the taker saw before saying otherwise. Refuses: an unknown finding, a difference without
    a note, a line somebody else has looked at in between.
    """

    def do(act: Act) -> Answer:
        manifest = _as_taker(act, actor, key)
        step_manifest(act, manifest, "examine", taker_roles(actor, manifest))
        lines = _some_lines(manifest, line_ids)
        refuse_if(_changed_findings(lines, was))
        refuse_if(_over_problems(lines, finding))
        examine_lines(act, lines, _finding(finding), note)
        return _answer(manifest)

    return once(command, do)


def examine_by_sticker(command: Command, actor: Actor, key: str, scanned: str) -> Answer:
    """Does: one scan at the taker's desk: the line of this sticker is received, or all lines of this dossier that
    nobody has looked at. A paper called short is here after all when its own sticker is scanned; other differences
    stay as they were said. Scanning twice is once. Answers how many lines it was new for, and how many it named."""

    def do(act: Act) -> Answer:
        manifest = _as_taker(act, actor, key)
        step_manifest(act, manifest, "examine", taker_roles(actor, manifest))
        named = _lines_scanned(manifest, scanned)
        by_sticker = named[0].paper.sticker == normal_reference(scanned.strip())
        unseen = {"", Finding.NOT_EXAMINED, *([Finding.SHORT] if by_sticker else [])}
        lines = [line for line in named if line.finding in unseen]
        examine_lines(act, lines, Finding.RECEIVED)
        told = lines or named
        return _answer(
            manifest, received=len(lines), named=len(named), papers=[line.paper.name for line in told],
            lines=[line.pk for line in told],
        )  # fmt: skip

    return once(command, do)


def add_over(command: Command, actor: Actor, key: str, sticker: str, note: str) -> Answer:
    """Does: a paper found in the bag that is not on the list; its recorded holder sees the difference.

    Refuses: an unknown sticker, a paper that is on the list, no note.
    """

    def do(act: Act) -> Answer:
        manifest = _as_taker(act, actor, key)
        paper = Paper.objects.select_related("dossier").filter(sticker=normal_reference(sticker) or "").first()
        if paper is None:
            raise Refused(unknown_problems(sticker.strip(), field="sticker"))
        if Line.objects.filter(manifest=manifest, paper=paper, removed=False).exists():
            raise Refused(
                [
                    Problem(
                        "paper.on_list",
                        "Giấy tờ này có trong bảng kê. Hãy xác nhận dòng của nó.",
                        field="sticker",
                    )
                ]
            )
        if not note.strip():
            raise Refused([Problem("manifest.note_missing", "Chênh lệch phải có ghi chú.", field="note")])
        step_manifest(act, manifest, "add_over", taker_roles(actor, manifest))
        line = add_over_line(act, manifest, paper, _last_place(manifest) + 1, note.strip()[:500])
        move_paper(act, paper, office(manifest.taker_id), Finding.OVER, seen=True, manifest=manifest.number)
        report(act, manifest, DiscrepancyKind.OVER, manifest.giver_id, note.strip(), line=line)
        return _answer(manifest, lines=[line.pk])

    return once(command, do)


def park_manifest(command: Command, actor: Actor, key: str, reason: str) -> Answer:
    """Does: sets a list aside while lines are unexamined. Refuses: no reason."""

    def do(act: Act) -> Answer:
        manifest = _as_taker(act, actor, key)
        if not reason.strip():
            raise Refused([Problem("manifest.no_reason", "Hãy ghi lý do tạm gác.", field="reason")])
        step_manifest(act, manifest, "park", taker_roles(actor, manifest), reason=reason.strip()[:500])
        return _answer(manifest)

    return once(command, do)


def close_manifest(
    command: Command, actor: Actor, key: str, seal_intact: bool | None, seen: int | None = None
) -> Answer:
    """Does: the taker's statement: everything on this list has been looked at. Dossiers whose papers are all at
    their agency have arrived. Refuses: unexamined lines, a seal nobody looked at, a list that
    changed since the taker saw it."""

    def do(act: Act) -> Answer:
        manifest = _as_taker(act, actor, key)
        _refuse_stale(manifest, seen)
        lines = _lines(manifest)
        # "Not examined" said by name is an answer for one line, but the list stays open until somebody looks.
        blank = sum(1 for line in lines if line.finding in {"", Finding.NOT_EXAMINED})
        refuse_if(close_problems(blank, seal_intact is not None))
        step_manifest(
            act, manifest, "close", taker_roles(actor, manifest),
            seal_intact=seal_intact, closed_at=act.at, closed_by_id=actor.id, reason="",
        )  # fmt: skip
        _note_arrivals(act, manifest, lines)
        if not seal_intact:
            words = f"Niêm phong số {manifest.seal} không còn nguyên khi nhận."
            report(act, manifest, DiscrepancyKind.SEAL_BROKEN, manifest.giver_id, words)
        return _answer(manifest)

    return once(command, do)


def _note_arrivals(act: Act, manifest: Manifest, lines: list[Line]) -> None:
    """The agency has the papers: the step from the post's leg to the agency's is on record."""
    arrived: dict[Any, Dossier] = {}
    for line in lines:
        d = line.paper.dossier
        if line.finding in IN_HAND and d.agency_id == manifest.taker_id and d.arrived_at is None:
            arrived[d.pk] = d
    for d in arrived.values():
        if d.state in {State.ACCEPTED, State.TAKEN, State.FILED}:
            act.change(d, "dossier.arrived", {"arrived_at": act.at}, manifest=manifest.number)


def _as_giver(act: Act, actor: Actor, key: str) -> Manifest:
    manifest = find_manifest(actor, key, lock=True)
    act.acting_as(min(giver_roles(actor, manifest), default=""), manifest.giver_id)
    return manifest


def _as_taker(act: Act, actor: Actor, key: str) -> Manifest:
    manifest = find_manifest(actor, key, lock=True)
    act.acting_as(min(taker_roles(actor, manifest), default=""), manifest.taker_id)
    return manifest


def _refuse_stale(manifest: Manifest, seen: int | None) -> None:
    if seen is not None and seen != manifest.seq:
        raise Refused(
            [
                Problem(
                    "manifest.stale",
                    "Bảng kê vừa được người khác thay đổi. Hãy xem lại danh sách rồi xác nhận.",
                )
            ]
        )


def _gone_papers(manifest: Manifest, lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        if line.paper.holder != str(office(manifest.giver_id)):
            yield Problem(
                "manifest.paper_gone",
                "“%(paper)s” không còn ở nơi giao. Hãy bỏ khỏi bảng kê rồi niêm phong.",
                params={"paper": line.paper.name},
            )


def _over_problems(lines: list[Line], finding: str) -> Iterator[Problem]:
    """A paper that was not on the list has a line of its own; no line of the list becomes one, nor the other way."""
    if finding == Finding.OVER or any(line.finding == Finding.OVER for line in lines):
        yield Problem(
            "manifest.over_apart",
            "Giấy tờ thừa được ghi riêng, không đổi qua lại với dòng của bảng kê. Hãy dùng “Giấy tờ thừa trong túi”.",
            field="finding",
        )


def _changed_findings(lines: list[Line], was: str | None) -> Iterator[Problem]:
    for line in lines:
        if was is not None and line.finding != was:
            yield Problem(
                "manifest.line_changed",
                "%(paper)s: người khác vừa ghi “%(finding)s”. Hãy xem lại rồi sửa nếu cần.",
                field="finding",
                params={"paper": line.paper.name, "finding": Finding(line.finding).label if line.finding else "…"},
            )


def _lines(manifest: Manifest) -> list[Line]:
    return _as_one(manifest, _LISTED.filter(manifest=manifest))


def _as_one(manifest: Manifest, lines: Iterable[Line]) -> list[Line]:
    """One object a dossier, so that its entries follow each other in one chain."""
    found, shared = list(lines), dict[Any, Dossier]()
    for line in found:
        line.manifest = manifest
        line.paper.dossier = shared.setdefault(line.paper.dossier_id, line.paper.dossier)
    return found


def _some_lines(manifest: Manifest, line_ids: list[UUID]) -> list[Line]:
    lines = _as_one(manifest, _LISTED.filter(manifest=manifest, pk__in=line_ids))
    if len(lines) != len(set(line_ids)) or not lines:
        raise NotFound("line")
    return lines


def _line(manifest: Manifest, line_id: UUID) -> Line:
    return _some_lines(manifest, [line_id])[0]


def _lines_scanned(manifest: Manifest, scanned: str) -> list[Line]:
    """The line of this sticker or, when it is none, the lines of this envelope or dossier, whatever the list holds."""
    text = scanned.strip()
    name = normal_reference(text) or text
    lines = _as_one(manifest, _line_of_sticker(manifest.pk, name) or _lines_of_dossier(manifest.pk, name))
    refuse_if(not_listed_problems(text) if not lines else ())
    return lines


def _all_named(names: Iterable[str], giver: str) -> list[Paper]:
    """Every paper that is named, once, in the order of the names; one object a dossier."""
    found: dict[Any, Paper] = {}
    shared: dict[Any, Dossier] = {}
    for name in names:
        for paper in _papers_named(name, giver):
            paper.dossier = shared.setdefault(paper.dossier_id, paper.dossier)
            found.setdefault(paper.pk, paper)
    return list(found.values())


def _papers_named(named: str, giver: str) -> list[Paper]:
    """The paper with this sticker, or the papers of this envelope or dossier that the giver holds."""
    text = named.strip()
    name, here = normal_reference(text) or text, str(office(giver))
    rows = Paper.objects.select_related("dossier").filter(
        Q(sticker=name)
        | Q(envelope=name, holder=here)
        | Q(dossier__reference=name, holder=here)
        | Q(dossier__code=name, holder=here)
    )
    papers = list(rows.order_by("id")) if name else []
    refuse_if(unknown_problems(text) if not papers else ())
    return papers


def _last_place(manifest: Manifest) -> int:
    return Line.objects.filter(manifest=manifest).aggregate(last=Max("place"))["last"] or 0


def _finding(text: str) -> Finding:
    try:
        return Finding(text)
    except ValueError:
        raise Refused(
            [Problem("manifest.unknown_finding", "Không có kết quả kiểm như vậy.", field="finding")]
        ) from None


def _answer(manifest: Manifest, **more: Any) -> Answer:
    return {"number": manifest.number, "state": manifest.state, "version": manifest.seq, **more}
