"""Files that come in: checked, stored under their digest, and remembered by who sent them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from motcua.acts.inputs import Invalid
from motcua.documents import store
from motcua.documents.actions import keep_draft_file, keep_upload_row
from motcua.documents.checks import Limits, check_upload, clean_name
from motcua.documents.models import DraftFile, Upload
from motcua.dossiers.models import Draft
from motcua.journal.prepared import Prepared
from motcua.kernel.calendar import local
from motcua.kernel.problems import Problem
from motcua.people.rules import Actor
from motcua.procedures.queries import current_law


@dataclass(frozen=True, slots=True)
class Kept:
    """A checked file in the store."""

    sha256: str
    title: str
    mime: str
    size: int

    @property
    def columns(self) -> dict[str, Any]:
        return {"sha256": self.sha256, "title": self.title, "mime": self.mime, "size": self.size}


def check_and_store(name: str, mime: str, content: bytes, at: datetime) -> Kept:
    """Does: checks what the bytes are, whatever they call themselves, and stores them; size and kinds are the pack's.
    Raises Invalid with the reasons."""
    law, day = current_law(), local(at).date()
    limits = Limits.of(int(law.rule("upload_max_bytes", day)), str(law.rule("upload_kinds", day)))
    checked = check_upload(name, mime, content, limits)
    if checked.problems:
        raise Invalid(checked.problems)
    return Kept(store.keep(content), clean_name(name), checked.mime, len(content))


def keep_upload(actor: Actor, name: str, mime: str, content: bytes, at: datetime) -> Kept:
    """Does: keeps a file for a later act of the same person."""
    kept = check_and_store(name, mime, content, at)
    assert actor.id is not None
    keep_upload_row(actor.id, at, **kept.columns)
    return kept


@cache
def _sent(count: int) -> Prepared[Upload]:
    """Files of one account, so many of them by digest."""
    return Prepared(
        lambda who, *digests: Upload.objects.filter(account_id=who, sha256__in=digests), UUID, *[str] * count
    )


def known_uploads(documents: Sequence[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """The columns of files the actor sent before. Raises Invalid for a file of somebody else or of nobody."""
    if not documents:
        return []
    digests = {d["sha256"] for d in documents}
    sent = {u.sha256: u for u in _sent(len(digests))(actor.id, *digests)}
    problems = [
        Problem("upload.unknown", "Chưa có tệp này. Hãy gửi tệp lên trước.", field=f"documents.{n}.sha256")
        for n, d in enumerate(documents)
        if d["sha256"] not in sent
    ]
    if problems:
        raise Invalid(problems)
    return [
        {"component": d["component"], "title": d["title"], "sha256": u.sha256, "mime": u.mime, "size": u.size}
        for d in documents
        for u in [sent[d["sha256"]]]
    ]


def add_to_draft(draft: Draft, component: str, name: str, mime: str, content: bytes, at: datetime) -> DraftFile:
    """Does: a checked file waits in a draft."""
    kept = check_and_store(name, mime, content, at)
    return keep_draft_file(draft, at, component=component[:60], **kept.columns)
