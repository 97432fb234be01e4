"""The only writer of the case ledger. Acts call these inside an open command."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Sum

from motcua.dossiers.lifecycle import DOSSIER, State
from motcua.dossiers.models import Applicant, CodeCounter, Dossier, Draft, Tally
from motcua.dossiers.rules import Facts, Places, problems, roles_for, roles_on
from motcua.journal.actions import Act
from motcua.kernel.calendar import local
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.kernel.text import fold, squeeze
from motcua.people.rules import Actor


def next_number(scope: str) -> int:
    """Does: the next whole number of a series, 1 first. The row stays locked until the transaction ends, so a
    refused act gives its number back: no gap, no double, however many counters ask at once."""
    table = CodeCounter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scope, last) VALUES (%s, 1) "  # noqa: S608 - a constant name
            f"ON CONFLICT (scope) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [scope],
        )
        return int(cursor.fetchone()[0])


def open_dossier(act: Act, *, applicant: dict[str, Any], **columns: Any) -> Dossier:
    """Does: a dossier that is not filed yet, with its applicant. `advance` gives it its first state.
    Records: dossier.opened, applicant.given."""
    dossier = Dossier(reference=act.reference(), state=State.NEW, filed_at=act.at, **columns)
    act.create(dossier, "dossier.opened")
    name = squeeze(str(applicant.pop("name", "")))
    person = Applicant(dossier=dossier, name=name[:250], folded=fold(name)[:250], **applicant)
    act.create(person, "applicant.given")
    return dossier


def advance(
    act: Act,
    dossier: Dossier,
    action: str,
    *,
    actor: Actor,
    places: Places,
    facts: Facts,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Does: one transition of the table, with the columns it changes.

    Refuses: a wrong state or role (machine.*), and whatever the guards of the action name.
    Records: dossier.<action> with the state before.
    """
    roles = roles_for(action, roles_on(actor, places), places)
    before = State(dossier.state)
    target = DOSSIER.step(before, action, roles)
    refuse_if(problems(action, facts))
    row = next(t for t in DOSSIER.transitions if t.action == action and before in t.sources)
    role = min(role for role in row.roles if role in roles)
    act.acting_as(role, actor.office_as(role))  # type: ignore[arg-type]
    act.change(
        dossier, f"dossier.{action}", {**(changes or {}), "state": target}, **{"from": before, **(data or {})}
    )


def count_filed(act: Act, dossier: Dossier) -> None:
    """Does: one more dossier accepted, in the monthly figures of its agency."""
    act.add_plain(Tally(agency_id=dossier.agency_id, month=_month(act.at), filed=1))


def count_ended(act: Act, dossier: Dossier, ended_at: datetime) -> None:
    """Does: one more dossier solved, and whether in time. On time: the result stood no later than the date due."""
    on_time = dossier.due_at is None or ended_at <= dossier.due_at
    act.add_plain(Tally(agency_id=dossier.agency_id, month=_month(ended_at), closed=1, on_time=int(on_time)))


def _month(at: datetime) -> date:
    return local(at).date().replace(day=1)


def refuse_stale(dossier: Dossier, seen: int | None) -> None:
    """Refuses when the page the actor saw is older than the dossier."""
    if seen is not None and seen != dossier.seq:
        raise Refused(
            [
                Problem(
                    "dossier.stale",
                    "Hồ sơ vừa được người khác xử lý. Hãy tải lại trang, xem thay đổi rồi làm tiếp.",
                )
            ]
        )


def keep_draft(draft: Draft, data: dict[str, Any], at: datetime) -> None:
    """Does: saves what was typed so far. A draft is no dossier yet: nothing is recorded."""
    draft.data, draft.saved_at = data, at
    draft.save()


def drop_draft(draft: Draft) -> None:
    """Does: throws a draft away with its files."""
    draft.delete()


def fold_tallies() -> int:
    """Does: folds the tallies of each agency and month into one row; the sums stay the same. Answers how many went."""
    groups = (
        Tally.objects.values("agency_id", "month")
        .annotate(n=Count("id"), upto=Max("id"), f=Sum("filed"), c=Sum("closed"), o=Sum("on_time"))
        .filter(n__gt=1)
        .order_by("agency_id", "month")
    )
    gone = 0
    for g in groups:
        rows = Tally.objects.filter(agency_id=g["agency_id"], month=g["month"], id__lte=g["upto"])
        taken = list(rows.select_for_update().values_list("id", "filed", "closed", "on_time"))
        Tally.objects.filter(id__in=[row[0] for row in taken]).delete()
        Tally.objects.create(
            agency_id=g["agency_id"],
            month=g["month"],
            filed=sum(row[1] for row in taken),
            closed=sum(row[2] for row in taken),
            on_time=sum(row[3] for row in taken),
        )
        gone += len(taken) - 1
    return gone
