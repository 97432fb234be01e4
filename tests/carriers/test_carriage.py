"""What people do with items entrusted to a carrier, and what stands in the ledgers meanwhile."""

import pytest
from django.conf import settings as django_settings

from motcua.acts import carriage, homeward
from motcua.acts.tracking import track
from motcua.acts.verify import verify_all
from motcua.carriers.actions import keep_heard
from motcua.carriers.models import CarrierDoubt, CarrierOrder
from motcua.carriers.vnpost.words import read_event
from motcua.custody.models import Paper, Parcel
from motcua.dossiers.models import Dossier
from motcua.kernel.problems import Refused
from motcua.looks.access import NotFound
from tests import make
from tests.carriers.world import OFFICE, Site, vnpost_options
from tests.people import actor

pytestmark = pytest.mark.django_db
NOW = make.START


@pytest.fixture
def site(settings):
    settings.OPTIONS = vnpost_options(django_settings.OPTIONS, "http://127.0.0.1:1")
    return Site(NOW)


def told(site, order, *statuses, confirmed=True, **more):
    """The carrier says these, each half an hour after the one before, and it is looked at."""
    for status in statuses:
        site.now += make.timedelta(minutes=30)
        raw = {"OrderNumber": order.number, "ItemCode": order.parcel.item, "status": status,
               "time": site.now.isoformat(), **({"receiverName": "Trần Thị Bưởi Mẫu"} if status == "PHAT_XONG" else {}), **more}  # fmt: skip
        keep_heard("vnpost", [read_event(raw)], site.now, confirmed=confirmed)
        site.work()
    order.refresh_from_db()
    order.parcel.refresh_from_db()
    return order


def result_of(order):
    return Paper.objects.get(dossier=order.dossier, kind="result")


def codes(refused):
    return refused.value.codes


def test_entrusting_offers_the_papers_and_the_office_holds_them_until_the_carrier_says_it_has_them(site):
    order = site.entrust()
    paper = result_of(order)
    assert (order.state, order.number, order.item) == ("asked", str(order.dossier), "")
    assert (paper.holder, paper.offered_to) == (f"office:{OFFICE}", "carrier:vnpost")
    told(site, order, "DON_NHAN", "LAY_DANG_DEN")
    assert result_of(order).holder == f"office:{OFFICE}"
    told(site, order, "LAY_XONG")
    paper = result_of(order)
    assert (paper.holder, paper.offered_to, order.parcel.state) == ("carrier:vnpost", "", "out")
    assert list(verify_all()) == []


def test_where_no_carrier_is_chosen_the_item_goes_to_the_dispatcher_as_ever(settings):
    site = Site(NOW)
    with pytest.raises(CarrierOrder.DoesNotExist):
        site.entrust()
    parcel = Parcel.objects.get()
    assert parcel.state == "ready"
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.hand_to_carrier, parcel.item)
    assert codes(refused) == ("carrier.none",)


def test_an_entrusted_item_is_not_given_to_a_postman_nor_taken_back_past_the_carrier(site):
    order = site.entrust()
    item = order.parcel.item
    for do in (homeward.withdraw, homeward.bring_back):
        with pytest.raises(Refused) as refused:
            site.as_hai(do, [item])
        assert codes(refused) == ("carrier.entrusted",)
    with pytest.raises(Refused) as refused:
        homeward.dispatch(make.command("hai", "parcel.dispatch", site.now), actor("hai"), [item], "minh")
    assert codes(refused) == ("machine.wrong_state",)


def test_calling_off_leaves_the_papers_offered_until_the_carrier_agrees(site):
    order = told(site, site.entrust(), "DON_NHAN")
    site.as_hai(carriage.call_off, order.number)
    assert result_of(order).offered_to == "carrier:vnpost"
    told(site, order, "LAY_HUY")
    assert (order.state, order.parcel.state, result_of(order).offered_to) == ("cancelled", "ready", "")
    again = site.as_hai(carriage.hand_to_carrier, order.parcel.item)
    assert again["order"] == f"{order.number}-2"
    assert list(verify_all()) == []


def test_what_was_collected_is_not_called_off(site):
    order = told(site, site.entrust(), "DON_NHAN", "LAY_XONG")
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.call_off, order.number)
    assert codes(refused) == ("carrier.collected",)


def test_what_comes_back_is_the_offices_by_its_own_act(site):
    order = told(site, site.entrust(), "DON_NHAN", "LAY_XONG", "PHAT_DANG_DI", "PHAT_CHUA_DUOC")
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.take_back, order.number)
    assert codes(refused) == ("machine.wrong_state",)
    told(site, order, "CHUYEN_HOAN")
    paper = result_of(order)
    assert (paper.holder, paper.offered_to) == ("carrier:vnpost", f"office:{OFFICE}")
    site.as_hai(carriage.take_back, order.number, "Bao bì rách")
    paper = result_of(order)
    assert (paper.holder, paper.offered_to, paper.condition) == (f"office:{OFFICE}", "", "Bao bì rách")
    order.refresh_from_db()
    assert (order.state, Parcel.objects.get().state) == ("returned", "ready")
    assert list(verify_all()) == []


def test_a_loss_opens_a_case_and_the_carrier_goes_on_answering_for_the_papers(site):
    order = told(site, site.entrust(), "DON_NHAN", "LAY_XONG", "MAT")
    assert (order.state, order.parcel.state, result_of(order).holder) == ("lost", "lost", "carrier:vnpost")
    assert [d.kind for d in order.dossier.discrepancies.all()] == ["lost"]
    assert list(verify_all()) == []


def test_money_the_carrier_took_is_owed_until_it_is_in_a_till(site):
    order = site.entrust(pay="door")
    assert order.cod > 0
    told(site, order, "DON_NHAN", "LAY_XONG", "PHAT_DANG_DI", "PHAT_XONG")
    assert Dossier.objects.get(pk=order.dossier_id).state == "closed"
    paid = site.as_hai(carriage.take_money, order.number)
    assert paid["receipts"]
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.take_money, order.number)
    assert codes(refused) == ("carrier.no_money",)
    assert list(verify_all()) == []


def test_a_contradiction_with_the_ledger_of_papers_moves_nothing_and_is_named(site):
    """Whatever the reason that the office has no such paper any more: the carrier can not have collected it."""
    order = told(site, site.entrust(), "DON_NHAN")
    site.as_hai(homeward.report_lost, order.parcel.item, "Không tìm thấy trong túi")
    told(site, order, "LAY_XONG")
    assert [d.code for d in order.doubts.all()] == ["custody"]
    assert result_of(order).holder == f"office:{OFFICE}"
    assert list(verify_all()) == []


def test_a_person_settles_a_doubt_with_words_and_believes_only_what_can_be_true(site):
    order = told(site, site.entrust(), "DON_NHAN", "PHAT_XONG")
    site.now += make.timedelta(hours=25)
    site.work()
    doubt = CarrierDoubt.objects.get()
    assert doubt.code == "not_collected"
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.settle, doubt.pk, "so", "")
    assert codes(refused) == ("carrier.no_decision", "carrier.no_note")
    site.as_hai(carriage.settle, doubt.pk, "believe", "Đã gọi bà Mẫu: đã nhận")
    site.work()
    order.refresh_from_db()
    assert (order.state, result_of(order).holder) == ("delivered", "applicant")
    assert Dossier.objects.get(pk=order.dossier_id).state == "closed"
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.settle, doubt.pk, "ignore", "lần nữa")
    assert codes(refused) == ("carrier.settled",)
    assert list(verify_all()) == []


def test_a_lie_can_not_be_believed(site):
    order = told(site, site.entrust(), "DON_NHAN", "TRANG_THAI_LA")
    doubt = CarrierDoubt.objects.get(order=order)
    with pytest.raises(Refused) as refused:
        site.as_hai(carriage.settle, doubt.pk, "believe", "Tin")
    assert codes(refused) == ("carrier.not_believable",)
    site.as_hai(carriage.settle, doubt.pk, "ignore", "Hãng xin lỗi")


@pytest.mark.parametrize("who", ["xa-hai", "minh", "lan", "hoa", "son"])
def test_orders_and_doubts_of_others_do_not_exist(site, who):
    order = told(site, site.entrust(), "DON_NHAN", "TRANG_THAI_LA")
    doubt = CarrierDoubt.objects.get(order=order)
    for do, given in (
        (carriage.call_off, [order.number]),
        (carriage.take_back, [order.number]),
        (carriage.take_money, [order.number]),
        (carriage.ask_carrier, [order.number]),
        (carriage.hand_to_carrier, [order.parcel.item]),
        (carriage.settle, [doubt.pk, "ignore", "x"]),
    ):
        with pytest.raises(NotFound):
            do(make.command(who, "x", site.now), actor(who), *given)


def test_the_applicant_sees_the_carriers_number_and_its_last_news(site):
    order = told(site, site.entrust(), "DON_NHAN", "LAY_XONG")
    seen = track(order.number, "5678", site.now, "1.1.1.1")
    assert (seen.carried.carrier, seen.carried.number) == ("VNPost", order.parcel.item)
    assert (seen.carried.state, seen.carried.at) == ("Hãng đang giữ, vận chuyển", order.told_at)


def test_while_the_carrier_does_not_answer_the_order_waits_and_says_so(site):
    order = site.entrust()
    site.work()
    order.refresh_from_db()
    assert (order.state, order.tries) == ("asked", 1)
    assert "no answer" in order.last_error
