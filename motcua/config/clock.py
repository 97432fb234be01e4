"""The only clock. Faces, commands and the worker read it; rules and actions are given the instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from motcua.config.options import read_options

_STILL = timedelta(0)
_shift: timedelta | None = None


def now() -> datetime:
    """This instant, in UTC; real, or shifted by MOTCUA_CLOCK."""
    shifted_by = shift()
    return datetime.now(UTC) + shifted_by


def shift() -> timedelta:
    """How far the clock is from real time. An instant in MOTCUA_CLOCK counts from the first reading on."""
    global _shift  # noqa: PLW0603 - one clock for one process is the whole point of this module
    if _shift is None:
        setting = read_options().clock
        _shift = setting - datetime.now(UTC) if isinstance(setting, datetime) else setting or _STILL
    return _shift


@contextmanager
def started_at(instant: datetime) -> Iterator[None]:
    """Inside the block the clock of the whole process started at this instant and runs on from there."""
    global _shift  # noqa: PLW0603
    before, _shift = _shift, instant - datetime.now(UTC)
    try:
        yield
    finally:
        _shift = before
