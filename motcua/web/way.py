"""The way: one small picture of a dossier's journey, the same on every page and on paper.

A line with its stations, filled as far as it has come; each station with its owner; lateness where it
arose (a diamond and a double line, never colour alone); a flag for the promised day. Pure: the caller
gives every instant; nothing here asks the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.web.ui import Text
from motcua.web.words import local, promise, when

State = Literal["done", "current", "todo", "skipped"]
WIDTH, HEIGHT, EDGE, FLAG = 160, 20, 8, 18


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
        """The station's own mark, 24 by 24."""
        return format_html(
            '<svg class="way-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}</svg>',
            _mark(self, 12, 12, 9),
        )


@dataclass(frozen=True)
class Stop:
    """A station of the large picture: how long its own leg took, and how the leg after it is drawn."""

    station: Station
    took: str
    leg: Literal["late", "on", "ahead"]


@dataclass(frozen=True)
class Way:
    """The stations in order, and the promise at the end."""

    stations: Sequence[Station]
    promised_at: datetime | None = None
    promised_label: Text = ""

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
        """The flag of the large picture, 24 by 24; full when the dossier has arrived."""
        return format_html(
            '<svg class="way-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
            '<path d="M6 2v20" stroke="currentColor" stroke-width="2.4"/>'
            '<path d="M7 4h14l-4 4.5 4 4.5H7z" fill="{}" stroke="currentColor" stroke-width="2"/></svg>',
            "currentColor" if self.arrived else "#fff",
        )

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
        step = (WIDTH - 2 * EDGE - FLAG) / max(len(self.stations) - 1, 1)
        places = [round(EDGE + i * step, 1) for i in range(len(self.stations))]
        legs = format_html_join(
            "",
            "{}",
            ((_leg(places[i - 1], places[i], s, on=i <= self.reached),) for i, s in enumerate(self.stations) if i),
        )
        marks = format_html_join("", "{}", ((_mark(s, x, 10, 5),) for s, x in zip(self.stations, places, strict=True)))
        return format_html(
            '<svg class="way-small" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
            "<title>{}</title>{}{}{}</svg>",
            self.summary, legs, marks, _flag(places[-1] if places else EDGE, arrived=self.arrived), w=WIDTH, h=HEIGHT,
        )  # fmt: skip


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


def _leg_look(way: Way, place: int) -> Literal["late", "on", "ahead"]:
    """How the leg to the station at `place` is drawn."""
    if place == len(way.stations):
        return "on" if way.arrived else "ahead"
    if place > way.reached:
        return "ahead"
    return "late" if way.stations[place].late else "on"


def _leg(start: float, end: float, station: Station, *, on: bool) -> SafeString:
    """Solid as far as it has come, dots beyond, a double line where it was late."""
    if on and station.late:
        return format_html(
            '<path class="w-late" d="M{} 8H{}M{} 12H{}" stroke="currentColor" stroke-width="1.6"/>',
            start, end, start, end,
        )  # fmt: skip
    look = 'stroke-width="3"' if on else 'stroke-width="1.6" stroke-dasharray="1.6 3"'
    return format_html('<path d="M{} 10H{}" stroke="currentColor" {}/>', start, end, SafeString(look))


def _mark(station: Station, x: float, y: float, size: float) -> SafeString:
    """Full = done, ring with a core = here, hollow = to come, stroke = skipped; a diamond where late."""
    if station.state == "skipped":
        return format_html(
            '<path d="M{} {}L{} {}" stroke="currentColor" stroke-width="2"/>',
            x - size / 2, y + size / 2, x + size / 2, y - size / 2,
        )  # fmt: skip
    here = station.state == "current"
    outer = size if here else size * 0.78
    fill = "currentColor" if station.state == "done" else "#fff"
    shape = _shape(x, y, outer, station.late, fill)
    core = _shape(x, y, outer * 0.42, station.late, "currentColor") if here else SafeString("")
    return format_html('<g class="{}">{}{}</g>', "w-late" if station.late else "w-" + station.state, shape, core)


def _shape(x: float, y: float, r: float, diamond: bool, fill: str) -> SafeString:
    paint = format_html('fill="{}" stroke="currentColor" stroke-width="2"', fill)
    if diamond:
        d = round(r * 1.12, 1)
        return format_html('<path d="M{} {}l{} {}l-{} {}l-{} -{}z" {}/>', x, round(y - d, 1), d, d, d, d, d, d, paint)
    return format_html('<circle cx="{}" cy="{}" r="{}" {}/>', x, y, round(r, 1), paint)


def _flag(start: float, *, arrived: bool) -> SafeString:
    x = WIDTH - 12
    leg = SafeString("" if arrived else 'stroke-dasharray="1.6 3"')
    return format_html(
        '<path d="M{} 10H{}" stroke="currentColor" stroke-width="{}" {}/>'
        '<path d="M{} 2v16" stroke="currentColor" stroke-width="2"/>'
        '<path d="M{} 3h9l-2.5 3 2.5 3h-9z" fill="{}" stroke="currentColor" stroke-width="1.2"/>',
        start, x, 3 if arrived else 1.6, leg, x, x, "currentColor" if arrived else "#fff",
    )  # fmt: skip
