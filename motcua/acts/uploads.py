"""Files that come in: checked, stored under their digest, and remembered by who sent them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.acts.inputs import Invalid
from motcua.documents import store
from motcua.documents.actions import keep_draft_file, keep_upload_row
from motcua.documents.checks import check_upload, clean_name
from motcua.documents.models import DraftFile, Upload
from motcua.dossiers.models import Draft
from motcua.kernel.problems import Problem
from motcua.people.rules import Actor


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


def check_and_store(name: str, mime: str, content: bytes) -> Kept:
    """Does: checks what the bytes are, whatever they call themselves, and stores them. Raises Invalid with the reasons."""
    checked = check_upload(name, mime, content)
    if checked.problems:
        raise Invalid(checked.problems)
    return Kept(store.keep(content), clean_name(name), checked.mime, len(content))


def keep_upload(actor: Actor, name: str, mime: str, content: bytes, at: datetime) -> Kept:
    """Does: keeps a file for a later act of the same person."""
    kept = check_and_store(name, mime, content)
    assert actor.id is not None
    keep_upload_row(actor.id, at, **kept.columns)
    return kept


def known_uploads(documents: Sequence[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """The columns of files the actor sent before. Raises Invalid for a file of somebody else or of nobody."""
    if not documents:
        return []
    sent = {u.sha256: u for u in Upload.objects.filter(account=actor.id, sha256__in=[d["sha256"] for d in documents])}
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
    kept = check_and_store(name, mime, content)
    return keep_draft_file(draft, at, component=component[:60], **kept.columns)
