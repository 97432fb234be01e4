"""A list costs as many questions to the database whether it shows one row, three or three hundred."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.api import auth
from motcua.config import clock as the_clock
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.dossiers.models import Dossier
from motcua.journal.ids import uuid7
from motcua.people.models import Device
from motcua.web.shared import door
from tests import make
from tests.people import account, actor, token

pytestmark = pytest.mark.django_db
ROWS = (1, 3, 300)


def at_the_post_office(clock):
    d = make.published(clock)
    make.bagged("thu", "hai", "ubnd-thanh-sen", "buu-cuc-thanh-sen", [d], clock)
    return d


def with_pickup(clock):
    return make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")


def to_be_fetched_by_minh(clock):
    from motcua.acts import homeward

    d = with_pickup(clock)
    wish = make.command("hai", "pickup.assign", clock())
    homeward.assign_pickup(wish, actor("hai"), d.pickups.get().pk, "minh")
    return d


def arrived(clock):
    d = make.received(clock=clock)
    make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", [d], clock)
    return d


def with_phone(clock):
    from motcua.acts import phones

    secret = "".join(chr(ord("a") + n % 26) for n in range(43))
    phones.register_phone(make.command("minh", "device.register", clock()), actor("minh"), "Máy", f"md_{secret}", secret)
    return make.filed(clock=clock)


def at_the_counter(clock):
    d = make.published(clock, return_by="counter")
    make.bagged("thu", "tung", "ubnd-thanh-sen", "mot-cua-thanh-sen", [d], clock)
    return d


# page, who looks at it, the dossier whose like fill it
PAGES = [
    ("/quay", "lan", lambda clock: make.received(clock=clock)),
    ("/quay/da-nhan", "lan", lambda clock: make.received(clock=clock)),
    ("/quay/cho", "tung", lambda clock: make.filed(clock=clock)),
    ("/quay/tra", "tung", at_the_counter),
    ("/viec", "son", make.processing),
    ("/viec?luot=all", "dung", make.processing),
    ("/viec/phan-cong", "cuong", arrived),
    ("/tui", "lan", lambda clock: make.received(clock=clock)),
    ("/tui", "hai", at_the_post_office),
    ("/ho-so-cua-toi", "hoa", lambda clock: make.filed(clock=clock)),
    ("/dieu-phoi", "hai", at_the_post_office),
    ("/dieu-phoi", "hai", lambda clock: make.brought_back(clock)[0]),
    ("/dieu-phoi/chuyen/minh", "hai", lambda clock: make.on_the_way_home(clock)[0]),
    ("/dieu-phoi/chuyen/minh", "hai", to_be_fetched_by_minh),
    ("/dieu-phoi/danh-sach/nghi-van", "hai", lambda clock: make.assigned(clock)[0]),
    ("/dieu-phoi/danh-sach/chua-phat-duoc", "hai", lambda clock: make.failed(clock)[0]),
    ("/dieu-phoi", "hai", with_pickup),
    ("/vong", "minh", lambda clock: make.on_the_way_home(clock)[0]),
    ("/vong", "minh", to_be_fetched_by_minh),
    ("/dieu-hanh/ho-so", "giang", make.processing),
    ("/api/v1/worklist", "son", make.processing),
    ("/api/v1/parcels?place=buu-cuc-thanh-sen", "hai", lambda clock: make.on_the_way_home(clock)[0]),
    ("/dieu-phoi/dien-thoai", "hai", with_phone),
    ("/api/v1/round", "minh", lambda clock: make.on_the_way_home(clock)[0]),
    ("/api/v1/dossiers?q=0912345678", "lan", lambda clock: make.received(clock=clock)),
]


def twins(d: Dossier, count: int) -> None:
    """More dossiers like this one, each with papers, items and visits of its own."""
    before = set(Dossier.objects.values_list("pk", flat=True))
    make.copies_of(d, count, first=len(before))
    fresh = list(Dossier.objects.exclude(pk__in=before))
    for n, twin in enumerate(fresh, len(before)):
        for model, unique in ((Paper, {"sticker": f"P{n:05d}"}), (Parcel, {"item": f"RB{n:09d}VN"}), (Pickup, {})):
            rows = model.objects.filter(dossier=d)
            model.objects.bulk_create(_twin(row, twin, unique, k) for k, row in enumerate(rows))
    phones = Device.objects.all()[:1]
    Device.objects.bulk_create(_like(p, digest=twin.pk.bytes * 2) for p in phones for twin in fresh)


def _like(row: Any, **changed: Any) -> Any:
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)(**{**columns, "id": uuid7(), **changed})


def _twin(row: Any, twin: Dossier, unique: dict[str, str], k: int) -> Any:
    return _like(row, dossier_id=twin.pk, **{name: f"{text}{k or ''}" for name, text in unique.items()})


def browser_of(username: str, path: str) -> Client:
    if path.startswith("/api/"):
        return Client(headers={"Authorization": f"Bearer {token(username, make.START)}"})
    client, found = Client(), account(username)
    session = client.session
    session["account"], session["epoch"] = str(found.pk), found.epoch
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def statements(client: Client, path: str) -> list[str]:
    door.forget_snapshots()
    auth.forget_snapshots()
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    assert answer.status_code == 200, path
    # Whether the law was published anew is asked every few seconds, not once a page.
    return [q["sql"] for q in seen.captured_queries if "procedures_release" not in q["sql"]]


@pytest.mark.parametrize(("path", "who", "factory"), PAGES, ids=[f"{p} {w} {n}" for n, (p, w, _f) in enumerate(PAGES)])
def test_a_list_costs_the_same_whatever_it_shows(clock, path, who, factory):
    with the_clock.started_at(make.START.replace(hour=16)):
        d = factory(clock)
        client = browser_of(who, path)
        statements(client, path)  # the process knows the law and the person, as in a server that has run for a second
        used, sizes, there = {}, {}, 1
        for rows in ROWS:
            twins(d, rows - there)
            there = rows
            used[rows] = statements(client, path)
            sizes[rows] = len(client.get(path).content)
        assert len({len(sql) for sql in used.values()}) == 1, "\n".join(s[:200] for s in set(used[300]) - set(used[1]))
        assert sizes[3] != sizes[1], "the list does not show what it is counted by"
