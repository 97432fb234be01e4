"""What a person is still filling in: kept at every step, so that nothing typed or uploaded is lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.acts.inputs import Invalid
from motcua.acts.uploads import add_to_draft
from motcua.documents.actions import drop_draft_file
from motcua.documents.models import DraftFile
from motcua.dossiers.actions import drop_draft, keep_draft
from motcua.dossiers.models import Draft
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import NotFound
from motcua.people.rules import Actor

MOST_DRAFTS, MOST_FILES = 30, 40


def start_draft(actor: Actor, key: UUID, procedure: str, data: Mapping[str, Any], at: datetime) -> UUID:
    """Does: a new draft under the key of the form that asked for it, so that asking twice makes one.

    Refuses: more drafts than one person can keep apart. Raises NotFound where the key is somebody else's draft.
    """
    assert actor.id is not None
    with transaction.atomic():
        there = Draft.objects.filter(pk=key).first()
        if there is None:
            if Draft.objects.filter(account=actor.id).count() >= MOST_DRAFTS:
                many = "Bạn đang có %(most)s hồ sơ nháp. Hãy nộp hoặc xoá bớt trước khi bắt đầu hồ sơ mới."
                raise Refused([Problem("draft.too_many", many, params={"most": MOST_DRAFTS})])
            keep_draft(Draft(pk=key, account_id=actor.id, procedure=procedure), dict(data), at)
        elif there.account_id != actor.id:
            raise NotFound(str(key))
    return key


def keep_step(actor: Actor, draft_id: UUID, step: str, typed: Mapping[str, Any], at: datetime) -> Draft:
    """Does: keeps what was typed on one step; the other steps stay as another tab may have left them."""
    with transaction.atomic():
        draft = _locked(actor, draft_id)
        keep_draft(draft, {**draft.data, step: dict(typed)}, at)
    return draft


def add_file(actor: Actor, draft_id: UUID, component: str, name: str, mime: str, content: bytes, at: datetime) -> None:
    """Does: a checked file waits in the draft; the same bytes for the same paper wait once. Raises Invalid."""
    with transaction.atomic():
        draft = _locked(actor, draft_id)
        files = DraftFile.objects.filter(draft=draft)
        if files.count() >= MOST_FILES:
            many = "Một hồ sơ kèm nhiều nhất %(most)s tệp. Hãy gộp các trang của một giấy tờ vào một tệp."
            raise Invalid([Problem("upload.too_many", many, field="file", params={"most": MOST_FILES})])
        added = add_to_draft(draft, component, name, mime, content, at)
        for twin in files.filter(component=added.component, sha256=added.sha256).exclude(pk=added.pk):
            drop_draft_file(twin)


def drop_file(actor: Actor, draft_id: UUID, file_id: int) -> None:
    """Does: takes a file out of a draft; one that is gone already stays gone."""
    with transaction.atomic():
        draft = _locked(actor, draft_id)
        for file in DraftFile.objects.filter(draft=draft, pk=file_id):
            drop_draft_file(file)


def discard_draft(actor: Actor, draft_id: UUID) -> None:
    """Does: throws a draft away with its files; one that is gone already stays gone."""
    with transaction.atomic():
        for draft in Draft.objects.filter(pk=draft_id, account=actor.id):
            drop_draft(draft)


def _locked(actor: Actor, draft_id: UUID) -> Draft:
    rows = Draft.objects.filter(pk=draft_id, account=actor.id)
    draft = (rows.select_for_update() if connection.features.has_select_for_update else rows).first()
    if draft is None:
        raise NotFound(str(draft_id))
    return draft
