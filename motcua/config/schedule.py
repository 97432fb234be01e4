"""What is done without anybody asking, and how often. The worker loads this table when it starts."""

from datetime import datetime, timedelta

from motcua.acts import chores
from motcua.jobs.registry import Payload, job


@job("chores.mark_overdue", schedule=timedelta(minutes=1))
def mark_overdue(payload: Payload, now: datetime) -> None:
    chores.mark_overdue(now)


@job("chores.send_notices", schedule=timedelta(seconds=20))
def send_notices(payload: Payload, now: datetime) -> None:
    chores.send_notices(now)


@job("chores.tidy", schedule=timedelta(minutes=2))
def tidy(payload: Payload, now: datetime) -> None:
    chores.tidy(now)
