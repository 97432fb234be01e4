"""A postman's stops, whole: what his phone must know to work a day without a signal. Two more queries, however many."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.custody.models import Paper, Parcel, Pickup
from motcua.journal.models import Entry
from motcua.law.model import Pack
from motcua.looks.errands import Due, Round
from motcua.looks.rounds import in_order
from motcua.money.models import Charge
from motcua.people.rules import Actor

Shape = dict[str, Any]


def stops_of(errands: Round, law: Pack, today: date) -> list[Shape]:
    """Every stop in the order it is best visited, with everything that is asked at its door."""
    parcels = [*errands.parcels, *errands.waiting, *errands.tried]
    ids = [p.dossier_id for p in parcels]
    papers, charges = _papers_of(ids), _charges_of(ids)
    stops: list[Shape] = []
    both: list[Any] = [*parcels, *errands.pickups]
    for order, errand in enumerate(in_order(both), start=1):
        if isinstance(errand, Pickup):
            stop = pickup_stop(errand, law, today)
        else:
            due, lines = errands.due_on(errand.dossier_id), charges[errand.dossier_id]
            stop = {**parcel_stop(errand, papers[errand.dossier_id], due, law, today), "charges": lines}
        stops.append({**stop, "order": order})
    return stops


def parcel_stop(parcel: Parcel, papers: list[Paper], due: Due, law: Pack, today: date) -> Shape:
    """The door an item goes to: what is given there, what is taken, and which old papers are to be had back."""
    d = parcel.dossier
    to, unit_code = d.delivery, d.delivery.get("unit_code", "")
    version = law.procedure(d.procedure, d.version_on)
    had = {p.component for p in papers if p.kind == "original"}
    old = [p for p in version.papers if p.exchange and p.key not in had]
    return {
        "id": f"parcel:{parcel.item}",
        "item": parcel.item,
        "outside": parcel.outside,
        "dossier": str(d),
        "reference": d.reference,
        "procedure": version.name,
        "name": to.get("name") or d.applicant.name,
        "address": address_of(to.get("address") or d.applicant.address, unit_code, law),
        "unit": unit_name(unit_code, law),
        "phone": to.get("phone") or d.applicant.phone,
        "to": to,
        "window": "",
        "note": to.get("note", ""),
        "day": parcel.due_on,
        "late": bool(parcel.due_on and parcel.due_on < today),
        "due": {"state": due.state, "post": due.post},
        "papers": [
            {"sticker": p.sticker, "name": p.name, "kind": p.kind, "quantity": p.quantity}
            for p in papers
            if p.to_return and p.holder != "applicant"
        ],
        "exchange": [
            {"component": p.key, "name": p.name, "must": p.required and not p.when, "when": p.when} for p in old
        ],
    }


def pickup_stop(pickup: Pickup, law: Pack, today: date) -> Shape:
    """The home whose papers are to be fetched, with the procedure's list to count against."""
    d = pickup.dossier
    version = law.procedure(d.procedure, d.version_on)
    return {
        "id": f"pickup:{pickup.pk}",
        "pickup": str(pickup.pk),
        "dossier": str(d),
        "reference": d.reference,
        "procedure": version.name,
        "name": d.applicant.name,
        "address": address_of(pickup.address, pickup.unit_code, law),
        "unit": unit_name(pickup.unit_code, law),
        "phone": pickup.phone or d.applicant.phone,
        "window": pickup.window,
        "note": pickup.note,
        "day": pickup.wanted_on,
        "late": pickup.wanted_on < today,
        "papers": [
            {"component": p.key, "name": p.name, "original": p.original, "copies": p.copies, "when": p.when}
            for p in version.papers
        ],
    }


def unit_name(unit_code: str, law: Pack) -> str:
    return law.unit(unit_code).name if unit_code in law.unit_lines else ""


def address_of(address: str, unit_code: str, law: Pack) -> str:
    """Street and commune as a postman reads them."""
    unit = unit_name(unit_code, law)
    return address if unit in address else f"{address}, {unit}"


def last_told(actor: Actor, payload: Shape) -> datetime | None:
    """When something was last recorded of the stop that is meant: what is told of it later cannot have been before."""
    errand: Parcel | Pickup | None = None
    if payload.get("item"):
        errand = Parcel.objects.filter(item=payload["item"], postman=actor.id).first()
    elif payload.get("pickup"):
        errand = Pickup.objects.filter(pk=payload["pickup"], postman=actor.id).first()
    if errand is None:
        return None
    told = Entry.objects.filter(chain_id=errand.dossier_id, subject_id=errand.pk).order_by("-seq")
    return told.values_list("happened_at", flat=True).first()


def _papers_of(dossier_ids: Iterable[UUID]) -> dict[UUID, list[Paper]]:
    found: dict[UUID, list[Paper]] = defaultdict(list)
    for paper in Paper.objects.filter(dossier__in=list(dossier_ids)).order_by("sticker"):
        found[paper.dossier_id].append(paper)
    return found


def _charges_of(dossier_ids: Iterable[UUID]) -> dict[UUID, list[Shape]]:
    """What is still to be paid, line by line: the state's purse and the post's apart."""
    found: dict[UUID, list[Shape]] = defaultdict(list)
    rows = Charge.objects.filter(dossier__in=list(dossier_ids), payment=None, cancelled_at=None).order_by("id")
    for c in rows:
        found[c.dossier_id].append({"purse": c.purse, "label": c.label, "amount": c.amount})
    return found
