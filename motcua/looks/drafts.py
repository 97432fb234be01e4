"""What a person is still filling in, and what they gave the last time."""

from dataclasses import dataclass
from uuid import UUID

from motcua.documents.models import DraftFile
from motcua.dossiers.models import Applicant, Draft
from motcua.looks.access import NotFound
from motcua.people.rules import Actor

_MOST = 30


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft and the files that wait in it."""

    draft: Draft
    files: list[DraftFile]

    def files_for(self, component: str) -> list[DraftFile]:
        return [f for f in self.files if f.component == component]


def find_draft(actor: Actor, draft_id: UUID) -> DraftSeen:
    """A person's own draft. Raises NotFound for one that is gone or somebody else's."""
    draft = Draft.objects.filter(pk=draft_id, account=actor.id).first()
    if draft is None:
        raise NotFound(str(draft_id))
    return DraftSeen(draft, list(DraftFile.objects.filter(draft=draft).order_by("id")))


def my_drafts(actor: Actor, procedure: str = "") -> list[Draft]:
    """A person's drafts, last saved first; of one procedure if asked."""
    rows = Draft.objects.filter(account=actor.id)
    if procedure:
        rows = rows.filter(procedure=procedure)
    return list(rows.order_by("-saved_at")[:_MOST])


def last_applicant(actor: Actor) -> Applicant | None:
    """What a person gave about themselves in their last dossier: nothing is asked twice."""
    if actor.id is None:
        return None
    return Applicant.objects.filter(dossier__account=actor.id).order_by("-dossier__filed_at").first()
