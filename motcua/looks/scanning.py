"""A bag as it stands between two scans: added up in one statement, whatever it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from motcua.custody.lifecycle import Finding
from motcua.custody.models import Line, Manifest
from motcua.dossiers.models import Dossier

UNSEEN = frozenset({"", Finding.NOT_EXAMINED})
_BLANK = Count("id", filter=Q(finding__in=sorted(UNSEEN)))
_RECEIVED = Count("id", filter=Q(finding=Finding.RECEIVED))


@dataclass(frozen=True, slots=True)
class Tally:
    """What was on the list = received + differences + left; the same papers by dossier: done, begun, untouched."""

    papers: int
    received: int
    left: int
    dossiers: int
    done: int
    begun: int

    @property
    def differences(self) -> int:
        return self.papers - self.received - self.left

    @property
    def untouched(self) -> int:
        return self.dossiers - self.done - self.begun

    @property
    def examined(self) -> int:
        return self.papers - self.left


@dataclass(frozen=True, slots=True)
class Group:
    """One dossier of a list and its lines, in the order of the list."""

    dossier: Dossier
    lines: list[Line]

    @property
    def seen(self) -> int:
        return sum(1 for line in self.lines if line.finding not in UNSEEN)

    @property
    def state(self) -> str:
        return "done" if self.seen == len(self.lines) else "begun" if self.seen else "untouched"


def tally(manifest: Manifest) -> Tally:
    """The running totals."""
    per_dossier = list(
        Line.objects.filter(manifest=manifest, removed=False)
        .values_list("paper__dossier_id")
        .annotate(n=Count("id"), blank=_BLANK, received=_RECEIVED)
        .order_by()
        .values_list("n", "blank", "received")
    )
    return Tally(
        papers=sum(n for n, _blank, _received in per_dossier),
        received=sum(received for _n, _blank, received in per_dossier),
        left=sum(blank for _n, blank, _received in per_dossier),
        dossiers=len(per_dossier),
        done=sum(1 for _n, blank, _received in per_dossier if not blank),
        begun=sum(1 for n, blank, _received in per_dossier if 0 < blank < n),
    )


def grouped(lines: Iterable[Line]) -> list[Group]:
    """The lines by dossier, each where its first paper stands on the list."""
    found: dict[UUID, Group] = {}
    for line in lines:
        found.setdefault(line.paper.dossier_id, Group(line.paper.dossier, [])).lines.append(line)
    return list(found.values())


def lines_told(manifest: Manifest, ids: Iterable[str]) -> list[Line]:
    """Some lines of a list as they are now, taken off or not, with their papers and dossiers."""
    rows = Line.objects.filter(manifest=manifest, pk__in=list(ids)).select_related("paper__dossier__applicant")
    return list(rows.order_by("place"))
