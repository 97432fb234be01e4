"""The counter by hand: a clerk's day through the pages, with what people really type and press."""

import unicodedata
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.config import clock
from motcua.custody.models import Paper, Pickup
from motcua.documents.models import File
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.money.models import Payment, Remittance, Shift
from motcua.procedures.queries import current_law
from tests import make
from tests.make import START, THREE_DAYS, Clock
from tests.people import account

pytestmark = pytest.mark.django_db

NUMBER = "042190000016"
CARD = f"{NUMBER}|184012345|Trần Thị Bưởi Mẫu|12031990|Nữ|Khối 1, Phường Thành Sen, Hà Tĩnh|05052021"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n"
    b"174\n%%EOF\n"
)


@pytest.fixture(autouse=True)
def office_hours():  # type: ignore[no-untyped-def]
    with clock.started_at(START):
        yield


@pytest.fixture
def lan() -> Client:
    """Chị Lan at the designated post point."""
    return browser("lan")


def browser(username: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    who = account(username)
    session = client.session
    session["account"], session["epoch"] = str(who.pk), who.epoch
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def filled(procedure: str = THREE_DAYS, **more: Any) -> dict[str, Any]:
    """The whole form as a careful clerk fills it, everything counted."""
    version = current_law().procedure(procedure, START.date())
    form = {f"form-{key}": value for key, value in make.form_for(procedure).items()}
    papers = {f"paper-{p.key}-full": "1" for p in version.papers if p.required and not p.when}
    person = {
        "kind": "citizen",
        "name": "Trần Thị Bưởi Mẫu",
        "id_number": NUMBER,
        "born_on": "12/03/1990",
        "sex": "female",
        "phone": "0912 345 678",
        "address": "Khối 1",
        "commune": "thanh sen",
    }
    way = {"return_by": "post", "pay": "reception", "grams": "100", "key": "5c2a4e0e-1111-4222-8333-444455556666"}
    return {**person, **form, **papers, **way, "do": "nhan", **more}


def page_of(answer: Any) -> str:
    return answer.content.decode()


def receive(client: Client, **more: Any) -> Dossier:
    answer = client.post(f"/quay/nhan/{THREE_DAYS}", filled(**more))
    assert answer.status_code == 302, page_of(answer)
    return Dossier.objects.get(reference=answer.url.split("/")[3])


def test_a_clerk_receives_a_dossier_and_it_has_its_code_its_day_and_its_papers(lan):
    dossier = receive(lan)
    assert (dossier.state, dossier.code) == ("accepted", "H27.50.01-20260706-0000001")
    assert dossier.applicant.phone == "0912345678"
    assert dossier.applicant.unit_code == "18073"
    assert {p.holder for p in Paper.objects.filter(dossier=dossier)} == {"office:bd-thanh-sen"}
    after = page_of(lan.get(f"/quay/ho-so/{dossier.reference}/xong"))
    assert dossier.code in after
    assert "thứ Năm, 09/07/2026" in after
    assert f"/ho-so/{dossier.reference}/giay/receipt.pdf" in after


def test_postage_is_taken_into_the_till_and_stands_in_its_own_purse(lan):
    dossier = receive(lan)
    [payment] = Payment.objects.filter(dossier=dossier)
    assert (payment.purse, payment.shift.office_id) == ("post", "bd-thanh-sen")
    assert payment.receipt in page_of(lan.get("/quay/ket"))


def test_a_card_fills_the_person_and_nothing_is_written(lan):
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", {"card": CARD, "phone": "0912345678", "key": "x"})
    shown = page_of(answer)
    assert 'value="Trần Thị Bưởi Mẫu"' in shown
    assert 'value="12/03/1990"' in shown
    assert "Phường Thành Sen (18073)" in shown
    assert 'value="0912345678"' in shown
    assert Dossier.objects.count() == 0


def test_a_card_scanned_at_the_first_page_leads_to_the_form_without_an_address_that_tells(lan):
    answer = lan.post("/quay/quet", {"code": CARD})
    assert answer.status_code == 200
    assert "Thủ tục cho Trần Thị Bưởi Mẫu" in page_of(answer)
    form = lan.post(f"/quay/nhan/{THREE_DAYS}", {"card": CARD, "do": "the"})
    assert f'value="{NUMBER}"' in page_of(form)


def test_what_the_card_does_not_say_begins_as_usual(lan):
    shown = page_of(lan.post(f"/quay/nhan/{THREE_DAYS}", {"card": CARD, "do": "the"}))
    assert 'name="grams" value="100"' in shown
    assert 'value="post" autofocus' not in shown


def test_a_missing_paper_never_saves_silently(lan):
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(**{"paper-to_khai-full": "", "paper-to_khai-originals": "0"}))
    assert answer.status_code == 409
    assert "Còn thiếu: Tờ khai" in page_of(answer)
    assert "Lập phiếu yêu cầu bổ sung" in page_of(answer)
    assert 'value="Trần Thị Bưởi Mẫu"' in page_of(answer)
    assert Dossier.objects.count() == 0


def test_the_slip_of_what_is_missing_lists_it_and_keeps_no_paper(lan):
    missing = {"paper-to_khai-full": "", "do": "bo-sung"}
    dossier = receive(lan, **missing)
    assert (dossier.state, dossier.code) == ("incomplete", None)
    assert dossier.requests[0]["items"] == ["Tờ khai cấp Giấy xác nhận tình trạng hôn nhân (thiếu 1 bản chính)"]
    assert not Paper.objects.filter(dossier=dossier).exists()
    after = page_of(lan.get(f"/quay/ho-so/{dossier.reference}/xong"))
    assert "giay/supplement.pdf" in after


def test_a_slip_needs_something_missing(lan):
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(do="bo-sung"))
    assert answer.status_code == 409
    assert "Không thiếu giấy tờ nào" in page_of(answer)


def test_a_paper_of_a_case_is_wanted_once_the_clerk_says_it_applies(lan):
    version = current_law().procedure(THREE_DAYS, START.date())
    case = next(p for p in version.papers if p.when)
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(**{f"paper-{case.key}-applies": "1"}))
    assert answer.status_code == 409
    assert f"Còn thiếu: {case.name}" in page_of(answer)


def test_elsewhere_the_post_takes_and_the_desk_accepts():
    mai = browser("mai")
    form = {"commune": "Hà Huy Tập (18652)"}
    said = page_of(mai.post(f"/quay/nhan/{THREE_DAYS}", filled(**form, do="tinh")))
    assert "Bưu điện nhận giấy tờ, không tiếp nhận" in said
    answer = mai.post(f"/quay/nhan/{THREE_DAYS}", filled(**form))
    dossier = Dossier.objects.get(reference=answer.url.split("/")[3])
    assert (dossier.state, dossier.code, dossier.due_at) == ("taken", None, None)
    after = page_of(mai.get(answer.url))
    assert "Đã nhận giấy tờ để chuyển" in after
    assert "giay/postal_slip.pdf" in after
    assert "giay/receipt.pdf" not in after


def test_a_double_click_makes_one_dossier(lan):
    first, second = (lan.post(f"/quay/nhan/{THREE_DAYS}", filled()) for _ in range(2))
    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_going_back_and_sending_something_else_under_the_same_form_is_refused(lan):
    receive(lan)
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(name="Người Khác"))
    assert answer.status_code == 409
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "A" * 10_000, "Họ tên dài quá 250 ký tự"),
        ("name", "", "Hãy nhập họ tên"),
        ("id_number", "12345", "Số định danh phải có 12 chữ số"),
        ("born_on", "31/02/1990", "không phải ngày có thật"),
        ("born_on", "12/03/1991", "Số định danh ghi năm sinh 1990"),
        ("phone", "123", "Số điện thoại không đúng"),
        ("commune", "ky", "Có nhiều nơi tên như vậy"),
        ("commune", "Atlantis", "Không có xã, phường"),
        ("address", "Đ" * 301, "Nội dung quá dài"),
        ("note", "g" * 10_000, "Nội dung quá dài"),
        ("to_phone", "456", "Số điện thoại không đúng"),
        ("to_address", "x" * 10_000, "Nội dung quá dài"),
        ("to_commune", "Atlantis", "Không có xã, phường"),
        ("grams", "mười", "không phải số nguyên"),
        ("paper-to_khai-originals", "-3", "không phải số nguyên"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_typed_is_lost(lan, field, value, said):
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(**{field: value}))
    assert answer.status_code in {409, 422}
    assert said in page_of(answer)
    assert field == "address" or 'value="Khối 1"' in page_of(answer)
    assert Dossier.objects.count() == 0


def test_decomposed_letters_are_kept_composed_and_found_both_ways(lan):
    dossier = receive(lan, name=unicodedata.normalize("NFD", "Đặng Thị Tưởng"))
    assert dossier.applicant.name == "Đặng Thị Tưởng"
    found = lan.post("/quay/quet", {"code": unicodedata.normalize("NFD", "đặng thị tưởng")})
    assert found.url.endswith(dossier.reference)
    assert lan.post("/quay/quet", {"code": "dang thi tuong"}).url.endswith(dossier.reference)


def test_an_exemption_needs_its_proof(lan):
    key = next(iter(current_law().tariff.exemptions))
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(postage_exemption=key))
    assert answer.status_code == 422
    assert "giấy tờ chứng minh" in page_of(answer)


def test_somebody_born_abroad_is_received_with_a_reminder_only(lan):
    dossier = receive(lan, id_number="099190000016")
    assert dossier.state == "accepted"


def test_an_exemption_nobody_knows_is_refused(lan):
    unknown = {"postage_exemption": "ban-be", "exemption_proof": "Thẻ bạn bè"}
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(**unknown))
    assert answer.status_code == 409
    assert "ban-be" in page_of(answer)
    assert Dossier.objects.count() == 0


def test_scans_are_kept_through_a_mistake_and_attached(lan):
    scan = SimpleUploadedFile("../../tờ khai.pdf", PDF, "application/pdf")
    wrong = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(phone="", **{"file-to_khai": scan}))
    assert wrong.status_code == 422
    kept = page_of(wrong).split('name="kept" value="')[1].split('"')[0]
    dossier = receive(lan, kept=kept)
    [file] = File.objects.filter(dossier=dossier)
    assert (file.component, file.kind, file.title) == ("to_khai", "scan", "tờ khai.pdf")


def test_a_scan_that_is_no_scan_is_refused_by_name(lan):
    scan = SimpleUploadedFile("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml")
    answer = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(**{"file-to_khai": scan}))
    assert answer.status_code == 422
    assert "anh.svg" in page_of(answer)
    assert Dossier.objects.count() == 0


def test_the_number_is_masked_until_it_is_opened_and_opening_is_written_down(lan):
    dossier = receive(lan)
    address = f"/quay/ho-so/{dossier.reference}"
    assert NUMBER not in page_of(lan.get(address))
    opened = lan.post(f"{address}/mo-so")
    assert NUMBER in page_of(opened)
    assert opened.headers["Cache-Control"] == "no-store"
    [entry] = Entry.objects.filter(kind="applicant.id_opened", chain_id=dossier.pk)
    assert (entry.actor_id, entry.role) == (account("lan").pk, "clerk_postal")
    assert NUMBER not in str(entry.data)


def test_papers_carry_no_whole_number(lan):
    dossier = receive(lan)
    from motcua.looks.access import find_case
    from motcua.looks.papers import paper_of, papers_now
    from tests.people import actor

    case = find_case(actor("lan"), dossier.reference)
    kinds = papers_now(case, actor("lan"))
    assert {p.kind for p in kinds} == {"receipt", "postal_slip", "money_receipt", "stickers", "control_slip"}
    for paper in kinds:
        assert NUMBER not in str(paper_of(case, actor("lan"), paper.kind, "http://x", paper.query))


@pytest.mark.parametrize("kind", ["receipt", "postal_slip", "money_receipt", "stickers", "control_slip"])
def test_each_paper_is_a_pdf_for_those_who_may_see_the_dossier(lan, kind):
    dossier = receive(lan)
    answer = lan.get(f"/ho-so/{dossier.reference}/giay/{kind}.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert browser("xa-lan").get(f"/ho-so/{dossier.reference}/giay/{kind}.pdf").status_code == 404


@pytest.mark.parametrize("kind", ["refusal", "apology", "stop", "result_letter", "parcel_label", "nonsense"])
def test_a_paper_that_does_not_exist_is_not_found(lan, kind):
    dossier = receive(lan)
    assert lan.get(f"/ho-so/{dossier.reference}/giay/{kind}.pdf").status_code == 404


def test_a_stranger_at_another_counter_sees_nothing(lan):
    dossier = receive(lan)
    other = browser("xa-lan")
    assert other.get(f"/quay/ho-so/{dossier.reference}").status_code == 404
    assert other.post(f"/quay/ho-so/{dossier.reference}/mo-so").status_code == 404
    assert "Không thấy" in page_of(other.post("/quay/quet", {"code": dossier.code}))


@pytest.mark.parametrize("who", ["son", "minh", "giang", "hoa", "an"])
def test_other_trades_have_no_counter(who):
    assert browser(who).get("/quay").status_code == 403


def test_nobody_is_asked_to_log_in():
    assert Client().get("/quay").url.startswith("/dang-nhap")


def waiting_for_a_paper(lan: Client) -> Dossier:
    return receive(lan, **{"paper-to_khai-full": "", "do": "bo-sung"})


def test_the_missing_part_comes_later_and_the_dossier_is_accepted(lan):
    dossier = waiting_for_a_paper(lan)
    address = f"/quay/ho-so/{dossier.reference}"
    assert "Nộp phần còn thiếu" in page_of(lan.get(address))
    assert lan.post(f"{address}/viec/complete", {"note": "Đã mang đến", "version": dossier.seq}).status_code == 302
    dossier.refresh_from_db()
    short = lan.post(f"{address}/viec/accept", {"version": dossier.seq})
    assert short.status_code == 409
    assert "Thiếu giấy tờ" in page_of(short)
    version = current_law().procedure(THREE_DAYS, START.date())
    full = {f"accept-p-{p.key}-full": "1" for p in version.papers if not p.when}
    done = lan.post(f"{address}/viec/accept", {**full, "collect": "on", "version": dossier.seq})
    assert done.status_code == 302, page_of(done)
    dossier.refresh_from_db()
    assert dossier.state == "accepted"
    assert Payment.objects.filter(dossier=dossier).exists()


def test_a_stale_page_changes_nothing_and_keeps_what_was_typed(lan):
    dossier = waiting_for_a_paper(lan)
    address = f"/quay/ho-so/{dossier.reference}"
    answer = lan.post(f"{address}/viec/complete", {"note": "Gõ từ trang cũ", "version": dossier.seq - 1})
    assert answer.status_code == 409
    assert "vừa được người khác xử lý" in page_of(answer)
    assert "Gõ từ trang cũ" in page_of(answer)
    dossier.refresh_from_db()
    assert dossier.state == "incomplete"


def test_an_action_the_table_does_not_allow_is_refused(lan):
    dossier = receive(lan)
    for action in ("reject", "decide", "sign", "withdraw", "nonsense"):
        answer = lan.post(f"/quay/ho-so/{dossier.reference}/viec/{action}", {"ground": "x", "version": dossier.seq})
        assert answer.status_code == 409, action
    dossier.refresh_from_db()
    assert dossier.state == "accepted"


def at_the_counter(clock_: Clock) -> Dossier:
    """A result that lies at chị Lan's counter, the postage of nothing: fetched there."""
    dossier = make.published(clock_, return_by="counter")
    make.bagged("thu", "lan", "ubnd-thanh-sen", "bd-thanh-sen", [dossier], clock_)
    dossier.refresh_from_db()
    return dossier


def test_a_result_is_handed_out_against_a_signature(lan):
    dossier = at_the_counter(Clock())
    assert dossier.code in page_of(lan.get("/quay/tra"))
    address = f"/quay/ho-so/{dossier.reference}/viec/close"
    given = {"recipient": "Trần Thị Bưởi Mẫu", "relation": "self", "version": dossier.seq}
    unsigned = lan.post(address, given)
    assert unsigned.status_code == 409
    assert "ký nhận" in page_of(unsigned)
    assert lan.post(address, {**given, "signed": "on"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "closed"
    assert dossier.code not in page_of(lan.get("/quay/tra"))


def test_papers_of_a_dossier_that_ended_are_given_back(lan):
    clock_ = Clock()
    dossier = make.received("tung", "mot-cua-thanh-sen", clock=clock_)
    tung = browser("tung")
    address = f"/quay/ho-so/{dossier.reference}"
    assert tung.post(f"{address}/viec/withdraw", {"ground": "Đổi ý", "version": dossier.seq}).status_code == 302
    nameless = tung.post(f"{address}/tra-giay", {"recipient": " "})
    assert nameless.status_code == 409
    assert "họ tên người nhận" in page_of(nameless)
    assert tung.post(f"{address}/tra-giay", {"recipient": "Trần Thị Bưởi Mẫu"}).status_code == 302
    assert {p.holder for p in Paper.objects.filter(dossier=dossier)} == {"applicant"}
    assert tung.get(f"/ho-so/{dossier.reference}/giay/stop.pdf").status_code == 200


def test_what_is_owed_is_collected_once(lan):
    dossier = receive(lan, pay="door")
    address = f"/quay/ho-so/{dossier.reference}"
    assert "Thu tiền 26.000\u00a0đ" in page_of(lan.get(address))
    key = {"key": "5c2a4e0e-1111-4222-8333-444455556667"}
    assert lan.post(f"{address}/thu-tien", key).status_code == 302
    assert lan.post(f"{address}/thu-tien", key).status_code == 302
    assert Payment.objects.filter(dossier=dossier).count() == 1
    assert "Không còn khoản nào phải thu" in page_of(lan.get(address))


def test_a_scan_can_follow(lan):
    dossier = receive(lan)
    scan = SimpleUploadedFile("don.pdf", PDF, "application/pdf")
    address = f"/quay/ho-so/{dossier.reference}"
    assert lan.post(f"{address}/quet", {"file-other": scan}).status_code == 302
    [file] = File.objects.filter(dossier=dossier)
    assert lan.get(f"/ho-so/{dossier.reference}/tep/{file.pk}").content == PDF
    nothing = lan.post(f"{address}/quet", {})
    assert nothing.status_code == 409
    assert "Chưa chọn tệp" in page_of(nothing)


def test_the_till_closes_with_both_purses_and_a_difference_needs_a_word(lan):
    receive(lan)
    off = lan.post("/quay/ket/dem", {"state": "0", "post": "20000"})
    assert off.status_code == 409
    assert "Đếm được 20.000" in page_of(off)
    assert 'value="20000"' in page_of(off)
    unread = lan.post("/quay/ket/dem", {"state": "abc", "post": ""})
    assert unread.status_code == 409
    assert lan.post("/quay/ket/dem", {"state": "0", "post": "26.000"}).status_code == 302
    shift = Shift.objects.get()
    assert (shift.expected_post, shift.counted_post, shift.taken_at) == (26_000, 26_000, None)
    sheet = page_of(lan.get(f"/quay/ket/to-ngay?ca={shift.pk}"))
    assert "BL-bd-thanh-sen-260706-0001" in sheet
    assert lan.post("/quay/ket/nhan", {"shift": str(shift.pk)}).status_code == 302
    assert {p.hand for p in Payment.objects.all()} == {"office:bd-thanh-sen"}


def test_money_of_the_point_is_passed_on_and_confirmed(lan):
    receive(lan)
    lan.post("/quay/ket/dem", {"state": "0", "post": "26000"})
    lan.post("/quay/ket/nhan", {"shift": str(Shift.objects.get().pk)})
    assert "Nộp cước" in page_of(lan.get("/quay/ket"))
    sent = lan.post("/quay/ket/nop", {"purse": "post", "taker": "buu-cuc-thanh-sen"})
    assert sent.status_code == 302
    remittance = Remittance.objects.get()
    assert (remittance.amount, remittance.purse, remittance.confirmed_at) == (26_000, "post", None)
    assert remittance.number in page_of(lan.get("/quay/ket"))
    nothing = lan.post("/quay/ket/nop", {"purse": "post", "taker": "buu-cuc-thanh-sen"})
    assert nothing.status_code == 409
    assert "Không có khoản nào" in page_of(nothing)


def test_nobody_counts_or_sees_the_till_of_another_point(lan):
    receive(lan)
    lan.post("/quay/ket/dem", {"state": "0", "post": "26000"})
    shift = Shift.objects.get()
    other = browser("xa-lan")
    assert other.get(f"/quay/ket/to-ngay?ca={shift.pk}").status_code == 404
    assert other.post("/quay/ket/nhan", {"shift": str(shift.pk)}).status_code == 404
    assert other.get("/quay/ket/to-ngay?ca=abc").status_code == 404


def test_the_scan_box_knows_codes_stickers_slips_and_bags(lan):
    dossier = receive(lan)
    sticker = Paper.objects.filter(dossier=dossier).first().sticker
    slip = f"http://testserver/tra-cuu?ma={dossier.reference}"
    for text in (dossier.code, dossier.reference, sticker, slip, "0912345678", NUMBER):
        assert lan.post("/quay/quet", {"code": text}).url == f"/quay/ho-so/{dossier.reference}", text
    assert lan.get("/quay/quet").status_code == 302


def several(client_name: str, *more: tuple[str, str]) -> Client:
    """A clerk with further places."""
    from uuid import uuid4

    from motcua.journal.actions import once
    from motcua.journal.rules import Command
    from motcua.people.actions import appoint
    from motcua.people.rules import Role

    def do(act: Any) -> dict[str, int]:
        for role, office in more:
            appoint(act, account(client_name), Role(role), office, new=True)
        return {}

    once(Command(uuid4(), "test.appoint", None, START), do)
    return browser(client_name)


def test_a_clerk_of_several_counters_chooses_and_works_at_the_one_chosen():
    mai = several("mai", ("clerk_postal", "bd-thanh-sen"))
    assert mai.get("/quay").url == "/quay/noi"
    assert "Hôm nay bạn ngồi ở đâu" in page_of(mai.get("/quay/noi"))
    mai.post("/quay/noi", {"place": "bd-ky-anh"})
    assert mai.get("/quay").status_code == 302
    mai.post("/quay/noi", {"place": "bd-thanh-sen"})
    dossier = receive(mai)
    assert dossier.reception_id == "bd-thanh-sen"
    assert {p.holder for p in Paper.objects.filter(dossier=dossier)} == {"office:bd-thanh-sen"}
    assert Payment.objects.get(dossier=dossier).receipt.startswith("BL-bd-thanh-sen-")


@pytest.mark.parametrize("address", ["/quay", "/quay/da-nhan", "/quay/cho", "/quay/tra", "/quay/ket"])
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_one(address):
    clock_ = Clock()
    tung = browser("tung")

    def asked() -> int:
        current_law()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert tung.get(address).status_code == 200
        return len(caught)

    grow(clock_, 1)
    asked()
    one = asked()
    grow(clock_, 2)
    assert asked() == one


def grow(clock_: Clock, n: int) -> None:
    """More of everything a one-stop sees: dossiers received, filed online, results to hand out."""
    for _ in range(n):
        make.received("tung", "mot-cua-thanh-sen", clock=clock_)
        make.filed(clock=clock_)
        done = make.published(clock_, return_by="counter")
        make.bagged("thu", "tung", "ubnd-thanh-sen", "mot-cua-thanh-sen", [done], clock_)


def pdf(client: Client, dossier: Dossier, kind: str) -> Any:
    answer = client.get(f"/ho-so/{dossier.reference}/giay/{kind}.pdf")
    assert answer.status_code == 200, (kind, answer.status_code)
    assert answer.content.startswith(b"%PDF-")
    return answer


def test_the_papers_of_a_dossier_that_is_refused_at_the_desk():
    clock_ = Clock()
    dossier = make.filed(clock=clock_)
    tung = browser("tung")
    address = f"/quay/ho-so/{dossier.reference}/viec/reject"
    assert tung.post(address, {"ground": "", "version": dossier.seq}).status_code == 422
    assert tung.post(address, {"ground": "Không thuộc thẩm quyền", "version": dossier.seq}).status_code == 302
    pdf(tung, dossier, "refusal")
    pdf(browser("hoa"), dossier, "refusal")


def test_the_papers_of_a_late_dossier_and_of_its_answer():
    clock_ = Clock()
    dossier = make.processing(clock_)
    make.do("dung", dossier, "reschedule", clock_, until="2026-07-20T17:00", reason="Chờ xác minh ở nơi khác")
    pdf(browser("dung"), dossier, "apology")
    answered = make.published(clock_)
    for kind in ("result_letter", "control_slip", "receipt"):
        pdf(browser("thu"), answered, kind)


def test_the_control_slip_tells_every_hand_over_in_order():
    from motcua.looks.access import find_case
    from motcua.looks.papers import paper_of
    from tests.people import actor

    dossier = make.delivered(Clock())
    slip = paper_of(find_case(actor("giang"), dossier.reference), actor("giang"), "control_slip", "http://x")
    ways = [(move.giver, move.taker) for move in slip.moves if move.giver != move.taker]
    assert ways[0] == ("Người nộp", "Bưu điện Thành Sen")
    assert ways[1] == ("Bưu điện Thành Sen", "UBND phường Thành Sen")
    assert ways[-1] == ("Bưu tá Anh Minh Bưu Tá", "Người nộp")
    assert [m.given_at for m in slip.moves] == sorted(m.given_at for m in slip.moves)
    assert [m.result for m in slip.moves if m.result] == ["early"]


def test_a_parcel_has_its_label_for_the_post_only():
    dossier, _item = make.on_the_way_home(Clock())
    pdf(browser("hai"), dossier, "parcel_label")
    assert browser("hoa").get(f"/ho-so/{dossier.reference}/giay/parcel_label.pdf").status_code == 404


def test_both_sides_of_a_bag_print_its_list_and_nobody_else():
    clock_ = Clock()
    dossier = make.received(clock=clock_)
    number = make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", [dossier], clock_)
    for who, status in (("lan", 200), ("cuong", 200), ("xa-lan", 404)):
        assert browser(who).get(f"/bang-ke/{number}.pdf").status_code == status


def test_where_the_point_is_no_one_stop_its_slip_is_guidance_and_not_the_form_of_the_state():
    mai = browser("mai")
    form = {"commune": "18652", "paper-to_khai-full": "", "do": "bo-sung"}
    dossier = receive(mai, **form)
    assert "giay/guidance.pdf" in page_of(mai.get(f"/quay/ho-so/{dossier.reference}/xong"))
    pdf(mai, dossier, "guidance")


def test_what_the_summary_says_is_what_the_act_sets_down(lan):
    said = lan.post(f"/quay/nhan/{THREE_DAYS}", filled(do="tinh")).context["summary"]["seen"]
    dossier = receive(lan)
    assert [(c["purse"], c["label"], c["amount"]) for c in said.charges] == [
        (c.purse, c.label, c.amount) for c in dossier.charges.order_by("id")
    ]
    assert (said.agency.code, said.accepting.code, said.action) == (dossier.agency_id, dossier.accepting_id, "accept")
    assert abs(said.deadline.due_at - dossier.due_at).total_seconds() < 120


def test_a_procedure_is_found_by_plain_words_and_says_whether_it_is_taken_here(lan):
    found = page_of(lan.get("/quay/nhan?q=xac+nhan+tinh+trang+hon+nhan"))
    assert f"/quay/nhan/{THREE_DAYS}" in found
    assert "3 ngày làm việc" in found
    assert "Không thấy thủ tục nào" in page_of(lan.get("/quay/nhan?q=zzzzqqq"))
    assert lan.get("/quay/nhan/9.999999").status_code == 409


def test_no_page_of_the_counter_writes_when_it_is_only_looked_at(lan):
    dossier = receive(lan)
    before = Entry.objects.count()
    here = f"/quay/ho-so/{dossier.reference}"
    for address in (
        "/quay", "/quay/noi", "/quay/quet", "/quay/cho", "/quay/da-nhan", "/quay/tra", "/quay/nhan", "/quay/ket",
        f"/quay/nhan/{THREE_DAYS}", "/quay/ket/to-ngay", "/quay/ket/dem", "/quay/ket/nop", here, f"{here}/xong",
        f"{here}/viec/close", f"{here}/mo-so", f"{here}/thu-tien", f"{here}/tra-giay", f"{here}/quet",
    ):  # fmt: skip
        assert lan.get(address).status_code in {200, 302}, address
    assert Entry.objects.count() == before


def test_the_pages_read_in_english_too(lan):
    lan.cookies["django_language"] = "en"
    dossier = receive(lan)
    for address in ("/quay", f"/quay/nhan/{THREE_DAYS}", f"/quay/ho-so/{dossier.reference}", "/quay/ket"):
        assert '<html lang="en">' in page_of(lan.get(address))


def test_papers_a_postman_brings_are_seen_at_the_desk_and_come_into_its_hands():
    from datetime import timedelta

    from motcua.acts import homeward
    from motcua.acts.intake import file_online
    from tests.people import actor

    clock_ = Clock()
    filing = make.filing(papers=[], pickup_on=START.date() + timedelta(days=1))
    made = file_online(make.command("hoa", "dossier.new", clock_()), actor("hoa"), filing)
    dossier = Dossier.objects.get(reference=made["reference"])
    pickup = Pickup.objects.get(dossier=dossier)
    homeward.assign_pickup(make.command("hai", "x", clock_()), actor("hai"), pickup.pk, "minh")
    papers = make.papers_for(filing.procedure)
    homeward.collect_pickup(make.command("minh", "x", clock_()), actor("minh"), pickup.pk, papers)
    tung = browser("tung")
    shown = page_of(tung.get("/quay"))
    assert f"{len(papers)} giấy tờ bưu tá đang mang đến" in shown
    dossier.refresh_from_db()
    accepted = tung.post(f"/quay/ho-so/{dossier.reference}/viec/accept", {"version": dossier.seq})
    assert accepted.status_code == 302, page_of(accepted)
    assert {p.holder for p in Paper.objects.filter(dossier=dossier)} == {"office:mot-cua-thanh-sen"}
    assert "0 giấy tờ bưu tá đang mang đến" in page_of(tung.get("/quay"))
