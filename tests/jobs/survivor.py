"""A program for test_crash.py: a worker whose jobs are slow enough to be killed in the middle.

    python -m tests.jobs.survivor fill COUNT | work | left

Each job `slow` leaves one job `mark` for ever as its effect on the database.
"""

import sys
import time
from datetime import datetime, timedelta
from typing import Any

from motcua.cli.common import with_django

FOR_EVER = timedelta(days=36500)


def main(verb: str, count: int = 0) -> None:
    with_django()
    from django.db import transaction

    from motcua.config import clock
    from motcua.jobs import actions
    from motcua.jobs.models import Job
    from motcua.jobs.registry import job
    from motcua.jobs.worker import Worker

    actions.LEASE = timedelta(seconds=2)

    @job("slow")
    def slow(payload: dict[str, Any], now: datetime) -> None:
        actions.enqueue("mark", payload, run_at=now + FOR_EVER)
        time.sleep(0.02)

    if verb == "fill":
        with transaction.atomic():
            for n in range(count):
                actions.enqueue("slow", {"n": n})
    elif verb == "work":
        worker = Worker(clock.now)
        while Job.objects.filter(name="slow").exists():
            if not worker.work_once():
                time.sleep(0.1)
    else:
        print(*sorted(job.payload["n"] for job in Job.objects.filter(name="mark")))


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
