"""A postman's day, whole: what his phone must know to work without a signal. A few queries whatever its length."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.custody.models import Paper, Parcel, Pickup
from motcua.journal.models import Entry
from motcua.law.model import Pack
from motcua.looks.errands import Round
from motcua.money.models import Charge
from motcua.people.holders import person
from motcua.people.rules import Actor

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tour:
    """Stops in the order of the errands; `order` in each says which comes when."""

    parcels: list[Shape]
    pickups: list[Shape]


def tour_of(actor: Actor, errands: Round, law: Pack, today: date) -> Tour:
    """The stops of today in the order they are best visited, each with everything that is asked at its door."""
    papers, charges = _papers_of(actor, errands.parcels), _charges_of([p.dossier_id for p in errands.parcels])
    parcels = [
        {**parcel_stop(p, law, today), "papers": papers[p.dossier_id], "charges": charges[p.dossier_id]}
        for p in errands.parcels
    ]
    pickups = [pickup_stop(p, law, today) for p in errands.pickups]
    for order, stop in enumerate(sorted([*parcels, *pickups], key=_by_order), start=1):
        stop["order"] = order
    return Tour(parcels, pickups)


def _by_order(stop: Shape) -> tuple[Any, ...]:
    """As the dispatcher ordered them; where nobody did: what has a window first, then commune by commune."""
    by_place = (not stop["window"], stop["window"], stop["unit_code"], stop["address"], stop["id"])
    return (stop["stop_order"] or 9999, *by_place)


def parcel_stop(parcel: Parcel, law: Pack, today: date) -> Shape:
    """The door an item goes to."""
    d = parcel.dossier
    to, unit_code = d.delivery, d.delivery.get("unit_code", "")
    version = law.procedure(d.procedure, d.version_on)
    return {
        "id": f"parcel:{parcel.item}",
        "item": parcel.item,
        "state": parcel.state,
        "dossier": str(d),
        "reference": d.reference,
        "procedure": version.name,
        "name": to.get("name") or d.applicant.name,
        "address": address_of(to.get("address") or d.applicant.address, unit_code, law),
        "unit_code": unit_code,
        "unit": unit_name(unit_code, law),
        "phone": to.get("phone") or d.applicant.phone,
        "window": getattr(parcel, "window", ""),
        "stop_order": getattr(parcel, "stop_order", None),
        "note": to.get("note", ""),
        "day": parcel.due_on,
        "late": bool(parcel.due_on and parcel.due_on < today),
        "attempts": parcel.attempts,
        "last_reason": parcel.last_reason,
        "exchange": [{"component": p.key, "name": p.name} for p in version.papers if p.exchange],
    }


def pickup_stop(pickup: Pickup, law: Pack, today: date) -> Shape:
    """The home whose papers are to be fetched, with the procedure's list to count against."""
    d = pickup.dossier
    version = law.procedure(d.procedure, d.version_on)
    return {
        "id": f"pickup:{pickup.pk}",
        "pickup": str(pickup.pk),
        "state": pickup.state,
        "dossier": str(d),
        "reference": d.reference,
        "procedure": version.name,
        "name": d.applicant.name,
        "address": address_of(pickup.address, pickup.unit_code, law),
        "unit_code": pickup.unit_code,
        "unit": unit_name(pickup.unit_code, law),
        "phone": pickup.phone or d.applicant.phone,
        "window": pickup.window,
        "stop_order": getattr(pickup, "stop_order", None),
        "note": pickup.note,
        "day": pickup.wanted_on,
        "late": pickup.wanted_on < today,
        "attempts": pickup.attempts,
        "last_reason": pickup.last_reason,
        "papers": [
            {
                "component": p.key,
                "name": p.name,
                "original": p.original,
                "copies": p.copies,
                "required": p.required,
                "when": p.when,
                "return_original": p.return_original,
            }
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
    """When something was last recorded of the stop that is meant: nothing done there later can have been before."""
    names = [payload["item"]] if payload.get("item") else payload.get("items") or []
    rows = list(Parcel.objects.filter(item__in=names, postman=actor.id).values_list("dossier_id", "id"))
    if payload.get("pickup"):
        rows += Pickup.objects.filter(pk=payload["pickup"], postman=actor.id).values_list("dossier_id", "id")
    if not rows:
        return None
    told = Entry.objects.filter(chain_id__in=[r[0] for r in rows], subject_id__in=[r[1] for r in rows])
    return told.order_by("-happened_at").values_list("happened_at", flat=True).first()


def _papers_of(actor: Actor, parcels: Iterable[Parcel]) -> dict[UUID, list[Shape]]:
    """What goes into the recipient's hands, by dossier."""
    found: dict[UUID, list[Shape]] = defaultdict(list)
    ids = {p.dossier_id: p.office_id for p in parcels}
    mine = str(person(actor.id))
    rows = Paper.objects.filter(dossier__in=ids, to_return=True).order_by("sticker")
    for p in rows:
        if p.holder in {mine, f"office:{ids[p.dossier_id]}"}:
            found[p.dossier_id].append({"sticker": p.sticker, "name": p.name, "kind": p.kind, "quantity": p.quantity})
    return found


def _charges_of(dossier_ids: Iterable[UUID]) -> dict[UUID, list[Shape]]:
    """What is still to be paid, line by line: the state's purse and the post's apart."""
    found: dict[UUID, list[Shape]] = defaultdict(list)
    rows = Charge.objects.filter(dossier__in=list(dossier_ids), payment=None, cancelled_at=None).order_by("id")
    for c in rows:
        found[c.dossier_id].append({"purse": c.purse, "label": c.label, "amount": c.amount})
    return found
