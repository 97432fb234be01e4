"""What each kind of job does. A room declares its jobs in its `jobs.py`, which the worker loads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.module_loading import autodiscover_modules

from motcua.jobs.rules import MAX_ATTEMPTS

Payload = dict[str, Any]
Handler = Callable[[Payload, datetime], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """inside: the handler and the removal of its row are one transaction, so what it writes is written once.

    Otherwise the handler runs outside any transaction (it talks to another system, or is slow) and may be
    run twice after a crash: it must bear that.
    """

    name: str
    handler: Handler
    max_attempts: int
    every: timedelta | None
    inside: bool


_kinds: dict[str, Kind] = {}


def job(
    name: str,
    *,
    max_attempts: int = MAX_ATTEMPTS,
    schedule: timedelta | None = None,
    inside: bool = True,
) -> Callable[[Handler], Handler]:
    """Declares the handler of a kind of job: `handler(payload, now)`. With a schedule it queues itself."""

    def declare(handler: Handler) -> Handler:
        known = _kinds.get(name)
        if known and known.handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"two handlers for the job {name!r}")
        _kinds[name] = Kind(name, handler, max_attempts, schedule, inside)
        return handler

    return declare


def kind_of(name: str) -> Kind:
    """Raises KeyError for a name nobody declared."""
    try:
        return _kinds[name]
    except KeyError:
        raise KeyError(f"no handler is declared for the job {name!r}") from None


def load_rooms() -> None:
    """Loads the `jobs` module of every room, so that their declarations are known."""
    autodiscover_modules("jobs")


def scheduled_kinds() -> list[Kind]:
    return [kind for kind in _kinds.values() if kind.every]


def forget(name: str) -> None:
    """Takes a declaration back; tests declare jobs of their own."""
    _kinds.pop(name, None)
