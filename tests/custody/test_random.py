"""Whatever anybody does in whatever order, every paper has exactly one holder and the ledgers agree.

The ordinary run is short. `make custody-run` (or MOTCUA_CUSTODY_OPERATIONS=10000) performs as many operations as asked;
with MOTCUA_DATABASE_URL on PostgreSQL.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Model
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.acts import envelopes, handover, homeward, scanning
from motcua.acts.casework import act_on
from motcua.acts.discrepancies import act_on_discrepancy
from motcua.acts.inputs import Invalid
from motcua.acts.verify import verify_all
from motcua.custody.lifecycle import Finding
from motcua.custody.models import Discrepancy, Line, Manifest, Paper, Parcel
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.kernel.problems import Refused
from motcua.looks.access import NotFound
from tests import make
from tests.people import actor

OPERATIONS = int(os.environ.get("MOTCUA_CUSTODY_OPERATIONS", "120"))
STEPS = min(OPERATIONS, 200) if OPERATIONS > 1000 else 40
POINT, COMMUNE, POST = "bd-thanh-sen", "ubnd-thanh-sen", "buu-cuc-thanh-sen"
GIVER_AT = {POINT: "lan", COMMUNE: "thu", POST: "hai"}
TAKER_AT = {POINT: "lan", COMMUNE: "cuong", POST: "hai"}
CASEWORK = (
    ("cuong", "assign", {"handler": "son"}),
    ("son", "finish_step", {}),
    ("dung", "decide", {"outcome": "granted", "ground": "Đủ"}),
    ("dung", "sign", {}),
    ("thu", "number", {}),
    ("thu", "publish", {}),
)
GIVEN = {
    "recipient": "Trần Thị Bưởi Mẫu", "relation": "self", "signed": True, "id_checked": True, "id_last4": "0016",
    "collect": True,
}  # fmt: skip
DONE: Counter[str] = Counter()
places = st.sampled_from([POINT, COMMUNE, POST])
which = st.integers(0, 30)
findings = st.sampled_from([f.value for f in Finding])
outcomes = st.sampled_from(["found", "returned", "replaced", "written_off"])
known_actor = cache(actor)


def some(rows: Any, n: int) -> Any:
    """One of the newest rows, or None."""
    found = list(rows.order_by("-id")[:31])
    return found[n % len(found)] if found else None


class Custody(RuleBasedStateMachine):
    """Several people at three offices, and a postman, doing what they please."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = make.Clock(make.START)
        self.steps = 0

    def teardown(self) -> None:
        faults = [str(fault) for fault in verify_all()]
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        assert faults == []

    def said(self, who: str, name: str, act: Callable[..., Any], *given: Any) -> Any:
        """One act; a refusal leaves everything as it was."""
        entries = Entry.objects.count()
        try:
            done = act(make.command(who, name, self.clock()), known_actor(who), *given)
        except (Refused, NotFound, Invalid):
            assert Entry.objects.count() == entries
            return None
        DONE[name] += 1
        return done

    # --- the counter and the agency

    @initialize()
    def begin(self) -> None:
        self.receive(way="post")

    @rule(way=st.sampled_from(["post", "counter", "electronic"]))
    def receive(self, way: str) -> None:
        make.received(clock=self.clock, return_by=way)
        DONE["receive"] += 1

    @rule(n=which, times=st.integers(1, 8))
    def work(self, n: int, times: int) -> None:
        d = some(Dossier.objects, n)
        for _ in range(times):
            for who, action, data in CASEWORK:
                self.said(who, action, act_on, d.reference, action, data)

    @rule(n=which, end=st.sampled_from([("hoa", "withdraw"), ("cuong", "stop"), ("cuong", "reject"), ("lan", "close")]))
    def finish(self, n: int, end: tuple[str, str]) -> None:
        who, action = end
        data = {"ground": "Xin rút", **GIVEN} if action == "close" else {"ground": "Xin rút"}
        self.said(who, action, act_on, some(Dossier.objects, n).reference, action, data)

    @rule(n=which, at=places)
    def give_back(self, n: int, at: str) -> None:
        self.said(GIVER_AT[at], "give_back", homeward.give_back, some(Dossier.objects, n).reference, "Trần Thị Bưởi")

    @rule(n=which)
    def enclose(self, n: int) -> None:
        self.said("lan", "enclose", envelopes.enclose, some(Dossier.objects, n).reference)

    # --- bags

    @rule(giver=places, taker=places, n=which)
    def start(self, giver: str, taker: str, n: int) -> None:
        named = [some(Dossier.objects, n).reference]
        self.said(GIVER_AT[giver], "start", handover.start_manifest, giver, taker, named)

    def _bag(self, n: int) -> Manifest | None:
        return some(Manifest.objects.exclude(state="cancelled"), n)

    def _giving(self, n: int, name: str, act: Callable[..., Any], *given: Any) -> None:
        if bag := self._bag(n):
            self.said(GIVER_AT[bag.giver_id], name, act, bag.number, *given)

    def _taking(self, n: int, name: str, act: Callable[..., Any], *given: Any) -> None:
        if bag := self._bag(n):
            self.said(TAKER_AT[bag.taker_id], name, act, bag.number, *given)

    @rule(n=which, m=which)
    def add(self, n: int, m: int) -> None:
        paper = some(Paper.objects, m)
        self._giving(n, "add", handover.add_to_manifest, paper.envelope or paper.sticker)

    @rule(n=which, m=which)
    def remove(self, n: int, m: int) -> None:
        bag = self._bag(n)
        if bag and (line := some(bag.lines.filter(removed=False), m)):
            self._giving(n, "remove", handover.remove_from_manifest, line.pk)

    @rule(n=which)
    def seal(self, n: int) -> None:
        self._giving(n, "seal", handover.seal_manifest, "NP-1")

    @rule(n=which)
    def cancel(self, n: int) -> None:
        self._giving(n, "cancel", handover.cancel_manifest)

    @rule(n=which)
    def readdress(self, n: int) -> None:
        self._giving(n, "readdress", handover.readdress)

    @rule(n=which, m=which, finding=findings)
    def examine(self, n: int, m: int, finding: str) -> None:
        bag = self._bag(n)
        if bag and (line := some(bag.lines.filter(removed=False), m)):
            self._taking(n, "examine", handover.examine, [line.pk], finding, "Thấy vậy")

    @rule(n=which, m=which)
    def scan(self, n: int, m: int) -> None:
        self._taking(n, "scan", handover.examine_by_sticker, some(Paper.objects, m).sticker)

    @rule(n=which)
    def receive_all(self, n: int) -> None:
        if bag := self._bag(n):
            lines = [line.pk for line in bag.lines.filter(removed=False, finding="")]
            self._taking(n, "receive_all", handover.examine, lines, "received", "")

    @rule(n=which)
    def undo(self, n: int) -> None:
        self._taking(n, "undo", scanning.undo_scan)

    @rule(n=which)
    def short_rest(self, n: int) -> None:
        self._taking(n, "short_rest", scanning.short_rest, "Không có trong túi")

    @rule(n=which, m=which)
    def over(self, n: int, m: int) -> None:
        self._taking(n, "over", handover.add_over, some(Paper.objects, m).sticker, "Thừa trong túi")

    @rule(n=which)
    def park(self, n: int) -> None:
        self._taking(n, "park", handover.park_manifest, "Hết giờ")

    @rule(n=which, intact=st.booleans())
    def close(self, n: int, intact: bool) -> None:
        self._taking(n, "close", handover.close_manifest, intact)

    # --- discrepancies

    @rule(n=which, at=places, outcome=outcomes, action=st.sampled_from(["note", "admit", "pay", "help", "end", "find"]))
    def settle(self, n: int, at: str, outcome: str, action: str) -> None:
        if found := some(Discrepancy.objects, n):
            given = {"note": "Đã xem", "outcome": outcome, "at": at}
            self.said(TAKER_AT[at], f"case {action}", act_on_discrepancy, found.number, action, given)

    # --- the way home

    @rule(n=which)
    def pack(self, n: int) -> None:
        self.said("hai", "pack", homeward.make_parcels, POST, [some(Dossier.objects, n).reference])

    @rule(n=which, action=st.sampled_from(["dispatch", "withdraw", "bring_back"]))
    def office(self, n: int, action: str) -> None:
        if item := some(Parcel.objects, n):
            more = ["minh"] if action == "dispatch" else []
            self.said("hai", action, getattr(homeward, action), [item.item], *more)

    @rule(n=which, action=st.sampled_from(["hold", "send_back", "report_lost", "report_damaged"]))
    def trouble(self, n: int, action: str) -> None:
        if item := some(Parcel.objects, n):
            more = [True] if action == "hold" else ["Có việc"]
            self.said("hai", action, getattr(homeward, action), item.item, *more)

    @rule(n=which, action=st.sampled_from(["take_out", "fail", "deliver", "collect"]))
    def door(self, n: int, action: str) -> None:
        if not (item := some(Parcel.objects, n)):
            return
        if action == "take_out":
            self.said("minh", action, homeward.take_out, [item.item])
        elif action == "fail":
            self.said("minh", action, homeward.fail_attempt, item.item, "absent")
        elif action == "deliver":
            self.said("minh", action, homeward.deliver, item.item, GIVEN)
        else:
            self.said("hai", action, homeward.collect_at_office, item.item, GIVEN)

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        if self.clock.at < make.START + timedelta(days=60):
            self.clock.at += timedelta(days=days % 3)

    # --- what holds after every step

    @invariant()
    def every_paper_has_one_holder(self) -> None:
        known = r"^(applicant|office:.+|person:.+)$"
        assert not Paper.objects.exclude(holder__regex=known).exists()
        assert not Paper.objects.filter(offered_to=F("holder")).exists()
        assert not Paper.objects.exclude(offered_to="").exclude(offered_to__regex=known).exists()
        for model in (Paper, Line, Discrepancy):
            self._told(model)

    def _told(self, model: type[Model]) -> None:
        """Every row has its first entry."""
        kind = str(model._meta.model_name)
        born = Entry.objects.filter(subject_kind=kind).values("subject_id")
        assert not model._default_manager.exclude(pk__in=born).exists()


@pytest.mark.django_db
def test_no_paper_is_ever_without_a_holder(db):  # type: ignore[no-untyped-def]
    examples = max(OPERATIONS // STEPS, 1)
    run_state_machine_as_test(
        Custody,
        settings=settings(
            max_examples=examples, stateful_step_count=STEPS, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
        ),
    )  # fmt: skip
    if OPERATIONS >= 1000:
        print(sum(DONE.values()), dict(DONE.most_common()))
