"""Which dossiers stand behind a figure: the number and the list that it opens are one rule."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q

from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Dossier
from motcua.kernel.calendar import VIETNAM


class Figure(StrEnum):
    """What is counted of one month: accepted, solved, solved in time, solved late."""

    FILED = "filed"
    CLOSED = "closed"
    ON_TIME = "on_time"
    LATE = "late"


class Urgency(StrEnum):
    """How an open dossier with a date due stands."""

    LATE = "late"
    SOON = "soon"
    IN_TIME = "in_time"


@dataclass(frozen=True, slots=True)
class Load:
    """The open dossiers of one agency that have a date due, by how they stand."""

    agency: str
    late: int
    soon: int
    in_time: int


def behind(figure: Figure, month: date) -> Q:
    """The dossiers a monthly figure counts."""
    since, until = _bounds(month)
    if figure is Figure.FILED:
        return Q(accepted_at__gte=since, accepted_at__lt=until)
    published = Q(published_at__gte=since, published_at__lt=until)
    ended = Q(published_at=None, closed_at__gte=since, closed_at__lt=until)
    ended &= Q(state__in=[State.WITHDRAWN, State.STOPPED])
    accepted = Q(accepted_at__isnull=False)
    if figure is Figure.CLOSED:
        return accepted & (published | ended)
    if figure is Figure.ON_TIME:
        published &= Q(due_at=None) | Q(published_at__lte=F("due_at"))
        ended &= Q(due_at=None) | Q(closed_at__lte=F("due_at"))
        return accepted & (published | ended)
    return accepted & (published & Q(published_at__gt=F("due_at")) | ended & Q(closed_at__gt=F("due_at")))


def standing(urgency: Urgency, now: datetime, soon: datetime) -> Q:
    """Open dossiers by their date due; `soon` is the instant up to which a date due is near."""
    open_ = Q(published_at=None, closed_at=None, due_at__isnull=False)
    if urgency is Urgency.LATE:
        return open_ & Q(due_at__lt=now)
    if urgency is Urgency.SOON:
        return open_ & Q(due_at__gte=now, due_at__lt=soon)
    return open_ & Q(due_at__gte=soon)


def loads(now: datetime, soon: datetime) -> list[Load]:
    """How the open dossiers of each agency stand: one query."""
    counted = {kind.value: Count("id", filter=standing(kind, now, soon)) for kind in Urgency}
    rows = Dossier.objects.filter(published_at=None, closed_at=None, due_at__isnull=False)
    found = rows.values("agency_id").annotate(**counted).order_by("agency_id")
    rows_found: list[Any] = list(found)
    return [Load(row["agency_id"], row["late"], row["soon"], row["in_time"]) for row in rows_found]


def by_channel(month: date) -> list[tuple[str, str, int]]:
    """(channel, way of return, dossiers accepted that month)."""
    rows = Dossier.objects.filter(behind(Figure.FILED, month)).values_list("channel", "return_by")
    return list(rows.annotate(n=Count("id")).order_by("channel", "return_by"))


def _bounds(month: date) -> tuple[datetime, datetime]:
    """The first instants of a month and of the next, as the province's clocks show them."""
    first = month.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return datetime.combine(first, time(), VIETNAM), datetime.combine(following, time(), VIETNAM)
