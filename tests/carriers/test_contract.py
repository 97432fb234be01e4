"""The adapter against the simulated carrier as a process of its own: whatever it does, custody ends right or in a
named doubt, nothing is applied twice, and the ledgers agree."""

import pytest
from django.conf import settings as django_settings

from motcua.acts.verify import verify_all
from motcua.carriers.models import CarrierDoubt, CarrierEvent, CarrierOrder
from motcua.custody.models import Discrepancy, Paper, Parcel
from motcua.journal.models import Entry
from tests import make
from tests.carriers.world import Play, Site, vnpost_options

pytestmark = pytest.mark.django_db

RIGHT = {
    "PHAT_XONG": ("delivered", "delivered", "applicant"),
    "CHUYEN_HOAN": ("returned", "ready", "office:buu-cuc-thanh-sen"),
    "MAT": ("lost", "lost", "carrier:vnpost"),
    "LAY_HUY": ("cancelled", "ready", "office:buu-cuc-thanh-sen"),
}
ALL_AT_ONCE = {"duplicate": 0.4, "reorder": 0.4, "delay": 0.3, "drop": 0.3, "regress": 0.25, "lie": 0.35}


@pytest.fixture
def plays(settings):  # type: ignore[no-untyped-def]
    opened = []

    def open_play(seed, **rates):  # type: ignore[no-untyped-def]
        play = Play(make.START, seed, **rates)
        opened.append(play)
        settings.OPTIONS = vnpost_options(django_settings.OPTIONS, play.url)
        return Site(make.START, play)

    yield open_play
    for play in opened:
        play.close()


def month_of(site, orders):  # type: ignore[no-untyped-def]
    """A month passes, some hours at a time, then days; what comes back is taken back."""
    made = [site.entrust(person=make.person(name=f"Nguyễn Văn Thử {n}")) for n in range(orders)]
    for minutes in [30] * 10 + [240] * 40 + [24 * 60] * 15:
        site.live(minutes)
        site.take_back_what_came()
    return CarrierOrder.objects.filter(pk__in=[o.pk for o in made]).select_related("parcel", "dossier")


def holders(order):  # type: ignore[no-untyped-def]
    return set(Paper.objects.filter(dossier=order.dossier, kind="result").values_list("holder", flat=True))


def applied_twice():
    """Kinds of entries that may stand only once in the history of one order."""
    once = [f"carrierorder.{kind}" for kind in ("collected", "delivered", "returned", "cancelled", "lost", "take_back")]
    rows = Entry.objects.filter(kind__in=once).values_list("subject_id", "kind")
    return len(rows) - len(set(rows))


def test_an_honest_carrier_leaves_no_doubt_and_every_paper_where_it_truly_is(plays):
    site = plays(3)
    orders = month_of(site, 6)
    truth = site.play.status()["orders"]
    for order in orders:
        state, parcel, holder = RIGHT[truth[order.number]["status"]]
        assert (order.state, order.parcel.state, holders(order)) == (state, parcel, {holder}), order.number
        assert (order.item or order.parcel.item) == truth[order.number]["item"]
    assert [(d.code, d.event.raw) for d in CarrierDoubt.objects.select_related("event")] == []
    assert applied_twice() == 0
    assert list(verify_all()) == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_whatever_it_does_custody_ends_right_or_in_a_named_doubt(plays, seed):
    site = plays(seed, **ALL_AT_ONCE)
    orders = month_of(site, 5)
    status = site.play.status()
    assert {"duplicate", "reorder", "delay", "drop", "lie", "lost_answer"} <= status["misbehaved"].keys()
    for order in orders:
        state, parcel, holder = RIGHT[status["orders"][order.number]["status"]]
        right = (order.state, order.parcel.state, holders(order)) == (state, parcel, {holder})
        assert right or order.doubts.filter(settled_at=None).exists(), (order.number, order.state, order.last_error)
    assert CarrierDoubt.objects.exists()
    assert not CarrierEvent.objects.filter(outcome="").exists()
    assert applied_twice() == 0
    assert list(verify_all()) == []


def test_a_delivery_closes_the_dossier_with_the_carriers_proof_and_a_loss_opens_a_case(plays):
    site = plays(8)
    orders = month_of(site, 8)
    ended = {o.state: o for o in orders}
    delivered = ended["delivered"]
    assert delivered.dossier.state == "closed"
    parcel = Parcel.objects.get(pk=delivered.parcel_id)
    assert parcel.recipient == "Nguyễn Văn Thử " + parcel.recipient[-1]
    assert parcel.proof["carrier"] == "vnpost"
    assert parcel.ended_at == delivered.events.get(said="delivered").at
    lost = [o for o in orders if o.state == "lost"]
    assert Discrepancy.objects.filter(kind="lost").count() == len(lost)


def test_a_lost_answer_is_found_again_and_never_a_second_order(plays):
    site = plays(5, drop=0.6)
    order = site.entrust()
    for _ in range(40):
        site.live(30)
    order.refresh_from_db()
    assert list(site.play.status()["orders"]) == [order.number]
    assert order.state != "asked"
    assert order.tries >= 1
