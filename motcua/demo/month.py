"""The month itself: who comes when, and the daily round of the post."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid5

from motcua.custody.actions import add_item_range
from motcua.custody.models import ItemRange
from motcua.demo.cast import COUNTERS, DESKS, hire, workers
from motcua.demo.ending import complete
from motcua.demo.life import Life
from motcua.demo.rounds import Rounds
from motcua.demo.stage import NAMESPACE, Stage
from motcua.journal.ids import ids_from
from motcua.kernel.calendar import VIETNAM, local
from motcua.people.rules import Role
from motcua.procedures.queries import current_law

DAYS = 31


def run(
    seed: int = 468,
    dossiers: int = 420,
    *,
    until: datetime,
    progress: Callable[[float, int], None] = lambda share, done: None,
) -> dict[str, object]:
    """Plays the month that ends at `until`. The law must have been published. Answers what was made."""
    first = local(until).date() - timedelta(days=DAYS)
    start = datetime.combine(first, time(6), VIETNAM)
    with ids_from(Random(seed), start):  # noqa: S311 - chance, not secrecy
        return _play(seed, dossiers, start, until, progress)


def _play(
    seed: int, dossiers: int, start: datetime, until: datetime, progress: Callable[[float, int], None]
) -> dict[str, object]:
    law, random, first = current_law(), Random(seed), local(start).date()  # noqa: S311 - chance, not secrecy
    stage = Stage(law, random, seed, until)
    hire(uuid5(NAMESPACE, f"{seed}:hire"), start, law)
    if not ItemRange.objects.exists():
        add_item_range(law.tracking_prefix(first), 47312400, 47399999)
    life = Life(stage)
    rounds = Rounds(stage, workers(law), life)
    days = [first + timedelta(days=n) for n in range(DAYS + 1)]
    open_days = [d for d in days if law.calendar("agency").is_open_day(d)]
    _plan_arrivals(stage, life, open_days, dossiers)
    for day in days:
        rounds.plan_day(day)
    stage.play(progress)
    complete(stage, life, rounds)
    return {"happenings": stage.done, "dossiers": life.made, "refused": dict(sorted(stage.refused.items()))}


def _plan_arrivals(stage: Stage, life: Life, days: list[date], dossiers: int) -> None:
    """People come through the day, more in the morning; a few Saturdays at the post come from `rounds`."""
    staffed = [w for w in workers(stage.law) if w.role in {Role.CLERK_POSTAL, Role.CLERK_CIVIL}]
    places = [w for w in staffed if w.office in {*COUNTERS, *DESKS}]
    for n in range(dossiers):
        day = days[min(int(stage.random.triangular(0, len(days), len(days) * 0.75)), len(days) - 1)]
        hour = stage.random.choice((7, 8, 8, 9, 9, 10, 10, 13, 14, 15, 16))
        when = datetime.combine(day, time(hour, stage.random.randint(31, 59), stage.random.randint(0, 59)), VIETNAM)
        stage.at(when, life.arrival(n, places))
