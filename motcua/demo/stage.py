"""Time in the demo: a queue of what happens next, each thing a real act under a key made from the seed."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from motcua.journal.rules import Command, Stale
from motcua.kernel.problems import Refused
from motcua.law.model import Pack
from motcua.looks.access import NotFound
from motcua.people.queries import account_by_username, actor_of
from motcua.people.rules import Actor

NAMESPACE = UUID("468468aa-2021-4327-8468-0000000468aa")
Happening = Callable[[datetime], None]


@dataclass
class Stage:
    """The running demo: its law, its chance, its queue of happenings in order of time."""

    law: Pack
    random: Random
    seed: int
    until: datetime
    _queue: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _order: int = 0
    _actors: dict[str, Actor] = field(default_factory=dict)
    done: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def at(self, when: datetime, happening: Happening) -> None:
        """Something will happen, unless it lies after the end of the demo."""
        if when <= self.until:
            heapq.heappush(self._queue, (when, self._order, happening))
            self._order += 1

    def soon(self, when: datetime, minutes: int, happening: Happening) -> None:
        """Something happens so many working minutes (by the agencies' calendar) later."""
        from motcua.kernel.clock import add_minutes

        self.at(
            add_minutes(when, minutes, self.law.calendar("agency")) + timedelta(seconds=self.random.randint(0, 59)),
            happening,
        )

    def play(self, progress: Callable[[float, int], None]) -> None:
        """Lets everything happen. A refusal is part of office life: it is counted, and life goes on."""
        first = self._queue[0][0] if self._queue else self.until
        span = (self.until - first).total_seconds() or 1
        while self._queue:
            when, _, happening = heapq.heappop(self._queue)
            try:
                happening(when)
            except Refused as refused:
                for code in refused.codes:
                    self.refused[code] = self.refused.get(code, 0) + 1
            except (NotFound, Stale) as lost:
                name = type(lost).__name__
                self.refused[name] = self.refused.get(name, 0) + 1
            self.done += 1
            if self.done % 50 == 0:
                progress((when - first).total_seconds() / span, self.done)

    def actor(self, username: str) -> Actor:
        if username not in self._actors:
            account = account_by_username(username)
            if account is None:
                raise KeyError(username)
            self._actors[username] = actor_of(account)
        return self._actors[username]

    def command(self, username: str, name: str, at: datetime, payload: dict[str, Any] | None = None) -> Command:
        """A command whose key follows from the seed, so that one seed gives one demo."""
        self._order += 1
        key = uuid5(NAMESPACE, f"{self.seed}:{self._order}:{name}")
        return Command(key, name, self.actor(username).id, at, payload or {})

    def chance(self, percent: float) -> bool:
        return self.random.random() * 100 < percent
