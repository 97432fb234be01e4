"""A small province in which everything exists once: the objects behind the doors, and an oracle of who has rights
on them that reads the tables of the machines and not the code that guards the doors."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import override_settings

from motcua.acts import drafts, handover, homeward, phones, till
from motcua.acts.carrier_news import look_at_news
from motcua.carriers.actions import keep_heard
from motcua.carriers.lifecycle import ORDER
from motcua.carriers.models import CarrierDoubt, CarrierOrder
from motcua.carriers.vnpost.words import read_event
from motcua.custody.discrepancies import DISCREPANCY
from motcua.custody.lifecycle import GIVERS, MANIFEST, PARCEL, PICKUP, TAKERS
from motcua.custody.models import Discrepancy, Manifest, Paper, Parcel, Pickup
from motcua.dossiers.lifecycle import DOSSIER
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.rules import Places, roles_for, roles_on
from motcua.money.models import Remittance, Shift
from motcua.people.rules import AGENCY, Actor, Role
from tests import make
from tests.carriers.world import OFFICE, vnpost_options
from tests.people import account, actor

R = Role
SECRET = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
OFFICE_SIDE = frozenset({R.DISPATCHER, R.CLERK_POSTAL})
TILL = frozenset({R.CLERK_POSTAL, R.CLERK_CIVIL, R.RECEIVER, R.DISPATCHER})


@dataclass(frozen=True)
class Thing:
    """One object behind a door: what addresses it, whose it is, and the words nobody else may read."""

    kind: str
    name: str
    keys: dict[str, str]
    roles: Callable[[Actor], frozenset[Role]]
    secrets: frozenset[str] = frozenset()
    seq: Callable[[], int] = lambda: 0
    # action -> whether an actor may do it in the object's present state, as its table says
    may: Callable[[Actor, str], bool] = lambda actor, action: True
    row: Any = None
    # Roles that may see it although they may do nothing with it.
    seen_by: Callable[[Actor], frozenset[Role]] = field(default=lambda actor: frozenset())


def seq_of(model: Any, key: Any) -> int:
    return int(model.objects.filter(pk=key).values_list("seq", flat=True)[0])


def places_of(d: Dossier) -> Places:
    papers = Paper.objects.filter(dossier=d).values_list("holder", flat=True)
    parcels = Parcel.objects.filter(dossier=d, state__in=["assigned", "out", "failed"]).values_list("postman", flat=True)
    pickups = Pickup.objects.filter(dossier=d, state="assigned").values_list("postman", flat=True)
    return Places(
        state=d.state,
        account=d.account_id,
        agency=d.agency_id,
        reception=d.reception_id,
        accepting=d.accepting_id,
        designated=d.reception_id == d.accepting_id,
        held_at=frozenset(h.removeprefix("office:") for h in papers if h.startswith("office:")),
        postmen=frozenset([*parcels, *pickups]),
    )


def secrets_of(d: Dossier) -> frozenset[str]:
    """What a stranger must never read, in every form it is shown in."""
    a = d.applicant
    found = {a.name, a.phone, a.id_number, d.code, d.reference, d.reference.replace("-", "")}
    return frozenset(word for word in found if word)


def dossier_thing(name: str, d: Dossier) -> Thing:
    places = places_of(d)

    def may(who: Actor, action: str) -> bool:
        roles = roles_for(action, roles_on(who, places), places)
        state = next(s for s in DOSSIER.states if s == d.state)
        return any(row.action == action for row in DOSSIER.allowed(state, roles))

    return Thing(
        "dossier",
        f"{name} dossier",
        {"reference": d.reference, "code": d.code or d.reference},
        lambda who: roles_on(who, places),
        secrets_of(d),
        lambda: seq_of(Dossier, d.pk),
        may,
        d,
    )


def table_may(machine: Any, row: Any, roles: Callable[[Actor, str], frozenset[Role]]) -> Callable[[Actor, str], bool]:
    state = next(s for s in machine.states if s == row.state)
    return lambda who, action: any(t.action == action for t in machine.allowed(state, roles(who, action)))


def manifest_thing(name: str, m: Manifest, dossiers: Iterable[Dossier]) -> Thing:
    giving = {"add", "remove", "seal", "cancel", "readdress"}

    def sides(who: Actor) -> frozenset[Role]:
        return (who.roles_at(m.giver_id) & GIVERS) | (who.roles_at(m.taker_id) & TAKERS)

    def at_the_right_side(who: Actor, action: str) -> frozenset[Role]:
        return who.roles_at(m.giver_id) & GIVERS if action in giving else who.roles_at(m.taker_id) & TAKERS

    by_table = table_may(MANIFEST, m, at_the_right_side)
    return Thing(
        "manifest",
        f"{name} bag",
        {"number": m.number},
        lambda who: sides(who) | (who.roles & {R.PROVINCE}),
        frozenset({m.number}).union(*(secrets_of(d) for d in dossiers)),
        lambda: seq_of(Manifest, m.pk),
        lambda who, action: by_table(who, {"scan": "examine"}.get(action, action)),
        m,
    )


def discrepancy_thing(name: str, found: Discrepancy) -> Thing:
    bag = found.manifest
    assert bag is not None

    def sides(who: Actor, _action: str = "") -> frozenset[Role]:
        places = {found.owner_id, bag.giver_id, bag.taker_id}
        return frozenset(r for place in places for r in who.roles_at(place)) & (GIVERS | TAKERS)

    return Thing(
        "discrepancy",
        f"{name} discrepancy",
        {"number": found.number},
        lambda who: sides(who) | (who.roles & {R.PROVINCE}),
        secrets_of(found.about_dossier) | {found.number} if found.about_dossier else frozenset({found.number}),
        lambda: seq_of(Manifest, bag.pk),
        table_may(DISCREPANCY, found, sides),
        found,
    )


def paper_thing(name: str, p: Paper) -> Thing:
    places = places_of(p.dossier)
    return Thing(
        "paper",
        f"{name} paper",
        {"sticker": p.sticker, "paper": p.sticker},
        lambda who: roles_on(who, places),
        secrets_of(p.dossier) | {p.sticker},
        lambda: seq_of(Dossier, p.dossier_id),
        row=p,
    )


def parcel_thing(name: str, p: Parcel) -> Thing:
    def roles(who: Actor, _action: str = "") -> frozenset[Role]:
        mine = {R.POSTMAN} if who.id == p.postman_id else set()
        return (who.roles_at(p.office_id) & OFFICE_SIDE) | mine

    return Thing(
        "parcel",
        f"{name} item",
        {"item": p.item},
        roles,
        secrets_of(p.dossier) | {p.item},
        lambda: seq_of(Dossier, p.dossier_id),
        table_may(PARCEL, p, roles),
        p,
    )


def pickup_thing(name: str, p: Pickup) -> Thing:
    def roles(who: Actor, _action: str = "") -> frozenset[Role]:
        found = set(who.roles_at(p.office_id) & OFFICE_SIDE)
        found |= {R.POSTMAN} if who.id == p.postman_id else set()
        found |= {R.CITIZEN} if who.id == p.dossier.account_id else set()
        return frozenset(found)

    return Thing(
        "pickup",
        f"{name} pick-up",
        {"pickup": str(p.pk), "pickup_id": str(p.pk), "reference": p.dossier.reference},
        roles,
        secrets_of(p.dossier),
        lambda: seq_of(Dossier, p.dossier_id),
        table_may(PICKUP, p, roles),
        p,
    )


def carrier_thing(kind: str, o: CarrierOrder, keys: dict[str, str], side: frozenset[Role]) -> Thing:
    def roles(who: Actor, _action: str = "") -> frozenset[Role]:
        return who.roles_at(o.office_id) & side

    seq = lambda: seq_of(Dossier, o.dossier_id)  # noqa: E731
    return Thing(kind, kind, keys, roles, secrets_of(o.dossier), seq, table_may(ORDER, o, roles), o)


class World:
    """Made through the acts alone; `things` are all objects, `secrets` all words by the dossier they belong to."""

    def __init__(self) -> None:
        self.clock = make.Clock()
        self.people = 0
        self.things: list[Thing] = []
        self._dossiers()
        self._bags()
        self._errands()
        self._carried()
        self._money()
        self._draft()
        self._phone()

    def of(self, kind: str) -> list[Thing]:
        return [t for t in self.things if t.kind == kind]

    def strangers_words(self, who: Actor) -> frozenset[str]:
        """Everything on record about dossiers that do not exist for this person, nor as an errand or in a bag."""
        own = frozenset().union(*(t.secrets for t in self.things if t.roles(who)))
        return frozenset().union(*(t.secrets for t in self.of("dossier"))) - own

    def _person(self) -> Any:
        self.people += 1
        n = self.people
        return make.person(name=f"Nguyễn Bí Mật Số {n:02d}", id_number=f"0421900000{n + 20}", phone=f"09876543{n:02d}")

    def _new(self, factory: Callable[..., Any], **more: Any) -> Any:
        return factory(clock=self.clock, person=self._person(), **more)

    def _add(self, name: str, d: Dossier) -> Dossier:
        self.rows = {**getattr(self, "rows", {}), name: d}
        return d

    def _dossiers(self) -> None:
        c = self.clock
        self._add("filed", self._new(make.filed))
        self._add("accepted", self._new(make.received))
        self._add("bagged", self._new(make.received))
        self._add("listed", self._new(make.received))
        self._add("missed", self._new(make.received))
        self._add("processing", self._new(make.processing))
        supplement = self._new(make.processing)
        self._add("supplement", make.do("son", supplement, "ask_supplement", c, items="Bản sao trích lục"))
        decided = self._new(make.handled)
        self._add("decided", make.do("dung", decided, "decide", c, outcome="granted", ground="Đủ"))
        self._add("published", self._new(make.published))
        self.out, self.item = self._new(make.on_the_way_home)
        self._add("out", self.out)
        failed, self.failed_item = self._new(make.on_the_way_home)
        wish = make.command("minh", "parcel.fail", c())
        homeward.fail_attempt(wish, actor("minh"), self.failed_item, "absent")
        self._add("failed", failed)
        self._add("closed", self._new(make.delivered))
        self._add("ordered", self._new(make.filed, pickup_on=make.START.date(), pickup_window="08:00–10:00"))
        self._add("assigned", self._new(make.filed, pickup_on=make.START.date(), pickup_window="08:00–10:00"))
        # The same trades elsewhere have work of their own, so that an empty page proves nothing by being empty.
        self._add("elsewhere", self._new(make.received, who="xa-lan", place="bd-ky-anh"))

    def _bags(self) -> None:
        self.bags = {}
        for name, sealed in (("listed", False), ("bagged", True), ("missed", True)):
            d = self.rows[name]
            opened = handover.start_manifest(
                make.command("lan", "manifest.open", self.clock()),
                actor("lan"),
                "bd-thanh-sen",
                "ubnd-thanh-sen",
                [d.reference],
            )
            if sealed:
                wish = make.command("lan", "manifest.seal", self.clock())
                handover.seal_manifest(wish, actor("lan"), opened["number"], "NP-0009")
            m = Manifest.objects.get(number=opened["number"])
            self.bags[name] = m
            self.things.append(manifest_thing(name, m, [d]))
        line = self.bags["missed"].lines.order_by("place")[0]
        wish = make.command("cuong", "manifest.examine", self.clock())
        handover.examine(wish, actor("cuong"), self.bags["missed"].number, [line.pk], "short", "Không có trong túi")
        self.things.append(discrepancy_thing("missed", Discrepancy.objects.get(line=line)))

    def _errands(self) -> None:
        homes = {name: Pickup.objects.get(dossier=self.rows[name]) for name in ("ordered", "assigned")}
        wish = make.command("hai", "pickup.assign", self.clock())
        homeward.assign_pickup(wish, actor("hai"), homes["assigned"].pk, "minh")
        for name, p in homes.items():
            p.refresh_from_db()
            self.things.append(pickup_thing(name, p))
        for name in ("out", "failed"):
            self.things.append(parcel_thing(name, Parcel.objects.get(dossier=self.rows[name])))
        for name, d in self.rows.items():
            d.refresh_from_db()
            self.things.append(dossier_thing(name, d))
        for name in ("accepted", "missed", "published"):
            self.things.append(paper_thing(name, Paper.objects.filter(dossier=self.rows[name])[0]))

    def _carried(self) -> None:
        """One result entrusted to an outside carrier, which said something that nobody believes."""
        with override_settings(OPTIONS=vnpost_options(settings.OPTIONS, "http://127.0.0.1:1")):
            d = self._new(make.published)
            make.bagged("thu", "hai", "ubnd-thanh-sen", OFFICE, [d], self.clock)
            wish = make.command("hai", "parcel.make", self.clock())
            homeward.make_parcels(wish, actor("hai"), OFFICE, [d.reference])
        order = CarrierOrder.objects.get(dossier=d)
        strange = read_event({"OrderNumber": order.number, "status": "TRANG_THAI_LA", "time": self.clock().isoformat()})
        keep_heard("vnpost", [strange], self.clock(), confirmed=True)
        look_at_news("vnpost", order.number, self.clock())
        d.refresh_from_db()
        self.things.append(dossier_thing("entrusted", d))
        self.things.append(carrier_thing("carrier_order", order, {"number": order.number}, OFFICE_SIDE))
        doubt = str(CarrierDoubt.objects.get(order=order).pk)
        keys = {"doubt": doubt, "doubt_id": doubt}
        self.things.append(carrier_thing("carrier_doubt", order, keys, frozenset({R.DISPATCHER})))

    def _money(self) -> None:
        shift = Shift.objects.get(account=account("lan"), counted_at=None)
        wish = make.command("lan", "shift.count", self.clock())
        expected = till.expected_in(shift)
        till.count_till(wish, actor("lan"), expected["state"], expected["post"])
        self.things.append(
            Thing("shift", "counted till", {"shift": str(shift.pk)}, lambda who: who.roles_at(shift.office_id) & TILL)
        )
        self._remittance()

    def _remittance(self) -> None:
        self._new(make.received, who="tung", place="mot-cua-thanh-sen", procedure=make.QUICK)
        c, shift = self.clock, Shift.objects.get(account=account("tung"), counted_at=None)
        expected = till.expected_in(shift)
        till.count_till(make.command("tung", "shift.count", c()), actor("tung"), expected["state"], expected["post"])
        till.take_in(make.command("tung", "shift.take", c()), actor("tung"), shift.pk)
        wish = make.command("tung", "remittance.send", c())
        sent = till.remit(wish, actor("tung"), "mot-cua-thanh-sen", "ubnd-thanh-sen", "state")
        row = Remittance.objects.get(number=sent["number"])
        taker = lambda who: who.roles_at(row.taker_id) & AGENCY  # noqa: E731
        self.things.append(Thing("remittance", "sent money", {"number": row.number}, taker))

    def _draft(self) -> None:
        key = uuid4()
        drafts.start_draft(actor("hoa"), key, make.ONLINE, {"who": {"name": "Nguyễn Nháp Kín"}}, self.clock())
        owner = Draft.objects.get(pk=key).account_id
        mine = lambda who: frozenset({R.CITIZEN}) if who.id == owner else frozenset()  # noqa: E731
        self.things.append(Thing("draft", "draft", {"draft_id": str(key)}, mine, frozenset({"Nguyễn Nháp Kín"})))

    def _phone(self) -> None:
        wish = make.command("minh", "device.register", self.clock())
        made = phones.register_phone(wish, actor("minh"), "Máy kín của anh Minh", f"md_{SECRET}", SECRET)
        theirs = lambda who: who.roles_at("buu-cuc-thanh-sen") & {R.DISPATCHER}  # noqa: E731
        words = frozenset({"Máy kín của anh Minh"})
        self.things.append(Thing("device", "phone", {"device_id": made["device"]}, theirs, words))
