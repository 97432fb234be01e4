"""Looking into the journal."""

from uuid import UUID

from motcua.journal.models import Entry
from motcua.journal.prepared import Prepared

_of_chain = Prepared(lambda chain: Entry.objects.filter(chain_id=chain).order_by("seq"), UUID)


def entries_of(chain_id: UUID) -> list[Entry]:
    """The whole history of one chain, oldest first."""
    return _of_chain(chain_id)
