"""What the API takes in. Shapes only: rules live with the acts."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

Short = Annotated[str, Field(max_length=500)]
Long = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(max_length=1000)]


class In(Schema):
    model_config = ConfigDict(extra="forbid")


class PersonIn(In):
    """Who asks. `phone` is how they are told; `unit_code` is the commune in force today."""

    name: Name
    kind: Literal["citizen", "business"] = "citizen"
    id_number: Short = ""
    tax_code: Short = ""
    born_on: date | None = None
    sex: Literal["", "male", "female"] = ""
    phone: Short = ""
    email: Short = ""
    address: Short = ""
    unit_code: Short = ""
    proxy_name: Short = ""


class DeliveryIn(In):
    name: Short = ""
    phone: Short = ""
    address: Short = ""
    unit_code: Short = ""


class PaperIn(In):
    """One counted component; `component` is its key in the procedure, or "other"."""

    component: Annotated[str, Field(max_length=60)]
    kind: Literal["original", "certified", "copy", "photo"] = "original"
    quantity: Annotated[int, Field(ge=0, le=999)] = 1
    pages: Annotated[int, Field(ge=1, le=9999)] = 1
    condition: Annotated[str, Field(max_length=200)] = ""


class DocumentIn(In):
    """A file that was sent to `POST uploads` before; `sha256` names it."""

    component: Annotated[str, Field(max_length=60)] = ""
    title: Annotated[str, Field(max_length=250)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class DossierIn(In):
    """A new dossier. A citizen files it; a clerk receives it at `place`."""

    procedure: Short
    person: PersonIn
    form: dict[str, Any] = {}
    papers: Annotated[list[PaperIn], Field(max_length=200)] = []
    documents: Annotated[list[DocumentIn], Field(max_length=100)] = []
    place: Short = ""
    return_by: Literal["post", "counter", "electronic"] = "post"
    delivery: DeliveryIn = DeliveryIn()
    pay: Literal["reception", "door"] = "reception"
    fees: list[Short] = []
    quantities: dict[str, Annotated[int, Field(ge=1, le=1000)]] = {}
    fee_exemption: Short = ""
    postage_exemption: Short = ""
    exemption_proof: Annotated[str, Field(max_length=250)] = ""
    grams: Annotated[int, Field(ge=1, le=30000)] = 100
    incomplete: Annotated[list[Short], Field(max_length=50)] = []
    note: Short = ""
    pickup_on: date | None = None
    pickup_window: Annotated[str, Field(max_length=20)] = ""


class ActionIn(In):
    """One action on a dossier. `version` = the version you saw; older ones are refused as stale."""

    version: int | None = None
    data: dict[str, Any] = {}


class ManifestIn(In):
    giver: Short
    taker: Short
    papers: Annotated[list[Short], Field(max_length=500)] = []


class ManifestActionIn(In):
    """Fields by action: add/scan/add_over `code`; remove/examine `lines`; seal `seal`, `carrier`;
    examine `finding`, `note`; park `reason`; close `seal_intact`."""

    code: Short = ""
    lines: list[UUID] = []
    seal: Short = ""
    carrier: Short = ""
    finding: Short = ""
    note: Short = ""
    reason: Short = ""
    seal_intact: bool | None = None


class DiscrepancyActionIn(In):
    """`note` always; besides it, by action: hand_to `office`; end `outcome` (found, returned, replaced, written_off)
    and, where something was found, `at` (the code of the office that has it); find `at`."""

    note: Short = ""
    office: Short = ""
    outcome: Short = ""
    at: Short = ""


class EncloseIn(In):
    """`papers` are stickers; none means all papers of the dossier that lie here."""

    papers: Annotated[list[Short], Field(max_length=200)] = []


class ParcelsIn(In):
    """`outside`: numbers of another carrier, by dossier as written in `dossiers`."""

    place: Short
    dossiers: Annotated[list[Short], Field(max_length=200)]
    outside: dict[str, Annotated[str, Field(max_length=60)]] = {}


class ProofIn(In):
    """A file that proves a delivery, sent to `POST uploads` before."""

    kind: Literal["signature", "photo"]
    title: Annotated[str, Field(max_length=250)] = ""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ParcelActionIn(In):
    """Fields by action: dispatch `postman`; deliver/collect `recipient`, `relation`, `id_checked`, `id_last4`, and one
    of `signed`, `code`, `proofs`, then `exchanged`, `collect`, `note`; fail `reason`, `note`; hold `asked`;
    send_back/lose/damage `reason`; number `outside`. take_out, withdraw and bring_back need none."""

    postman: Short = ""
    recipient: Short = ""
    relation: Short = ""
    id_checked: bool = False
    id_last4: Annotated[str, Field(max_length=4)] = ""
    code: Annotated[str, Field(max_length=12)] = ""
    signed: bool = False
    proofs: Annotated[list[ProofIn], Field(max_length=6)] = []
    exchanged: Annotated[list[PaperIn], Field(max_length=20)] = []
    collect: bool = False
    asked: bool = False
    reason: Short = ""
    note: Short = ""
    outside: Annotated[str, Field(max_length=60)] = ""


class PickupActionIn(In):
    """Fields by action: assign `postman`; collect `papers`; fail `reason`; move `wanted_on`, `window`."""

    postman: Short = ""
    papers: Annotated[list[PaperIn], Field(max_length=200)] = []
    reason: Short = ""
    wanted_on: date | None = None
    window: Annotated[str, Field(max_length=20)] = ""


class BringInIn(In):
    """Old papers that postmen of your post office carry, by sticker."""

    place: Short
    stickers: Annotated[list[Short], Field(max_length=200)]


class CarrierActionIn(In):
    """Fields by action: take_back `condition`."""

    condition: Annotated[str, Field(max_length=200)] = ""


class DoubtIn(In):
    decision: Literal["ignore", "believe"]
    note: Short = ""


class CountIn(In):
    state: Annotated[int, Field(ge=0)]
    post: Annotated[int, Field(ge=0)]
    note: Short = ""


class RemitIn(In):
    giver: Short
    taker: Short
    purse: Literal["state", "post"]


class Problem(Schema):
    code: str
    message: str
    field: str | None = None


class Problems(Schema):
    """Why it was not done; nothing has changed."""

    problems: list[Problem]
