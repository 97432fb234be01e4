"""The postman's phone and the server: each deed once, at the instant it was done, whatever comes twice, late or wrong."""

import json
from base64 import b64encode
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from motcua.acts import homeward, phones
from motcua.acts.verify import verify_all
from motcua.config import clock as the_clock
from motcua.custody.models import Parcel
from motcua.journal.models import Entry
from motcua.journal.rules import instant_done
from motcua.people.models import Device
from tests import make
from tests.documents.uploads import image
from tests.people import actor

pytestmark = pytest.mark.django_db
NOW = make.START + timedelta(hours=9)


@pytest.fixture(autouse=True)
def at_work():
    with the_clock.started_at(NOW):
        yield


class Phone:
    """A registered phone; `drift` is how far its clock stands behind."""

    def __init__(self, who: str, drift: timedelta = timedelta(0)) -> None:
        self.who, self.drift = who, drift
        self.secret = "md_" + b64encode(uuid4().bytes * 3)[:43].decode().replace("+", "-").replace("/", "_")
        wish = make.command(who, "device.register", make.START)
        self.id = phones.register_phone(wish, actor(who), "Máy thử", self.secret, "A" * 43)["device"]
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def did(self, name, at, key=None, **payload):
        return {
            "key": str(key or uuid4()),
            "name": name,
            "at": (at - self.drift).isoformat(),
            "offset_ms": self.drift // timedelta(milliseconds=1),
            "payload": payload,
        }

    def post(self, *commands):
        body = {"sent_at": (the_clock.now() - self.drift).isoformat(), "commands": list(commands)}
        return self.client.post("/api/v1/sync", json.dumps(body), content_type="application/json")

    def sync(self, *commands):
        answer = self.post(*commands)
        assert answer.status_code == 200, answer.content
        return answer.json()["answers"]

    def round(self):
        return self.client.get("/api/v1/round").json()


def handed_over(phone, item, at, **more):
    return phone.did("parcel.deliver", at, item=item, **make.proof(**more))


def outcomes(answers):
    return [a["outcome"] for a in answers]


def test_a_deed_is_done_once_at_its_own_instant(clock):
    d, item = make.on_the_way_home(clock)
    phone, at = Phone("minh"), clock.at + timedelta(minutes=30)
    deed = handed_over(phone, item, at)
    first = phone.sync(deed)
    assert outcomes(first) == ["done"]
    entries = Entry.objects.count()
    again = phone.sync(deed, deed)
    assert outcomes(again) == ["already", "already"]
    assert again[0]["answer"] == first[0]["answer"]
    assert Entry.objects.count() == entries
    d.refresh_from_db()
    assert (d.state, d.closed_at) == ("closed", at)
    assert list(verify_all()) == []


def test_a_clock_two_hours_wrong_comes_out_right(clock):
    d, item = make.on_the_way_home(clock)
    phone, at = Phone("minh", drift=timedelta(hours=2)), clock.at + timedelta(minutes=30)
    assert outcomes(phone.sync(handed_over(phone, item, at))) == ["done"]
    d.refresh_from_db()
    assert d.closed_at == at
    device = Device.objects.get()
    assert abs(device.drift_ms - 7_200_000) < 60_000
    assert device.last_seen_at is not None


def test_nothing_is_done_before_it_could_be_nor_after_now(clock):
    d, item = make.on_the_way_home(clock)
    handed_out = Entry.objects.filter(subject_id=Parcel.objects.get(item=item).pk).latest("id").happened_at
    phone = Phone("minh")
    assert outcomes(phone.sync(handed_over(phone, item, make.START - timedelta(days=3)))) == ["done"]
    d.refresh_from_db()
    assert d.closed_at == handed_out
    before, now = make.START, NOW
    assert instant_done(now + timedelta(hours=5), timedelta(0), before, now) == now
    assert instant_done(now, timedelta(hours=-2), None, now) == now - timedelta(hours=2)


def test_what_is_refused_says_why_and_holds_nothing_up(clock):
    _d, item = make.on_the_way_home(clock)
    phone, at = Phone("minh"), clock.at + timedelta(minutes=5)
    answers = phone.sync(
        phone.did("parcel.deliver", at, item=item, recipient="", relation="self"),
        phone.did("parcel.deliver", at, item="RA999999999VN", recipient="A", relation="self", signed=True),
        phone.did("parcel.deliver", at, item=item, surprise=1),
        phone.did("parcel.fly", at),
        phone.did("parcel.fail", at, item=item, reason="absent", note="Chó dữ"),
    )
    assert outcomes(answers) == ["refused", "refused", "refused", "refused", "done"]
    assert answers[1]["problems"][0]["code"] == "sync.not_yours"
    assert answers[2]["problems"] == [{"code": "input.extra_forbidden", "message": "Không có mục này.", "field": "surprise"}]
    assert answers[3]["problems"][0]["code"] == "sync.unknown"
    assert all(p["message"] for a in answers[:4] for p in a["problems"])


def test_of_two_phones_with_one_item_one_is_right(clock):
    _d, item = make.on_the_way_home(clock)
    minh, kien = Phone("minh"), Phone("kien")
    at = clock.at + timedelta(minutes=5)
    assert outcomes(kien.sync(handed_over(kien, item, at))) == ["refused"]
    assert outcomes(minh.sync(handed_over(minh, item, at))) == ["done"]
    assert outcomes(kien.sync(handed_over(kien, item, at))) == ["refused"]
    assert list(verify_all()) == []


def test_a_used_key_is_no_way_to_another_wish(clock):
    _d, item = make.on_the_way_home(clock)
    phone, key, at = Phone("minh"), uuid4(), clock.at + timedelta(minutes=5)
    assert outcomes(phone.sync(phone.did("parcel.fail", at, key, item=item, reason="absent"))) == ["done"]
    answer = phone.sync(phone.did("parcel.fail", at, key, item=item, reason="moved"))[0]
    assert (answer["outcome"], answer["problems"][0]["code"]) == ("refused", "input.key_reused")


def test_pictures_are_checked_and_kept(clock):
    _d, item = make.on_the_way_home(clock)
    phone, at = Phone("minh"), clock.at + timedelta(minutes=5)
    broken = [{"kind": "photo", "mime": "image/jpeg", "data": b64encode(b"GIF89a not a picture").decode()}]
    refused = phone.sync(handed_over(phone, item, at, proofs=broken))[0]
    assert (refused["outcome"], refused["problems"][0]["field"]) == ("refused", "file")
    noise = [{"kind": "photo", "mime": "image/jpeg", "data": "****"}]
    assert phone.sync(handed_over(phone, item, at, proofs=noise))[0]["problems"][0]["code"] == "sync.no_picture"
    signature = [{"kind": "signature", "mime": "image/png", "data": b64encode(image()).decode()}]
    assert outcomes(phone.sync(handed_over(phone, item, at, proofs=signature))) == ["done"]


def test_a_home_visit_brings_its_papers_and_their_picture(clock):
    d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")
    pickup, phone, at = d.pickups.get(), Phone("minh"), clock.at + timedelta(minutes=30)
    homeward.assign_pickup(make.command("hai", "pickup.assign", clock()), actor("hai"), pickup.pk, "minh")
    papers = [{"component": p["component"], "kind": p["kind"], "quantity": 1} for p in make.papers_for(d.procedure)]
    nothing = phone.did("pickup.collect", at, pickup=str(pickup.pk), papers=[{**papers[0], "quantity": 0}])
    picture = [{"kind": "photo", "mime": "image/jpeg", "data": b64encode(image("JPEG")).decode()}]
    answers = phone.sync(nothing, phone.did("pickup.collect", at, pickup=str(pickup.pk), papers=papers, proofs=picture))
    assert outcomes(answers) == ["refused", "done"]
    assert {p.holder for p in d.papers.all()} == {f"person:{pickup_postman(pickup)}"}
    assert d.files.get(kind="proof").title.startswith("photo-")
    assert list(verify_all()) == []


def pickup_postman(pickup):
    pickup.refresh_from_db()
    return pickup.postman_id


def test_what_is_tried_in_vain_carries_its_note(clock):
    d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")
    pickup, phone, at = d.pickups.get(), Phone("minh"), clock.at + timedelta(minutes=30)
    homeward.assign_pickup(make.command("hai", "pickup.assign", clock()), actor("hai"), pickup.pk, "minh")
    failed = phone.did("pickup.fail", at, pickup=str(pickup.pk), reason="absent", note="Cổng khoá")
    assert outcomes(phone.sync(failed)) == ["done"]
    pickup.refresh_from_db()
    assert pickup.last_reason == "Không có người nhận. Cổng khoá"


def test_a_revoked_phone_is_dead_and_told_so(clock):
    _d, item = make.on_the_way_home(clock)
    phone, at = Phone("minh"), clock.at + timedelta(minutes=5)
    wish = make.command("hai", "device.revoke", clock())
    phones.revoke_phone(wish, actor("hai"), phone.id, "Mất máy ở chợ")
    for answer in (phone.post(handed_over(phone, item, at)), phone.client.get("/api/v1/round")):
        assert answer.status_code == 401
        assert answer.json()["problems"][0]["code"] == "device.revoked"
    assert Parcel.objects.get(item=item).state == "out"
    assert list(verify_all()) == []


def test_a_phone_is_a_postman_and_nothing_else(clock):
    phone = Phone("minh")
    assert phone.client.get("/api/v1/worklist").status_code == 401
    assert Client(headers={"Authorization": "Bearer md_" + "x" * 43}).get("/api/v1/round").json()["problems"][0]["code"] == "auth.needed"


def test_what_is_given_up_is_remembered_with_its_reason(clock):
    phone = Phone("minh")
    drop = {"dropped": str(uuid4()), "what": "parcel.deliver", "about": "RA1", "codes": "sync.not_yours"}
    assert outcomes(phone.sync(phone.did("work.drop", NOW, **drop, note=" "))) == ["refused"]
    assert outcomes(phone.sync(phone.did("work.drop", NOW, **drop, note="Kiên đã phát"))) == ["done"]
    entry = Entry.objects.get(kind="device.dropped")
    assert (entry.data["note"], entry.data["about"]) == ("Kiên đã phát", "RA1")
    assert list(verify_all()) == []


def test_the_round_holds_all_that_a_day_without_signal_needs(clock):
    _d, item = make.on_the_way_home(clock)
    told = Phone("minh").round()
    stop = told["parcels"][0]
    assert stop["item"] == item
    assert stop["address"].startswith("Số 1 đường Thử Nghiệm, Phường")
    assert stop["papers"][0]["kind"] == "result"
    assert (told["day"], told["postman"]) == ("2026-07-06", "Anh Minh Bưu Tá")
    assert {"relations", "reasons", "kinds", "now"} <= told.keys()
    assert Phone("kien").round()["parcels"] == []
