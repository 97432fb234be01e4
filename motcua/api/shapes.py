"""How things look in the API's answers."""

from typing import Any

from motcua.carriers.lifecycle import OrderState
from motcua.carriers.models import CarrierDoubt, CarrierEvent, CarrierOrder
from motcua.custody.models import Discrepancy, Line, Manifest, Parcel, Pickup
from motcua.dossiers.lifecycle import State
from motcua.journal.models import Entry
from motcua.law.model import Pack, Version
from motcua.looks.access import Case
from motcua.looks.worklists import Brief
from motcua.people.rules import Actor


def masked(number: str) -> str:
    """An identity number as lists may show it."""
    return number[:3] + "•" * max(len(number) - 5, 0) + number[-2:] if len(number) > 5 else "•" * len(number)


_STATES = {s.value: {"code": s.value, "label": s.label, "national": s.national} for s in State}


def state_shape(state: str) -> dict[str, Any]:
    return _STATES[state]


def row_shape(d: Brief, law: Pack) -> dict[str, Any]:
    """One row of a list."""
    return {
        "code": d.code,
        "reference": d.reference,
        "state": state_shape(d.state),
        "procedure": {"code": d.procedure, "name": law.procedure(d.procedure, d.version_on).name},
        "applicant": d.applicant,
        "agency": d.agency,
        "due_at": d.due_at,
        "step": d.step,
        "step_due_at": d.step_due_at,
        "handler": d.handler,
        "version": d.seq,
    }


def case_shape(case: Case, actor: Actor) -> dict[str, Any]:
    """One dossier with what belongs to it, and what this actor may do with it now."""
    d, a = case.dossier, case.applicant
    return {
        "code": d.code,
        "reference": d.reference,
        "state": state_shape(d.state),
        "version": d.seq,
        "procedure": {"code": d.procedure, "name": case.version.name, "version_on": d.version_on},
        "agency": d.agency_id,
        "reception": d.reception_id,
        "accepting": d.accepting_id,
        "channel": d.channel,
        "return_by": d.return_by,
        "delivery": d.delivery,
        "applicant": {
            "name": a.name,
            "kind": a.kind,
            "id_number": masked(a.id_number),
            "phone": a.phone,
            "address": a.address,
            "unit_code": a.unit_code,
            "proxy_name": a.proxy_name,
        },
        "form": d.form,
        "filed_at": d.filed_at,
        "taken_at": d.taken_at,
        "accepted_at": d.accepted_at,
        "clock_at": d.clock_at,
        "due_at": d.due_at,
        "step": d.step,
        "step_due_at": d.step_due_at,
        "pauses": d.pauses,
        "requests": d.requests,
        "rescheduled": d.rescheduled or None,
        "outcome": d.outcome or None,
        "ground": d.ground or None,
        "result_number": d.result_number or None,
        "published_at": d.published_at,
        "closed_at": d.closed_at,
        "rating": d.rating,
        "papers": [
            {
                "sticker": p.sticker,
                "component": p.component,
                "name": p.name,
                "kind": p.kind,
                "quantity": p.quantity,
                "pages": p.pages,
                "condition": p.condition,
                "holder": p.holder,
                "held_since": p.held_since,
                "offered_to": p.offered_to or None,
                "offered_at": p.offered_at,
                "envelope": p.envelope or None,
                "lost_at": p.lost_at,
            }
            for p in case.papers
        ],
        "documents": [
            {
                "id": f.pk,
                "component": f.component,
                "kind": f.kind,
                "title": f.title,
                "mime": f.mime,
                "size": f.size,
                "sha256": f.sha256,
                "paper": f.paper_id,
                "received_at": f.added_at,
            }
            for f in case.files
        ],
        "charges": [
            {
                "purse": c.purse,
                "key": c.key,
                "label": c.label,
                "amount": c.amount,
                "citation": c.citation,
                "stage": c.stage,
                "receipt": c.payment.receipt if c.payment_id and c.payment else None,
                "cancelled": c.cancelled_at is not None,
            }
            for c in case.charges
        ],
        "parcels": [parcel_shape(p) for p in case.parcels] if d.return_by == "post" else [],
        "pickups": [pickup_shape(p) for p in case.pickups] if d.channel == "pickup" else [],
        "actions": [{"action": t.action, "label": t.label} for t in case.allowed(actor)],
    }


def entry_shape(e: Entry) -> dict[str, Any]:
    """One entry of the journal; `hash` lets anyone check the chain."""
    return {
        "seq": e.seq,
        "kind": e.kind,
        "subject": [e.subject_kind, e.subject_id],
        "actor": e.actor_id,
        "role": e.role,
        "office": e.office,
        "happened_at": e.happened_at,
        "recorded_at": e.recorded_at,
        "command": e.command,
        "data": e.data,
        "hash": bytes(e.hash),
    }


def parcel_shape(p: Parcel) -> dict[str, Any]:
    return {
        "item": p.item,
        "outside": p.outside or None,
        "state": p.state,
        "office": p.office_id,
        "attempts": p.attempts,
        "due_on": p.due_on,
        "last_reason": p.last_reason,
        "held_until": p.held_until,
        "ended_at": p.ended_at,
    }


def carrier_order_shape(o: CarrierOrder, events: list[CarrierEvent] | None = None) -> dict[str, Any]:
    """An order to an outside carrier; with `events` also everything it said."""
    told = {} if events is None else {"events": [event_shape(e) for e in events]}
    return {
        "number": o.number,
        "carrier": o.carrier,
        "item": o.item or o.parcel.item,
        "parcel": o.parcel.item,
        "dossier": str(o.dossier),
        "office": o.office_id,
        "state": {"code": o.state, "label": OrderState(o.state).label},
        "cod": o.cod,
        "asked_at": o.asked_at,
        "told_at": o.told_at,
        "cancel_asked_at": o.cancel_asked_at,
        "ended_at": o.ended_at,
        "trouble": o.last_error,
        **told,
    }


def event_shape(e: CarrierEvent) -> dict[str, Any]:
    """One thing a carrier said, as it came (`raw`) and what became of it."""
    return {
        "said": e.said or None,
        "code": e.code,
        "at": e.at,
        "heard_at": e.heard_at,
        "confirmed": e.confirmed,
        "outcome": e.outcome or None,
        "place": e.place,
        "note": e.note,
        "raw": e.raw,
    }


def doubt_shape(d: CarrierDoubt) -> dict[str, Any]:
    return {
        "id": d.pk,
        "code": d.code,
        "label": d.get_code_display(),
        "carrier": d.carrier,
        "order": d.order.number if d.order else None,
        "raised_at": d.raised_at,
        "event": event_shape(d.event),
    }


def pickup_shape(p: Pickup) -> dict[str, Any]:
    return {
        "id": p.pk,
        "state": p.state,
        "office": p.office_id,
        "wanted_on": p.wanted_on,
        "window": p.window,
        "address": p.address,
        "phone": p.phone,
        "attempts": p.attempts,
        "last_reason": p.last_reason,
    }


def discrepancy_shape(f: Discrepancy) -> dict[str, Any]:
    """A discrepancy: what, whose, until when, and how it ended."""
    d = f.about_dossier
    return {
        "number": f.number,
        "kind": f.kind,
        "state": f.state,
        "owner": f.owner_id,
        "note": f.note,
        "manifest": f.manifest.number if f.manifest else None,
        "line": f.line_id,
        "sticker": f.paper.sticker if f.paper else None,
        "item": f.parcel.item if f.parcel else None,
        "dossier": (d.code or d.reference) if d else None,
        "opened_at": f.opened_at,
        "due_at": f.due_at,
        "liable_on": f.liable_on,
        "charge_paid": f.charge_paid,
        "compensation": f.compensation,
        "pay_by": f.pay_by,
        "paid_at": f.paid_at,
        "help": f.help_note or None,
        "outcome": f.outcome or None,
        "outcome_note": f.outcome_note or None,
        "ended_at": f.ended_at,
    }


def manifest_shape(
    m: Manifest, lines: list[Line], discrepancies: list[Discrepancy], others: dict[Any, list[str]]
) -> dict[str, Any]:
    return {
        "number": m.number,
        "state": m.state,
        "version": m.seq,
        "giver": m.giver_id,
        "taker": m.taker_id,
        "seal": m.seal,
        "seal_intact": m.seal_intact,
        "opened_at": m.opened_at,
        "sealed_at": m.sealed_at,
        "closed_at": m.closed_at,
        "lines": [
            {
                "id": line.pk,
                "place": line.place,
                "sticker": line.paper.sticker,
                "name": line.paper.name,
                "dossier": line.paper.dossier.code or line.paper.dossier.reference,
                "finding": line.finding or None,
                "note": line.note,
                "found_at": line.found_at,
                "found_by": line.found_by.name if line.found_by else None,
                "holder": line.paper.holder,
                "offered_to": line.paper.offered_to or None,
                "also_on": others.get(line.paper_id, []),
            }
            for line in lines
        ],
        "discrepancies": [discrepancy_shape(found) for found in discrepancies],
    }


def procedure_shape(version: Version, law: Pack) -> dict[str, Any]:
    """A procedure as its reader needs it."""
    return {
        "code": version.code,
        "name": version.name,
        "field": version.field,
        "level": version.level,
        "online": version.online,
        "post": version.post,
        "valid_from": version.valid_from,
        "source": version.source,
        "confidence": version.confidence,
        "allowance": {
            "kind": version.term_for("counter").kind,
            "amount": str(version.term_for("counter").amount),
        },
        "papers": [
            {
                "key": p.key,
                "name": p.name,
                "original": p.original,
                "copies": p.copies,
                "required": p.required,
                "when": p.when,
                "return_original": p.return_original,
                "exchange": p.exchange,
            }
            for p in version.papers
        ],
        "fees": [
            {
                "key": f.key,
                "name": f.name,
                "amount": f.amount,
                "per": f.per,
                "optional": f.optional,
                "source": f.source,
            }
            for f in version.fees
        ],
        "steps": [{"key": s.key, "name": s.name, "role": s.role, "hours": s.hours} for s in version.steps],
        "result": {"name": version.result.name, "kind": version.result.kind, "paper": version.result.paper},
        "form": [
            {
                "key": q.key,
                "label": q.label,
                "type": q.type,
                "required": q.required,
                "choices": list(q.choices),
            }
            for q in version.form
        ],
    }
