"""The agency's desk by hand: what an officer sees first, what each may do, and what becomes of a mistake."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from motcua.acts import handover
from motcua.acts.discrepancies import act_on_discrepancy
from motcua.config import clock as site_clock
from motcua.custody.models import Discrepancy, Line
from motcua.documents import store
from motcua.documents.models import File
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.kernel.calendar import VIETNAM
from tests import make
from tests.people import account, actor

pytestmark = pytest.mark.django_db


def browser(username: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    session, who = client.session, account(username)
    session["account"], session["epoch"] = str(who.pk), who.epoch
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture(autouse=True)
def office_hours():  # type: ignore[no-untyped-def]
    with site_clock.started_at(datetime(2026, 7, 7, 9, 0, tzinfo=VIETNAM)):
        yield


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def form_of(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', html, re.DOTALL)
    assert form, f"no form to {action}"
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1])
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def lam(d: Dossier, action: str) -> str:
    return f"/viec/ho-so/{d.reference}/lam/{action}"


def do(who: str, d: Dossier, action: str, **typed: object):  # type: ignore[no-untyped-def]
    """One action as somebody does it on the page: opened, filled, sent."""
    client = browser(who)
    hidden = form_of(page(client, f"/viec/ho-so/{d.reference}"), lam(d, action))
    answer = client.post(lam(d, action), {**hidden, **typed})
    d.refresh_from_db()
    return answer


def codes(html: str) -> list[str]:
    return re.findall(r'<a href="/viec/ho-so/([0-9A-Z-]+)"', html)


# --- the worklist


def test_the_most_urgent_comes_first_and_says_so_in_words(clock):
    slow, quick = make.processing(clock), make.processing(clock, procedure=make.QUICK)
    html = page(browser("son"), "/viec")
    assert codes(html)[:2] == [quick.reference, slow.reference]
    assert "trễ" in html
    assert "còn" in html


@pytest.mark.parametrize(
    ("who", "stage", "first_tab"),
    [("son", make.processing, "Chờ tôi"), ("dung", make.handled, "Chờ tôi"), ("cuong", None, "Chờ tôi")],
)
def test_what_waits_for_me_stands_first(clock, who, stage, first_tab):
    if stage:
        mine = stage(clock)
    else:
        mine = make.received(clock=clock)
        make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", [mine], clock)
    other = make.published(clock)
    html = page(browser(who), "/viec")
    assert codes(html) == [mine.reference]
    assert other.reference not in html
    assert re.search(rf'aria-current="page">{first_tab} <span class="cut-count">1<', html)


def test_each_trade_finds_its_own_acts(clock):
    decided = make.handled(clock)
    make.do("dung", decided, "decide", clock, outcome="granted", ground="Đủ")
    signed = make.handled(clock)
    make.do("dung", signed, "decide", clock, outcome="granted", ground="Đủ")
    make.do("dung", signed, "sign", clock)
    assert codes(page(browser("dung"), "/viec")) == [decided.reference]
    assert codes(page(browser("thu"), "/viec")) == [signed.reference]
    assert codes(page(browser("thu"), "/viec?luot=sign")) == [decided.reference]
    assert codes(page(browser("son"), "/viec")) == []


def test_a_dossier_without_its_papers_does_not_wait_for_the_receiver(clock):
    on_the_road = make.received(clock=clock)
    assert codes(page(browser("cuong"), "/viec")) == []
    assert codes(page(browser("cuong"), "/viec?luot=assign")) == [on_the_road.reference]


def test_waiting_for_the_applicant_is_a_list_of_its_own(clock):
    d = make.processing(clock)
    make.do("son", d, "ask_supplement", clock, items=["Giấy khai sinh"])
    assert codes(page(browser("son"), "/viec")) == []
    html = page(browser("son"), "/viec?luot=wait")
    assert codes(html) == [d.reference]
    assert "tạm dừng" in html.lower()


def test_filters_narrow_and_nonsense_is_as_if_not_asked(clock):
    make.processing(clock)
    nobodys = make.received(clock=clock)
    client = browser("son")
    assert codes(page(client, "/viec?luot=all&nguoi=nobody")) == [nobodys.reference]
    assert len(codes(page(client, "/viec?luot=all"))) == 2
    assert codes(page(client, f"/viec?luot=all&thu-tuc={make.QUICK}")) == []
    for odd in ("?luot=xyz", "?sau=abc|def", "?nguoi=%00", "?co-quan=ubnd-ky-anh", "?thu-tuc=" + "9" * 5000):
        page(client, "/viec" + odd)


def test_another_agency_sees_nothing(clock):
    d = make.processing(clock)
    assert codes(page(browser("xa-son"), "/viec?luot=all")) == []
    page(browser("xa-son"), f"/viec/ho-so/{d.reference}", 404)
    assert page(browser("xa-son"), "/viec?q=Trần Thị").count(d.reference) == 0


def test_the_list_goes_on_by_cursor(clock):
    all_of_them = {make.processing(clock).reference for _ in range(52)}
    client = browser("son")
    first = page(client, "/viec?luot=all")
    following = re.search(r'href="(/viec\?[^"]*sau=[^"]*)"', first)
    assert following
    second = page(client, following[1].replace("&amp;", "&"))
    assert len(codes(first)) == 50
    assert set(codes(first)) | set(codes(second)) == all_of_them


def test_search_finds_by_code_name_and_phone_with_or_without_accents(clock):
    d = make.processing(clock)
    client = browser("son")
    assert client.get("/viec", {"q": d.code}).headers["Location"] == f"/viec/ho-so/{d.reference}"
    for typed in ("tran thi buoi", "TRẦN THỊ BƯỞI MẪU", "0912345678", d.reference.lower()):
        answer = client.get("/viec", {"q": typed}, follow=True)
        assert d.reference in answer.content.decode(), typed
    assert "Không thấy hồ sơ nào" in client.get("/viec", {"q": "x" * 10_000}).content.decode()


@pytest.mark.parametrize("n", [1, 3, 30])
def test_the_worklist_asks_as_much_for_one_row_as_for_many(clock, n, django_assert_num_queries):
    for _ in range(n):
        make.processing(clock)
    client = browser("son")
    page(client, "/viec?luot=all")
    with django_assert_num_queries(3):
        page(client, "/viec?luot=all")


def test_next_is_the_most_urgent_of_the_same_list(clock):
    first, second = make.processing(clock), make.processing(clock)
    client = browser("son")
    page(client, "/viec")
    assert client.get(f"/viec/tiep?tru={first.reference}").headers["Location"].endswith(second.reference)
    assert client.get("/viec/tiep?tru=nothing").headers["Location"].endswith(first.reference)


# --- one dossier


def test_the_page_tells_where_why_whose_and_what(clock):
    d = make.processing(clock)
    html = page(browser("son"), f"/viec/ho-so/{d.reference}")
    for said in ("Vì sao hẹn trả ngày này", "Các bước giải quyết", "Giấy tờ và người đang giữ", "Nội dung kê khai",
                 "Ủy ban nhân dân phường Thành Sen", "Nhật ký", "Hoàn thành bước", "Ông Sơn Thụ Lý"):  # fmt: skip
        assert said in html, said
    assert "042190000016" not in html


def test_opening_a_number_is_recorded_and_never_on_get(clock):
    d = make.processing(clock)
    client = browser("son")
    assert client.get(f"/viec/ho-so/{d.reference}/mo-so").status_code == 302
    assert not Entry.objects.filter(kind="applicant.id_opened").exists()
    answer = client.post(f"/viec/ho-so/{d.reference}/mo-so")
    assert "042190000016" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    entry = Entry.objects.get(kind="applicant.id_opened")
    assert entry.actor_id == account("son").pk
    assert "042190000016" not in page(client, f"/viec/ho-so/{d.reference}")
    assert browser("xa-son").post(f"/viec/ho-so/{d.reference}/mo-so").status_code == 404


def test_from_assigning_to_publishing_each_by_the_right_person(clock):
    d = make.received(clock=clock)
    make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", [d], clock)
    assert do("cuong", d, "assign", handler="son", note="").status_code == 302
    assert d.state == "processing"
    while lam(d, "finish_step") in page(browser("son"), f"/viec/ho-so/{d.reference}"):
        assert do("son", d, "finish_step", note="Đủ").status_code == 302
    assert do("dung", d, "decide", outcome="granted", ground="").status_code == 302
    assert do("dung", d, "sign").status_code == 302
    assert do("thu", d, "number").status_code == 302
    assert do("thu", d, "publish").status_code == 302
    assert d.state == "published"
    html = page(browser("thu"), f"/viec/ho-so/{d.reference}")
    for said in (d.result_number, "Bà Dung Lãnh Đạo", "Đồng ý", "Giấy xác nhận tình trạng hôn nhân"):
        assert said in html, said


@pytest.mark.parametrize(
    ("stage", "who", "may"),
    [
        (make.processing, "son", {"finish_step", "ask_supplement"}),
        (make.processing, "cuong", {"assign", "withdraw"}),
        (make.handled, "dung", {"decide", "assign", "ask_supplement", "reschedule", "stop"}),
        (make.handled, "son", {"ask_supplement"}),
        (make.handled, "thu", set()),
        (make.handled, "giang", set()),
    ],
)
def test_the_act_bar_is_the_table_and_nothing_else(clock, stage, who, may):
    d = stage(clock)
    html = page(browser(who), f"/viec/ho-so/{d.reference}")
    assert set(re.findall(rf'action="/viec/ho-so/{d.reference}/lam/(\w+)"', html)) == may


def test_what_cannot_be_done_yet_says_why(clock):
    d = make.processing(clock)
    leader = page(browser("dung"), f"/viec/ho-so/{d.reference}")
    assert lam(d, "decide") not in leader
    assert "Còn bước chưa hoàn thành" in leader
    done = make.handled(clock)
    handler = page(browser("son"), f"/viec/ho-so/{done.reference}")
    assert lam(done, "finish_step") not in handler
    assert "Các bước thụ lý đã xong" in handler
    on_the_road = make.received(clock=clock)
    assert "Giấy tờ chưa về đủ cơ quan" in page(browser("cuong"), f"/viec/ho-so/{on_the_road.reference}")


def test_whoever_may_not_is_refused_and_nothing_changes(clock):
    d = make.handled(clock)
    answer = browser("son").post(lam(d, "decide"), {"outcome": "granted"})
    assert answer.status_code == 409
    assert "không có quyền" in answer.content.decode()
    assert browser("son").post(lam(d, "fly"), {}).status_code == 404
    assert browser("lan").post(lam(d, "decide"), {"outcome": "granted"}).status_code == 403
    assert browser("xa-dung").post(lam(d, "decide"), {"outcome": "granted"}).status_code == 404
    d.refresh_from_db()
    assert d.state == "processing"


def test_a_refusal_keeps_what_was_typed_and_says_what_to_mend(clock):
    d = make.handled(clock)
    answer = do("dung", d, "decide", outcome="refused", ground="")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Từ chối phải nêu lý do" in html
    assert re.search(r'value="refused"[^>]*checked|checked[^>]*value="refused"', html)
    answer = do("dung", d, "decide", outcome="", ground="Đã ghi rất dài")
    assert answer.status_code == 422
    assert "Đã ghi rất dài" in answer.content.decode()


def test_a_result_that_goes_by_post_is_led_to_the_bags(clock):
    d = make.published(clock)
    html = page(browser("thu"), f"/viec/ho-so/{d.reference}")
    assert "cần gửi đến Bưu cục Thành Sen" in html
    assert lam(d, "close") not in html


def test_a_result_fetched_at_the_agency_is_handed_over_there(clock):
    d = make.received("cuong", "ubnd-thanh-sen", clock=clock, return_by="counter")
    make.do("cuong", d, "assign", clock, handler="son")
    while d.step == "tham_tra":
        make.do("son", d, "finish_step", clock)
    make.do("dung", d, "decide", clock, outcome="granted", ground="Đủ")
    make.do("dung", d, "sign", clock)
    make.do("thu", d, "number", clock)
    make.do("thu", d, "publish", clock)
    assert do("thu", d, "close", recipient="Trần Thị Bưởi Mẫu", relation="self").status_code == 409
    assert do("thu", d, "close", recipient="Trần Thị Bưởi Mẫu", relation="self", signed="on").status_code == 302
    assert d.state == "closed"


def test_asking_for_more_says_what_will_happen_stops_the_clock_and_is_allowed_once(clock):
    d = make.processing(clock)
    assert "Thời hạn tạm dừng" in page(browser("son"), f"/viec/ho-so/{d.reference}")
    assert do("son", d, "ask_supplement", items="Giấy khai sinh\nẢnh 4x6", note="", until="").status_code == 302
    assert d.due_at is None
    html = page(browser("son"), f"/viec/ho-so/{d.reference}")
    assert "Giấy khai sinh" in html
    assert "chờ người nộp" in html
    assert do("cuong", d, "supply", note="").status_code == 302
    assert d.state == "processing"
    assert "Chỉ được yêu cầu bổ sung 1 lần" in page(browser("son"), f"/viec/ho-so/{d.reference}")
    answer = browser("son").post(lam(d, "ask_supplement"), {"items": "Thêm nữa"})
    assert answer.status_code == 409
    assert "Chỉ được yêu cầu bổ sung 1 lần" in answer.content.decode()
    assert "Thêm nữa" in answer.content.decode()


def test_an_apology_moves_the_date_once(clock):
    d = make.processing(clock)
    later = (d.due_at.astimezone(VIETNAM) + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    assert do("dung", d, "reschedule", until="2026-02-30T10:00", reason="x").status_code == 422
    assert do("dung", d, "reschedule", until=later, reason="Chờ xác minh").status_code == 302
    assert "Chờ xác minh" in page(browser("dung"), f"/viec/ho-so/{d.reference}")
    assert lam(d, "reschedule") not in page(browser("dung"), f"/viec/ho-so/{d.reference}")
    again = browser("dung").post(lam(d, "reschedule"), {"until": "2026-08-30T10:00", "reason": "Lần hai"})
    assert "Chỉ được hẹn lại ngày trả một lần" in again.content.decode()


def test_a_stale_page_is_told_and_loses_nothing(clock):
    d = make.processing(clock)
    client = browser("son")
    seen = form_of(page(client, f"/viec/ho-so/{d.reference}"), lam(d, "ask_supplement"))
    make.do("cuong", d, "assign", clock, handler="son", note="Gấp")
    answer = client.post(lam(d, "ask_supplement"), {**seen, "items": "Bản chính sổ hộ khẩu"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa được người khác xử lý" in html
    assert "Bản chính sổ hộ khẩu" in html
    hidden = form_of(html, lam(d, "ask_supplement"))
    assert client.post(lam(d, "ask_supplement"), {**hidden, "items": "Bản chính sổ hộ khẩu"}).status_code == 302


def test_a_double_click_is_one_act(clock):
    d = make.handled(clock)
    client = browser("dung")
    hidden = form_of(page(client, f"/viec/ho-so/{d.reference}"), lam(d, "decide"))
    typed = {**hidden, "outcome": "granted", "ground": "Đủ"}
    assert [client.post(lam(d, "decide"), typed).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(chain_id=d.pk, kind="dossier.decide").count() == 1


def test_the_back_button_and_another_answer_is_refused_in_words(clock):
    d = make.handled(clock)
    client = browser("dung")
    hidden = form_of(page(client, f"/viec/ho-so/{d.reference}"), lam(d, "decide"))
    client.post(lam(d, "decide"), {**hidden, "outcome": "granted", "ground": "Đủ"})
    answer = client.post(lam(d, "decide"), {**hidden, "outcome": "refused", "ground": "Không"})
    assert answer.status_code == 409
    d.refresh_from_db()
    assert d.outcome == "granted"


def test_ten_thousand_characters_get_an_answer(clock):
    d = make.handled(clock)
    answer = do("dung", d, "decide", outcome="refused", ground="a" * 10_000)
    assert answer.status_code == 422
    assert "quá dài" in answer.content.decode()


def test_the_page_of_a_dossier_asks_a_fixed_number_of_questions(clock, django_assert_max_num_queries):
    d = make.published(clock)
    client = browser("thu")
    page(client, f"/viec/ho-so/{d.reference}")
    with django_assert_max_num_queries(12):
        page(client, f"/viec/ho-so/{d.reference}")


# --- receiving and handing out


def test_several_are_handed_out_in_one_go_each_with_its_own_outcome(clock):
    ready = [make.received(clock=clock) for _ in range(3)]
    make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", ready, clock)
    client = browser("cuong")
    html = page(client, "/viec/phan-cong")
    picks = re.findall(r'name="pick" value="([^"]+)"', html)
    assert {p.partition(".")[0] for p in picks} == {d.reference for d in ready}
    make.do("cuong", ready[1], "assign", clock, handler="son")
    hidden = form_of(html, "/viec/phan-cong")
    answer = client.post("/viec/phan-cong", {**hidden, "pick": picks, "handler": "son"})
    said = answer.content.decode()
    assert "Đã giao 2 trên 3 hồ sơ" in said
    assert "vừa được người khác xử lý" in said
    again = client.post("/viec/phan-cong", {**hidden, "pick": picks, "handler": "son"}).content.decode()
    assert "Đã giao 2 trên 3 hồ sơ" in again
    assert Entry.objects.filter(kind="dossier.assign").count() == 3


def test_a_paper_that_came_short_holds_the_dossier_until_both_know_how_it_ended(clock):
    d = make.received(clock=clock)
    opened = handover.start_manifest(
        make.command("lan", "manifest.open", clock()), actor("lan"), "bd-thanh-sen", "ubnd-thanh-sen", [d.reference]
    )
    number = str(opened["number"])
    handover.seal_manifest(make.command("lan", "manifest.seal", clock()), actor("lan"), number, "NP-1")
    lines = list(Line.objects.filter(manifest__number=number).order_by("place"))
    said = [(lines[0], "short", "Không có"), *((line, "received", "") for line in lines[1:])]
    for line, finding, note in said:
        handover.examine(make.command("cuong", "manifest.say", clock()), actor("cuong"), number, [line.pk], finding, note)
    handover.close_manifest(make.command("cuong", "manifest.close", clock()), actor("cuong"), number, True)
    assert codes(page(browser("cuong"), "/viec")) == codes(page(browser("cuong"), "/viec/phan-cong")) == []
    found = Discrepancy.objects.get(line=lines[0])
    wish = make.command("lan", "discrepancy.end", clock())
    given = {"outcome": "replaced", "note": "Đã cấp lại bản khác"}
    act_on_discrepancy(wish, actor("lan"), found.number, "end", given)
    assert codes(page(browser("cuong"), "/viec/phan-cong")) == [d.reference]
    assert do("cuong", d, "assign", handler="son").status_code == 302


def test_nothing_ticked_or_nobody_chosen_is_said_and_the_ticks_stay(clock):
    d = make.received(clock=clock)
    make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", [d], clock)
    client = browser("cuong")
    pick = re.findall(r'name="pick" value="([^"]+)"', page(client, "/viec/phan-cong"))
    answer = client.post("/viec/phan-cong", {"pick": pick, "handler": ""})
    assert answer.status_code == 422
    assert "Chưa chọn người thụ lý" in answer.content.decode()
    assert re.search(r'name="pick"[^>]*checked', answer.content.decode())
    nobody = client.post("/viec/phan-cong", {"pick": pick, "handler": "thu"}).content.decode()
    assert "không phải chuyên viên thụ lý" in nobody
    assert "Chưa chọn hồ sơ nào" in client.post("/viec/phan-cong", {"handler": "son"}).content.decode()


@pytest.mark.parametrize("n", [1, 3, 20])
def test_handing_out_asks_as_much_for_one_as_for_many(clock, n, django_assert_num_queries):
    ready = [make.received(clock=clock) for _ in range(n)]
    make.bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", ready, clock)
    client = browser("cuong")
    page(client, "/viec/phan-cong")
    with django_assert_num_queries(4):
        page(client, "/viec/phan-cong")


@pytest.mark.parametrize("who", ["son", "thu"])
def test_only_receivers_and_leaders_hand_out(clock, who):
    page(browser(who), "/viec/phan-cong", 403)


# --- files


@pytest.fixture
def scanned(clock):  # type: ignore[no-untyped-def]
    """A dossier with one file whose bytes are in the store."""
    d = make.filed(clock=clock)
    digest = store.keep(b"%PDF-1.4 mau %%EOF")
    file = File.objects.filter(dossier=d).first()
    File.objects.filter(pk=file.pk).update(sha256=digest, mime="application/pdf", title="giấy tờ.pdf")
    return d, file


def test_a_file_is_shown_to_whoever_sees_the_dossier_and_can_do_nothing(scanned):
    d, file = scanned
    answer = browser("cuong").get(f"/ho-so/{d.reference}/tep/{file.pk}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")
    saved = browser("cuong").get(f"/ho-so/{d.reference}/tep/{file.pk}?luu=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_a_file_is_nobody_elses(scanned, clock):
    d, file = scanned
    other = make.filed(clock=clock)
    for who in ("stranger", "xa-cuong", "lan", "minh"):
        page(browser(who), f"/ho-so/{d.reference}/tep/{file.pk}", 404)
    page(browser("cuong"), f"/ho-so/{other.reference}/tep/{file.pk}", 404)
    assert Client().get(f"/ho-so/{d.reference}/tep/{file.pk}").status_code == 302


def test_bytes_that_are_not_those_kept_are_not_shown(scanned):
    d, file = scanned
    File.objects.filter(pk=file.pk).update(sha256="f" * 64)
    page(browser("cuong"), f"/ho-so/{d.reference}/tep/{file.pk}", 404)


def test_no_look_at_the_desk_writes(clock):
    d = make.processing(clock)
    before = Entry.objects.count()
    client = browser("son")
    for path in ("/viec", "/viec?luot=all", "/viec/tiep", f"/viec/ho-so/{d.reference}", lam(d, "finish_step")):
        assert client.get(path).status_code in {200, 302}
    assert Entry.objects.count() == before
