"""The daily round: bags in the evening, received in the morning; the postmen's day; the tills at night."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from motcua.acts import handover, homeward, till
from motcua.custody.lifecycle import LIVE_PARCEL
from motcua.custody.models import Line, Paper, Parcel, Pickup
from motcua.demo.cast import Worker
from motcua.demo.life import Life, counted
from motcua.demo.stage import Stage
from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Dossier
from motcua.kernel.calendar import VIETNAM
from motcua.law.model import Pack
from motcua.looks.access import Case
from motcua.looks.errands import carried_home
from motcua.looks.exchange import exchange_of
from motcua.money.models import Payment, Remittance, Shift
from motcua.people.holders import office, parse_holder
from motcua.people.rules import Role

_NOTES = {
    "short": "Không có trong túi",
    "damaged": "Góc giấy bị ướt",
    "misrouted": "Giấy tờ của cơ quan khác",
    "not_examined": "Chưa kịp kiểm, còn một bì",
}


T = TypeVar("T")


def proof_of(d: Dossier, relation: str, law: Pack) -> dict[str, object]:
    """What a postman sees and takes at a door: the card, a signature, the money, the old papers to be exchanged."""
    digits = d.applicant.id_number[-4:] if relation == "self" else ""
    name = d.applicant.name if relation == "self" else "Người Nhà Mẫu"
    old = [{"component": p.key, "kind": "original", "quantity": 1, "pages": 1, "condition": ""}
           for p in exchange_of(Case(d, law)).must]  # fmt: skip
    return {"recipient": name, "relation": relation, "id_checked": True, "id_last4": digits, "signed": True,
            "collect": True, "exchanged": old}  # fmt: skip


def _then(do: Callable[[datetime, T], None], thing: T, at: datetime) -> None:
    """Something that happens to a thing at a time the stage chooses."""
    do(at, thing)


class Rounds:
    """Plans every day of the post and of the offices' bags."""

    def __init__(self, stage: Stage, staff: list[Worker], life: Life) -> None:
        self.stage, self.staff, self.life, self.random = stage, staff, life, stage.random
        self.by_office: dict[str, list[Worker]] = defaultdict(list)
        for worker in staff:
            self.by_office[worker.office].append(worker)

    def plan_day(self, day: date) -> None:
        if self.stage.law.calendar("post").is_open_day(day):
            self._at(day, 7, 20, self.assign_pickups)
            self._at(day, 7, 40, self.send_home)
            self._at(day, 7, 55, self.take_out)
            self._at(day, 8, 15, self.visit)
            self._at(day, 10, 40, self.deliver)
            self._at(day, 16, 30, self.bring_back)
            self._at(day, 16, 45, self.hold_and_return)
            self._at(day, 17, 20, self.close_tills)
        if self.stage.law.calendar("agency").is_open_day(day):
            self._at(day, 8, 20, self.receive_bags)
            self._at(day, 9, 30, self.hand_out)
            self._at(day, 16, 20, self.fill_bags)
            if day.weekday() == 4:
                self._at(day, 16, 50, self.remit)

    def _at(self, day: date, hour: int, minute: int, what) -> None:  # type: ignore[no-untyped-def]
        self.stage.at(datetime.combine(day, time(hour, minute), VIETNAM), what)

    def _who(self, place: str, *roles: Role) -> str | None:
        return next((w.username for role in roles for w in self.by_office[place] if w.role is role), None)

    def dispatcher_of(self, place: str) -> str:
        return str(self._who(place, Role.DISPATCHER))

    def fill_bags(self, at: datetime) -> None:
        """Everything that lies at a place and belongs elsewhere goes into that place's bags."""
        heaps: dict[tuple[str, str], list[str]] = defaultdict(list)
        rows = Paper.objects.filter(holder__startswith="office:").select_related("dossier").order_by("id")
        listed = set(
            Line.objects.filter(removed=False, manifest__state__in=["open", "sealed", "parked"]).values_list(
                "paper", flat=True
            )
        )
        for paper in rows:
            here = parse_holder(paper.holder).office_code
            there = self.destination(paper, here)
            if there and there != here and paper.pk not in listed and there in self.by_office:
                heaps[here, there].append(paper.sticker)
        for (here, there), stickers in sorted(heaps.items()):
            giver = self._who(here, Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.RECEIVER, Role.RECORDS, Role.DISPATCHER)
            if giver:
                self._bag(at, giver, here, there, stickers)

    def destination(self, paper: Paper, here: str) -> str:
        d = paper.dossier
        if d.state in {State.TAKEN, State.FILED}:
            return d.accepting_id
        if paper.kind != "result" and d.state in {State.ACCEPTED, State.PROCESSING}:
            return d.agency_id
        if d.state == State.CLOSED and not paper.to_return:
            return d.agency_id
        if d.state == State.PUBLISHED and paper.to_return:
            if d.return_by == "post":
                return self.stage.law.post_office_for(d.delivery["unit_code"], paper.held_since.date())
            return d.reception_id
        return ""

    def _bag(self, at: datetime, giver: str, here: str, there: str, stickers: list[str]) -> None:
        actor = self.stage.actor(giver)
        opened = handover.start_manifest(self.stage.command(giver, "manifest.open", at), actor, here, there, stickers)
        seal = f"NP{self.random.randint(100000, 999999)}"
        handover.seal_manifest(
            self.stage.command(giver, "manifest.seal", at + timedelta(minutes=2)),
            actor,
            str(opened["number"]),
            seal,
            "Xe thư tuyến tỉnh",
        )

    def receive_bags(self, at: datetime) -> None:
        from motcua.custody.models import Manifest

        for manifest in Manifest.objects.filter(state="sealed", sealed_at__lt=at).order_by("sealed_at"):
            self._receive(at, manifest.taker_id, manifest.number)

    def _receive(self, at: datetime, place: str, number: str) -> None:
        taker = self._who(place, Role.RECEIVER, Role.CLERK_CIVIL, Role.DISPATCHER, Role.CLERK_POSTAL)
        if taker is None:
            return
        actor = self.stage.actor(taker)
        lines = list(
            Line.objects.filter(manifest__number=number, removed=False)
            .select_related("paper__dossier")
            .order_by("place")
        )
        finding = self.random.choices(("received", *_NOTES), (93, 2, 2, 1, 2))[0]
        odd = self.random.choice(lines) if finding != "received" and len(lines) > 1 else None
        good = [line.pk for line in lines if line is not odd]
        handover.examine(self.stage.command(taker, "manifest.examine", at), actor, number, good, "received")
        if odd is not None:
            handover.examine(
                self.stage.command(taker, "manifest.examine", at),
                actor,
                number,
                [odd.pk],
                finding,
                _NOTES[finding],
            )
        if odd is not None and finding == "not_examined":
            handover.park_manifest(self.stage.command(taker, "manifest.park", at), actor, number, "Chờ mở bì còn lại")
        else:
            handover.close_manifest(
                self.stage.command(taker, "manifest.close", at), actor, number, not self.stage.chance(3)
            )
        self._go_on(at, {line.paper.dossier_id for line in lines if line is not odd})

    def _go_on(self, at: datetime, dossiers: set[UUID]) -> None:
        """What the arrival of papers sets in motion."""
        for d in Dossier.objects.filter(pk__in=dossiers).order_by("reference"):
            if d.state in {State.TAKEN, State.FILED}:
                self.stage.soon(at, self.random.randint(15, 90), partial(_then, self.life.desk, d.reference))
            elif d.state == State.ACCEPTED and d.arrived_at:
                self.stage.soon(at, self.random.randint(20, 180), partial(_then, self.life.arrived, d.reference))

    def assign_pickups(self, at: datetime) -> None:
        for pickup in Pickup.objects.filter(
            state__in=["ordered", "failed"], wanted_on__lte=at.astimezone(VIETNAM).date()
        ).order_by("id"):
            dispatcher, postman = (
                self._who(pickup.office_id, Role.DISPATCHER),
                self._postman(pickup.office_id),
            )
            if dispatcher and postman:
                command = self.stage.command(dispatcher, "pickup.assign", at)
                homeward.assign_pickup(command, self.stage.actor(dispatcher), pickup.pk, postman)

    def visit(self, at: datetime) -> None:
        for pickup in Pickup.objects.filter(state="assigned").select_related("postman", "dossier").order_by("id"):
            postman = pickup.postman.username if pickup.postman else ""
            if self.stage.chance(15):
                homeward.fail_pickup(
                    self.stage.command(postman, "pickup.fail", at),
                    self.stage.actor(postman),
                    pickup.pk,
                    "absent",
                )
                continue
            version = self.stage.law.procedure(pickup.dossier.procedure, pickup.dossier.version_on)
            papers = counted(version)
            homeward.collect_pickup(
                self.stage.command(postman, "pickup.collect", at),
                self.stage.actor(postman),
                pickup.pk,
                papers,
            )
            self.stage.soon(at, 180, partial(_then, self.life.desk, pickup.dossier.reference))

    def send_home(self, at: datetime) -> None:
        """Results that came in the evening become items; the postmen go out with them and with second tries."""
        for place in [w.office for w in self.staff if w.role is Role.DISPATCHER]:
            dispatcher = self.dispatcher_of(place)
            live = Parcel.objects.filter(state__in=sorted(LIVE_PARCEL)).values("dossier")
            ready = Paper.objects.filter(kind="result", holder=str(office(place)), dossier__return_by="post").exclude(
                dossier__in=live
            )
            keys = list(ready.order_by("id").values_list("dossier__reference", flat=True))
            if keys:
                homeward.make_parcels(
                    self.stage.command(dispatcher, "parcel.make", at),
                    self.stage.actor(dispatcher),
                    place,
                    keys,
                )
            limit = int(self.stage.law.rule("delivery_attempts", at.astimezone(VIETNAM).date()))
            for parcel in Parcel.objects.filter(office=place, state="ready", attempts__lt=limit).order_by("item"):
                homeward.dispatch(
                    self.stage.command(dispatcher, "parcel.dispatch", at),
                    self.stage.actor(dispatcher),
                    [parcel.item],
                    str(self._postman(place)),
                )

    def take_out(self, at: datetime) -> None:
        """Each postman takes what was given out to him; now and then one is late with it."""
        waiting = Parcel.objects.filter(state="assigned").order_by("postman__username").values_list(
            "postman__username", flat=True
        )
        for postman in dict.fromkeys(waiting):
            if not self.stage.chance(4):
                homeward.take_out(self.stage.command(postman, "parcel.take_out", at), self.stage.actor(postman))

    def bring_back(self, at: datetime) -> None:
        """What could not be handed over, and the old papers of what could, come back to the post office."""
        for place in [w.office for w in self.staff if w.role is Role.DISPATCHER]:
            dispatcher = self.dispatcher_of(place)
            actor = self.stage.actor(dispatcher)
            failed = Parcel.objects.filter(office=place, state="failed").order_by("item")
            items = list(failed.values_list("item", flat=True))
            if items:
                homeward.bring_back(self.stage.command(dispatcher, "parcel.bring_back", at), actor, items)
            if stickers := [paper.sticker for paper in carried_home(actor, place)]:
                homeward.bring_in(self.stage.command(dispatcher, "paper.bring_in", at), actor, place, stickers)

    def _postman(self, place: str) -> str | None:
        postmen = [w.username for w in self.by_office[place] if w.role is Role.POSTMAN]
        return self.random.choice(postmen) if postmen else None

    def deliver(self, at: datetime) -> None:
        for n, parcel in enumerate(
            Parcel.objects.filter(state="out").select_related("postman", "dossier__applicant").order_by("item")
        ):
            self.stage.at(
                at + timedelta(minutes=4 * n + self.random.randint(0, 3)),
                partial(_then, self._door, parcel),
            )

    def _door(self, at: datetime, parcel: Parcel) -> None:
        postman = parcel.postman.username if parcel.postman else ""
        actor = self.stage.actor(postman)
        if self.stage.chance(14):
            reason = self.random.choice(("absent", "no_phone", "asked_later", "wrong_address"))
            homeward.fail_attempt(self.stage.command(postman, "parcel.fail", at), actor, parcel.item, reason)
            return
        relation = self.random.choices(("self", "family", "proxy"), (80, 15, 5))[0]
        given = proof_of(parcel.dossier, relation, self.stage.law)
        homeward.deliver(self.stage.command(postman, "parcel.deliver", at), actor, parcel.item, given)
        if self.stage.chance(60):
            self.stage.at(at + timedelta(hours=5), lambda t: self.life.rate(t, parcel.dossier.reference))

    def hold_and_return(self, at: datetime) -> None:
        """After the last try an item waits at the post office; some are fetched there."""
        day = at.astimezone(VIETNAM).date()
        limit = int(self.stage.law.rule("delivery_attempts", day))
        for parcel in Parcel.objects.filter(state="ready", attempts__gte=limit).order_by("item"):
            dispatcher = self.dispatcher_of(parcel.office_id)
            homeward.hold(self.stage.command(dispatcher, "parcel.hold", at), self.stage.actor(dispatcher), parcel.item)
        for parcel in Parcel.objects.filter(state="held").select_related("dossier__applicant").order_by("item"):
            if self.stage.chance(25):
                dispatcher = self.dispatcher_of(parcel.office_id)
                given = proof_of(parcel.dossier, "self", self.stage.law)
                homeward.collect_at_office(
                    self.stage.command(dispatcher, "parcel.collect", at),
                    self.stage.actor(dispatcher),
                    parcel.item,
                    given,
                )

    def hand_out(self, at: datetime) -> None:
        """People come for results that wait at a counter."""
        rows = Paper.objects.filter(
            kind="result", dossier__return_by="counter", dossier__state="published"
        ).select_related("dossier__applicant")
        for paper in rows.order_by("id"):
            place = parse_holder(paper.holder).office_code
            clerk = self._who(place, Role.CLERK_POSTAL, Role.CLERK_CIVIL)
            if clerk and self.stage.chance(45):
                self.life.act(at, clerk, paper.dossier.reference, "close", recipient=paper.dossier.applicant.name,
                              relation="self", signed=True, collect=True)  # fmt: skip

    def close_tills(self, at: datetime) -> None:
        """Everybody counts; the office takes it in. Now and then a count is off by a note."""
        for shift in Shift.objects.filter(counted_at=None).select_related("account").order_by("id"):
            expected = till.expected_in(shift)
            off = 10000 if self.stage.chance(2) and expected["post"] >= 10000 else 0
            owner = shift.account.username
            command = self.stage.command(owner, "shift.count", at)
            till.count_till(
                command,
                self.stage.actor(owner),
                expected["state"],
                expected["post"] - off,
                "Thối nhầm tiền lẻ" if off else "",
            )
            taker = self._who(shift.office_id, Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.DISPATCHER, Role.RECEIVER)
            if taker and not self.stage.chance(8):
                till.take_in(self.stage.command(taker, "shift.take", at), self.stage.actor(taker), shift.pk)

    def remit(self, at: datetime) -> None:
        """Once a week the state fees go to their agencies and the charges to the provincial post."""
        rows = Payment.objects.filter(hand__startswith="office:", remittance=None)
        for hand, purse, agency in (
            rows.values_list("hand", "purse", "dossier__agency").distinct().order_by("hand", "purse", "dossier__agency")
        ):
            here = parse_holder(hand).office_code
            there = agency if purse == "state" else "buu-cuc-ha-tinh"
            giver = self._who(here, Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.DISPATCHER, Role.RECEIVER)
            still = Payment.objects.filter(hand=hand, purse=purse, remittance=None)
            if (
                not giver
                or there == here
                or not (still.filter(dossier__agency=agency) if purse == "state" else still).exists()
            ):
                continue
            till.remit(self.stage.command(giver, "remittance.send", at), self.stage.actor(giver), here, there, purse)
        for remittance in Remittance.objects.filter(confirmed_at=None).order_by("number"):
            taker = self._who(remittance.taker_id, Role.RECEIVER, Role.DISPATCHER, Role.RECORDS)
            if taker and self.stage.chance(85):
                till.confirm(
                    self.stage.command(taker, "remittance.confirm", at),
                    self.stage.actor(taker),
                    remittance.number,
                )
