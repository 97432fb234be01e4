"""What the queue does for the acts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.acts import carrier_news, chores, results
from motcua.jobs.registry import job


@job("acts.mark_overdue", schedule=timedelta(minutes=1), inside=False)
def mark_overdue(payload: dict[str, Any], now: datetime) -> None:
    chores.mark_overdue(now)


@job("acts.keep_result", inside=False)
def keep_result(payload: dict[str, Any], now: datetime) -> None:
    results.keep_result(UUID(payload["dossier"]), now)


@job("acts.send_notices", schedule=timedelta(seconds=30))
def send_notices(payload: dict[str, Any], now: datetime) -> None:
    chores.send_notices(now)


@job("acts.tidy", schedule=timedelta(minutes=1), inside=False)
def tidy(payload: dict[str, Any], now: datetime) -> None:
    chores.tidy(now)


@job("acts.carrier_news", inside=False)
def news(payload: dict[str, Any], now: datetime) -> None:
    carrier_news.look_at_news(payload["carrier"], payload["number"], now)
