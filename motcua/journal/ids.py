"""Identifiers that are made before a row is written, so that a row and its journal entry are born together."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from random import Random
from uuid import UUID

Source = Callable[[], tuple[int, bytes]]


def _of_this_machine() -> tuple[int, bytes]:
    """The milliseconds of the clock and ten bytes of chance."""
    return time.time_ns() // 1_000_000, os.urandom(10)


_source: Source = _of_this_machine


def uuid7() -> UUID:
    """A time-ordered UUID (RFC 9562, version 7): unique without asking the database, and kind to its indexes."""
    milliseconds, chance = _source()
    random = int.from_bytes(chance, "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (random >> 68) << 64
    return UUID(int=value | 0b10 << 62 | random & ((1 << 62) - 1))


@contextmanager
def ids_from(random: Random, start: datetime) -> Iterator[None]:
    """Inside, ids follow from the given chance, a millisecond apart from `start`: for a demo that comes out the same
    twice. Never where real work is done: such ids can be foretold."""
    global _source  # noqa: PLW0603 - one source for the whole process, as it is one clock
    before, steps = _source, count(int(start.timestamp() * 1000))
    _source = lambda: (next(steps), random.randbytes(10))  # noqa: E731
    try:
        yield
    finally:
        _source = before
