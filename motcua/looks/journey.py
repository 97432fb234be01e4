"""The way of one dossier: its stations from person to home, each leg charged to its owner.

A pure reading of the dossier's dates; the picture on every page and the text for a screen reader come from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.lifecycle import ENDED, State
from motcua.dossiers.models import Channel, Dossier
from motcua.law.model import Pack


@dataclass(frozen=True, slots=True)
class Station:
    """One stop. `state`: done, current, todo. `due` is what its owner had promised; `late` where it was broken."""

    key: str
    label: str
    owner: str
    state: str
    at: datetime | None = None
    due: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    stations: tuple[Station, ...]
    promised_at: datetime | None
    ended_otherwise: str = ""


def journey(d: Dossier, law: Pack, now: datetime) -> Journey:
    """The stations of a dossier. Legs that its channel or its way of return does not have are left out."""
    stops = _stops(d, law)
    done = [bool(at) for _, _, _, at, _ in stops]
    current = done.index(False) if False in done else len(stops)
    if d.state in ENDED and d.state != State.CLOSED:
        current = len(stops)
    stations = []
    for place, (key, label, owner, at, due) in enumerate(stops):
        state = "done" if at else "current" if place == current else "todo"
        late = bool(due) and (at or now) > due if state != "todo" and due else False
        stations.append(Station(key, label, owner, state, at, due, late))
    ended = State(d.state).label if d.state in ENDED and d.state != State.CLOSED else ""
    return Journey(tuple(stations), d.due_at, ended)


Stop = tuple[str, str, str, datetime | None, datetime | None]


def _stops(d: Dossier, law: Pack) -> Sequence[Stop]:
    desk, agency = law.office(d.accepting_id).short, law.office(d.agency_id).short
    counter = law.office(d.reception_id).short
    post = "Bưu điện"
    stops: list[Stop] = [("filed", "Nộp hồ sơ", "Người nộp", d.filed_at, None)]
    if d.channel in {Channel.POST, Channel.PICKUP} and d.reception_id != d.accepting_id:
        stops.append(("taken", "Bưu điện nhận", counter if d.channel == Channel.POST else post, d.taken_at, None))
    stops.append(("accepted", "Tiếp nhận", desk, d.accepted_at, None))
    if d.accepting_id != d.agency_id and d.channel != Channel.ONLINE:
        stops.append(("arrived", "Đến cơ quan", post, d.arrived_at, None))
    stops.append(("decided", "Quyết định", agency, d.decided_at, d.due_at))
    stops.append(("published", "Có kết quả", agency, d.published_at, d.due_at))
    owner = {"post": post, "counter": counter, "electronic": agency}[d.return_by]
    label = {"post": "Phát tận nhà", "counter": "Trả tại quầy", "electronic": "Trả điện tử"}[d.return_by]
    stops.append(("closed", label, owner, d.closed_at if d.state == State.CLOSED else None, None))
    return stops
