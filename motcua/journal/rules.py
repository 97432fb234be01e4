"""What a command is. Pure values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Command:
    """One wish of one person, under a key that makes repeating it harmless.

    `at` is when the system heard it, `happened_at` when it was done (a postman's phone may be hours late).
    `payload` is what was asked, as JSON-able values: the same key with another payload is refused.
    """

    key: UUID
    name: str
    actor_id: UUID | None
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)
    happened: datetime | None = None

    @property
    def happened_at(self) -> datetime:
        return self.happened or self.at


class KeyReused(Exception):
    """The key was already used for something else."""


class Stale(Exception):
    """Somebody else changed the row in between."""


def instant_done(said: datetime, drift: timedelta, earliest: datetime | None, now: datetime) -> datetime:
    """When something was done that a phone tells late: its own clock, set right by how far it stood behind the server's
    when they last met; never later than now, nor earlier than it could have been done."""
    right = min(said + drift, now)
    return max(right, earliest) if earliest and earliest <= now else right
