"""The custody trail of one paper, to be printed."""

from datetime import datetime
from uuid import UUID

from motcua.documents.forms import data as papers
from motcua.kernel.calendar import local
from motcua.looks.access import Case
from motcua.looks.papers.common import postal_head
from motcua.looks.trail import Statement, Stay, Trail
from motcua.people.holders import parse_holder
from motcua.people.queries import names_of


def trail_paper(trail: Trail, at: datetime) -> papers.CustodyTrail:
    """Who held the paper from when to when, with both statements of each transfer, as the journal has it."""
    p, d, law = trail.paper, trail.case.dossier, trail.case.law
    first = next((parse_holder(s.holder).office_code for s in trail.stays if s.holder.startswith("office:")), "")
    issuing = law.office(first or d.reception_id or d.agency_id)
    return papers.CustodyTrail(
        **postal_head(law, issuing, at),
        sticker=p.sticker,
        dossier=d.code or d.reference,
        paper=p.name,
        kind=p.get_kind_display(),
        quantity=p.quantity,
        pages=p.pages,
        condition=p.condition,
        steps=tuple(_step(stay, trail.case) for stay in trail.stays),
        on_its_way_to=holder_name(p.offered_to, trail.case) if p.offered_to else "",
        on_its_way_since=p.offered_at,
    )


def holder_name(text: str, case: Case) -> str:
    """A holder as a paper names him."""
    holder = parse_holder(text)
    if holder.kind == "office":
        return case.law.office(holder.name).name if holder.name in case.law.office_map else holder.name
    if holder.kind == "person":
        return f"Bưu tá {names_of({UUID(holder.name)}).get(UUID(holder.name), '')}".strip()
    return "Người nộp" if holder.kind == "applicant" else holder.carrier_name or holder.name


def _step(stay: Stay, case: Case) -> papers.TrailStep:
    return papers.TrailStep(
        holder=holder_name(stay.holder, case),
        since=stay.since,
        until=stay.until,
        given=_said(stay.given),
        taken=_said(stay.taken),
        way=stay.bag or stay.item,
        note=stay.taken.condition,
    )


def _said(said: Statement | None) -> str:
    return f"{said.who or 'Hệ thống'}, {local(said.at):%H:%M %d/%m/%Y}" if said else ""
