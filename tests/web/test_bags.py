"""Bags from both their sides: filled by scanning, examined line by line, differences seen and settled."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from motcua.config import clock as site_clock
from motcua.custody.models import Line, Manifest, Paper
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.kernel.calendar import VIETNAM
from tests import make
from tests.people import account

pytestmark = pytest.mark.django_db
HERE, THERE = "bd-thanh-sen", "ubnd-thanh-sen"


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


def page(who: str, path: str, status: int = 200) -> str:
    answer = browser(who).get(path)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def post(who: str, bag: str, action: str, **typed: object):  # type: ignore[no-untyped-def]
    """One form of the bag's page, sent under a key of its own unless one is given."""
    return browser(who).post(f"/tui/{bag}/{action}", {"key": str(uuid4()), **typed})


def end(who: str, case: str, **typed: str):  # type: ignore[no-untyped-def]
    """How a discrepancy ended."""
    return browser(who).post(f"/chenh-lech/{case}/end", {"key": str(uuid4()), **typed})


def papers_of(d: Dossier) -> list[Paper]:
    return list(Paper.objects.filter(dossier=d).order_by("id"))


def new_bag(who: str = "lan", taker: str = THERE, **typed: object) -> str:
    answer = browser(who).post("/tui/moi", {"key": str(uuid4()), "taker": taker, **typed})
    assert answer.status_code == 302, answer.content.decode()[:800]
    return answer.headers["Location"].rpartition("/")[2]


@pytest.fixture
def dossier(clock):  # type: ignore[no-untyped-def]
    """Accepted at the post point, its papers still there."""
    return make.received(clock=clock)


@pytest.fixture
def sent(dossier):  # type: ignore[no-untyped-def]
    """A sealed bag with all papers of the dossier."""
    number = new_bag()
    post("lan", number, "them", code=dossier.code)
    assert post("lan", number, "niem-phong", seal="NP-1", carrier="Xe 1").status_code == 302
    return number


def lines_of(number: str) -> list[Line]:
    return list(Line.objects.filter(manifest__number=number, removed=False).order_by("place"))


# --- filling


def test_papers_that_belong_elsewhere_are_heaped_by_where_they_go(dossier):
    html = page("lan", "/tui")
    assert "Gửi Ủy ban nhân dân phường Thành Sen" in html
    stickers = {p.sticker for p in papers_of(dossier)}
    assert set(re.findall(r'name="paper" value="([^"]+)"', html)) == stickers
    number = new_bag(paper=sorted(stickers))
    assert {line.paper.sticker for line in lines_of(number)} == stickers
    assert "Không có giấy tờ nào cần gửi đi" in page("lan", "/tui")


def test_a_result_goes_to_the_post_office_that_brings_it_home(clock):
    make.published(clock)
    html = page("thu", "/tui")
    assert "Gửi Bưu cục Thành Sen" in html
    assert "Giấy xác nhận tình trạng hôn nhân" in html


def test_what_is_not_accepted_goes_to_the_desk_that_accepts_and_back_when_it_refuses(clock):
    d = make.received("mai", "bd-ha-huy-tap", clock=clock)
    assert d.state == "taken"
    assert d.accepting_id == "mot-cua-thanh-sen"
    assert 'name="taker" value="mot-cua-thanh-sen"' in page("mai", "/tui")
    make.bagged("mai", "tung", "bd-ha-huy-tap", "mot-cua-thanh-sen", [d], clock)
    assert "Không có giấy tờ nào cần gửi đi" in page("tung", "/tui")
    make.do("tung", d, "reject", clock, ground="Không thuộc thẩm quyền")
    assert 'name="taker" value="bd-ha-huy-tap"' in page("tung", "/tui")


def test_an_original_owed_after_an_electronic_result_goes_back_to_where_it_was_handed_in(clock):
    d = make.published(clock, return_by="electronic")
    assert d.state == "closed"
    Paper.objects.filter(dossier=d).update(to_return=True)
    assert f'name="taker" value="{HERE}"' in page("thu", "/tui")


def test_one_scan_one_paper_a_dossier_code_all_of_them_and_twice_is_once(dossier):
    number, papers = new_bag(), papers_of(dossier)
    assert post("lan", number, "them", code=papers[0].sticker.lower()).status_code == 302
    assert len(lines_of(number)) == 1
    assert post("lan", number, "them", code=papers[0].sticker).status_code == 302
    assert post("lan", number, "them", code=dossier.reference).status_code == 302
    assert [line.paper_id for line in lines_of(number)] == [p.pk for p in papers]


@pytest.mark.parametrize("typed", ["", "   ", "ZZZZ-ZZZZ", "x" * 10_000, "<script>alert(1)</script>", "H27.14-99999999-1"])
def test_what_is_no_paper_here_is_said(dossier, typed):
    number = new_bag()
    answer = post("lan", number, "them", code=typed)
    assert answer.status_code == 409
    assert "problems" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert lines_of(number) == []


def test_a_paper_of_another_office_or_in_another_bag_stays_out(dossier, clock):
    elsewhere = make.received("mai", "bd-ha-huy-tap", clock=clock)
    number, paper = new_bag(), papers_of(dossier)[0]
    assert "không do nơi giao đang giữ" in post("lan", number, "them", code=papers_of(elsewhere)[0].sticker).content.decode()
    other = new_bag(paper=[paper.sticker])
    answer = post("lan", number, "them", code=paper.sticker)
    assert answer.status_code == 409
    assert other in answer.content.decode()


def test_a_line_comes_off_and_a_list_is_given_up(dossier):
    number = new_bag(paper=[p.sticker for p in papers_of(dossier)])
    first = lines_of(number)[0]
    assert post("lan", number, "bo", line=str(first.pk)).status_code == 302
    assert first.pk not in {line.pk for line in lines_of(number)}
    answer = post("lan", number, "huy")
    assert answer.headers["Location"] == "/tui"
    assert Manifest.objects.get(number=number).state == "cancelled"
    assert "Gửi Ủy ban nhân dân phường Thành Sen" in page("lan", "/tui")


def test_sealing_needs_a_number_and_papers_and_keeps_what_was_typed(dossier):
    number = new_bag()
    assert "Bảng kê chưa có giấy tờ nào" in post("lan", number, "niem-phong", seal="NP-9").content.decode()
    post("lan", number, "them", code=dossier.code)
    html = post("lan", number, "niem-phong", seal=" ", carrier="Xe thư số 7").content.decode()
    assert "Hãy nhập số niêm phong" in html
    assert 'value="Xe thư số 7"' in html
    assert post("lan", number, "niem-phong", seal="NP-9").status_code == 302
    assert post("lan", number, "them", code=dossier.code).status_code == 409


def test_nobody_seals_what_somebody_else_changed_meanwhile(dossier):
    number, papers = new_bag(), papers_of(dossier)
    post("lan", number, "them", code=papers[0].sticker)
    seen = Manifest.objects.get(number=number).seq
    post("lan", number, "them", code=papers[1].sticker)
    answer = post("lan", number, "niem-phong", seal="NP-1", version=str(seen))
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.content.decode()
    assert 'value="NP-1"' in answer.content.decode()


def test_a_double_click_on_a_new_bag_is_one_bag(dossier):
    client, key = browser("lan"), str(uuid4())
    answers = [client.post("/tui/moi", {"key": key, "taker": THERE}) for _ in range(2)]
    assert len({a.headers["Location"] for a in answers}) == 1
    assert Manifest.objects.count() == 1


@pytest.mark.parametrize("taker", ["", "nowhere", HERE])
def test_a_bag_needs_another_office_that_exists(dossier, taker):
    answer = browser("lan").post("/tui/moi", {"taker": taker})
    assert answer.status_code == 409
    assert Manifest.objects.count() == 0


# --- receiving


def test_line_by_line_with_differences_by_name_both_sides_see(sent, dossier):
    lines = lines_of(sent)
    assert sent in page("cuong", "/tui")
    assert post("cuong", sent, "nhan", code=lines[0].paper.sticker).status_code == 302
    assert post("cuong", sent, "kiem", line=str(lines[1].pk), was="", finding="short", note="Không có trong túi").status_code == 302
    assert post("cuong", sent, "kiem", line=str(lines[2].pk), was="", finding="damaged", note="Rách góc").status_code == 302
    html = page("lan", f"/tui/{sent}")
    for said in ("Không có trong túi", "Anh Cường Nhận Hồ Sơ", "Hư hỏng", "Thiếu", "chờ xử lý"):
        assert said in html, said
    assert "Chênh lệch chờ xử lý" in page("lan", "/tui")
    assert Paper.objects.get(pk=lines[0].paper_id).holder == f"office:{THERE}"
    assert Paper.objects.get(pk=lines[1].paper_id).holder == f"office:{HERE}"


@pytest.mark.parametrize("finding", ["short", "damaged", "misrouted", "not_examined"])
def test_a_difference_needs_a_word_and_the_choice_stays(sent, finding):
    line = lines_of(sent)[0]
    answer = post("cuong", sent, "kiem", line=str(line.pk), finding=finding, note=" ")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Chênh lệch phải có ghi chú" in html
    assert f'<option value="{finding}" selected>' in html
    line.refresh_from_db()
    assert line.finding == ""


def test_scanning_a_dossier_leaves_differences_and_a_sticker_finds_the_short_one(sent, dossier):
    short = lines_of(sent)[0]
    post("cuong", sent, "kiem", line=str(short.pk), finding="short", note="Không thấy")
    post("cuong", sent, "nhan", code=dossier.code)
    assert [line.finding for line in lines_of(sent)] == ["short", *["received"] * (len(lines_of(sent)) - 1)]
    post("cuong", sent, "nhan", code=short.paper.sticker)
    assert {line.finding for line in lines_of(sent)} == {"received"}


def test_two_receivers_do_not_overwrite_each_other_unseen(sent):
    line = lines_of(sent)[0]
    post("cuong", sent, "kiem", line=str(line.pk), was="", finding="damaged", note="Ướt")
    answer = post("cuong", sent, "kiem", line=str(line.pk), was="", finding="received")
    assert answer.status_code == 409
    assert "người khác vừa ghi “Hư hỏng”" in answer.content.decode()
    assert post("cuong", sent, "kiem", line=str(line.pk), was="damaged", finding="received").status_code == 302


def test_ticked_lines_are_received_together(sent):
    ids = [str(line.pk) for line in lines_of(sent)]
    assert post("cuong", sent, "kiem", line=ids, finding="received").status_code == 302
    assert {line.finding for line in lines_of(sent)} == {"received"}
    assert "Chưa chọn dòng nào" in post("cuong", sent, "kiem", finding="received").content.decode()
    assert post("cuong", sent, "kiem", line="not-an-id", finding="received").status_code == 404
    assert "Không có kết quả kiểm như vậy" in post("cuong", sent, "kiem", line=ids[0], finding="eaten").content.decode()


def test_what_is_not_on_the_list_is_offered_as_over(sent, clock):
    stray = papers_of(make.received(clock=clock))[0]
    html = post("cuong", sent, "nhan", code=stray.sticker).content.decode()
    assert "không có trong bảng kê này" in html
    assert f'value="{stray.sticker}"' in html
    assert "Chênh lệch phải có ghi chú" in post("cuong", sent, "thua", sticker=stray.sticker).content.decode()
    assert post("cuong", sent, "thua", sticker=stray.sticker, note="Kẹp trong bì khác").status_code == 302
    stray.refresh_from_db()
    assert stray.holder == f"office:{THERE}"
    assert "Thừa" in page("lan", f"/tui/{sent}")


def test_totals_run_along(sent):
    lines = lines_of(sent)
    post("cuong", sent, "nhan", code=lines[0].paper.sticker)
    numbers = re.search(r'class="bag-numbers".*?</ul>', page("cuong", f"/tui/{sent}"), re.DOTALL)
    assert re.findall(r"<strong>(\d+)</strong>", numbers[0]) == [str(len(lines)), "1", str(len(lines) - 1)]


def test_parking_needs_a_reason_and_shows_it(sent):
    assert "Hãy ghi lý do tạm gác" in post("cuong", sent, "gac", reason="").content.decode()
    assert post("cuong", sent, "gac", reason="Mất điện").headers["Location"] == "/tui"
    assert "Mất điện" in page("lan", f"/tui/{sent}")
    assert "tạm gác" in page("lan", "/tui")


def test_closing_asks_for_every_line_and_the_seal(sent, dossier):
    html = post("cuong", sent, "xong").content.decode()
    assert "dòng chưa kiểm" in html
    assert "Chưa ghi tình trạng niêm phong" in html
    post("cuong", sent, "nhan", code=dossier.code)
    assert post("cuong", sent, "xong", seal_intact="0").status_code == 302
    assert "niêm phong không còn nguyên vẹn" in page("lan", f"/tui/{sent}")
    html = page("cuong", f"/tui/{sent}")
    assert "1 hồ sơ có giấy tờ đã về cơ quan" in html
    assert "/viec/phan-cong" in html


@pytest.mark.parametrize("who", ["lan", "cuong"])
def test_either_side_settles_in_words_once(sent, dossier, who):
    line = lines_of(sent)[0]
    post("cuong", sent, "kiem", line=str(line.pk), finding="short", note="Không có")
    case = re.findall(r"/chenh-lech/(CL-[0-9-]+)", page(who, f"/tui/{sent}"))[0]
    assert case in page("lan", "/tui")
    assert "Hãy ghi rõ sự việc" in end(who, case, outcome="found", note="").content.decode()
    assert end(who, case, outcome="found", note="Để quên, gửi túi sau").status_code == 302
    for side in ("lan", "cuong"):
        assert "Để quên, gửi túi sau" in page(side, f"/chenh-lech/{case}")
        assert "Đã tìm thấy" in page(side, f"/tui/{sent}")
        assert "Chênh lệch chờ xử lý" not in page(side, "/tui")
    assert end(who, case, outcome="found", note="Lần nữa").status_code == 409


def test_a_double_scan_and_a_repeated_form_record_once(sent):
    line, client, key = lines_of(sent)[0], browser("cuong"), str(uuid4())
    for _ in range(2):
        assert client.post(f"/tui/{sent}/nhan", {"key": key, "code": line.paper.sticker}).status_code == 302
    assert Entry.objects.filter(kind="line.examined").count() == 1


# --- who may


def test_each_side_does_only_its_own(sent, dossier):
    line = lines_of(sent)[0]
    assert post("lan", sent, "nhan", code=dossier.code).status_code == 409
    assert post("lan", sent, "xong", seal_intact="1").status_code == 409
    assert post("lan", sent, "kiem", line=str(line.pk), finding="received").status_code == 409
    html = page("lan", f"/tui/{sent}")
    assert "/kiem" not in html
    assert "/them" not in html


def test_strangers_see_nothing_and_others_none_of_it(sent):
    for who in ("mai", "xa-lan", "xa-cuong", "quy", "tung"):
        page(who, f"/tui/{sent}", 404)
        assert sent not in page(who, "/tui")
        assert post(who, sent, "nhan", code="x").status_code == 404
    for who in ("hoa", "son", "dung", "minh"):
        page(who, "/tui", 403)
    assert "/kiem" not in page("giang", f"/tui/{sent}")
    assert post("giang", sent, "gac", reason="x").status_code == 409
    page("lan", "/tui/khong-co", 404)
    assert post("lan", sent, "bay").status_code == 404


def test_looking_writes_nothing(sent):
    before = Entry.objects.count()
    for path in ("/tui", f"/tui/{sent}", "/tui/moi", "/tui/noi", f"/tui/{sent}/nhan"):
        assert browser("cuong").get(path).status_code in {200, 302}
    assert Entry.objects.count() == before


@pytest.mark.parametrize("n", [1, 3, 20])
def test_pages_ask_as_much_for_one_line_as_for_many(clock, n, django_assert_num_queries):
    dossiers = [make.received(clock=clock) for _ in range(n)]
    client = browser("lan")
    client.get("/tui")
    with django_assert_num_queries(6):
        client.get("/tui")
    number = new_bag(paper=[p.sticker for d in dossiers for p in papers_of(d)])
    with django_assert_num_queries(6):
        client.get(f"/tui/{number}")
    post("lan", number, "niem-phong", seal="NP-2")
    with django_assert_num_queries(7):
        client.get("/tui")
    receiver = browser("cuong")
    receiver.get("/tui")
    with django_assert_num_queries(6):
        receiver.get(f"/tui/{number}")
