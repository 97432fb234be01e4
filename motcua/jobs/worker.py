"""The loop that does the work. One process; several may run beside each other on PostgreSQL."""

import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog
from django.db import Error as DatabaseTrouble
from django.db import close_old_connections

from motcua.jobs.actions import Lost, beat, claim, enqueue_schedules, give_back, put_off, run
from motcua.jobs.models import Job
from motcua.jobs.registry import kind_of
from motcua.jobs.rules import MAX_ATTEMPTS

IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
BEAT_EVERY = timedelta(seconds=15)
logger = structlog.get_logger(__name__)


class WorkerDied(Exception):
    """A job whose workers never came back to say how it went; it must not take down the next one too."""


class Worker:
    """Does due jobs until told to stop; the job in hand is always finished or put back."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.lease: UUID = uuid4()
        self.stopping = threading.Event()
        self._beat_due = datetime.min.replace(tzinfo=clock().tzinfo)

    def stop(self) -> None:
        self.stopping.set()

    def run_forever(self) -> None:
        while not self.stopping.is_set():
            try:
                busy = self.work_once()
                pause = 0.0 if busy else IDLE_SECONDS
            except DatabaseTrouble as error:
                logger.error("worker.database", error=str(error))
                close_old_connections()
                pause = TROUBLE_SECONDS
            self.stopping.wait(pause)

    def work_once(self) -> int:
        """One turn: heartbeat and schedules when due, then a batch. Answers how many jobs were taken."""
        now = self.clock()
        if now >= self._beat_due:
            beat(self.lease, now)
            enqueue_schedules(now)
            self._beat_due = now + BEAT_EVERY
        jobs = claim(self.lease, now)
        for place, job in enumerate(jobs):
            if self.stopping.is_set():
                give_back(jobs[place:])
                break
            self._do(job)
        return len(jobs)

    def _do(self, job: Job) -> None:
        now = self.clock()
        most = MAX_ATTEMPTS
        try:
            kind = kind_of(job.name)
            most = kind.max_attempts
            if job.lease_until is not None and now >= job.lease_until:
                raise Lost(job)
            if job.attempts > most:
                raise WorkerDied(f"each of {most} attempts ended with the worker itself")
            run(job, kind, now)
        except Lost:
            logger.warning("job.lost", job=str(job))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, its row must not be lost
            dead = put_off(job, traceback.format_exc(), self.clock(), most)
            log = logger.error if dead else logger.warning
            log("job.dead" if dead else "job.failed", job=str(job), attempt=job.attempts, error=repr(error))
