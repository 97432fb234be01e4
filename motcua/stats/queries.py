"""Figures of the province, from the tallies that each act writes with itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from motcua.dossiers.lifecycle import ENDED, State
from motcua.dossiers.models import Dossier, Tally


@dataclass(frozen=True, slots=True)
class Month:
    """One agency in one month. `on_time_share` in percent with one decimal, None where nothing was solved."""

    agency: str
    month: date
    filed: int
    closed: int
    on_time: int

    @property
    def on_time_share(self) -> float | None:
        return round(100 * self.on_time / self.closed, 1) if self.closed else None


def monthly(agency: str = "") -> list[Month]:
    """Accepted, solved and on time, an agency and month. Never behind: folded and unfolded tallies are added up."""
    return [Month(place, date.fromisoformat(month), *counts) for place, month, *counts in monthly_rows(agency)]


def monthly_rows(agency: str = "") -> list[tuple[str, str, int, int, int]]:
    """`monthly` as bare rows (agency, month as written, filed, closed, on time), for whoever shows all of them."""
    where, values = ("WHERE agency_id = %s", [agency]) if agency else ("", [])
    sums = ", ".join(f"CAST(SUM({column}) AS bigint)" for column in ("filed", "closed", "on_time"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT agency_id, CAST(month AS text), {sums} FROM {Tally._meta.db_table} {where} "  # noqa: S608
            "GROUP BY agency_id, month ORDER BY agency_id, month",
            values,
        )
        return list(cursor.fetchall())


def monthly_from_dossiers() -> list[Month]:
    """The same figures counted again from the dossiers themselves: what the tallies must agree with."""
    filed = _counts(Dossier.objects.filter(accepted_at__isnull=False), "accepted_at")
    solved_rows = Dossier.objects.filter(accepted_at__isnull=False).filter(
        Q(published_at__isnull=False) | Q(state__in=[State.WITHDRAWN, State.STOPPED])
    )
    published = solved_rows.filter(published_at__isnull=False)
    ended = solved_rows.filter(published_at=None)
    closed = _counts(published, "published_at") + _counts(ended, "closed_at")
    in_time = Q(due_at=None)
    on_time = _counts(published.filter(in_time | Q(published_at__lte=F("due_at"))), "published_at")
    on_time += _counts(ended.filter(in_time | Q(closed_at__lte=F("due_at"))), "closed_at")
    table: dict[tuple[str, date], list[int]] = {}
    for place, rows in enumerate((filed, closed, on_time)):
        for agency, month, n in rows:
            table.setdefault((agency, month), [0, 0, 0])[place] += n
    return [Month(agency, month, *counts) for (agency, month), counts in sorted(table.items())]


def _counts(rows, column: str) -> list[tuple[str, date, int]]:  # type: ignore[no-untyped-def]
    grouped = rows.annotate(m=TruncMonth(column)).values_list("agency_id", "m").annotate(n=Count("id"))
    return [(agency, m.date() if hasattr(m, "date") else m, n) for agency, m, n in grouped.order_by()]


def load_now() -> list[dict[str, Any]]:
    """Open dossiers, an agency and state."""
    rows = Dossier.objects.exclude(state__in=sorted(ENDED)).values("agency_id", "state")
    return list[Any](rows.annotate(n=Count("id")).order_by("agency_id", "state"))
