"""Tables of the queue."""

from django.db import models
from django.db.models import Q

READY = Q(dead=False, lease_until=None)


class Job(models.Model):
    """Work due at `run_at`. The row is the promise: it goes only with the work done, or stays as dead."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=120, blank=True, default="")
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    last_error = models.TextField(blank=True, default="")
    dead = models.BooleanField(default=False)
    queued_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One waiting job for a key. One already being done does not count: it may have looked too early.
            models.UniqueConstraint(fields=["unique_key"], condition=READY & ~Q(unique_key=""), name="job_waits_once")
        ]
        indexes = [models.Index(fields=["run_at"], condition=Q(dead=False), name="job_due")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Heartbeat(models.Model):
    """When a worker was last heard of."""

    worker = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
