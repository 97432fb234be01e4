"""Writing the queue. `enqueue` for every room; the rest for the worker."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from motcua.config import clock
from motcua.jobs.models import Heartbeat, Job
from motcua.jobs.registry import Kind, scheduled_kinds
from motcua.jobs.rules import wait_before

LEASE = timedelta(minutes=5)
BATCH = 20
FORGET_WORKER_AFTER = timedelta(hours=1)
ERROR_LENGTH = 4000


def enqueue(
    name: str, payload: dict[str, Any] | None = None, *, run_at: datetime | None = None, unique_key: str = ""
) -> None:
    """Does: queues a job in the caller's transaction; rolled back with it. At once, where no time is given.

    A job with the unique key of one still waiting adds nothing.
    """
    now = clock.now()
    row = Job(name=name, payload=payload or {}, run_at=run_at or now, unique_key=unique_key, queued_at=now)
    Job.objects.bulk_create([row], ignore_conflicts=bool(unique_key))


def enqueue_schedules(now: datetime) -> None:
    """Does: makes sure that every scheduled job waits or is being done."""
    present = set(Job.objects.filter(dead=False).exclude(unique_key="").values_list("unique_key", flat=True))
    for kind in scheduled_kinds():
        if _schedule_key(kind) not in present:
            enqueue(kind.name, run_at=now, unique_key=_schedule_key(kind))


def claim(lease: UUID, now: datetime, batch: int = BATCH) -> list[Job]:
    """Does: takes due jobs for one worker until the lease ends; what a dead worker held is due again."""
    due = Job.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), dead=False, run_at__lte=now)
    due = due.order_by("run_at", "id")
    # Looking first keeps an idle worker from taking SQLite's only write lock twice a second.
    if not due.exists():
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("id", flat=True)[:batch])
        Job.objects.filter(id__in=ids).update(lease=lease, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return list(Job.objects.filter(id__in=ids, lease=lease).order_by("run_at", "id"))


@dataclass
class Lost(Exception):
    """The lease ran out and another worker has the job now."""

    job: Job


def run(job: Job, kind: Kind, now: datetime) -> None:
    """Does: the work and the removal of its row. Raises what the handler raises, with the row still there."""
    if not kind.inside:
        kind.handler(job.payload, now)
    with transaction.atomic():
        # Removing first locks the row: nobody else can be doing the same work, and a failure puts it back.
        if not Job.objects.filter(pk=job.pk, lease=job.lease).delete()[0]:
            raise Lost(job)
        if kind.inside:
            kind.handler(job.payload, now)
        if kind.every:
            enqueue(kind.name, run_at=now + kind.every, unique_key=_schedule_key(kind))


def put_off(job: Job, error: str, now: datetime, max_attempts: int) -> bool:
    """Does: keeps a failed job for its next attempt, or as dead after the last. Answers whether dead."""
    dead = job.attempts >= max_attempts
    run_at = job.run_at if dead else now + wait_before(job.attempts + 1)
    _release([job], run_at=run_at, last_error=error[-ERROR_LENGTH:], dead=dead)
    return dead


def give_back(jobs: Iterable[Job]) -> None:
    """Does: returns claimed work that was not begun, as if never taken."""
    _release(jobs, attempts=F("attempts") - 1)


def _release(jobs: Iterable[Job], **changes: Any) -> None:
    for job in jobs:
        mine = Job.objects.filter(pk=job.pk, lease=job.lease)
        try:
            with transaction.atomic():
                mine.update(lease=None, lease_until=None, **changes)
        except IntegrityError:
            mine.delete()  # a younger one with the same unique key waits already and will do the work


def revive(ids: Iterable[int], now: datetime) -> int:
    """Does: gives dead jobs all their attempts again. Answers how many."""
    return sum(_revive(pk, now) for pk in ids)


def _revive(pk: int, now: datetime) -> int:
    dead = Job.objects.filter(pk=pk, dead=True)
    try:
        with transaction.atomic():
            return dead.update(dead=False, attempts=0, run_at=now, lease=None, lease_until=None)
    except IntegrityError:
        return dead.delete()[0]


def beat(worker: UUID, now: datetime) -> None:
    """Does: says that this worker lives, and forgets those long gone."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now})
    Heartbeat.objects.filter(at__lt=now - FORGET_WORKER_AFTER).delete()


def _schedule_key(kind: Kind) -> str:
    return f"every:{kind.name}"
