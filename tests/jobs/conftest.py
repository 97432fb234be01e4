from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from motcua.jobs import registry
from motcua.jobs.worker import Worker
from tests.processes import own_database  # noqa: F401 - a fixture

START = datetime(2026, 6, 9, 1, 0, tzinfo=UTC)


class Hands:
    """A clock one turns by hand, jobs declared for one test, and the worker that does them."""

    def __init__(self) -> None:
        self.now = START
        self.declared: list[str] = []
        self.worker = Worker(lambda: self.now)

    def job(self, name, **kwargs):
        self.declared.append(name)
        return registry.job(name, **kwargs)

    def later(self, **kwargs) -> None:
        self.now += timedelta(**kwargs)

    def work(self) -> int:
        return self.worker.work_once()


@pytest.fixture
def hands(monkeypatch) -> Iterator[Hands]:
    hands = Hands()
    # Only what the test declares is scheduled, and the queue lives at the hands' time.
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr("motcua.config.clock.now", lambda: hands.now)
    return hands
