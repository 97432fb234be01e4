"""The post office's board: every figure opens its list, every list can be acted on, nothing is moved by looking."""

import re
from uuid import uuid4

import pytest

from motcua.acts import homeward
from motcua.acts.verify import verify_all
from motcua.custody.models import Paper, Parcel, Pickup
from motcua.documents.models import File, Notice
from motcua.dossiers.models import Dossier
from tests import make
from tests.people import account, actor
from tests.web.test_round import OFFICE, as_, assigned, at_work, given, ordered  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
MINH = "/dieu-phoi/chuyen/minh"


def page(browser, path: str, **query: str) -> str:  # type: ignore[no-untyped-def]
    answer = browser.get(path, query)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_the_board_has_a_line_for_each_postman_with_something_to_do(as_, clock):  # noqa: F811
    make.assigned(clock)
    make.on_the_way_home(clock)
    make.failed(clock)
    make.delivered(clock, pay="door", procedure=make.QUICK)
    shown = page(as_("hai"), "/dieu-phoi")
    for at in ("cho-nhan", "dang-phat", "da-phat", "chua-duoc"):
        assert re.search(rf"{MINH}\?noi={OFFICE}#{at}\"[^>]*>1<", shown), at
    assert "Hôm nay chưa có việc" in shown
    assert "Anh Kiên Bưu Tá" in shown
    assert "26.000" in shown


def test_every_figure_opens_the_list_behind_it(as_, clock):  # noqa: F811
    _d, offered = make.assigned(clock)
    _d, tried = make.failed(clock, reason="wrong_address")
    _d, held = make.brought_back(clock)
    homeward.hold(make.command("hai", "parcel.hold", clock()), actor("hai"), held, asked=True)
    browser = as_("hai")
    board = page(browser, "/dieu-phoi")
    for what in ("nghi-van", "luu", "chua-phat-duoc"):
        assert f"/dieu-phoi/danh-sach/{what}?noi={OFFICE}" in board
    paper = Paper.objects.get(kind="result", dossier__parcels__item=offered)
    assert paper.sticker in page(browser, "/dieu-phoi/danh-sach/nghi-van")
    assert held in page(browser, "/dieu-phoi/danh-sach/luu")
    wrong = page(browser, "/dieu-phoi/danh-sach/chua-phat-duoc", **{"ly-do": "Sai địa chỉ"})
    assert tried in wrong
    assert held not in wrong
    assert page(browser, "/dieu-phoi/danh-sach/vua-xong")
    assert browser.get("/dieu-phoi/danh-sach/khac").status_code == 404


def test_one_postmans_day_can_be_printed_and_taken_back(as_, clock):  # noqa: F811
    _d, waiting = make.assigned(clock)
    _d, tried = make.failed(clock)
    assigned(clock)
    browser = as_("hai")
    shown = page(browser, MINH)
    assert waiting in shown
    assert tried in shown
    pdf = browser.get(f"{MINH}/diem.pdf")
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:4]) == (200, "application/pdf", b"%PDF")
    key = {"key": str(uuid4()), "noi": OFFICE}
    assert browser.post(f"{MINH}/thoi-phan", {**key, "buu-gui": waiting}).status_code == 302
    assert browser.post(f"{MINH}/nhan-lai", {**key, "key": str(uuid4()), "buu-gui": tried}).status_code == 302
    assert set(Parcel.objects.filter(item__in=[waiting, tried]).values_list("state", flat=True)) == {"ready"}
    late = browser.post(f"{MINH}/nhan-lai", {**key, "key": str(uuid4()), "buu-gui": tried}, follow=True)
    assert "Không thể" in late.content.decode()
    assert list(verify_all()) == []


def test_the_postman_prints_his_own_list(as_, clock):  # noqa: F811
    make.on_the_way_home(clock)
    assert as_("minh").get("/vong/diem.pdf").content[:4] == b"%PDF"


@pytest.mark.parametrize("who", ["xa-hai", "xa-minh", "lan", "hoa"])
def test_nobody_else_looks_into_a_postmans_day(as_, clock, who):  # noqa: F811
    make.on_the_way_home(clock)
    assert as_(who).get(MINH, {"noi": OFFICE}).status_code in {403, 404}


def test_old_papers_come_out_of_the_postmans_bag(as_, clock):  # noqa: F811
    _d, item = make.on_the_way_home(clock)
    homeward.report_damaged(make.command("hai", "parcel.damage", clock()), actor("hai"), item, "Ướt")
    paper = Paper.objects.get(kind="result", dossier__parcels__item=item)
    browser = as_("hai")
    assert f'value="{paper.sticker}" checked' in page(browser, "/dieu-phoi/danh-sach/mang-ve")
    done = browser.post("/dieu-phoi/mang-ve", {"key": str(uuid4()), "noi": OFFICE, "giay": paper.sticker})
    assert done.status_code == 302
    paper.refresh_from_db()
    assert paper.holder == f"office:{OFFICE}"
    again = browser.post(
        "/dieu-phoi/mang-ve", {"key": str(uuid4()), "noi": OFFICE, "giay": paper.sticker}, follow=True
    )
    assert "Không bưu tá nào" in again.content.decode()


def test_a_visit_is_moved_on_its_page_and_a_bad_day_is_said_there(as_, clock):  # noqa: F811
    pickup = ordered(clock)
    browser, here = as_("hai"), f"/dieu-phoi/nhan-tai-nha/{pickup.pk}"
    assert "08:00–10:00" in page(browser, here)
    bad = browser.post(f"{here}/doi", {"key": str(uuid4()), "wanted_on": "2026-09-02", "window": ""})
    assert bad.status_code == 422
    assert "nghỉ ngày 02/09/2026" in bad.content.decode()
    none = browser.post(f"{here}/doi", {"key": str(uuid4()), "wanted_on": "", "window": ""})
    assert none.status_code == 422
    good = {"key": str(uuid4()), "wanted_on": "2026-07-08", "window": "10:00–11:30"}
    assert browser.post(f"{here}/doi", good).status_code == 302
    assert Pickup.objects.get().window == "10:00–11:30"


def test_the_applicant_moves_the_visit_too(as_, clock):  # noqa: F811
    pickup = ordered(clock)
    browser, here = as_("hoa"), f"/ho-so/{pickup.dossier.reference}"
    assert "Đổi ngày, khung giờ" in page(browser, here)
    form = {"key": str(uuid4()), "wanted_on": "2026-07-08", "window": "13:30–15:30"}
    assert browser.post(f"{here}/doi-hen/{pickup.pk}", form).status_code == 302
    assert Pickup.objects.get().window == "13:30–15:30"
    refused = browser.post(f"{here}/doi-hen/{pickup.pk}", {**form, "key": str(uuid4()), "window": "nửa đêm"})
    assert refused.status_code == 409
    assert as_("stranger").post(f"{here}/doi-hen/{pickup.pk}", form).status_code == 404


def test_the_code_is_shown_to_its_owner_alone(as_, clock):  # noqa: F811
    d, _item = make.on_the_way_home(clock)
    Dossier.objects.filter(pk=d.pk).update(account=account("hoa"))
    code = Notice.objects.exclude(secret="").get().secret
    assert code in page(as_("hoa"), f"/ho-so/{d.reference}")
    seen = as_("hoa").post("/tra-cuu", {"code": d.code, "digits": "5678"})
    assert code not in seen.content.decode()
    assert code not in page(as_("hai"), "/dieu-phoi")


def test_a_photo_proves_a_delivery_and_survives_another_mistake_on_the_form(as_, clock):  # noqa: F811
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.documents.uploads import image

    d, item = make.on_the_way_home(clock)
    browser, form = as_("minh"), given(collect="on", id_last4="0017")
    del form["signed"]
    photo = SimpleUploadedFile("cua.png", image(), "image/png")
    wrong = browser.post(f"/vong/phat/{item}", {**form, "file-photo": photo})
    assert wrong.status_code == 409
    shown = wrong.content.decode()
    assert "deliver_id_last4_error" in shown
    kept = shown.split('name="kept" value="')[1].split('"')[0]
    right = {**form, "key": str(uuid4()), "id_last4": "0016", "kept": kept}
    assert browser.post(f"/vong/phat/{item}", right).status_code == 302
    file = File.objects.get(dossier=d, kind="proof")
    assert file.component == "photo"
    assert f"/tep/{file.pk}" in page(as_("hai"), f"/dieu-phoi/buu-gui/{item}")


def test_another_carriers_number_is_written_on_the_item(as_, clock):  # noqa: F811
    _d, item = make.assigned(clock)
    browser, here = as_("hai"), f"/dieu-phoi/buu-gui/{item}"
    assert browser.post(f"{here}/number", {"key": str(uuid4()), "outside": "GHN 12345"}).status_code == 302
    assert "GHN12345" in page(browser, here)
    wrong = browser.post(f"{here}/number", {"key": str(uuid4()), "outside": "RA473124820VN"})
    assert wrong.status_code == 409
    assert "sai số kiểm tra" in wrong.content.decode()
    assert as_("kien").get("/vong/quet", {"code": "GHN12345"}).url == "/vong"


def test_numbers_are_seen_and_added_by_the_administrator(as_, clock):  # noqa: F811
    browser, here = as_("an"), "/quan-tri/so-buu-gui"
    assert "RA473999994VN" in page(browser, here) or "RA47399999" in page(browser, here)
    bad = browser.post(here, {"key": str(uuid4()), "prefix": "RA", "first": "47390000", "last": "47390010"})
    assert bad.status_code == 409
    assert "range_first_error" in bad.content.decode()
    good = browser.post(here, {"key": str(uuid4()), "prefix": "RB", "first": "1", "last": "100"})
    assert good.status_code == 302
    assert "Chỉ còn" not in page(browser, here)


def test_few_numbers_left_are_said_on_the_board_and_to_the_administrator(as_, clock):  # noqa: F811
    from django.db.models import F

    from motcua.custody.models import ItemRange

    ItemRange.objects.update(next=F("last") - 4)
    assert "Chỉ còn 5 số" in page(as_("hai"), "/dieu-phoi")
    assert "Chỉ còn 5 số" in page(as_("an"), "/quan-tri/so-buu-gui")


def test_after_a_return_the_applicant_chooses_the_counter(as_, clock):  # noqa: F811
    d, item = make.brought_back(clock, reason="refused")
    Dossier.objects.filter(pk=d.pk).update(account=account("hoa"))
    browser, here = as_("hoa"), f"/ho-so/{d.reference}"
    assert "Tôi sẽ đến nhận tại quầy" not in page(browser, here)
    assert browser.post(f"{here}/nhan-tai-quay", {"key": str(uuid4())}).status_code == 409
    homeward.send_back(make.command("hai", "parcel.send_back", clock()), actor("hai"), item, "Từ chối")
    assert "Tôi sẽ đến nhận tại quầy" in page(browser, here)
    assert browser.post(f"{here}/nhan-tai-quay", {"key": str(uuid4())}).status_code == 302
    d.refresh_from_db()
    assert d.return_by == "counter"
    assert as_("stranger").post(f"{here}/nhan-tai-quay", {"key": str(uuid4())}).status_code == 404
