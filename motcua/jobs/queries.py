"""Looking at the queue."""

from datetime import datetime

from django.db.models import Count, Max, Q

from motcua.jobs.models import Heartbeat, Job


def last_heartbeat() -> datetime | None:
    """When any worker was last heard of."""
    heard: datetime | None = Heartbeat.objects.aggregate(at=Max("at"))["at"]
    return heard


def counts() -> dict[str, int]:
    """How many jobs are waiting, running and dead."""
    return Job.objects.aggregate(
        waiting=Count("id", filter=Q(dead=False, lease=None)),
        running=Count("id", filter=Q(dead=False, lease__isnull=False)),
        dead=Count("id", filter=Q(dead=True)),
    )


def dead_jobs() -> list[Job]:
    """What was given up, oldest first: a person has to look."""
    return list(Job.objects.filter(dead=True).order_by("id"))
