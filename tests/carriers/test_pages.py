"""The dispatcher's pages of what outside carriers bring, and the same over the API."""

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.carriers.models import CarrierDoubt, CarrierOrder
from motcua.config import clock as the_clock
from motcua.web.shared.door import forget_snapshots
from tests import make
from tests.carriers.test_carriage import told
from tests.carriers.world import Site, vnpost_options
from tests.people import account, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    settings.OPTIONS = vnpost_options(django_settings.OPTIONS, "http://127.0.0.1:1")
    return Site(make.START)


@pytest.fixture
def hai(client):
    forget_snapshots()
    found, session = account("hai"), client.session
    session["account"], session["epoch"] = str(found.pk), found.epoch
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_board_shows_doubts_before_orders_and_leads_to_both(site, hai):
    order = told(site, site.entrust(), "DON_NHAN", "TRANG_THAI_LA")
    with the_clock.started_at(site.now):
        home = text(hai.get("/dieu-phoi/hang"))
        assert home.index("Trạng thái lạ") < home.index(f'href="/dieu-phoi/hang/{order.number}"')
        assert "Hãng đã nhận đơn" in home
        shown = text(hai.get(f"/dieu-phoi/hang/{order.number}"))
        assert "TRANG_THAI_LA" in shown
        assert "nghi vấn" in shown


def test_a_doubt_is_settled_with_words_and_what_is_missing_is_told_on_its_page(site, hai):
    order = told(site, site.entrust(), "DON_NHAN", "TRANG_THAI_LA")
    doubt = CarrierDoubt.objects.get(order=order)
    url = f"/dieu-phoi/nghi-van/{doubt.pk}"
    with the_clock.started_at(site.now):
        page = text(hai.get(url))
        assert "&quot;status&quot;: &quot;TRANG_THAI_LA&quot;" in page
        assert 'value="believe"' not in page
        empty = hai.post(url, {"decision": "ignore", "note": ""})
        assert (empty.status_code, doubt.settled_at) == (422, None)
        assert hai.post(url, {"decision": "ignore", "note": "Hãng nhầm"}).status_code == 302
    doubt.refresh_from_db()
    assert (doubt.decision, doubt.settlement) == ("ignore", "Hãng nhầm")
    assert "Hãng nhầm" in text(hai.get(url))


def test_an_order_offers_only_what_may_be_done_now(site, hai):
    order = told(site, site.entrust(), "DON_NHAN")
    url = f"/dieu-phoi/hang/{order.number}"
    with the_clock.started_at(site.now):
        assert {a for a in ("ask", "call_off", "take_back", "take_money") if f"form-{a}" in text(hai.get(url))} == {
            "ask", "call_off",
        }  # fmt: skip
        refused = hai.post(f"{url}/take_back")
        assert refused.status_code == 409
        assert "Không thể “Nhận lại từ hãng”" in refused.content.decode()
        assert hai.post(f"{url}/call_off").status_code == 302
        assert "chờ hãng xác nhận" in text(hai.get(url))


def test_where_no_carrier_is_set_up_there_is_no_tab(hai, db):
    with the_clock.started_at(make.START):
        assert "/dieu-phoi/hang" not in text(hai.get("/dieu-phoi"))


@pytest.mark.parametrize("orders", [1, 3])
def test_the_board_costs_the_same_whatever_it_shows(site, hai, orders):
    for _ in range(orders):
        told(site, site.entrust(), "DON_NHAN", "TRANG_THAI_LA")
    with the_clock.started_at(site.now), CaptureQueriesContext(connection, ) as asked:
        text(hai.get("/dieu-phoi/hang"))
    assert len(asked) <= 6


def test_the_api_shows_and_does_the_same(site):
    order = told(site, site.entrust(), "DON_NHAN", "TRANG_THAI_LA")
    api = Client(headers={"Authorization": f"Bearer {token('hai', make.START)}"})
    with the_clock.started_at(site.now):
        board = api.get("/api/v1/carrier-orders?place=buu-cuc-thanh-sen").json()
        assert [o["number"] for o in board["orders"]] == [order.number]
        assert board["owed"] == []
        (doubt,) = board["doubts"]
        assert (doubt["code"], doubt["event"]["raw"]["status"]) == ("unknown_status", "TRANG_THAI_LA")
        one = api.get(f"/api/v1/carrier-orders/{order.number}").json()
        assert [(e["said"], e["outcome"]) for e in one["events"]] == [("registered", "applied"), (None, "doubt")]
        settled = api.post(f"/api/v1/carrier-doubts/{doubt['id']}/settle", {"decision": "ignore", "note": "Đã hỏi"},
                           content_type="application/json")  # fmt: skip
        assert settled.status_code == 200
        called = api.post(f"/api/v1/carrier-orders/{order.number}/actions/call_off", {}, content_type="application/json")
        assert called.json()["state"] == "registered"
    assert CarrierOrder.objects.get(pk=order.pk).cancel_asked_at is not None
