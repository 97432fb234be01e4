"""The province's figures with the dossiers behind them, and the administrator's pages."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.acts import handover
from motcua.config import clock as the_clock
from motcua.jobs.models import Heartbeat, Job
from motcua.journal.models import Entry
from motcua.journal.verify import verify_journal
from motcua.looks.worklists import Cut, all_dossiers
from motcua.people.models import Account
from motcua.people.rules import Role
from motcua.stats.figures import Figure, Urgency, loads
from motcua.stats.queries import load_now, monthly
from motcua.web.board.cuts import asked_of, list_url
from motcua.web.shared.door import forget_snapshots
from tests import make
from tests.people import account, actor

pytestmark = pytest.mark.django_db
NOW = make.START + timedelta(days=9)
JULY = date(2026, 7, 1)
GOOD = "mùa-thu-ở-thành-sen"


@pytest.fixture(autouse=True)
def at_work():  # type: ignore[no-untyped-def]
    """The pages are looked at nine days after the acts of the factories."""
    with the_clock.started_at(NOW):
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


def key() -> str:
    return str(uuid4())


# --- the province


@pytest.mark.parametrize("path", ["/dieu-hanh", "/dieu-hanh/ho-so"])
@pytest.mark.parametrize("who", ["lan", "cuong", "dung", "minh", "hai", "an", "hoa"])
def test_only_the_province_sees_the_figures(as_, who, path):
    assert as_(who).get(path).status_code == 403


def test_an_empty_province_is_drawn_too(as_):
    page = as_("giang").get("/dieu-hanh")
    assert page.status_code == 200
    assert "Không có chênh lệch nào" in page.content.decode()


def test_every_monthly_figure_is_as_long_as_its_list(as_, clock):
    make.delivered(clock)
    make.published(clock)
    make.processing(clock)
    late = make.processing(clock)
    make.do("dung", late, "stop", _later(clock, days=6), ground="Không phối hợp")
    rows = monthly()
    assert rows
    for row in rows:
        counts = {
            Figure.FILED: row.filed,
            Figure.CLOSED: row.closed,
            Figure.ON_TIME: row.on_time,
            Figure.LATE: row.closed - row.on_time,
        }
        for figure, n in counts.items():
            cut = Cut(agency=row.agency, figure=figure, month=row.month)
            assert len(all_dossiers(actor("giang"), cut).rows) == n, (row.agency, figure)
    assert sum(row.closed - row.on_time for row in rows) == 1


def _later(clock, **more):  # type: ignore[no-untyped-def]
    clock.at += timedelta(**more)
    return clock


def test_the_load_and_what_is_late_agree_with_their_lists(as_, clock):
    make.processing(clock)
    make.received(clock=clock)
    make.published(clock)
    boss = actor("giang")
    for row in load_now():
        cut = Cut(agency=row["agency_id"], states=frozenset({row["state"]}))
        assert len(all_dossiers(boss, cut).rows) == row["n"]
    soon = NOW + timedelta(days=1)
    for load in loads(NOW, soon):
        for kind in Urgency:
            cut = Cut(agency=load.agency, urgency=kind, now=NOW, soon=soon)
            assert len(all_dossiers(boss, cut).rows) == getattr(load, kind.value)
    assert sum(load.late for load in loads(NOW, soon)) == 2


def test_every_number_of_the_page_opens_a_list_that_is_not_empty(as_, clock):
    make.delivered(clock, pay="door", procedure=make.QUICK)
    make.processing(clock)
    browser = as_("giang")
    page = browser.get("/dieu-hanh").content.decode().replace("&amp;", "&")
    counted = set(re.findall(r'<td[^>]*><a href="(/dieu-hanh/ho-so\?[^"]+)"', page))
    asked = {name for link in counted for name in re.findall(r"[?&]([a-z-]+)=", link)}
    assert asked >= {"so-lieu", "nhom", "han", "tien", "quy", "kenh", "tra", "thang", "co-quan"}
    for link in counted:
        assert 'href="/dieu-hanh/ho-so/' in browser.get(link).content.decode(), link


def test_an_address_reads_back_as_it_was_written():
    asked = {
        "agency": "ubnd-thanh-sen", "group": "cho-ky", "figure": "late", "month": JULY, "channel": "post",
        "return_by": "post", "urgency": "late", "money": "people", "purse": "state", "money_at": "bd-thanh-sen",
    }  # fmt: skip
    from django.http import QueryDict

    assert asked_of(QueryDict(list_url(**asked).partition("?")[2])) == asked


@pytest.mark.parametrize(
    "query",
    ["thang=2026-13", "thang=zz", "so-lieu=filed", "nhom=<script>", "han=x", "sau=garbage", "kenh=fax", "co-quan=x"],
)
def test_an_address_that_asks_nonsense_is_answered(as_, query):
    assert as_("giang").get(f"/dieu-hanh/ho-so?{query}").status_code == 200
    assert as_("giang").get(f"/dieu-hanh?{query}").status_code == 200


def test_a_dossier_is_shown_whole_but_nothing_can_be_done(as_, clock):
    d = make.processing(clock)
    browser = as_("giang")
    page = browser.get(f"/dieu-hanh/ho-so/{d.reference}").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert d.code in main
    assert "Vì sao hẹn trả ngày này" in main
    assert "Giấy tờ và người đang giữ" in main
    assert "Nhật ký" in main
    assert "<form" not in main
    assert d.applicant.id_number not in page
    assert browser.get("/dieu-hanh/ho-so/K7Q2-9MXD").status_code == 404


def test_a_difference_in_a_bag_is_on_the_board(as_, clock):
    d = make.received(clock=clock)
    lan, cuong = actor("lan"), actor("cuong")
    opened = handover.start_manifest(
        make.command("lan", "manifest.open", clock()), lan, "bd-thanh-sen", "ubnd-thanh-sen", [d.reference]
    )
    number = str(opened["number"])
    handover.seal_manifest(make.command("lan", "manifest.seal", clock()), lan, number, "NP-1")
    line = d.papers.first().lines.get()
    wish = make.command("cuong", "manifest.examine", clock())
    handover.examine(wish, cuong, number, [line.pk], "short", "Thiếu một tờ")
    page = as_("giang").get("/dieu-hanh").content.decode()
    assert number in page
    assert "Thiếu một tờ" in page


def queries(browser, path: str) -> int:  # type: ignore[no-untyped-def]
    """The least of three looks: snapshots of people and law are asked for anew every few seconds."""
    counts = []
    for _look in range(3):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        counts.append(len(seen))
    return min(counts)


@pytest.mark.parametrize("path", ["/dieu-hanh", "/dieu-hanh/ho-so"])
def test_figures_and_lists_cost_the_same_whatever_their_length(as_, clock, path):
    d = make.processing(clock)
    browser = as_("giang")
    one = queries(browser, path)
    make.copies_of(d, 2)
    three = queries(browser, path)
    from motcua.dossiers.models import Applicant, Dossier

    Applicant.objects.filter(dossier__reference__startswith="T0").delete()
    Dossier.objects.filter(reference__startswith="T0").delete()
    make.copies_of(d, 299)
    assert (one, three) == (queries(browser, path), one)


def test_the_list_goes_on_page_by_page(as_, clock):
    make.copies_of(make.processing(clock), 60)
    browser = as_("giang")
    first = browser.get("/dieu-hanh/ho-so").content.decode()
    following = re.search(r'href="(/dieu-hanh/ho-so\?sau=[^"]+)"', first).group(1).replace("&amp;", "&")
    second = browser.get(following).content.decode()
    rows = [set(re.findall(r'href="/dieu-hanh/ho-so/([^"]+)"', text)) for text in (first, second)]
    assert [len(r) for r in rows] == [50, 11]
    assert not rows[0] & rows[1]


# --- the administrator


@pytest.mark.parametrize(
    "path", ["/quan-tri", "/quan-tri/tai-khoan", "/quan-tri/noi", "/quan-tri/quy-dinh", "/quan-tri/viec-nen"]
)
@pytest.mark.parametrize(("who", "status"), [("an", 200), ("giang", 403), ("lan", 403), ("dung", 403), ("hoa", 403)])
def test_administration_is_the_administrators(as_, who, status, path):
    assert as_(who).get(path).status_code == status


def test_the_administrator_sees_no_dossiers(as_, clock):
    d = make.processing(clock)
    browser = as_("an")
    assert browser.get(f"/dieu-hanh/ho-so/{d.reference}").status_code == 403
    for path in ("/quan-tri", "/quan-tri/tai-khoan", "/quan-tri/viec-nen"):
        assert d.code not in browser.get(path).content.decode()


def opened(browser, **more: str):  # type: ignore[no-untyped-def]
    form = {
        "key": key(), "username": "thu-moi", "name": "Chị Thu Mới Thử", "phone": "0912 345 678",
        "role": "clerk_postal", "office": "bd-thanh-sen", "password": GOOD,
    }  # fmt: skip
    return browser.post("/quan-tri/tai-khoan/moi", {**form, **more})


def test_opening_an_account_is_in_the_journal_and_the_person_can_work(as_, client):
    browser = as_("an")
    assert opened(browser).status_code == 302
    made = Account.objects.get(username="thu-moi")
    assert check_password(GOOD, made.password)
    entries = Entry.objects.filter(chain_id=made.pk)
    assert list(entries.order_by("seq").values_list("kind", flat=True)) == ["account.opened", "account.appointed"]
    assert {e.actor_id for e in entries} == {account("an").pk}
    assert all(GOOD not in str(e.data) for e in entries)
    assert (Role.CLERK_POSTAL, "bd-thanh-sen") in actor("thu-moi").appointments
    assert list(verify_journal()) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "Thư Mới"}, "username"),
        ({"username": "lan"}, ""),
        ({"name": " "}, "name"),
        ({"name": "Ă" * 10_000}, "name"),
        ({"phone": "12"}, "phone"),
        ({"role": "king"}, "role"),
        ({"office": "ubnd-thanh-sen"}, "office"),
        ({"office": "nowhere"}, "office"),
        ({"password": "ngắn"}, "password"),
        ({"password": "aaaaaaaaaaaa"}, "password"),
        ({"password": "thu-moi-12345"}, "password"),
    ],
)
def test_a_wrong_account_is_refused_beside_its_field_and_nothing_typed_is_lost(as_, wrong, field):
    answer = opened(as_("an"), **wrong)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert not field or f"id_{field}_error" in page
    assert "name" in wrong or "Chị Thu Mới Thử" in page
    assert GOOD not in page
    assert not Account.objects.filter(username="thu-moi").exists()


def test_a_double_click_opens_one_account(as_):
    browser, same = as_("an"), key()
    assert opened(browser, key=same).status_code == 302
    assert opened(browser, key=same).status_code == 302
    assert Account.objects.filter(username="thu-moi").count() == 1


def test_roles_are_given_and_taken_and_end_old_log_ins(as_):
    browser, here = as_("an"), "/quan-tri/tai-khoan/thu"
    epoch = account("thu").epoch
    given = browser.post(f"{here}/giao", {"key": key(), "role": "handler", "office": "ubnd-thanh-sen"})
    assert given.status_code == 302
    assert (Role.HANDLER, "ubnd-thanh-sen") in actor("thu").appointments
    twice = browser.post(f"{here}/giao", {"key": key(), "role": "handler", "office": "ubnd-thanh-sen"})
    assert twice.status_code == 409
    taken = browser.post(f"{here}/thoi", {"key": key(), "role": "handler", "office": "ubnd-thanh-sen"})
    assert taken.status_code == 302
    assert (Role.HANDLER, "ubnd-thanh-sen") not in actor("thu").appointments
    assert account("thu").epoch == epoch + 2
    assert list(verify_journal()) == []


def test_the_post_never_decides_not_even_by_appointment(as_):
    answer = as_("an").post(
        "/quan-tri/tai-khoan/minh/giao", {"key": key(), "role": "leader", "office": "ubnd-thanh-sen"}
    )
    assert answer.status_code == 409
    assert "vừa làm cho bưu điện vừa giải quyết" in answer.content.decode()


def test_nobody_leaves_with_papers_in_hand_and_nobody_relieves_themselves(as_, clock):
    make.on_the_way_home(clock)
    browser = as_("an")
    papers = browser.post(
        "/quan-tri/tai-khoan/minh/thoi", {"key": key(), "role": "postman", "office": "buu-cuc-thanh-sen"}
    )
    assert papers.status_code == 409
    assert "còn giữ giấy tờ" in papers.content.decode()
    own = browser.post("/quan-tri/tai-khoan/an/thoi", {"key": key(), "role": "admin", "office": "vp-ubnd-tinh"})
    assert own.status_code == 409


def test_a_new_password_ends_old_log_ins_and_is_never_shown_or_kept_in_plain(as_):
    browser = as_("an")
    epoch = account("lan").epoch
    weak = browser.post("/quan-tri/tai-khoan/lan/mat-khau", {"key": key(), "password": "123"})
    assert weak.status_code == 409
    done = browser.post("/quan-tri/tai-khoan/lan/mat-khau", {"key": key(), "password": GOOD})
    assert done.status_code == 302
    assert check_password(GOOD, account("lan").password)
    assert account("lan").epoch == epoch + 1
    assert GOOD not in browser.get("/quan-tri/tai-khoan/lan").content.decode()


@pytest.mark.parametrize("act", ["moi", "lan/giao", "lan/thoi", "lan/mat-khau"])
@pytest.mark.parametrize("who", ["giang", "dung", "lan", "hoa"])
def test_nobody_else_changes_accounts(as_, who, act):
    assert as_(who).post(f"/quan-tri/tai-khoan/{act}", {"key": key(), "password": GOOD}).status_code == 403


def test_an_unknown_account_is_not_found(as_):
    browser = as_("an")
    assert browser.get("/quan-tri/tai-khoan/ai-do").status_code == 404
    assert browser.post("/quan-tri/tai-khoan/ai-do/mat-khau", {"key": key(), "password": GOOD}).status_code == 404


def test_accounts_are_found_and_go_on_page_by_page_at_the_same_cost(as_):
    browser = as_("an")
    assert "Chị Lan Giao Dịch" in browser.get("/quan-tri/tai-khoan", {"q": "lan"}).content.decode()
    few = queries(browser, "/quan-tri/tai-khoan")
    Account.objects.bulk_create([Account(username=f"zz{n:03d}", name=f"Người {n}", password="!") for n in range(120)])
    assert queries(browser, "/quan-tri/tai-khoan") == few
    page = browser.get("/quan-tri/tai-khoan", {"sau": "zz049"}).content.decode()
    assert "zz050" in page
    assert "zz049<" not in page


def test_law_is_shown_with_its_source_and_how_sure_it_is(as_):
    browser = as_("an")
    page = browser.get("/quan-tri/quy-dinh", {"loai": "rule"}).content.decode()
    assert "compensation_days" in page
    assert "trách nhiệm" in page or "bồi thường" in page
    assert "chắc" in page
    assert browser.get("/quan-tri/quy-dinh", {"loai": "x", "tu": "-1", "q": "ă" * 5000}).status_code == 200
    found = browser.get("/quan-tri/quy-dinh", {"loai": "procedure", "q": "khai tu"}).content.decode()
    assert "Đăng ký khai tử" in found


def test_offices_are_those_open_today(as_):
    page = as_("an").get("/quan-tri/noi", {"loai": "post_office"}).content.decode()
    assert "buu-cuc-thanh-sen" in page
    assert "ubnd-thanh-sen" not in page


def test_a_dead_job_is_seen_without_its_content_and_tried_again(as_):
    dead = Job.objects.create(
        name="acts.send_notices", payload={"phone": "0987654321"}, run_at=NOW, queued_at=NOW, attempts=12,
        dead=True, last_error="Traceback\nTimeoutError: không trả lời",
    )  # fmt: skip
    browser = as_("an")
    page = browser.get("/quan-tri/viec-nen").content.decode()
    assert "TimeoutError: không trả lời" in page
    assert "0987654321" not in page
    assert browser.post("/quan-tri/viec-nen", {"viec": ["x", str(dead.pk)]}).status_code == 302
    dead.refresh_from_db()
    assert (dead.dead, dead.attempts) == (False, 0)


def test_health_says_when_the_worker_is_silent_and_when_it_is_back(as_):
    browser = as_("an")
    assert "Việc nền không trả lời" in browser.get("/quan-tri").content.decode()
    Heartbeat.objects.create(worker=uuid4(), at=NOW + timedelta(seconds=1))
    assert "Mọi phần đang chạy" in browser.get("/quan-tri").content.decode()
