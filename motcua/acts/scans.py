"""Scans that are added to a dossier after it was received."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.documents.actions import attach
from motcua.dossiers.lifecycle import COUNTERS
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import refusal
from motcua.looks.access import NotFound, find_case
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
        for row in files:
            attach(act, case.dossier, **{"kind": "scan", **row})
        return {"files": len(files)}

    return once(command, do)
