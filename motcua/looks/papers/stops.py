"""The list of stops a postman takes with him: doors in order, what to bring, to fetch, to take."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from motcua.custody.models import Paper, Parcel, Pickup
from motcua.documents.forms import data as papers
from motcua.law.model import Pack
from motcua.looks.access import local_day
from motcua.looks.errands import Due, Round
from motcua.looks.papers.common import postal_head, with_unit
from motcua.looks.rounds import in_order
from motcua.people.models import Account


def stop_list(postman: Account, place: str, round_: Round, law: Pack, now: datetime) -> papers.StopList:
    """One postman's stops of one day: homes to visit and items to bring, in one order."""
    items: list[Any] = [*round_.pickups, *round_.parcels, *round_.tried, *round_.waiting]
    carried = _papers_of(items)
    lines = (
        _line(stop, round_.due_on(stop.dossier_id), carried.get(stop.dossier_id, []), law, now)
        for stop in in_order(items)
    )
    return papers.StopList(**postal_head(law, law.office(place), now), postman=postman.name, stops=tuple(lines))


def _papers_of(stops: Iterable[Any]) -> dict[Any, list[Paper]]:
    found: dict[Any, list[Paper]] = {}
    ids = [stop.dossier_id for stop in stops]
    for paper in Paper.objects.filter(dossier__in=ids).order_by("id"):
        found.setdefault(paper.dossier_id, []).append(paper)
    return found


def _line(stop: Any, due: Due, carried: list[Paper], law: Pack, now: datetime) -> papers.StopLine:
    return _home(stop, law, now) if isinstance(stop, Pickup) else _door(stop, due, carried, law, now)


def _door(parcel: Parcel, due: Due, carried: list[Paper], law: Pack, now: datetime) -> papers.StopLine:
    d, to = parcel.dossier, parcel.dossier.delivery
    had = {p.component for p in carried if p.kind == "original"}
    version = law.procedure(d.procedure, d.version_on)
    old = [p.name for p in version.papers if p.exchange and p.required and not p.when and p.key not in had]
    address = to.get("address") or d.applicant.address
    return papers.StopLine(
        work="Phát",
        code=parcel.item,
        dossier=str(d),
        name=to.get("name") or d.applicant.name,
        address=with_unit(law, address, to.get("unit_code", ""), local_day(now)),
        phone=to.get("phone") or d.applicant.phone,
        papers=tuple(p.name for p in carried if p.to_return and p.holder != "applicant"),
        exchange=tuple(old),
        state=due.state,
        post=due.post,
        note=". ".join(part for part in (_tries(parcel.attempts), parcel.last_reason) if part),
    )


def _home(pickup: Pickup, law: Pack, now: datetime) -> papers.StopLine:
    d = pickup.dossier
    version = law.procedure(d.procedure, d.version_on)
    return papers.StopLine(
        work="Nhận hồ sơ",
        code=d.reference,
        dossier=version.name,
        name=d.applicant.name,
        address=with_unit(law, pickup.address, pickup.unit_code, local_day(now)),
        phone=pickup.phone or d.applicant.phone,
        window=pickup.window,
        papers=tuple(p.name for p in version.papers if p.required and not p.when),
        note=". ".join(part for part in (_tries(pickup.attempts), pickup.last_reason, pickup.note) if part),
    )


def _tries(attempts: int) -> str:
    return f"Đã đến {attempts} lần" if attempts else ""
