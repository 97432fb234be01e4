"""The citizens' face through Django's client: find, file, follow, answer; bad input; doing things twice."""

import io
import re
import unicodedata
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from motcua.config import clock as wall
from motcua.custody.models import Pickup
from motcua.documents.models import DraftFile, File
from motcua.dossiers.models import Dossier, Draft
from motcua.journal.actions import once
from motcua.people.actions import set_password
from motcua.procedures.queries import current_law
from tests import make
from tests.make import COMMUNE, QUICK, START, THREE_DAYS
from tests.people import PASSWORD, account

pytestmark = pytest.mark.django_db


WHO = {
    "kind": "citizen",
    "name": "Phan Thị Hoa Thử",
    "phone": "0912345678",
    "address": "Số 1 đường Thử Nghiệm",
    "commune": "thanh sen",
    "id_number": "042190000016",
    "born_on": "",
    "sex": "",
}


@pytest.fixture(autouse=True)
def monday():  # type: ignore[no-untyped-def]
    """The pages are looked at two hours after the tests' acts begin."""
    with wall.started_at(START + timedelta(hours=2)):
        yield


def as_(client, username):  # type: ignore[no-untyped-def]
    """A client that is logged in as one of the cast."""
    person = account(username)
    client.cookies.clear()
    session = client.session
    session["account"], session["epoch"] = str(person.pk), person.epoch
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def hoa(client):  # type: ignore[no-untyped-def]
    return as_(client, "hoa")


def picture(name: str = "anh.png", colour: str = "white") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def begin(client, code: str = THREE_DAYS, **more: str) -> str:  # type: ignore[no-untyped-def]
    """Starts a draft and answers its address."""
    answer = client.post(f"/nop/{code}", {"key": str(uuid4()), **more})
    assert answer.status_code == 302
    return answer["Location"].rsplit("/", 1)[0]


def fill(client, draft: str, code: str = THREE_DAYS, *, papers: bool = True) -> None:  # type: ignore[no-untyped-def]
    """Fills every page, each of which must lead on."""
    answers = {k: "02/01/1990" if v == "1990-01-02" else v for k, v in make.form_for(code).items()}
    files = {f"file-{p.key}": picture() for p in current_law().procedure(code, START.date()).papers}
    pages = [("nguoi-nop", WHO), ("to-khai", answers), ("giay-to", {"mode": "online", **(files if papers else {})}),
             ("nhan-ket-qua", {"return_by": "post"})]  # fmt: skip
    for step, typed in pages:
        answer = client.post(f"{draft}/{step}", {**typed, "do": "tiep"})
        assert answer.status_code == 302, (step, re.findall(r'class="error".*', answer.content.decode()))


def text_of(answer) -> str:  # type: ignore[no-untyped-def]
    return str(answer.content.decode())


# --- finding


@pytest.mark.parametrize("words", ["tình trạng hôn nhân", "tinh trang hon nhan", "giay doc than", THREE_DAYS])
def test_a_procedure_is_found_in_plain_words(client, words):  # type: ignore[no-untyped-def]
    assert f"/thu-tuc/{THREE_DAYS}" in text_of(client.get("/thu-tuc", {"q": words}))


def test_nothing_found_says_so_and_offers_the_fields(client):  # type: ignore[no-untyped-def]
    page = text_of(client.get("/thu-tuc", {"q": "zzzz qqqq"}))
    assert "Không tìm thấy thủ tục nào" in page
    assert "Hộ tịch" in page


def test_the_first_page_needs_nobody(client):  # type: ignore[no-untyped-def]
    page = text_of(client.get("/"))
    assert "Bạn cần làm thủ tục gì?" in page
    assert 'action="/tra-cuu"' in page


def test_every_procedure_has_a_page(client):  # type: ignore[no-untyped-def]
    for version in current_law().procedures(START.date()):
        answer = client.get(f"/thu-tuc/{version.code}", {"xa": "thanh sen"})
        assert answer.status_code == 200, version.code
        assert version.source in answer.content.decode().replace("&quot;", '"').replace("&#x27;", "'"), version.code


def test_a_procedure_page_names_agency_places_and_postage_of_the_commune(client):  # type: ignore[no-untyped-def]
    page = text_of(client.get(f"/thu-tuc/{THREE_DAYS}", {"xa": "Phuong Thanh Sen"}))
    assert "3 ngày làm việc" in page
    assert current_law().office("ubnd-thanh-sen").name in page
    assert "nơi tiếp nhận" in page
    assert "26.000" in page


def test_a_commune_that_is_none_is_told_beside_the_field(client):  # type: ignore[no-untyped-def]
    answer = client.get(f"/thu-tuc/{THREE_DAYS}", {"xa": "Xứ Lạ"})
    assert answer.status_code == 422
    assert "Xứ Lạ" in text_of(answer)


def test_an_unknown_procedure_is_a_404(client):  # type: ignore[no-untyped-def]
    assert client.get("/thu-tuc/9.999999").status_code == 404


# --- filing


def test_filing_asks_for_a_log_in_and_comes_back(client):  # type: ignore[no-untyped-def]
    answer = client.get(f"/nop/{THREE_DAYS}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/dang-nhap?next=%2Fnop%2F{THREE_DAYS}"


def test_from_the_first_page_to_a_dossier(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    fill(hoa, draft)
    review = hoa.get(f"{draft}/kiem-tra")
    assert review.status_code == 200
    assert "Còn thiếu" not in text_of(review)
    assert "26.000" in text_of(review)
    answer = hoa.post(f"{draft}/kiem-tra", {"key": str(uuid4())})
    d = Dossier.objects.get()
    assert answer["Location"] == f"/ho-so/{d.reference}"
    assert (d.state, d.channel, d.applicant.name) == ("filed", "online", "Phan Thị Hoa Thử")
    asked = current_law().procedure(THREE_DAYS, START.date()).papers
    assert {f.component for f in File.objects.filter(dossier=d)} == {p.key for p in asked}
    assert not Draft.objects.exists()
    assert hoa.get(answer["Location"]).status_code == 200


def test_pressing_again_in_any_tab_files_nothing_twice(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    fill(hoa, draft)
    first = hoa.post(f"{draft}/kiem-tra", {"key": str(uuid4())})
    again = hoa.post(f"{draft}/kiem-tra", {"key": str(uuid4())})
    back = hoa.get(f"{draft}/nguoi-nop")
    assert first["Location"] == again["Location"] == back["Location"]
    assert Dossier.objects.count() == 1


def test_a_page_of_a_draft_that_was_filed_changes_nothing(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    fill(hoa, draft)
    hoa.post(f"{draft}/kiem-tra")
    late = hoa.post(f"{draft}/nguoi-nop", {**WHO, "name": "Tên Khác", "do": "tiep"})
    assert late.status_code == 302
    assert not Draft.objects.exists()
    assert Dossier.objects.get().applicant.name == WHO["name"]


def test_beginning_twice_with_one_form_makes_one_draft(hoa):  # type: ignore[no-untyped-def]
    key = str(uuid4())
    first, again = (hoa.post(f"/nop/{THREE_DAYS}", {"key": key})["Location"] for _ in range(2))
    assert first == again
    assert Draft.objects.count() == 1


def test_what_was_typed_is_kept_and_resumed(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    hoa.post(f"{draft}/nguoi-nop", {**WHO, "do": "luu"})
    assert hoa.get(draft)["Location"] == f"{draft}/to-khai"
    assert "Số 1 đường Thử Nghiệm" in text_of(hoa.get(f"{draft}/nguoi-nop"))
    assert draft in text_of(hoa.get("/ho-so-cua-toi"))


def test_bad_input_is_told_beside_the_field_and_at_the_top_and_nothing_is_lost(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    typed = {
        **WHO,
        "phone": "12",
        "id_number": "123",
        "commune": "Xứ Lạ",
        "name": "Ă" * 10_000,
        "born_on": "31/02/1990",
    }
    answer = hoa.post(f"{draft}/nguoi-nop", {**typed, "do": "tiep"})
    page = text_of(answer)
    assert answer.status_code == 422
    for field in ("phone", "id_number", "commune", "name", "born_on"):
        assert f'href="#id_{field}"' in page, field
        assert f'id="id_{field}_error"' in page, field
    assert "Ă" * 10_000 in page
    assert "Ă" * 10_000 in text_of(hoa.get(f"{draft}/nguoi-nop"))


def test_two_tabs_on_two_pages_keep_both(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    answers = make.form_for(THREE_DAYS)
    hoa.post(f"{draft}/to-khai", {**answers, "do": "luu"})
    hoa.post(f"{draft}/nguoi-nop", {**WHO, "do": "luu"})
    data = Draft.objects.get().data
    assert data["nguoi-nop"]["name"] == WHO["name"]
    assert data["to-khai"][next(iter(answers))] == next(iter(answers.values()))


def test_the_card_fills_the_person(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    card = "042190000016|183000000|Trần Thị Bưởi Mẫu|02011990|Nữ|Tổ 1, Phường Thạch Quý, Thành phố Hà Tĩnh, Hà Tĩnh|01012022"
    page = text_of(hoa.post(f"{draft}/nguoi-nop", {"card": card, "do": "the"}))
    assert 'value="042190000016"' in page
    assert 'value="02/01/1990"' in page
    assert "(18073)" in page


def test_a_bad_card_is_told_and_keeps_what_was_typed(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    answer = hoa.post(f"{draft}/nguoi-nop", {**WHO, "card": "xin chào", "do": "the"})
    assert answer.status_code == 422
    assert 'id="id_card_error"' in text_of(answer)
    assert WHO["name"] in text_of(answer)


def test_vietnamese_in_pieces_is_stored_whole(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    fill(hoa, draft)
    hoa.post(f"{draft}/nguoi-nop", {**WHO, "name": unicodedata.normalize("NFD", "Nguyễn Thị Ổi"), "do": "tiep"})
    hoa.post(f"{draft}/kiem-tra")
    assert Dossier.objects.get().applicant.name == unicodedata.normalize("NFC", "Nguyễn Thị Ổi")


def test_filing_too_early_names_each_page_that_lacks_something(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    answer = hoa.post(f"{draft}/kiem-tra")
    assert answer.status_code == 422
    assert not Dossier.objects.exists()
    for step in ("nguoi-nop", "to-khai", "giay-to"):
        assert f'href="{draft}/{step}"' in text_of(answer)


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("rong.pdf", b"", "application/pdf"),
        ("chay.pdf", b"MZ\x90\x00" + b"\x00" * 64, "application/pdf"),
        ("ve.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml"),
        ("nen.zip", b"PK\x03\x04" + b"\x00" * 64, "application/zip"),
        ("to.pdf", b"%PDF-1.4\n" + b"x" * (10 * 2**20 + 1), "application/pdf"),
    ],
)
def test_a_bad_file_is_refused_beside_its_paper_and_the_good_one_stays(hoa, name, content, mime):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    bad = SimpleUploadedFile(name, content, mime)
    answer = hoa.post(
        f"{draft}/giay-to", {"mode": "online", "do": "tiep", "file-to_khai": bad, "file-can_cuoc": picture()}
    )
    assert answer.status_code == 422
    assert 'id="file-to_khai_error"' in text_of(answer)
    assert 'id="file-can_cuoc_error"' not in text_of(answer)
    assert [f.component for f in DraftFile.objects.all()] == ["can_cuoc"]


def test_a_file_sent_twice_waits_once_and_can_be_taken_out(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    for _ in range(2):
        hoa.post(f"{draft}/giay-to", {"mode": "online", "do": "tai-len", "file-to_khai": picture("../../etc/ảnh.png")})
    file = DraftFile.objects.get()
    assert "/" not in file.title
    hoa.post(f"{draft}/giay-to", {"mode": "online", "bo": str(file.pk)})
    assert not DraftFile.objects.exists()


def test_a_draft_is_nobody_elses(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa)
    stranger = as_(hoa, "stranger")
    for path in ("", "/nguoi-nop", "/kiem-tra"):
        assert stranger.get(draft + path).status_code == 404
    assert stranger.post(f"{draft}/nguoi-nop", {**WHO, "do": "tiep"}).status_code == 404
    stranger.post(f"{draft}/xoa")
    assert Draft.objects.count() == 1


def test_a_home_visit_instead_of_uploads(hoa):  # type: ignore[no-untyped-def]
    draft = begin(hoa, cach="tai-nha")
    fill_for_visit = {"mode": "pickup", "pickup_on": "08/07/2026", "pickup_window": "08:00–10:00", "note": "Gọi trước"}
    hoa.post(f"{draft}/nguoi-nop", {**WHO, "do": "tiep"})
    hoa.post(f"{draft}/to-khai", {**make.form_for(THREE_DAYS), "do": "tiep"})
    assert hoa.post(f"{draft}/giay-to", {**fill_for_visit, "do": "tiep"}).status_code == 302
    hoa.post(f"{draft}/nhan-ket-qua", {"return_by": "post", "do": "tiep"})
    answer = hoa.post(f"{draft}/kiem-tra")
    assert answer.status_code == 302, re.findall(r"<li>.*", text_of(answer))
    visit = Pickup.objects.get()
    assert (visit.wanted_on, visit.window) == (date(2026, 7, 8), "08:00–10:00")
    page = text_of(hoa.get(answer["Location"]))
    assert "Huỷ hẹn bưu tá" in page
    d = Dossier.objects.get()
    assert d.channel == "pickup"
    gone = hoa.post(f"/ho-so/{d.reference}/huy-hen/{visit.pk}", {"key": str(uuid4())})
    assert gone.status_code == 302
    visit.refresh_from_db()
    assert visit.state == "cancelled"


@pytest.mark.parametrize("day", ["", "32/01/2026", "01/01/2020", "02/09/2026", "01/01/2050"])
def test_a_day_the_postman_cannot_come_is_told_beside_the_day(hoa, day):  # type: ignore[no-untyped-def]
    draft = begin(hoa, cach="tai-nha")
    answer = hoa.post(
        f"{draft}/giay-to", {"mode": "pickup", "pickup_on": day, "pickup_window": "08:00–10:00", "do": "tiep"}
    )
    assert answer.status_code == 422
    assert 'id="id_pickup_on_error"' in text_of(answer)


# --- following


def test_my_dossier_shows_the_way_the_state_and_hides_the_number(hoa):  # type: ignore[no-untyped-def]
    d = make.filed()
    page = text_of(hoa.get(f"/ho-so/{d.reference}"))
    assert "Mới đăng ký, chờ tiếp nhận" in page
    assert 'class="way-line"' in page
    assert d.applicant.id_number not in page
    assert "02/01/1990" in page, "a day that was answered is written as people write it"
    assert "1990-01-02" not in page
    shown = text_of(hoa.post(f"/ho-so/{d.reference}/mo-so", {"key": str(uuid4())}))
    assert d.applicant.id_number in shown


@pytest.mark.parametrize("path", ["", "/viec/withdraw", "/bo-sung", "/mo-so"])
def test_a_dossier_is_nobody_elses(client, path):  # type: ignore[no-untyped-def]
    d = make.filed()
    stranger = as_(client, "stranger")
    ask = stranger.post if path else stranger.get
    assert ask(f"/ho-so/{d.reference}{path}").status_code == 404


def test_what_is_asked_is_answered_with_files(hoa, clock):  # type: ignore[no-untyped-def]
    d = make.filed(clock=clock)
    make.do("tung", d, "ask_complete", clock, items=["Bản chụp rõ hơn của tờ khai"])
    page = text_of(hoa.get(f"/ho-so/{d.reference}"))
    assert "Bản chụp rõ hơn của tờ khai" in page
    before = File.objects.filter(dossier=d).count()
    given = {"key": str(uuid4()), "version": str(d.seq), "note": "Đã chụp lại", "do": "gui"}
    answer = hoa.post(f"/ho-so/{d.reference}/bo-sung", {**given, "file-to_khai": picture()})
    assert answer.status_code == 302, re.findall(r'class="error".*', text_of(answer))
    d.refresh_from_db()
    assert d.state == "filed"
    assert File.objects.filter(dossier=d).count() == before + 1
    again = hoa.post(f"/ho-so/{d.reference}/bo-sung", {**given, "file-to_khai": picture()})
    assert again.status_code == 302
    assert File.objects.filter(dossier=d).count() == before + 1


def test_a_supplement_goes_on_with_the_clock(client, clock):  # type: ignore[no-untyped-def]
    d = make.processing(clock)
    Dossier.objects.filter(pk=d.pk).update(account=account("hoa"))
    make.do("son", d, "ask_supplement", clock, items=["Giấy ra viện"])
    hoa = as_(client, "hoa")
    assert "Thời hạn đang tạm dừng" in text_of(hoa.get(f"/ho-so/{d.reference}"))
    bad = SimpleUploadedFile("x.pdf", b"", "application/pdf")
    mixed = hoa.post(
        f"/ho-so/{d.reference}/bo-sung", {"key": str(uuid4()), "file-other": bad, "file-can_cuoc": picture("tot.png")}
    )
    assert mixed.status_code == 422
    assert "tot.png" in text_of(mixed)
    kept = re.search(r'name="kept" value="([^"]+)"', text_of(mixed)).group(1)  # type: ignore[union-attr]
    answer = hoa.post(f"/ho-so/{d.reference}/bo-sung", {"key": str(uuid4()), "kept": kept, "do": "gui"})
    assert answer.status_code == 302, re.findall(r'class="error".*|<li>.*', text_of(answer))
    d.refresh_from_db()
    assert (d.state, d.due_at is None) == ("processing", False)


def test_an_empty_answer_is_refused_and_a_strange_file_too(hoa, clock):  # type: ignore[no-untyped-def]
    d = make.filed(clock=clock)
    make.do("tung", d, "ask_complete", clock, items=["Tờ khai"])
    empty = hoa.post(f"/ho-so/{d.reference}/bo-sung", {"key": str(uuid4()), "note": " "})
    assert empty.status_code == 422
    strange = hoa.post(f"/ho-so/{d.reference}/bo-sung", {"key": str(uuid4()), "kept": f"other|{'a' * 64}|lạ.pdf"})
    assert strange.status_code == 422
    d.refresh_from_db()
    assert d.state == "incomplete"


def test_withdrawing_needs_a_reason_and_keeps_what_was_typed(hoa):  # type: ignore[no-untyped-def]
    d = make.filed()
    url = f"/ho-so/{d.reference}/viec/withdraw"
    refused = hoa.post(url, {"key": str(uuid4()), "version": str(d.seq), "ground": ""})
    assert refused.status_code == 422
    assert "withdraw_ground_error" in text_of(refused)
    assert hoa.post(url, {"key": str(uuid4()), "version": str(d.seq), "ground": "Tôi đổi ý"}).status_code == 302
    d.refresh_from_db()
    assert d.state == "withdrawn"
    page = text_of(hoa.get(f"/ho-so/{d.reference}"))
    assert "Tôi đổi ý" in page
    assert "Không hẹn trả" in page
    assert "Chưa có" not in page, "nothing is promised of what has ended without a result"


def test_a_stale_page_is_told_and_the_reason_kept(hoa, clock):  # type: ignore[no-untyped-def]
    d = make.filed(clock=clock)
    old = d.seq
    make.do("tung", d, "ask_complete", clock, items=["Tờ khai"])
    answer = hoa.post(
        f"/ho-so/{d.reference}/viec/withdraw", {"key": str(uuid4()), "version": str(old), "ground": "Đổi ý"}
    )
    assert answer.status_code == 409
    assert "Đổi ý" in text_of(answer)


def test_stars_after_the_end(hoa, clock):  # type: ignore[no-untyped-def]
    d = make.delivered(clock)
    Dossier.objects.filter(pk=d.pk).update(account=account("hoa"))
    page = text_of(hoa.get(f"/ho-so/{d.reference}"))
    assert "Rất hài lòng" in page
    url = f"/ho-so/{d.reference}/viec/rate"
    assert hoa.post(url, {"key": str(uuid4()), "version": str(d.seq), "stars": "5"}).status_code == 302
    d.refresh_from_db()
    assert d.rating == 5


@pytest.mark.parametrize("action", ["accept", "decide", "supply", "nonsense"])
def test_only_a_citizens_actions_exist_here(hoa, action):  # type: ignore[no-untyped-def]
    d = make.filed()
    assert hoa.post(f"/ho-so/{d.reference}/viec/{action}", {"key": str(uuid4())}).status_code == 404


@pytest.mark.parametrize("stage", list(make.STAGES))
def test_my_dossier_can_be_read_in_every_state(hoa, clock, stage):  # type: ignore[no-untyped-def]
    d = make.STAGES[stage](clock)
    Dossier.objects.filter(pk=d.pk).update(account=account("hoa"))
    for language in ("vi", "en"):
        hoa.cookies["django_language"] = language
        assert hoa.get(f"/ho-so/{d.reference}").status_code == 200
        assert hoa.get("/ho-so-cua-toi").status_code == 200


def test_my_list_costs_the_same_at_any_length(hoa):  # type: ignore[no-untyped-def]
    d, costs = make.filed(), []
    hoa.get("/ho-so-cua-toi")
    for more in (0, 299):
        make.copies_of(d, more)
        with CaptureQueriesContext(connection) as seen:
            assert hoa.get("/ho-so-cua-toi").status_code == 200
        costs.append(len(seen))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 4


# --- tracking


def track(client, code, digits):  # type: ignore[no-untyped-def]
    return client.post("/tra-cuu", {"code": code, "digits": digits})


def test_tracking_shows_the_way_and_no_person(client, clock):  # type: ignore[no-untyped-def]
    d = make.processing(clock)
    answer = track(client, d.code, "5678")
    page = text_of(answer)
    assert answer.status_code == 200
    assert 'class="way-line"' in page
    assert "Vì sao là ngày này" in page
    for private in (d.applicant.name, d.applicant.id_number, d.applicant.phone, d.applicant.address):
        assert private not in page


def test_wrong_digits_and_unknown_codes_look_the_same(client, clock):  # type: ignore[no-untyped-def]
    d = make.received(clock=clock)
    pages = []
    for code, digits in ((d.code, "0000"), ("K7Q2-9MXD", "5678"), (d.code, ""), ("", "")):
        answer = track(client, code, digits)
        assert answer.status_code == 404
        pages.append(re.sub(r'value="[^"]*"', "", text_of(answer)))
    assert len(set(pages)) == 1


def test_guessing_is_stopped(client):  # type: ignore[no-untyped-def]
    codes = [track(client, f"A{n}", "1234").status_code for n in range(25)]
    assert codes[0] == 404
    assert codes[-1] == 429


# --- logging in


def test_one_click_makes_anyone_of_the_demo(client, settings):  # type: ignore[no-untyped-def]
    settings.DEMO = True
    page = text_of(client.get("/dang-nhap"))
    assert "Chị Lan Giao Dịch" in page
    answer = client.post("/dang-nhap", {"demo": "hoa", "next": f"/nop/{QUICK}"})
    assert answer["Location"] == f"/nop/{QUICK}"
    assert "Phan Thị Hoa" in text_of(client.get("/"))
    client.post("/dang-xuat")
    assert "Phan Thị Hoa" not in text_of(client.get("/"))


def test_without_a_demo_there_is_no_click(client, settings):  # type: ignore[no-untyped-def]
    settings.DEMO = False
    assert "Chị Lan" not in text_of(client.get("/dang-nhap"))
    assert client.post("/dang-nhap", {"demo": "hoa"}).status_code == 403


def test_nobody_is_sent_to_another_site(client, settings):  # type: ignore[no-untyped-def]
    settings.DEMO = True
    answer = client.post("/dang-nhap", {"demo": "hoa", "next": "https://example.org/"})
    assert answer["Location"] == "/ho-so-cua-toi"


def test_passwords_lock_out_after_too_many(client):  # type: ignore[no-untyped-def]
    person = account("hoa")
    once(make.command("an", "account.password", START), lambda act: set_password(act, person, PASSWORD) or {})
    assert client.post("/dang-nhap", {"username": "hoa", "password": PASSWORD}).status_code == 302
    client.post("/dang-xuat")
    codes = [client.post("/dang-nhap", {"username": "hoa", "password": "sai"}).status_code for _ in range(11)]
    assert codes[0] == 422
    assert codes[-1] == 429
    assert client.post("/dang-nhap", {"username": "hoa", "password": PASSWORD}).status_code == 429


def test_the_language_switch_comes_back_to_the_page(client):  # type: ignore[no-untyped-def]
    answer = client.post("/ngon-ngu", {"language": "en", "next": "/thu-tuc?q=khai"})
    assert answer["Location"] == "/thu-tuc?q=khai"
    assert '<html lang="en">' in text_of(client.get("/"))


@pytest.mark.parametrize("commune", [COMMUNE, "Phường Thành Sen", "thanh sen"])
def test_nothing_is_asked_twice(hoa, commune):  # type: ignore[no-untyped-def]
    make.filed()
    page = text_of(hoa.get(f"{begin(hoa)}/nguoi-nop"))
    assert 'value="Trần Thị Bưởi Mẫu"' in page
    assert "Phường Thành Sen (18073)" in page
