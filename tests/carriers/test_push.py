"""What VNPost pushes: only with its signature, each thing once, and whatever it holds the answer is quick."""

import json

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st

from motcua.carriers.actions import keep_heard
from motcua.carriers.interface import NotTheCarrier
from motcua.carriers.lifecycle import Said
from motcua.carriers.models import CarrierDoubt, CarrierEvent
from motcua.carriers.vnpost.words import (
    SIGN_HEADER,
    TIME_HEADER,
    check_signature,
    read_event,
    read_push,
    signature,
    table,
)
from motcua.custody.models import Paper
from motcua.jobs.models import Job
from tests import make
from tests.carriers.world import SECRET, Site, vnpost_options

NOW = make.START


def signed(body, at=NOW, secret=SECRET):
    stamp = str(int(at.timestamp()))
    return {TIME_HEADER: stamp, SIGN_HEADER: signature(secret, stamp, body)}


@pytest.fixture
def site(db, settings):
    settings.OPTIONS = vnpost_options(django_settings.OPTIONS, "http://127.0.0.1:1")
    return Site(NOW)


def told(order, status, at, **more):
    return {"OrderNumber": order.number, "ItemCode": order.parcel.item, "status": status, "time": at.isoformat(), **more}


def test_a_signed_message_is_kept_once_however_often_it_comes(site):
    order = site.entrust()
    body = json.dumps(told(order, "LAY_DANG_DEN", site.now)).encode()
    answers = [site.push(signed(body, site.now), body) for _ in range(3)]
    assert [(a.status_code, a.json()) for a in answers] == [(202, {"fresh": 1}), (202, {"fresh": 0}), (202, {"fresh": 0})]
    assert CarrierEvent.objects.count() == 1
    assert Job.objects.filter(name="acts.carrier_news").count() == 1


@pytest.mark.parametrize("wrong", ["body", "secret", "late", "early", "missing", "stamp"])
def test_without_a_true_and_fresh_signature_nothing_is_kept(site, wrong):
    body = b'{"status": "PHAT_XONG"}'
    headers = signed(body, site.now)
    if wrong == "body":
        body += b" "
    if wrong == "secret":
        headers = signed(body, site.now, "khác")
    if wrong in {"late", "early"}:
        headers = signed(body, site.now + make.timedelta(minutes=6 if wrong == "early" else -6))
    if wrong == "missing":
        del headers[SIGN_HEADER]
    if wrong == "stamp":
        headers[TIME_HEADER] = "hôm nay"
    answer = site.push(headers, body)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (401, "carrier.not_signed")
    assert not CarrierEvent.objects.exists()


def test_without_an_agreed_secret_nobody_can_sign():
    with pytest.raises(NotTheCarrier):
        check_signature(signed(b"{}", secret=""), b"{}", "", NOW)


def test_a_carrier_that_is_not_set_up_here_is_not_listened_to(client, db):
    assert client.post("/api/v1/carriers/vnpost/events", b"{}", content_type="application/json").status_code == 401
    assert client.post("/api/v1/carriers/khac/events", b"{}", content_type="application/json").status_code == 401


def test_too_much_at_once_is_refused(site):
    body = b"[" + b" " * 600_000 + b"]"
    assert site.push(signed(body, site.now), body).status_code == 413


@pytest.mark.parametrize("body", [b"not json", b"[]", b"null", b'{"events": 3}', b'{"status": {"a": 1}}', b'"\xff"', b"[" * 5000])
def test_signed_nonsense_becomes_a_doubt_with_its_words(site, body):
    assert site.push(signed(body, site.now), body).status_code == 202
    site.work()
    assert [d.code for d in CarrierDoubt.objects.all()] == ["unreadable"] * CarrierEvent.objects.count()


def test_delivered_for_an_order_nobody_sent_is_a_doubt_of_every_dispatcher(site):
    body = json.dumps({"OrderNumber": "LA", "ItemCode": "RA1", "status": "PHAT_XONG", "time": site.now.isoformat(),
                       "receiverName": "Ai đó"}).encode()  # fmt: skip
    site.push(signed(body, site.now), body)
    site.work()
    assert [(d.code, d.office_id, d.event.number) for d in CarrierDoubt.objects.all()] == [("unknown_order", None, "LA")]


def test_what_is_pushed_alone_moves_no_paper(site):
    order = site.entrust()
    body = json.dumps(told(order, "LAY_XONG", site.now)).encode()
    site.push(signed(body, site.now), body)
    site.work()
    order.refresh_from_db()
    assert order.state == "asked"
    paper = Paper.objects.get(dossier=order.dossier, kind="result")
    assert (paper.holder, paper.offered_to) == ("office:buu-cuc-thanh-sen", "carrier:vnpost")
    keep_heard("vnpost", read_push(body), site.now, confirmed=True)
    site.work()
    order.refresh_from_db()
    paper.refresh_from_db()
    assert (order.state, paper.holder, paper.offered_to) == ("carried", "carrier:vnpost", "")


def test_every_code_of_the_table_means_something_of_ours():
    assert {Said(word) for word in table()["events"].values()} == set(Said)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("OrderNumber", "ItemCode", "status", "time", "place", "note", "receiverName", "relation")


@given(st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=8) | json_values)
def test_whatever_is_written_is_read_without_breaking_and_always_alike(raw):
    one, other = read_event(raw), read_event(json.loads(json.dumps(raw)))
    assert one.key == other.key
    assert len(one.number) <= 60
    assert len(one.item) <= 40
    assert len(one.recipient) <= 250
