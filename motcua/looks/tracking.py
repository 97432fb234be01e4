"""What anyone may see who has a code and the last digits of the phone."""

from dataclasses import dataclass
from datetime import datetime

from motcua.carriers.lifecycle import OrderState
from motcua.carriers.queries import newest_order
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel
from motcua.documents.models import Notice
from motcua.dossiers.lifecycle import State
from motcua.kernel.clock import explain
from motcua.looks.access import Case
from motcua.looks.deadlines import legal_deadline
from motcua.looks.journey import Journey, journey
from motcua.people.holders import Holder


@dataclass(frozen=True, slots=True)
class Tracked:
    """No name, no address, no identity number: only where it is and when it will be ready, and why then."""

    name: str
    reference: str
    code: str | None
    state: State
    way: Journey
    due_at: datetime | None
    why: list[str]
    parcel: str
    parcel_state: str
    carried: "Carried | None"
    return_by: str
    notices: list[Notice]
    asked_for: list[str]


@dataclass(frozen=True, slots=True)
class Carried:
    """What an outside carrier does with the result: who, under which number, and the last that was heard and counts."""

    carrier: str
    number: str
    state: str
    at: datetime


def carried(case: Case) -> Carried | None:
    """The newest order of this dossier to an outside carrier."""
    order = newest_order(case.dossier.pk)
    if order is None:
        return None
    name = Holder("carrier", order.carrier).carrier_name
    number, state = order.item or order.parcel.item, OrderState(order.state).label
    return Carried(name, number, state, order.told_at or order.asked_at)


def tracked(case: Case, now: datetime, lang: str = "vi") -> Tracked:
    """The public view of a dossier that somebody may see."""
    d = case.dossier
    parcel = Parcel.objects.filter(dossier=d).order_by("-id").first()
    waiting = [r for r in d.requests if not r["answered_at"]]
    return Tracked(
        name=case.version.name,
        reference=d.reference,
        code=d.code,
        state=State(d.state),
        way=journey(d, case.law, now),
        due_at=d.due_at,
        why=why_due(case, lang),
        parcel=parcel.item if parcel else "",
        parcel_state=ParcelState(parcel.state).label if parcel else "",
        carried=carried(case) if parcel else None,
        return_by=d.return_by,
        notices=notices_of(case),
        asked_for=[item for r in waiting for item in r["items"]],
    )


def notices_of(case: Case) -> list[Notice]:
    """The latest messages to the applicant, newest first."""
    return list(Notice.objects.filter(dossier=case.dossier).order_by("-id")[:10])


def why_due(case: Case, lang: str = "vi") -> list[str]:
    """Why the date due is what it is, in words anyone can check. Empty before the clock runs."""
    d = case.dossier
    if d.clock_at is None:
        return []
    lines = explain(legal_deadline(case, d.clock_at, d.pauses), "en" if lang == "en" else "vi")
    if d.rescheduled:
        until = datetime.fromisoformat(d.rescheduled["until"])
        said = "The agency apologised and set a new date" if lang == "en" else "Cơ quan đã xin lỗi và hẹn lại"
        lines.append(f"{said} {until:%H:%M %d/%m/%Y}: {d.rescheduled['reason']}")
    return lines
