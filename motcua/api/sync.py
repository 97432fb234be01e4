"""The postman's phone: the whole day in one answer, and what was done on the road, in order, one by one."""

from base64 import b64decode
from binascii import Error as NotBase64
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from pydantic import AwareDatetime, Field, ValidationError

from motcua.acts.casework import RELATIONS
from motcua.acts.homeward import FAILURES
from motcua.acts.inputs import Invalid
from motcua.acts.offline import DEEDS, Deed, Outcome, carry_out
from motcua.acts.uploads import check_and_store
from motcua.api.app import actor_of, answer, api, problems_of, shape_problems
from motcua.api.auth import Phone, Token
from motcua.api.schemas import In, PaperIn, Problems, Short
from motcua.api.shapes import parcel_shape, pickup_shape
from motcua.config import clock
from motcua.custody.models import PaperKind
from motcua.kernel.problems import Problem
from motcua.looks.access import local_day
from motcua.looks.errands import round_of
from motcua.looks.stops import stops_of
from motcua.people.actions import see_device
from motcua.procedures.queries import current_law

_REFUSALS = {401: Problems, 422: Problems}
_AUTH = [Phone(), Token()]
_PROOF_BYTES, _PROOFS = 1_000_000, 4


class ProofIn(In):
    """A signature drawn on the phone, or a photo; `data` is base64."""

    kind: Literal["signature", "photo"]
    mime: Literal["image/png", "image/jpeg"]
    data: Annotated[str, Field(max_length=_PROOF_BYTES * 4 // 3 + 4)]


Proofs = Annotated[list[ProofIn], Field(max_length=_PROOFS)]


class DeliverIn(In):
    item: Short
    recipient: Annotated[str, Field(max_length=250)] = ""
    relation: Short = ""
    id_checked: bool = False
    id_last4: Annotated[str, Field(pattern="^([0-9]{4})?$")] = ""
    signed: bool = False
    collect: bool = False
    code: Annotated[str, Field(max_length=12)] = ""
    note: Short = ""
    exchanged: Annotated[list[PaperIn], Field(max_length=20)] = []
    proofs: Proofs = []


class TakeOutIn(In):
    item: Short


class FailIn(In):
    item: Short
    reason: Short
    note: Short = ""


class CollectIn(In):
    pickup: UUID
    papers: Annotated[list[PaperIn], Field(max_length=200)] = []
    proofs: Proofs = []


class FailPickupIn(In):
    pickup: UUID
    reason: Short
    note: Short = ""


class DropIn(In):
    dropped: UUID
    what: Short = ""
    about: Short = ""
    codes: Short = ""
    done_at: Short = ""
    note: Short = ""


_SHAPES: dict[str, type[In]] = {
    "round.take_out": TakeOutIn,
    "parcel.deliver": DeliverIn,
    "parcel.fail": FailIn,
    "pickup.collect": CollectIn,
    "pickup.fail": FailPickupIn,
    "work.drop": DropIn,
}
assert _SHAPES.keys() == DEEDS.keys()


class CommandIn(In):
    """One thing done: `at` by the phone's own clock, `offset_ms` how far that stood behind the server's."""

    key: UUID
    name: Short
    at: AwareDatetime
    offset_ms: Annotated[int, Field(ge=-(10**11), le=10**11)] = 0
    payload: dict[str, Any] = {}


class SyncIn(In):
    """`sent_at`: what the phone's clock shows now."""

    sent_at: AwareDatetime
    commands: Annotated[list[CommandIn], Field(max_length=100)] = []


@api.get("round", response={200: dict[str, Any], **_REFUSALS}, auth=_AUTH)
def read_round(request: HttpRequest) -> HttpResponse:
    """A postman's errands of the day, each with its place in the `order` and all that is asked at its door, the two
    purses apart: `parcels` he is out with, `waiting` ones he is offered, `tried` ones he could not hand over."""
    actor, now = actor_of(request), clock.now()
    errands, today = round_of(actor), local_day(now)
    stops = {stop["id"]: stop for stop in stops_of(errands, current_law(), today)}
    return answer(
        {
            "now": now.isoformat(),
            "day": today,
            "postman": actor.name,
            "parcels": [{**parcel_shape(p), **stops[f"parcel:{p.item}"]} for p in errands.parcels],
            "waiting": [{**parcel_shape(p), **stops[f"parcel:{p.item}"]} for p in errands.waiting],
            "tried": [{**parcel_shape(p), **stops[f"parcel:{p.item}"]} for p in errands.tried],
            "pickups": [{**pickup_shape(p), **stops[f"pickup:{p.pk}"]} for p in errands.pickups],
            "relations": [{"value": value, "label": label} for value, label in RELATIONS],
            "reasons": [{"value": value, "label": label} for value, label in FAILURES],
            "kinds": [{"value": k.value, "label": k.label} for k in PaperKind if k is not PaperKind.RESULT],
        }
    )


@api.post("sync", response={200: dict[str, Any], **_REFUSALS}, auth=_AUTH)
def sync(request: HttpRequest, body: SyncIn) -> HttpResponse:
    """What a phone has done, answered one by one in the order sent: done, already (the first answer again), refused
    with why, later (send it again). Each is a transaction of its own, and sending again is always harmless."""
    now = clock.now()
    device = getattr(request, "device", None)
    if device is not None:
        see_device(device.pk, now, _ms(now - body.sent_at))
    answers = [
        {"key": str(c.key), "name": c.name, **_shape(_carry(request, c, device.pk if device else None, now))}
        for c in body.commands
    ]
    return answer({"now": now.isoformat(), "answers": answers})


def _carry(request: HttpRequest, c: CommandIn, device: UUID | None, now: datetime) -> Outcome:
    """One command; whatever goes wrong with it stays with it, so that the rest of the queue is not held up."""
    try:
        payload = _read(c, now)
        deed = Deed(c.key, c.name, c.at, timedelta(milliseconds=c.offset_ms), payload)
        return carry_out(deed, actor_of(request), device, now)
    except Invalid as invalid:
        return Outcome("refused", problems=invalid.problems)
    except Exception:  # noqa: BLE001 - whatever one command meets, the rest of the queue goes on
        structlog.get_logger("motcua.api").exception("unexpected", command=c.name, key=str(c.key))
        words = "Hệ thống gặp lỗi với việc này. Máy sẽ tự gửi lại; việc vẫn còn trong máy."
        return Outcome("later", problems=(Problem("server.broken", words),))


def _read(c: CommandIn, now: datetime) -> dict[str, Any]:
    """The payload in its shape, its pictures checked and kept and now named by their digest."""
    if c.name not in _SHAPES:
        return c.payload
    try:
        given = _SHAPES[c.name].model_validate(c.payload)
    except ValidationError as error:
        raise Invalid(shape_problems(error.errors())) from None
    payload = given.model_dump(mode="json", exclude={"proofs"})
    for name in payload.keys() & {"papers", "exchanged"}:
        payload[name] = [row for row in payload[name] if row["quantity"]]
    proofs = getattr(given, "proofs", [])
    about = payload.get("item") or payload.get("pickup", "")
    return {**payload, "proofs": [_kept(p, f"{about}-{n}", now) for n, p in enumerate(proofs, 1)]}


def _kept(proof: ProofIn, about: str, now: datetime) -> dict[str, Any]:
    try:
        content = b64decode(proof.data, validate=True)
    except (NotBase64, ValueError):
        problem = Problem("sync.no_picture", "Ảnh gửi kèm không đọc được. Hãy chụp lại.", field="proofs")
        raise Invalid([problem]) from None
    ending = "png" if proof.mime == "image/png" else "jpg"
    kept = check_and_store(f"{proof.kind}-{about}.{ending}", proof.mime, content, now)
    return {"kind": proof.kind, **kept.columns}


def _shape(outcome: Outcome) -> dict[str, Any]:
    shape: dict[str, Any] = {"outcome": outcome.outcome}
    if outcome.happened_at:
        shape["happened_at"] = outcome.happened_at
    if outcome.answer:
        shape["answer"] = outcome.answer
    if outcome.problems:
        shape["problems"] = problems_of(outcome.problems)
    return shape


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
