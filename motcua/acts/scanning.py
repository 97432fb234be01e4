"""What a scanner's desk needs beside the scan itself (handover): taking back what was said last, the rest in one go."""

from typing import Any
from uuid import UUID

from motcua.acts.discrepancies import examine_lines, unexamine_lines
from motcua.acts.handover import find_manifest, giver_roles, taker_roles
from motcua.custody.actions import remove_line, step_manifest
from motcua.custody.lifecycle import Finding, ManifestState
from motcua.custody.models import Line, Manifest
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act, Answer, once
from motcua.journal.models import Entry
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused
from motcua.people.rules import Actor

_LIVE = [ManifestState.OPEN, ManifestState.SEALED, ManifestState.PARKED]
_UNSEEN = ["", Finding.NOT_EXAMINED]
_FAR = 400  # so many additions back an undo looks


def undo_scan(command: Command, actor: Actor, key: str | UUID) -> Answer:
    """Does: takes back what the actor said last in this bag, by a scan or by a mark: the lines are unexamined again,
    their papers with the giver and in doubt. Refuses: nothing said, a paper found over, one that has gone on since."""

    def do(act: Act) -> Answer:
        manifest = find_manifest(actor, key, lock=True)
        act.acting_as(min(taker_roles(actor, manifest), default=""), manifest.taker_id)
        step_manifest(act, manifest, "unexamine", taker_roles(actor, manifest))
        lines = _said_last(manifest, actor)
        gone = _on_their_way(manifest, lines)
        unexamine_lines(act, lines, gone)
        return _told(manifest, lines)

    return once(command, do)


def undo_add(command: Command, actor: Actor, key: str | UUID) -> Answer:
    """Does: takes off an open list what the actor's last scan put on it. Refuses: nothing of theirs on the list."""

    def do(act: Act) -> Answer:
        manifest = find_manifest(actor, key, lock=True)
        act.acting_as(min(giver_roles(actor, manifest), default=""), manifest.giver_id)
        step_manifest(act, manifest, "remove", giver_roles(actor, manifest))
        lines = _added_last(manifest, actor)
        for line in lines:
            remove_line(act, line)
        return _told(manifest, lines)

    return once(command, do)


def short_rest(command: Command, actor: Actor, key: str | UUID, note: str) -> Answer:
    """Does: every line nobody has looked at is short. Refuses: none left, no note."""

    def do(act: Act) -> Answer:
        manifest = find_manifest(actor, key, lock=True)
        act.acting_as(min(taker_roles(actor, manifest), default=""), manifest.taker_id)
        step_manifest(act, manifest, "examine", taker_roles(actor, manifest))
        lines = _lines(manifest, finding__in=_UNSEEN)
        if not lines:
            raise Refused([Problem("manifest.all_examined", "Không còn dòng nào chưa kiểm. Có thể xác nhận túi.")])
        examine_lines(act, lines, Finding.SHORT, note)
        return _told(manifest, lines)

    return once(command, do)


def _said_last(manifest: Manifest, actor: Actor) -> list[Line]:
    """The lines of the actor's last act on this list: one act, one instant."""
    mine = Line.objects.filter(manifest=manifest, removed=False, found_by=actor.id)
    last = mine.exclude(finding="").order_by("-found_at").values_list("found_at", flat=True).first()
    if last is None:
        raise Refused([_nothing()])
    return _lines(manifest, found_by=actor.id, found_at=last)


def _added_last(manifest: Manifest, actor: Actor) -> list[Line]:
    """The lines of the actor's last addition that are still on the list."""
    told = Entry.objects.filter(chain_id=manifest.pk, kind="line.added", actor_id=actor.id).order_by("-seq")
    added = list(told.values_list("command", "subject_id")[:_FAR])
    listed = {line.pk: line for line in _lines(manifest)}
    last = next((command for command, line in added if line in listed), None)
    if last is None:
        raise Refused([_nothing()])
    return [listed[line] for command, line in added if command == last and line in listed]


def _nothing() -> Problem:
    return Problem("manifest.nothing_to_undo", "Không có lần quét nào của anh/chị để hoàn tác trong túi này.")


def _on_their_way(manifest: Manifest, lines: list[Line]) -> set[UUID]:
    """Papers of these lines that another list claims already."""
    other = Line.objects.filter(paper__in=[line.paper_id for line in lines], removed=False, manifest__state__in=_LIVE)
    return set(other.filter(finding__in=_UNSEEN).exclude(manifest=manifest).values_list("paper_id", flat=True))


def _lines(manifest: Manifest, **narrowed: Any) -> list[Line]:
    rows = Line.objects.filter(manifest=manifest, removed=False, **narrowed).select_related("paper__dossier")
    lines, shared = list(rows.order_by("place")), dict[Any, Dossier]()
    for line in lines:
        # One object a dossier, so that its entries follow each other in one chain.
        line.manifest = manifest
        line.paper.dossier = shared.setdefault(line.paper.dossier_id, line.paper.dossier)
    return lines


def _told(manifest: Manifest, lines: list[Line]) -> Answer:
    return {
        "number": manifest.number, "state": manifest.state, "version": manifest.seq,
        "lines": [line.pk for line in lines], "papers": [line.paper.name for line in lines],
    }  # fmt: skip
