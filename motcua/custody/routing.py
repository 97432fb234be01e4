"""A sensible order for one postman's stops of one day. It sorts doors, it knows no roads and promises none.

Where somebody waits in a window, that comes first, by the hour. All other doors follow commune by commune, street by
street, house by house, so that nobody crosses the commune twice; the commune of the last appointment goes first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from motcua.kernel.text import fold

T = TypeVar("T")

_START = re.compile(r"([01]?[0-9]|2[0-3])[:h]([0-5][0-9])?")
_HOUSE = re.compile(r"[0-9]+")
_PLAIN_WORDS = {"so", "nha", "ngo", "ngach", "hem", "kiet", "duong", "pho"}
_END = 24 * 60


@dataclass(frozen=True, slots=True)
class Door(Generic[T]):
    """Where one stop is, and what it is the stop of. `window`: "08:00–10:00", '' = any time; `name` decides ties."""

    what: T
    unit: str
    address: str
    window: str = ""
    name: str = ""


def stop_order(doors: Iterable[Door[T]]) -> list[T]:
    """The stops in order: whatever order they come in, the answer is the same."""
    timed: list[Door[T]] = []
    free: list[Door[T]] = []
    for door in doors:
        (timed if door.window else free).append(door)
    timed.sort(key=_by_hour)
    last = timed[-1].unit if timed else ""
    free.sort(key=lambda door: (door.unit != last, *_place(door)))
    return [door.what for door in timed + free]


def _by_hour(door: Door[T]) -> tuple[int, str, str, int, str]:
    found = _START.search(door.window)
    start = int(found[1]) * 60 + int(found[2] or 0) if found else _END
    return (start, *_place(door))


def _place(door: Door[T]) -> tuple[str, str, int, str]:
    """Commune, street, house number, name. "Số 12 đường Nguyễn Du, tổ 3" is house 12 of "nguyen du"."""
    house = _HOUSE.search(door.address)
    streets = (_street(part) for part in door.address.split(","))
    return door.unit, next((street for street in streets if street), ""), int(house[0]) if house else 0, door.name


def _street(part: str) -> str:
    words = re.sub(r"[^a-z ]", " ", fold(part)).split()
    return " ".join(word for word in words if word not in _PLAIN_WORDS)
