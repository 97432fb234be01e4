"""The postman's pages and the post office's board, through the browser's door."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.acts import homeward
from motcua.config import clock as the_clock
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.dossiers.models import Dossier
from motcua.money.models import Payment, Remittance, Shift
from motcua.web.shared.door import forget_snapshots
from tests import make
from tests.people import account, actor

pytestmark = pytest.mark.django_db
OFFICE = "buu-cuc-thanh-sen"


@pytest.fixture(autouse=True)
def at_work():  # type: ignore[no-untyped-def]
    """The pages live two hours after the acts of the factories."""
    with the_clock.started_at(make.START + timedelta(hours=2)):
        yield


@pytest.fixture
def as_(client):  # type: ignore[no-untyped-def]
    """Logs the browser in as one of the cast."""

    def log_in(username: str):  # type: ignore[no-untyped-def]
        forget_snapshots()
        client.cookies.clear()
        found, session = account(username), client.session
        session["account"], session["epoch"] = str(found.pk), found.epoch
        session.save()
        client.cookies["sessionid"] = session.session_key
        return client

    return log_in


def given(**more):  # type: ignore[no-untyped-def]
    seen = {"recipient": "Trần Thị Bưởi Mẫu", "relation": "self", "id_checked": "on", "id_last4": "0016"}
    return {"key": str(uuid4()), **seen, "signed": "on", **more}


def ordered(clock) -> Pickup:  # type: ignore[no-untyped-def]
    d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")
    return Pickup.objects.get(dossier=d)


def assigned(clock, who: str = "minh") -> Pickup:  # type: ignore[no-untyped-def]
    pickup = ordered(clock)
    wish = make.command("hai", "pickup.assign", clock())
    homeward.assign_pickup(wish, actor("hai"), pickup.pk, who)
    pickup.refresh_from_db()
    return pickup


def at_the_post_office(clock, **more) -> Dossier:  # type: ignore[no-untyped-def]
    d = make.published(clock, **more)
    make.bagged("thu", "hai", "ubnd-thanh-sen", OFFICE, [d], clock)
    return d


# --- the postman


def test_a_stop_shows_what_is_to_be_done_and_both_purses_apart(as_, clock):
    d, item = make.on_the_way_home(clock, pay="door", procedure=make.QUICK)
    page = as_("minh").get("/vong").content.decode()
    assert item in page
    assert 'href="tel:0912345678"' in page
    assert "Số 1 đường Thử Nghiệm" in page
    assert "Thu phí, lệ phí nhà nước" in page
    assert "Thu cước bưu chính" in page
    assert f"/vong/phat/{item}" in page
    assert d.applicant.id_number not in page


def test_another_postman_sees_nothing_of_it(as_, clock):
    _d, item = make.on_the_way_home(clock)
    for stranger in ("kien", "xa-minh"):
        browser = as_(stranger)
        assert item not in browser.get("/vong").content.decode()
        assert browser.get(f"/vong/phat/{item}").status_code == 404
        assert browser.post(f"/vong/phat/{item}", given(collect="on")).status_code == 404
        assert browser.post(f"/vong/phat/{item}/chua-duoc", {"reason": "absent"}).status_code == 404


@pytest.mark.parametrize("who", ["lan", "cuong", "giang", "an", "hoa"])
def test_only_postmen_have_a_round(as_, who):
    assert as_(who).get("/vong").status_code == 403


def test_scanning_an_item_a_dossier_or_nonsense(as_, clock):
    d, item = make.on_the_way_home(clock)
    browser = as_("minh")
    assert browser.get("/vong/quet", {"code": item.lower()}).url == f"/vong/phat/{item}"
    assert browser.get("/vong/quet", {"code": d.code}).url == f"/vong/phat/{item}"
    assert browser.get("/vong/quet", {"code": "RA000000000VN"}).url == "/vong"
    assert "RA000000000VN" in browser.get("/vong").content.decode()


def test_delivering_closes_the_dossier_takes_the_money_and_a_second_click_changes_nothing(as_, clock):
    d, item = make.on_the_way_home(clock, pay="door", procedure=make.QUICK)
    browser, form = as_("minh"), given(collect="on", note="Cổng xanh")
    first = browser.post(f"/vong/phat/{item}", form)
    second = browser.post(f"/vong/phat/{item}", form)
    assert (first.status_code, second.status_code) == (302, 302)
    d.refresh_from_db()
    assert d.state == "closed"
    assert Parcel.objects.get(item=item).proof["note"] == "Cổng xanh"
    purses = sorted(Payment.objects.filter(dossier=d).values_list("purse", flat=True))
    assert purses == ["post", "state"]


def test_what_is_missing_at_the_door_is_said_beside_its_field_and_nothing_typed_is_lost(as_, clock):
    _d, item = make.on_the_way_home(clock)
    answer = as_("minh").post(
        f"/vong/phat/{item}", {"key": str(uuid4()), "recipient": "Người Hàng Xóm", "relation": "family"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Người Hàng Xóm" in page
    assert "deliver_signed_error" in page
    assert Parcel.objects.get(item=item).state == "out"


def test_money_that_is_due_must_be_taken(as_, clock):
    _d, item = make.on_the_way_home(clock, pay="door", procedure=make.QUICK)
    answer = as_("minh").post(f"/vong/phat/{item}", given())
    assert answer.status_code == 409
    assert "deliver_collect_error" in answer.content.decode()
    assert Parcel.objects.get(item=item).state == "out"


def test_a_name_of_ten_thousand_letters_is_refused_in_words(as_, clock):
    _d, item = make.on_the_way_home(clock)
    answer = as_("minh").post(f"/vong/phat/{item}", given(recipient="Ă" * 10_000))
    assert answer.status_code == 422
    assert "quá dài" in answer.content.decode()


def test_a_failed_try_needs_a_reason_and_the_papers_stay_with_the_postman_until_the_office_takes_them(as_, clock):
    d, item = make.on_the_way_home(clock)
    browser = as_("minh")
    assert browser.post(f"/vong/phat/{item}/chua-duoc", {"key": str(uuid4())}).status_code == 422
    done = browser.post(f"/vong/phat/{item}/chua-duoc", {"key": str(uuid4()), "reason": "absent", "note": "Khoá cổng"})
    assert done.status_code == 302
    parcel = Parcel.objects.get(item=item)
    assert (parcel.state, parcel.last_reason) == ("failed", "Không có người nhận. Khoá cổng")
    assert Paper.objects.get(dossier=d, kind="result").holder == f"person:{account('minh').pk}"
    assert as_("hai").post(f"/dieu-phoi/buu-gui/{item}/bring_back", {"key": str(uuid4())}).status_code == 302
    assert Parcel.objects.get(item=item).state == "ready"
    assert Paper.objects.get(dossier=d, kind="result").holder == f"office:{OFFICE}"


def test_the_same_postman_tries_again(as_, clock):
    _d, item = make.failed(clock)
    browser = as_("minh")
    assert "Phát chưa được, bạn đang giữ" in browser.get("/vong").content.decode()
    assert browser.post("/vong/nhan-di-phat", {"key": str(uuid4()), "buu-gui": item}).status_code == 302
    assert browser.post(f"/vong/phat/{item}", given(collect="on")).status_code == 302
    assert Parcel.objects.get(item=item).attempts == 2


def test_a_stop_that_was_finished_in_between_is_told_quietly(as_, clock):
    _d, item = make.on_the_way_home(clock)
    browser = as_("minh")
    browser.post(f"/vong/phat/{item}", given(collect="on"))
    late = browser.post(f"/vong/phat/{item}/chua-duoc", {"key": str(uuid4()), "reason": "absent"})
    assert late.status_code == 302
    assert "trước đó" in browser.get("/vong").content.decode()
    assert Parcel.objects.get(item=item).state == "delivered"


def test_papers_counted_at_a_home_are_in_the_postmans_hand(as_, clock):
    pickup = assigned(clock)
    browser = as_("minh")
    page = browser.get(f"/vong/nhan/{pickup.pk}").content.decode()
    keys = [p["component"] for p in make.papers_for(make.THREE_DAYS)]
    assert all(f'name="paper-{key}-originals"' in page for key in keys)
    counted = {f"paper-{key}-originals": "1" for key in keys}
    assert browser.post(f"/vong/nhan/{pickup.pk}", {"key": str(uuid4()), **counted}).status_code == 302
    held = Paper.objects.filter(dossier=pickup.dossier, holder=f"person:{account('minh').pk}")
    assert held.count() == len(keys)
    assert "Giấy tờ đang trong túi bạn" in browser.get("/vong").content.decode()


def test_counting_nothing_or_nonsense_at_a_home_is_refused(as_, clock):
    pickup = assigned(clock)
    browser, key = as_("minh"), make.papers_for(make.THREE_DAYS)[0]["component"]
    assert browser.post(f"/vong/nhan/{pickup.pk}", {"key": str(uuid4())}).status_code == 409
    bad = browser.post(f"/vong/nhan/{pickup.pk}", {"key": str(uuid4()), f"paper-{key}-originals": "mười"})
    assert bad.status_code == 422
    assert "mười" in bad.content.decode()
    pickup.refresh_from_db()
    assert pickup.state == "assigned"


def test_a_visit_that_brought_nothing(as_, clock):
    pickup = assigned(clock)
    done = as_("minh").post(f"/vong/nhan/{pickup.pk}/chua-duoc", {"key": str(uuid4()), "reason": "asked_later"})
    pickup.refresh_from_db()
    assert (done.status_code, pickup.state) == (302, "failed")


def test_the_money_in_the_hand_is_counted_and_taken_in_by_the_office(as_, clock):
    d, item = make.on_the_way_home(clock, pay="door", procedure=make.QUICK)
    browser = as_("minh")
    browser.post(f"/vong/phat/{item}", given(collect="on"))
    sums = dict(Payment.objects.filter(dossier=d).values_list("purse", "amount"))
    wrong = browser.post("/vong/tien", {"key": str(uuid4()), "state": "1", "post": str(sums["post"])})
    assert wrong.status_code == 409
    assert "count_note_error" in wrong.content.decode()
    right = {"key": str(uuid4()), "state": str(sums["state"]), "post": str(sums["post"]), "note": ""}
    assert browser.post("/vong/tien", right).status_code == 302
    shift = Shift.objects.get(account=account("minh"))
    assert "chờ bưu cục nhận" in browser.get("/vong/tien").content.decode()
    office = as_("hai")
    assert "Anh Minh Bưu Tá" in office.get("/dieu-phoi/tien").content.decode()
    taken = office.post("/dieu-phoi/tien/nhan", {"key": str(uuid4()), "shift": str(shift.pk), "noi": OFFICE})
    assert taken.status_code == 302
    assert set(Payment.objects.filter(dossier=d).values_list("hand", flat=True)) == {f"office:{OFFICE}"}
    sent = office.post(
        "/dieu-phoi/tien/nop",
        {"key": str(uuid4()), "noi": OFFICE, "purse": "state", "taker": "ubnd-thanh-sen"},
    )
    assert sent.status_code == 302
    assert Remittance.objects.get(giver=OFFICE).amount == sums["state"]


# --- the post office


def test_results_become_items_many_at_once_and_a_second_click_makes_no_more(as_, clock):
    papers = [at_the_post_office(clock), at_the_post_office(clock)]
    browser = as_("hai")
    page = browser.get("/dieu-phoi").content.decode()
    assert all(f'value="{d.reference}"' in page for d in papers)
    form = {"key": str(uuid4()), "noi": OFFICE, "ho-so": [d.reference for d in papers]}
    assert browser.post("/dieu-phoi/lap", form).status_code == 302
    assert browser.post("/dieu-phoi/lap", form).status_code == 302
    assert Parcel.objects.filter(dossier__in=papers).count() == 2


def test_nothing_ticked_is_said_and_ticks_survive_a_refusal(as_, clock):
    d = at_the_post_office(clock)
    browser = as_("hai")
    assert browser.post("/dieu-phoi/lap", {"key": str(uuid4()), "noi": OFFICE}).status_code == 422
    browser.post("/dieu-phoi/lap", {"key": str(uuid4()), "noi": OFFICE, "ho-so": d.reference})
    item = Parcel.objects.get(dossier=d).item
    refused = browser.post(
        "/dieu-phoi/giao", {"key": str(uuid4()), "noi": OFFICE, "buu-gui": item, "postman": "xa-minh"}
    )
    assert refused.status_code == 409
    assert f'value="{item}" checked' in refused.content.decode()


def test_the_chosen_postman_goes_out_with_the_ticked_items(as_, clock):
    d = at_the_post_office(clock)
    browser = as_("hai")
    browser.post("/dieu-phoi/lap", {"key": str(uuid4()), "noi": OFFICE, "ho-so": d.reference})
    item = Parcel.objects.get(dossier=d).item
    sent = browser.post("/dieu-phoi/giao", {"key": str(uuid4()), "noi": OFFICE, "buu-gui": item, "postman": "kien"})
    assert sent.status_code == 302
    parcel = Parcel.objects.get(item=item)
    assert (parcel.state, parcel.postman_id) == ("assigned", account("kien").pk)
    paper = Paper.objects.get(dossier=d, kind="result")
    assert (paper.holder, paper.offered_to) == (f"office:{OFFICE}", f"person:{account('kien').pk}")
    kien = as_("kien")
    assert "Chờ bạn nhận đi phát: 1" in kien.get("/vong").content.decode()
    assert kien.get(f"/vong/phat/{item}").url == "/vong"
    assert kien.post("/vong/nhan-di-phat", {"key": str(uuid4())}).status_code == 302
    paper.refresh_from_db()
    assert (paper.holder, paper.offered_to) == (f"person:{account('kien').pk}", "")
    assert f"/vong/phat/{item}" in kien.get("/vong").content.decode()


def test_hold_collect_send_back_and_lose_each_with_its_form(as_, clock):
    _d, item = make.brought_back(clock)
    browser, here = as_("hai"), f"/dieu-phoi/buu-gui/{item}"
    page = browser.get(here).content.decode()
    assert "/giay/parcel_label.pdf" in page
    assert f"{here}/hold" in page
    assert f"{here}/collect" not in page
    too_soon = browser.post(f"{here}/hold", {"key": str(uuid4())})
    assert too_soon.status_code == 409
    assert "Mới phát 1 lần" in too_soon.content.decode()
    assert browser.post(f"{here}/hold", {"key": str(uuid4()), "asked": "on"}).status_code == 302
    assert browser.post(f"{here}/send_back", {"key": str(uuid4()), "reason": "Hết hạn"}).status_code == 409
    assert browser.post(f"{here}/collect", given(collect="on")).status_code == 302
    assert Parcel.objects.get(item=item).state == "delivered"
    assert browser.post(f"{here}/lose", {"key": str(uuid4()), "reason": "Không thấy"}).status_code == 409
    assert browser.post(f"{here}/deliver", given()).status_code == 404


def test_homes_to_visit_are_assigned_together_or_not_at_all(as_, clock):
    pickups = [ordered(clock), ordered(clock)]
    browser, ids = as_("hai"), [str(p.pk) for p in pickups]
    form = {"noi": OFFICE, "yeu-cau": ids}
    refused = browser.post("/dieu-phoi/nhan-tai-nha", {"key": str(uuid4()), **form, "postman": "lan"})
    assert refused.status_code == 409
    done = browser.post("/dieu-phoi/nhan-tai-nha", {"key": str(uuid4()), **form, "postman": "minh"})
    assert done.status_code == 302
    assert {p.state for p in Pickup.objects.filter(pk__in=ids)} == {"assigned"}
    gone = browser.post(f"/dieu-phoi/nhan-tai-nha/{ids[0]}/huy", {"key": str(uuid4()), "noi": OFFICE})
    assert (gone.status_code, Pickup.objects.get(pk=ids[0]).state) == (302, "cancelled")


def test_the_post_office_elsewhere_sees_nothing(as_, clock):
    d = at_the_post_office(clock)
    browser = as_("hai")
    browser.post("/dieu-phoi/lap", {"key": str(uuid4()), "noi": OFFICE, "ho-so": d.reference})
    item = Parcel.objects.get(dossier=d).item
    stranger = as_("xa-hai")
    assert item not in stranger.get("/dieu-phoi").content.decode()
    assert stranger.get("/dieu-phoi", {"noi": OFFICE}).status_code == 404
    assert stranger.get(f"/dieu-phoi/buu-gui/{item}").status_code == 404
    assert stranger.post(f"/dieu-phoi/buu-gui/{item}/lose", {"reason": "x"}).status_code == 404


def queries(browser, path: str) -> int:  # type: ignore[no-untyped-def]
    """The least of three looks: snapshots of people and law are asked for anew every few seconds."""
    counts = []
    for _look in range(3):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        counts.append(len(seen))
    return min(counts)


def many(parcel: Parcel, result: Paper, pickup: Pickup, count: int) -> None:
    """So many more rows like these; they have no history of their own."""
    for row, fresh in ((parcel, {"item": "X%08dVN"}), (result, {"sticker": "S%07d"}), (pickup, {})):
        columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname != "id"}
        kind = type(row)
        kind.objects.bulk_create(
            [kind(**{**columns, **{name: text % n for name, text in fresh.items()}}) for n in range(count)]
        )


@pytest.mark.parametrize(("who", "path"), [("minh", "/vong"), ("hai", "/dieu-phoi")])
def test_a_list_costs_the_same_whatever_its_length(as_, clock, who, path):
    _d, item = make.on_the_way_home(clock, pay="door", procedure=make.QUICK)
    pickup, waiting = assigned(clock), at_the_post_office(clock)
    rows = (Parcel.objects.get(item=item), Paper.objects.get(dossier=waiting, kind="result"), pickup)
    browser = as_(who)
    one = queries(browser, path)
    many(*rows, 2)
    three = queries(browser, path)
    for row in rows:
        row.refresh_from_db()
    Parcel.objects.filter(item__startswith="X0").delete()
    Paper.objects.filter(sticker__startswith="S0").delete()
    many(*rows, 290)
    assert (one, three) == (queries(browser, path), one)
