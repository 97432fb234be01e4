"""Values with the day they come into force.

There are no end dates: the value in force is the latest one not after the day asked,
so neither a gap nor an overlap can be written down. A repeal is the value None.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from motcua.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value and its first day in force."""

    valid_from: date
    value: T


class NotInForce(Refused):
    """No value is in force on the day asked: too early, or repealed."""

    def __init__(self, day: date, key: str = "", *, first: date | None = None, repealed: date | None = None) -> None:
        self.day = day
        self.key = key
        since = repealed or first
        message = "%(key)s không có giá trị nào cho ngày %(day)s. Hãy bổ sung vào gói dữ liệu."
        if repealed:
            message = "%(key)s đã bãi bỏ từ %(since)s, không còn cho ngày %(day)s. Hãy tra quy định thay thế."
        elif first:
            message = "%(key)s chưa có vào ngày %(day)s, có hiệu lực từ %(since)s. Hãy kiểm tra lại ngày."
        params = {
            "key": key or "Quy định",
            "day": f"{day:%d/%m/%Y}",
            "since": f"{since:%d/%m/%Y}" if since else "",
        }
        super().__init__([Problem("timeline.not_in_force", message, params=params)])


class Timeline(Generic[T]):
    """An immutable series of (first day in force → value or None for repealed), in any order given.

    `key` is a Vietnamese name of the thing, used only in the refusal. Two values from one day: ValueError.
    """

    __slots__ = ("_entries", "_starts", "key")

    def __init__(self, entries: Iterable[tuple[date, T | None]], key: str = "") -> None:
        ordered = sorted(_unique(entries), key=lambda entry: entry[0])
        self._starts = tuple(start for start, _ in ordered)
        self._entries = tuple(Entry(start, value) for start, value in ordered)
        self.key = key

    @property
    def starts(self) -> tuple[date, ...]:
        """Every day on which something changes, oldest first (repeals included)."""
        return self._starts

    def entry_at(self, day: date) -> Entry[T]:
        """The entry in force on `day`; refuses with NotInForce."""
        index = bisect_right(self._starts, _plain_day(day)) - 1
        if index < 0:
            raise NotInForce(day, self.key, first=self._starts[0] if self._starts else None)
        entry = self._entries[index]
        if entry.value is None:
            raise NotInForce(day, self.key, repealed=entry.valid_from)
        return Entry(entry.valid_from, entry.value)

    def at(self, day: date) -> T:
        """The value in force on `day`; refuses with NotInForce."""
        return self.entry_at(day).value

    def get(self, day: date) -> T | None:
        """The value in force on `day`, or None."""
        index = bisect_right(self._starts, _plain_day(day)) - 1
        return self._entries[index].value if index >= 0 else None

    def __iter__(self) -> Iterator[Entry[T | None]]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self._entries == other._entries

    def __hash__(self) -> int:
        return hash(self._starts)

    def __repr__(self) -> str:
        return f"Timeline({[(entry.valid_from, entry.value) for entry in self._entries]!r})"


def _unique(entries: Iterable[tuple[date, T | None]]) -> list[tuple[date, T | None]]:
    listed = list(entries)
    seen: set[date] = set()
    for start, _ in listed:
        _plain_day(start)
        if start in seen:
            raise ValueError(f"two values start on {start.isoformat()}; keep one")
        seen.add(start)
    return listed


def _plain_day(day: date) -> date:
    if isinstance(day, datetime):
        raise TypeError("a timeline is asked for a day, not an instant: convert to the local date first")
    return day
