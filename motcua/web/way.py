"""The way: one small picture of a dossier's journey, the same on every page and on paper.

A line with its stations, filled as far as it has come; each station with its owner; lateness where it
arose (a diamond and a double line, never colour alone); a flag for the promised day. Pure: the caller
gives every instant; nothing here asks the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.web import way_svg
from motcua.web.ui import Text
from motcua.web.words import local, promise, when

State = Literal["done", "current", "todo", "skipped"]


@dataclass(frozen=True)
class Station:
    """A stop of the dossier and the leg that leads to it; both are `owner`'s.

    `at`: when it was done, or since when it is there. `due`: when the owner should have done it.
    `took`: the leg's working time in words ("2 ngày 3 giờ"), if known. `note`: why it stands still.
    """

    key: str
    label: Text
    owner: Text
    state: State
    at: datetime | None = None
    due: datetime | None = None
    late: bool = False
    took: Text = ""
    note: Text = ""

    @property
    def state_word(self) -> str:
        """The state in words, for those who cannot see the mark."""
        words = {
            "done": _("đã xong"),
            "current": _("đang ở đây"),
            "todo": _("chưa tới"),
            "skipped": _("không qua"),
        }
        return words[self.state]

    @property
    def times(self) -> list[str]:
        """The instants that matter now: done at; or there since, and due."""
        if self.state == "done":
            return [when(self.at)] if self.at else []
        if self.state == "skipped":
            return []
        since = [_("từ %s") % when(self.at)] if self.at and self.state == "current" else []
        return [*since, *([_("hạn %s") % when(self.due)] if self.due else [])]

    @property
    def mark(self) -> SafeString:
        """The station's own mark in the large picture."""
        return way_svg.mark(self.state, self.late)


@dataclass(frozen=True)
class Stop:
    """A station of the large picture: how long its own leg took, and how the leg after it is drawn."""

    station: Station
    took: str
    leg: way_svg.Look


@dataclass(frozen=True)
class Way:
    """The stations in order, and the promise at the end; `ended`: it ended without a result, nothing is promised."""

    stations: Sequence[Station]
    promised_at: datetime | None = None
    promised_label: Text = ""
    ended: bool = False

    @property
    def reached(self) -> int:
        """Index of the furthest station done or current; -1 before the start."""
        return max((i for i, s in enumerate(self.stations) if s.state in ("done", "current")), default=-1)

    @property
    def current(self) -> Station | None:
        """Where the dossier is now, if it is on its way."""
        return next((s for s in self.stations if s.state == "current"), None)

    @property
    def promise_name(self) -> str:
        """What stands at the flag."""
        if self.ended:
            return _("Không hẹn trả")
        return str(self.promised_label or _("Hẹn trả kết quả")) if self.promised_at else _("Chưa có ngày hẹn trả")

    @property
    def promise_text(self) -> str:
        """The promise with its weekday: "Hẹn trả kết quả: thứ Sáu, 06/03/2026 17:00"."""
        return f"{self.promise_name}: {promise(self.promised_at)}" if self.promised_at else self.promise_name

    @property
    def arrived(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.stations) and all(s.state in ("done", "skipped") for s in self.stations)

    @property
    def flag(self) -> SafeString:
        """The flag of the large picture; full when the dossier has arrived."""
        return way_svg.flag(self.arrived)

    @property
    def stops(self) -> list[Stop]:
        """The stations with the words and the leg that the large picture draws for each."""
        return [
            Stop(station, _took(station, self.stations[:place]), _leg_look(self, place + 1))
            for place, station in enumerate(self.stations)
        ]

    @property
    def summary(self) -> str:
        """The small picture in one breath: where, how far, who was late, what was skipped, the promise."""
        done = sum(s.state == "done" for s in self.stations)
        asked = sum(s.state != "skipped" for s in self.stations)
        here = self.current
        parts = [
            _("Đang ở: %(label)s (%(owner)s)") % {"label": here.label, "owner": here.owner} if here else "",
            _("Xong %(done)d trên %(all)d chặng") % {"done": done, "all": asked},
            _named(_("Trễ ở: %s"), [s for s in self.stations if s.late]),
            _named(_("Không qua: %s"), [s for s in self.stations if s.state == "skipped"]),
            self.promise_text,
        ]
        return ". ".join(part for part in parts if part) + "."

    @property
    def text(self) -> str:
        """The whole picture as lines of plain text, for a reader, a message or paper without pictures."""
        lines = [f"{number}. {_line(stop)}" for number, stop in enumerate(self.stops, 1)]
        return "\n".join([*lines, self.promise_text])

    @property
    def small(self) -> SafeString:
        """The picture for one row of a list: 160 by 20, its summary as title; black alone is enough."""
        looks = tuple(_leg_look(self, place + 1) for place in range(len(self.stations)))
        return way_svg.small(self.summary, tuple((s.state, s.late) for s in self.stations), looks)


def _named(sentence: str, stations: list[Station]) -> str:
    return sentence % ", ".join(str(s.label) for s in stations) if stations else ""


def _line(stop: Stop) -> str:
    station = stop.station
    late = _("trễ") if station.late else ""
    facts = [station.state_word, *station.times, stop.took, late, station.note]
    return f"{station.label} ({station.owner}): " + ", ".join(str(fact) for fact in facts if fact)


def _took(station: Station, before: Sequence[Station]) -> str:
    """The leg's own words, else the days by the calendar since the stop before, as timetables count them: +2 ngày."""
    if station.took or station.state != "done" or station.at is None:
        return str(station.took)
    since = next((s.at for s in reversed(before) if s.at), None)
    if since is None:
        return ""
    days = (local(station.at).date() - local(since).date()).days
    return ngettext("+%d ngày", "+%d ngày", days) % days if days > 0 else _("trong ngày")


def _leg_look(way: Way, place: int) -> way_svg.Look:
    """How the leg to the station at `place` is drawn."""
    if place == len(way.stations):
        return "on" if way.arrived else "ahead"
    if place > way.reached:
        return "ahead"
    return "late" if way.stations[place].late else "on"
