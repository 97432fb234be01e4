"""Scans that are added to a dossier after it was received."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.documents.actions import attach
from motcua.dossiers.lifecycle import COUNTERS
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import refusal
from motcua.looks.access import Case, NotFound, find_case
from motcua.people.rules import Actor, Role

_SCANNERS = COUNTERS | {Role.HANDLER, Role.RECORDS}


def add_scans(command: Command, actor: Actor, key: str, files: Sequence[Mapping[str, Any]]) -> Answer:
    """Does: files that are already in the store become part of a dossier ({component, title, mime, size, sha256}).

    Refuses: nothing sent, a role that handles no papers (NotFound). Records: file.attached each, with its digest.
    """

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        roles = case.roles(actor) & _SCANNERS
        if not roles:
            raise NotFound(key)
        if not files:
            raise refusal("upload.none", "Chưa chọn tệp nào. Hãy chọn bản quét rồi đính kèm.", field="files")
        role = min(roles)
        act.acting_as(role, actor.office_as(role))
        attach_scans(act, case, files)
        return {"files": len(files)}

    return once(command, do)


def attach_scans(act: Act, case: Case, files: Sequence[Mapping[str, Any]]) -> None:
    """Does: files a desk scanned; each is linked to the paper of its component it was made from, the first that has
    none yet."""
    done = {file.paper_id for file in case.files}
    for row in files:
        alike = [paper for paper in case.papers if paper.component == row.get("component")]
        paper = next((p for p in alike if p.pk not in done), alike[0] if alike else None)
        attach(act, case.dossier, **{"kind": "scan", **row}, paper=paper)
        done.add(paper.pk if paper else None)
