"""The only writer of files. The bytes go to the store first; a row without bytes can not exist."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.documents.models import DraftFile, File, Notice, Upload
from motcua.dossiers.models import Dossier, Draft
from motcua.journal.actions import Act


def attach(act: Act, dossier: Dossier, **columns: Any) -> File:
    """Does: links a stored file to a dossier. Records: file.attached with its digest."""
    file = File(dossier=dossier, added_at=act.at, added_by_id=act.command.actor_id, **columns)
    act.create(file, "file.attached")
    return file


def attach_drafted(act: Act, dossier: Dossier, files: "list[DraftFile]") -> list[File]:
    """Does: the files of a draft become the dossier's. Records: file.attached each."""
    kept = ("component", "title", "mime", "size", "sha256")
    return [attach(act, dossier, kind="upload", **{k: getattr(f, k) for k in kept}) for f in files]


def keep_draft_file(draft: Draft, at: Any, **columns: Any) -> DraftFile:
    """Does: a file waits in a draft. Nothing is recorded: a draft is no dossier."""
    return DraftFile.objects.create(draft=draft, added_at=at, **columns)


def drop_draft_file(file: DraftFile) -> None:
    """Does: takes a file out of a draft."""
    file.delete()


def tell(act: Act, dossier: Dossier, phone: str, text: str, secret: str = "") -> None:
    """Does: a message for the applicant, sent by the queue after the act; `secret` goes with it and nowhere else.
    Not a ledger: the act itself is recorded."""
    act.add_plain(Notice(dossier=dossier, phone=phone, text=text[:500], secret=secret, made_at=act.at))


def forget_secrets(**rows: Any) -> int:
    """Does: what was told in secret is of no more use and is struck out of its message."""
    return Notice.objects.filter(**rows).exclude(secret="").update(secret="")


def keep_upload_row(account_id: UUID, at: datetime, **columns: Any) -> None:
    """Does: remembers who sent a file ahead; sending it twice is once."""
    Upload.objects.update_or_create(
        account_id=account_id, sha256=columns.pop("sha256"), defaults={**columns, "sent_at": at}
    )


def forget_uploads(before: datetime) -> int:
    """Does: forgets files sent ahead that nobody used."""
    return Upload.objects.filter(sent_at__lt=before).delete()[0]
