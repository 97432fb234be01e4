"""Where a paper should go next. A suggestion from the dossier's state and its way home; the giver decides."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Paper
from motcua.dossiers.lifecycle import ENDED, State
from motcua.dossiers.models import ReturnBy
from motcua.law.model import Pack
from motcua.looks.bags import held_papers
from motcua.people.rules import Actor

# What one office sends in a day fits; more is seen when the first of it is gone.
MOST = 600
_UNACCEPTED = frozenset({State.FILED, State.TAKEN, State.INCOMPLETE})
_WITHOUT_RESULT = ENDED - {State.CLOSED}


class Destinations:
    """The destinations of papers that lie at one office; what costs something is looked up once."""

    def __init__(self, here: str, law: Pack, day: date) -> None:
        self.here, self.law, self.day = here, law, day
        self._post: dict[str, str] = {}

    def of(self, paper: Paper, last_try: str = "") -> str:
        """The office the paper belongs to next; '' when it is where it should be.

        `last_try` is the state of the dossier's last tracked item: what could not be delivered goes back.
        """
        there = self._belongs(paper, last_try)
        return "" if there == self.here else there

    def _belongs(self, paper: Paper, last_try: str) -> str:
        d = paper.dossier
        if d.state in _UNACCEPTED:
            return d.accepting_id
        if d.state == State.PUBLISHED:
            return self._way_home(paper, last_try) if paper.to_return else d.agency_id
        if d.state == State.CLOSED:
            # The result was electronic, but an original is still owed: back to where it was handed in. An old paper
            # that was exchanged at the door goes to the agency.
            return d.reception_id if paper.to_return else d.agency_id
        if d.state in _WITHOUT_RESULT:
            # It ended without a result: what the applicant handed in goes back to where they handed it in.
            return d.reception_id
        return d.agency_id

    def _way_home(self, paper: Paper, last_try: str) -> str:
        d = paper.dossier
        if d.return_by == ReturnBy.COUNTER:
            return d.reception_id
        if d.return_by != ReturnBy.POST:
            return d.agency_id
        if last_try == ParcelState.RETURNED:
            return d.accepting_id
        unit = d.delivery.get("unit_code", "")
        if unit not in self._post:
            self._post[unit] = self.law.post_office_for(unit, self.day)
        return self._post[unit]


@dataclass(frozen=True, slots=True)
class Heap:
    """Papers of one office that belong to the same other office, longest waiting first."""

    to: str
    papers: list[Paper]


def heaps(actor: Actor, place: str, law: Pack, day: date) -> list[Heap]:
    """What lies at an office, belongs elsewhere and is in no open bag, by destination; the longest waiting first."""
    where = Destinations(place, law, day)
    found: dict[str, list[Paper]] = {}
    free = held_papers(actor, place).filter(_may_leave(place), bag=None, offered_to="", lost_at=None)
    for paper in free.order_by("held_since", "id")[:MOST]:
        if there := where.of(paper, paper.last_try):
            found.setdefault(there, []).append(paper)
    return [Heap(to, papers) for to, papers in found.items()]


def _may_leave(place: str) -> Q:
    """The same rule as `Destinations`, as far as SQL can say it: what an agency keeps for good is left out."""
    handled = ENDED | _UNACCEPTED | {State.PUBLISHED}
    return (
        Q(dossier__state__in=sorted(_UNACCEPTED)) & ~Q(dossier__accepting=place)
        | Q(dossier__state__in=sorted(_WITHOUT_RESULT)) & ~Q(dossier__reception=place)
        | Q(dossier__state=State.CLOSED, to_return=True) & ~Q(dossier__reception=place)
        | Q(dossier__state=State.CLOSED, to_return=False) & ~Q(dossier__agency=place)
        | Q(dossier__state=State.PUBLISHED) & (Q(to_return=True) | ~Q(dossier__agency=place))
        | ~Q(dossier__state__in=sorted(handled)) & ~Q(dossier__agency=place)
    )
