"""The pages of discrepancies and of a paper's trail."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from motcua.acts import handover
from motcua.config import clock as site_clock
from motcua.custody.models import Discrepancy, Line, Manifest, Paper
from motcua.journal.ids import uuid7
from motcua.kernel.calendar import VIETNAM
from tests import make
from tests.people import account, actor, token

pytestmark = pytest.mark.django_db
HERE, THERE = "bd-thanh-sen", "ubnd-thanh-sen"


@pytest.fixture(autouse=True)
def office_hours():  # type: ignore[no-untyped-def]
    with site_clock.started_at(datetime(2026, 7, 7, 9, 0, tzinfo=VIETNAM)):
        yield


def browser(username: str) -> Client:
    client = Client()
    session, who = client.session, account(username)
    session["account"], session["epoch"] = str(who.pk), who.epoch
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def page(who: str, path: str, status: int = 200) -> str:
    answer = browser(who).get(path)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.fixture
def missing(clock):  # type: ignore[no-untyped-def]
    """One paper of a sealed bag is not in it."""
    d = make.received(clock=clock)
    opened = handover.start_manifest(make.command("lan", "a", clock()), actor("lan"), HERE, THERE, [d.reference])
    handover.seal_manifest(make.command("lan", "b", clock()), actor("lan"), opened["number"], "NP-1")
    line = Line.objects.filter(manifest__number=opened["number"])[0]
    wish = make.command("cuong", "c", clock())
    handover.examine(wish, actor("cuong"), opened["number"], [line.pk], "short", "Không có trong túi")
    return Discrepancy.objects.select_related("line__paper", "manifest").get()


@pytest.mark.parametrize("who", ["lan", "cuong", "giang"])
def test_both_sides_and_the_province_see_it_with_owner_and_clock(missing, who):
    for path in ("/chenh-lech", f"/chenh-lech/{missing.number}"):
        html = page(who, path)
        assert missing.number in html
        assert "08/07/2026 18:00" in html or "08/07/2026 17:00" in html
        assert current_owner(missing) in html


def current_owner(found: Discrepancy) -> str:
    return found.owner.name


def test_the_sender_is_shown_it_where_his_page_asks_every_few_seconds(missing):
    assert missing.number in page("lan", "/chenh-lech/cho-xu-ly")
    html = page("lan", "/tui")
    assert 'hx-get="/chenh-lech/cho-xu-ly"' in html
    assert 'hx-trigger="every 8s"' in html
    assert missing.number in html


def test_strangers_see_none_of_it(missing):
    for who in ("mai", "xa-lan", "xa-cuong"):
        assert missing.number not in page(who, "/chenh-lech")
        page(who, f"/chenh-lech/{missing.number}", 404)
    for who in ("hoa", "minh", "son"):
        page(who, "/chenh-lech", 403)


def test_an_action_is_done_once_and_a_refusal_keeps_what_was_typed(missing):
    client, key = browser("lan"), str(uuid4())
    path = f"/chenh-lech/{missing.number}"
    for _ in range(2):
        answer = client.post(f"{path}/note", {"key": key, "note": "Đã hỏi người vận chuyển"})
        assert answer.status_code == 302
    html = client.get(path).content.decode()
    assert html.count("Đã hỏi người vận chuyển") == 1
    answer = client.post(f"{path}/end", {"outcome": "returned", "note": "Ghi nhầm"})
    assert answer.status_code == 409
    assert "không hợp với" in answer.content.decode()
    assert "Ghi nhầm" in answer.content.decode()
    assert client.post(f"{path}/bay", {"note": "x"}).status_code == 404


def test_a_bag_shows_the_case_of_its_line_and_the_other_list(missing, clock):
    sticker = missing.line.paper.sticker
    opened = handover.start_manifest(make.command("lan", "a", clock()), actor("lan"), HERE, THERE, [sticker])
    for mine, other in ((missing.manifest.number, opened["number"]), (opened["number"], missing.manifest.number)):
        assert other in page("lan", f"/tui/{mine}")
    assert missing.number in page("lan", f"/tui/{missing.manifest.number}")


@pytest.mark.parametrize("n", [1, 3, 300])
def test_the_list_costs_as_much_for_one_as_for_many(missing, n, django_assert_max_num_queries):
    rows = []
    for k in range(n - 1):
        columns = {f.attname: getattr(missing, f.attname) for f in missing._meta.concrete_fields}
        rows.append(Discrepancy(**{**columns, "id": uuid7(), "number": f"CL-T-{k:04d}", "line_id": None}))
    Discrepancy.objects.bulk_create(rows)
    client = browser("lan")
    client.get("/chenh-lech")
    with django_assert_max_num_queries(5):
        client.get("/chenh-lech")


def test_the_trail_is_a_page_and_a_paper_for_whoever_may_see_the_dossier(clock):
    d = make.delivered(clock)
    paper = Paper.objects.get(dossier=d, kind="result")
    html = page("giang", f"/giay-to/{paper.sticker}")
    for words in ("Chị Thư Văn Thư", "Chị Hải Điều Phối", "Bưu tá Anh Minh Bưu Tá", "Người nộp", "BK-"):
        assert words in html, words
    answer = browser("giang").get(f"/giay-to/{paper.sticker}.pdf")
    assert answer.content.startswith(b"%PDF")
    for who in ("stranger", "xa-lan", "mai"):
        page(who, f"/giay-to/{paper.sticker}", 404)
    page("giang", "/giay-to/khong-co", 404)


def test_the_api_tells_the_same(missing, clock):
    bearer = {"Authorization": f"Bearer {token('lan', clock())}"}
    client = Client(headers=bearer)
    paper = client.get(f"/api/v1/papers/{missing.line.paper.sticker}").json()
    assert [stay["holder"] for stay in paper["trail"]] == [f"office:{HERE}"]
    assert (paper["offered_to"], paper["discrepancies"]) == (f"office:{THERE}", [missing.number])
    assert paper["offer"]["by"] == "Chị Lan Giao Dịch"
    assert client.get(f"/api/v1/papers/{missing.line.paper_id}").json() == paper
    bag = client.get(f"/api/v1/manifests/{missing.manifest.number}").json()
    assert [found["number"] for found in bag["discrepancies"]] == [missing.number]
    assert [found["number"] for found in client.get("/api/v1/discrepancies").json()] == [missing.number]
    done = client.post(
        f"/api/v1/discrepancies/{missing.number}/actions/end",
        {"outcome": "found", "note": "Để quên trên bàn"}, content_type="application/json",
    )  # fmt: skip
    assert done.json()["outcome"] == "found"
    assert client.get("/api/v1/discrepancies?ended=true").json()[0]["outcome"] == "found"
    assert Manifest.objects.get(pk=missing.manifest_id).state == "sealed"


def test_papers_go_into_an_envelope_at_the_counter(clock):
    d = make.received(clock=clock)
    client = browser("lan")
    assert client.post(f"/quay/ho-so/{d.reference}/phong-bi", {"key": str(uuid4())}).status_code == 302
    (envelope,) = set(Paper.objects.filter(dossier=d).values_list("envelope", flat=True))
    assert envelope in client.get(f"/quay/ho-so/{d.reference}").content.decode()
