"""Looking into the journal."""

from uuid import UUID

from django.db.models import QuerySet

from motcua.journal.models import Entry


def entries_of(chain_id: UUID) -> QuerySet[Entry]:
    """The whole history of one chain, oldest first."""
    return Entry.objects.filter(chain_id=chain_id).order_by("seq")
