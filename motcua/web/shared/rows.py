"""How one dossier stands, in a row of any list: how urgent, in what state, how far on its way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from motcua.dossiers.lifecycle import ENDED, State
from motcua.dossiers.models import Dossier
from motcua.kernel.problems import Refused
from motcua.law.model import Pack
from motcua.looks.deadlines import minutes_left
from motcua.looks.journey import Journey, journey
from motcua.web.way import Station, Way
from motcua.web.words import left

# Less than this many working minutes before the date due a dossier is "soon": one working day.
SOON = 480


def standing(dossier: Dossier, law: Pack, now: datetime) -> tuple[str, str]:
    """(kind of status mark, its words): in time, soon, late by the clock; else the state itself."""
    state = State(dossier.state)
    if state in ENDED:
        return ("in_time" if state is State.CLOSED else "stopped"), _(state.label)
    if state is State.SUPPLEMENT:
        return "paused", _(state.label)
    if dossier.due_at is None or dossier.published_at:
        return "waiting", _(state.label)
    try:
        minutes = minutes_left(law, now, dossier.due_at)
    except Refused:
        return "info", _(state.label)
    kind = "late" if minutes < 0 else "soon" if minutes < SOON else "in_time"
    return kind, left(minutes)


def tone_of(kind: str) -> Literal["", "soon", "late"]:
    """The edge of a table row for a kind of status."""
    return "late" if kind == "late" else "soon" if kind == "soon" else ""


def way_of(dossier: Dossier, law: Pack, now: datetime) -> Way:
    """The picture of a dossier's journey."""
    return drawn(journey(dossier, law, now))


def drawn(seen: Journey) -> Way:
    """A journey as the picture takes it."""
    ended = bool(seen.ended_otherwise)
    return Way([_station(s) for s in seen.stations], None if ended else seen.promised_at, ended=ended)


def _station(s) -> Station:  # type: ignore[no-untyped-def]
    return Station(s.key, _(s.label), _(s.owner), s.state, s.at, s.due, s.late)


def named(dossiers: Iterable[Dossier], law: Pack) -> dict[object, str]:
    """The name of the procedure of each dossier, as of its day; the code where the pack no longer knows it."""
    names: dict[object, str] = {}
    for d in dossiers:
        try:
            names[d.pk] = law.procedure(d.procedure, d.version_on).name
        except Refused:
            names[d.pk] = d.procedure
    return names
