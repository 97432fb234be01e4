"""Whatever way the signals of several phones come and go, whatever is sent twice: the ledgers end the same."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.acts import homeward
from motcua.acts.verify import verify_all
from motcua.config import clock as the_clock
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.money.models import Payment
from motcua.people.models import Device
from tests import make
from tests.api.test_sync import NOW, Phone, handed_over
from tests.people import actor

pytestmark = pytest.mark.django_db


class Day:
    """Three phones of two postmen, and what was done with each, in its order."""

    def __init__(self, clock):
        with the_clock.started_at(NOW):
            self.phones = [Phone("minh"), Phone("minh", drift=timedelta(hours=2)), Phone("kien")]
        given_out = [self.given_out(clock, who) for who in ("minh", "minh", "kien")]
        homes = [self.home(clock, who) for who in ("minh", "kien")]
        at = clock.at + timedelta(minutes=10)
        a, b, c = self.phones
        self.queues = [
            [
                a.did("round.take_out", at, item=given_out[0]),
                a.did("parcel.fail", at + timedelta(minutes=20), item=given_out[0], reason="absent", note="Gọi lại"),
                handed_over(a, given_out[0], at + timedelta(minutes=50)),
                a.did("pickup.collect", at + timedelta(minutes=60), pickup=homes[0], papers=counted()),
            ],
            [
                b.did("round.take_out", at + timedelta(minutes=1), item=given_out[1]),
                handed_over(b, given_out[1], at + timedelta(minutes=30), note="Tầng 2"),
                # Not his phone's to tell: it is anh Kiên's.
                b.did("parcel.fail", at + timedelta(minutes=40), item=given_out[2], reason="moved"),
            ],
            [
                c.did("round.take_out", at + timedelta(minutes=2), item=given_out[2]),
                c.did("parcel.fail", at + timedelta(minutes=70), item=given_out[2], reason="refused", note=""),
                c.did("pickup.fail", at + timedelta(minutes=80), pickup=homes[1], reason="absent"),
                handed_over(c, given_out[0], at + timedelta(minutes=90)),
            ],
        ]

    def given_out(self, clock, who):
        d = make.published(clock, pay="door")
        make.bagged("thu", "hai", "ubnd-thanh-sen", "buu-cuc-thanh-sen", [d], clock)
        wish = make.command("hai", "parcel.make", clock())
        item = homeward.make_parcels(wish, actor("hai"), "buu-cuc-thanh-sen", [d.reference])["items"][0]
        homeward.dispatch(make.command("hai", "parcel.dispatch", clock()), actor("hai"), [item], who)
        return item

    def home(self, clock, who):
        d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")
        pickup = Pickup.objects.get(dossier=d)
        homeward.assign_pickup(make.command("hai", "pickup.assign", clock()), actor("hai"), pickup.pk, who)
        return str(pickup.pk)

    def ends(self, calls):
        """The ledgers after these calls: (phone, how many of its queue from the front, whether one by one)."""
        with transaction.atomic(), the_clock.started_at(NOW):
            for phone, upto, singly in [*calls, *((n, 99, False) for n in range(len(self.phones)))]:
                part = self.queues[phone][:upto]
                for batch in [[c] for c in part] if singly else [part]:
                    self.phones[phone].sync(*batch)
            told = ledgers()
            assert list(verify_all()) == []
            transaction.set_rollback(True)
        return told


def counted():
    return [{"component": p["component"], "kind": p["kind"], "quantity": 1} for p in make.papers_for(make.THREE_DAYS)]


def ledgers():
    """Everything that must be the same. Numbers given out in the order of arrival are not, nor which of a postman's deeds
    opened his till."""
    parcels = Parcel.objects.values_list("item", "state", "postman", "attempts", "last_reason", "ended_at")
    pickups = Pickup.objects.values_list("id", "state", "attempts", "last_reason", "ended_at")
    papers = Paper.objects.values_list("dossier", "component", "kind", "quantity", "holder", "held_since")
    payments = Payment.objects.values_list("purse", "amount", "hand", "shift__account")
    dossiers = Dossier.objects.values_list("id", "state", "closed_at")
    entries = Entry.objects.exclude(subject_kind="shift")
    entries = entries.values_list("subject_kind", "kind", "actor_id", "happened_at")
    tables = (parcels, pickups, papers, payments, dossiers, entries)
    return [Counter(map(tuple, rows)) for rows in tables]


@pytest.fixture
def day(clock):
    return Day(clock)


CALLS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.booleans()), max_size=8)


def test_any_interleaving_and_repetition_ends_in_one_ledger(day):
    straight = day.ends([])
    assert {p[1] for p in straight[0]} == {"delivered", "failed"}
    assert Device.objects.count() == 3

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(CALLS)
    def whatever_comes(calls):
        assert day.ends(calls) == straight

    whatever_comes()


@pytest.mark.parametrize("done", ["parcel.deliver", "parcel.fail"])
def test_taking_out_may_be_told_after_what_it_was_for(clock, done):
    with the_clock.started_at(NOW):
        phone = Phone("minh")
        item = Day.given_out(None, clock, "minh")
        at = clock.at + timedelta(minutes=10)
        deed = handed_over(phone, item, at) if done == "parcel.deliver" else phone.did(done, at, item=item, reason="absent")
        answers = phone.sync(deed, phone.did("round.take_out", at - timedelta(minutes=5), uuid4(), item=item))
        assert [a["outcome"] for a in answers] == ["done", "done"]
        assert Parcel.objects.get(item=item).state == {"parcel.deliver": "delivered", "parcel.fail": "failed"}[done]
        assert list(verify_all()) == []
