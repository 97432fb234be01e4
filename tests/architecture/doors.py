"""Who may open which address. An address that is not in this table fails the sweep: say who may open it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from motcua.acts.casework import inputs_of
from motcua.custody.discrepancies import DISCREPANCY
from motcua.custody.lifecycle import GIVERS, MANIFEST, PARCEL, PICKUP, TAKERS
from motcua.dossiers.lifecycle import COUNTERS, DOSSIER
from motcua.people.rules import AGENCY, Role
from motcua.web.round.lists import LISTS
from tests import make

R = Role
ANYONE = None
EVERYBODY = frozenset(Role)
CITIZEN = frozenset({R.CITIZEN})
POSTMAN = frozenset({R.POSTMAN})
DISPATCHER = frozenset({R.DISPATCHER})
POST_OFFICE = frozenset({R.DISPATCHER, R.CLERK_POSTAL})
PROVINCE = frozenset({R.PROVINCE})
ADMIN = frozenset({R.ADMIN})
RETURN_DESKS = frozenset({R.CITIZEN, R.RECEIVER, R.CLERK_CIVIL, R.CLERK_POSTAL, R.DISPATCHER})
READERS = AGENCY | {R.PROVINCE}
HANDLERS = GIVERS | TAKERS
KINDS = (
    "receipt",
    "guidance",
    "postal_slip",
    "money_receipt",
    "control_slip",
    "parcel_label",
    "stickers",
    "supplement",
)
STEPS = ("nguoi-nop", "noi-dung", "giay-to", "nhan-ket-qua")
BAG_ACTS = {
    "them": "add", "bo": "remove", "niem-phong": "seal", "huy": "cancel", "nhan": "scan", "kiem": "examine",
    "thua": "add_over", "gac": "park", "xong": "close", "doi-noi": "readdress",
}  # fmt: skip
ITEM_ACTS = ("collect", "hold", "withdraw", "bring_back", "send_back", "lose", "damage")


@dataclass(frozen=True)
class Door:
    """`who`: the roles the face is for (None: anyone, logged in or not). `of`: the kind of object behind the address.

    `owners`: the roles one must have on that object; `keys`: what else the address needs, each of its values;
    `named`: the action the address stands for, by what stands in the address; `action`: or always the same one.
    """

    who: frozenset[Role] | None
    of: str = ""
    owners: frozenset[Role] = EVERYBODY
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    named: dict[str, str] | None = None
    action: str = ""
    query: dict[str, str] = field(default_factory=dict)


SAME = {a: a for a in DOSSIER.actions}
DOSSIER_ACTS = {"keys": {"action": DOSSIER.actions}, "named": SAME}
POSTMEN = {"username": ("minh", "xa-minh", "nobody-of-this-name")}
PERSON = {"username": ("lan", "nobody-of-this-name")}
PROCEDURE = {"code": (make.THREE_DAYS, "9.999999")}

PAGES: dict[str, Door] = {
    # what anyone may open
    "healthz": Door(ANYONE),
    "metrics": Door(ANYONE),
    "dang-nhap": Door(ANYONE),
    "dang-xuat": Door(ANYONE),
    "ngon-ngu": Door(ANYONE),
    "kieu-dang": Door(ANYONE),
    "": Door(ANYONE),
    "thu-tuc": Door(ANYONE),
    "thu-tuc/<str:code>": Door(ANYONE, keys=PROCEDURE),
    "tra-cuu": Door(ANYONE),
    # citizens
    "nop/<str:code>": Door(CITIZEN, keys=PROCEDURE),
    "nop/<uuid:draft_id>": Door(CITIZEN, "draft"),
    "nop/<uuid:draft_id>/xoa": Door(CITIZEN, "draft"),
    "nop/<uuid:draft_id>/kiem-tra": Door(CITIZEN, "draft"),
    "nop/<uuid:draft_id>/<slug:step>": Door(CITIZEN, "draft", keys={"step": STEPS}),
    "ho-so-cua-toi": Door(CITIZEN),
    "ho-so/<str:reference>": Door(CITIZEN, "dossier", CITIZEN),
    "ho-so/<str:reference>/bo-sung": Door(CITIZEN, "dossier", CITIZEN),
    "ho-so/<str:reference>/mo-so": Door(CITIZEN, "dossier", CITIZEN),
    "ho-so/<str:reference>/huy-hen/<uuid:pickup_id>": Door(CITIZEN, "pickup", CITIZEN, action="cancel"),
    "ho-so/<str:reference>/doi-hen/<uuid:pickup_id>": Door(CITIZEN, "pickup", CITIZEN, action="move"),
    "ho-so/<str:reference>/nhan-tai-quay": Door(CITIZEN, "dossier", CITIZEN),
    "ho-so/<str:reference>/viec/<slug:action>": Door(CITIZEN, "dossier", CITIZEN, **DOSSIER_ACTS),
    # whoever has a role on the dossier
    "ho-so/<str:reference>/tep/<uuid:file_id>": Door(EVERYBODY, "file"),
    "ho-so/<str:reference>/giay/<slug:kind>.pdf": Door(EVERYBODY, "dossier", keys={"kind": KINDS}),
    "bang-ke/<str:number>.pdf": Door(EVERYBODY, "manifest"),
    "giay-to/<str:sticker>.pdf": Door(EVERYBODY, "paper"),
    "giay-to/<str:sticker>": Door(EVERYBODY, "paper"),
    # counters
    "quay": Door(COUNTERS),
    "quay/noi": Door(COUNTERS),
    "quay/quet": Door(COUNTERS),
    "quay/cho": Door(COUNTERS),
    "quay/da-nhan": Door(COUNTERS),
    "quay/tra": Door(COUNTERS),
    "quay/tem": Door(COUNTERS),
    "quay/tem.pdf": Door(COUNTERS),
    "quay/nhan": Door(COUNTERS),
    "quay/nhan/<str:code>": Door(COUNTERS, keys=PROCEDURE),
    "quay/ho-so/<str:reference>": Door(COUNTERS, "dossier"),
    "quay/ho-so/<str:reference>/xong": Door(COUNTERS, "dossier"),
    "quay/ho-so/<str:reference>/viec/<slug:action>": Door(COUNTERS, "dossier", **DOSSIER_ACTS),
    "quay/ho-so/<str:reference>/mo-so": Door(COUNTERS, "dossier"),
    "quay/ho-so/<str:reference>/thu-tien": Door(COUNTERS, "dossier"),
    "quay/ho-so/<str:reference>/tra-giay": Door(COUNTERS, "dossier"),
    "quay/ho-so/<str:reference>/phong-bi": Door(COUNTERS, "dossier"),
    "quay/ho-so/<str:reference>/quet": Door(COUNTERS, "dossier"),
    "quay/ket": Door(COUNTERS),
    "quay/ket/dem": Door(COUNTERS),
    "quay/ket/nhan": Door(COUNTERS),
    "quay/ket/nop": Door(COUNTERS),
    "quay/ket/xac-nhan": Door(COUNTERS),
    "quay/ket/to-ngay": Door(COUNTERS),
    # agencies
    "viec": Door(AGENCY),
    "viec/tiep": Door(AGENCY),
    "viec/tiep-nhan": Door(frozenset({R.RECEIVER})),
    "viec/phan-cong": Door(frozenset({R.RECEIVER, R.LEADER})),
    "viec/ho-so/<str:reference>": Door(READERS, "dossier"),
    "viec/ho-so/<str:reference>/mo-so": Door(READERS, "dossier"),
    "viec/ho-so/<str:reference>/lam/<slug:action>": Door(READERS, "dossier", **DOSSIER_ACTS),
    # bags
    "chenh-lech": Door(HANDLERS | {R.PROVINCE}),
    "chenh-lech/cho-xu-ly": Door(HANDLERS),
    "chenh-lech/<str:number>": Door(HANDLERS | {R.PROVINCE}, "discrepancy"),
    "chenh-lech/<str:number>/<slug:action>": Door(
        HANDLERS | {R.PROVINCE}, "discrepancy", keys={"action": DISCREPANCY.actions},
        named={a: a for a in DISCREPANCY.actions},
    ),
    "tui": Door(HANDLERS),
    "tui/noi": Door(HANDLERS),
    "tui/moi": Door(HANDLERS),
    "tui/ma-lenh": Door(HANDLERS),
    "tui/<str:number>/quet": Door(HANDLERS, "manifest"),
    "tui/<str:number>": Door(HANDLERS | {R.PROVINCE}, "manifest"),
    "tui/<str:number>/<slug:action>": Door(
        HANDLERS | {R.PROVINCE}, "manifest", keys={"action": tuple(BAG_ACTS)}, named=BAG_ACTS
    ),
    # the post
    "vong": Door(POSTMAN),
    "vong/quet": Door(POSTMAN),
    "vong/nhan-di-phat": Door(POSTMAN),
    "vong/diem.pdf": Door(POSTMAN),
    "vong/tien": Door(POSTMAN),
    "vong/phat/<str:item>": Door(POSTMAN, "parcel", POSTMAN, action="deliver"),
    "vong/phat/<str:item>/chua-duoc": Door(POSTMAN, "parcel", POSTMAN, action="fail"),
    "vong/nhan/<uuid:pickup_id>": Door(POSTMAN, "pickup", POSTMAN, action="collect"),
    "vong/nhan/<uuid:pickup_id>/chua-duoc": Door(POSTMAN, "pickup", POSTMAN, action="fail"),
    "vong/may/": Door(ANYONE),
    "vong/may/chuyen.webmanifest": Door(ANYONE),
    "vong/sw.js": Door(ANYONE),
    "vong/may/toi": Door(POSTMAN),
    "vong/may/dang-ky": Door(POSTMAN),
    "vong/may/mo-khoa": Door(POSTMAN),
    "dieu-phoi": Door(POST_OFFICE),
    "dieu-phoi/dien-thoai": Door(DISPATCHER),
    "dieu-phoi/dien-thoai/<uuid:device_id>/thu-hoi": Door(DISPATCHER, "device", DISPATCHER, action="revoke"),
    "dieu-phoi/lap": Door(POST_OFFICE),
    "dieu-phoi/giao": Door(POST_OFFICE),
    "dieu-phoi/nhan-tai-nha": Door(DISPATCHER),
    "dieu-phoi/nhan-tai-nha/<uuid:pickup_id>": Door(POST_OFFICE, "pickup", POST_OFFICE),
    "dieu-phoi/nhan-tai-nha/<uuid:pickup_id>/doi": Door(DISPATCHER, "pickup", DISPATCHER, action="move"),
    "dieu-phoi/danh-sach/<slug:what>": Door(POST_OFFICE, keys={"what": tuple(LISTS)}),
    "dieu-phoi/mang-ve": Door(POST_OFFICE),
    "dieu-phoi/chuyen/<str:username>": Door(POST_OFFICE, keys=POSTMEN),
    "dieu-phoi/chuyen/<str:username>/diem.pdf": Door(POST_OFFICE, keys=POSTMEN),
    "dieu-phoi/chuyen/<str:username>/thoi-phan": Door(POST_OFFICE, keys=POSTMEN),
    "dieu-phoi/chuyen/<str:username>/nhan-lai": Door(POST_OFFICE, keys=POSTMEN),
    "dieu-phoi/nhan-tai-nha/<uuid:pickup_id>/huy": Door(DISPATCHER, "pickup", DISPATCHER, action="cancel"),
    "dieu-phoi/buu-gui/<str:item>": Door(POST_OFFICE, "parcel", POST_OFFICE),
    "dieu-phoi/buu-gui/<str:item>/<slug:action>": Door(
        POST_OFFICE, "parcel", POST_OFFICE, keys={"action": ITEM_ACTS}, named={a: a for a in ITEM_ACTS},
    ),
    "dieu-phoi/hang": Door(POST_OFFICE),
    "dieu-phoi/hang/<str:number>": Door(POST_OFFICE, "carrier_order", POST_OFFICE),
    "dieu-phoi/hang/<str:number>/<slug:action>": Door(
        POST_OFFICE, "carrier_order", POST_OFFICE, keys={"action": ("ask", "call_off", "take_back", "take_money")},
        named={"take_back": "take_back"},
    ),
    "dieu-phoi/nghi-van/<uuid:doubt_id>": Door(DISPATCHER, "carrier_doubt", DISPATCHER),
    "dieu-phoi/tien": Door(DISPATCHER),
    "dieu-phoi/tien/nhan": Door(DISPATCHER),
    "dieu-phoi/tien/nop": Door(DISPATCHER),
    "dieu-phoi/tien/xac-nhan": Door(DISPATCHER),
    # the province and the administrator
    "dieu-hanh": Door(PROVINCE),
    "dieu-hanh/ho-so": Door(PROVINCE),
    "dieu-hanh/ho-so/<str:reference>": Door(PROVINCE, "dossier"),
    "quan-tri": Door(ADMIN),
    "quan-tri/noi": Door(ADMIN),
    "quan-tri/quy-dinh": Door(ADMIN),
    "quan-tri/viec-nen": Door(ADMIN),
    "quan-tri/so-buu-gui": Door(ADMIN),
    "quan-tri/tai-khoan": Door(ADMIN),
    "quan-tri/tai-khoan/moi": Door(ADMIN),
    "quan-tri/tai-khoan/<str:username>": Door(ADMIN, keys=PERSON),
    "quan-tri/tai-khoan/<str:username>/giao": Door(ADMIN, keys=PERSON),
    "quan-tri/tai-khoan/<str:username>/thoi": Door(ADMIN, keys=PERSON),
    "quan-tri/tai-khoan/<str:username>/mat-khau": Door(ADMIN, keys=PERSON),
}  # fmt: skip

# The API has no faces: everybody with a token may ask; what they get hangs on the object alone.
API: dict[str, Door] = {
    "": Door(ANYONE),
    "openapi.json": Door(ANYONE),
    "docs": Door(ANYONE),
    "procedures": Door(ANYONE),
    "procedures/<code>": Door(ANYONE, keys=PROCEDURE),
    "track/<code>": Door(ANYONE, "track", query={"phone": "0000"}),
    "dossiers": Door(EVERYBODY, query={"q": "Nguyễn Bí Mật"}),
    "uploads": Door(EVERYBODY),
    "dossiers/<code>": Door(EVERYBODY, "dossier"),
    "dossiers/<code>/journal": Door(EVERYBODY, "dossier"),
    "dossiers/<code>/explanation": Door(EVERYBODY, "dossier"),
    "dossiers/<code>/collect": Door(EVERYBODY, "dossier", COUNTERS | {R.DISPATCHER, R.POSTMAN}),
    "dossiers/<code>/counter": Door(EVERYBODY, "dossier", RETURN_DESKS),
    "parcels/bring-in": Door(EVERYBODY),
    "dossiers/<code>/actions/<action>": Door(EVERYBODY, "dossier", **DOSSIER_ACTS),
    "worklist": Door(EVERYBODY),
    "manifests": Door(EVERYBODY, query={"place": "ubnd-thanh-sen"}),
    "papers/<paper>": Door(EVERYBODY, "paper"),
    "dossiers/<code>/envelopes": Door(EVERYBODY, "dossier"),
    "discrepancies": Door(EVERYBODY),
    "discrepancies/<number>": Door(EVERYBODY, "discrepancy"),
    "discrepancies/<number>/actions/<action>": Door(
        EVERYBODY, "discrepancy", keys={"action": DISCREPANCY.actions}, named={a: a for a in DISCREPANCY.actions}
    ),
    "manifests/<number>": Door(EVERYBODY, "manifest"),
    "manifests/<number>/actions/<action>": Door(
        EVERYBODY, "manifest", keys={"action": (*MANIFEST.actions, "scan")},
        named={a: a for a in (*MANIFEST.actions, "scan")},
    ),
    "parcels": Door(EVERYBODY, query={"place": "buu-cuc-thanh-sen"}),
    "parcels/<item>/actions/<action>": Door(
        EVERYBODY, "parcel", keys={"action": PARCEL.actions}, named={a: a for a in PARCEL.actions}
    ),
    "pickups/<pickup>/actions/<action>": Door(
        EVERYBODY, "pickup", keys={"action": PICKUP.actions}, named={a: a for a in PICKUP.actions}
    ),
    "carriers/<carrier>/events": Door(ANYONE, keys={"carrier": ("vnpost", "khong-co")}),
    "carrier-orders": Door(EVERYBODY, query={"place": "buu-cuc-thanh-sen"}),
    "carrier-orders/<number>": Door(EVERYBODY, "carrier_order", POST_OFFICE),
    "carrier-orders/<number>/actions/<action>": Door(
        EVERYBODY, "carrier_order", POST_OFFICE, keys={"action": ("ask", "call_off", "take_back", "take_money")},
        named={"take_back": "take_back"},
    ),
    "carrier-doubts/<doubt>/settle": Door(EVERYBODY, "carrier_doubt", DISPATCHER),
    "round": Door(EVERYBODY),
    "sync": Door(EVERYBODY),
    "till": Door(EVERYBODY, query={"place": "bd-thanh-sen"}),
    "till/count": Door(EVERYBODY),
    "shifts/<shift>/take": Door(EVERYBODY, "shift"),
    "remittances": Door(EVERYBODY),
    "remittances/<number>/confirm": Door(EVERYBODY, "remittance"),
    "report": Door(EVERYBODY, query={"agency": "ubnd-thanh-sen"}),
}  # fmt: skip

DOORS = {**PAGES, **{f"api/v1/{path}": door for path, door in API.items()}}

_VALUES: dict[str, Callable[[Any], Any]] = {
    "text": lambda item: "lời",
    "longtext": lambda item: "lời",
    "lines": lambda item: "một mục",
    "date": lambda item: "2026-08-03",
    "datetime": lambda item: "2026-08-03T10:00",
    "choice": lambda item: item.choices[0][0],
    "flag": lambda item: "on",
    "number": lambda item: "1",
    "account": lambda item: "son",
}


def readable_input(action: str) -> dict[str, Any]:
    """What an action asks for, filled in well: so that only rights and state can refuse it."""
    return {item.name: _VALUES[item.kind](item) for item in inputs_of(action) if item.kind in _VALUES}
