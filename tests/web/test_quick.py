"""The scanner's screen: one scan, one act, one short answer; the same page as a plain form."""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.acts import handover
from motcua.acts.verify import verify_all
from motcua.custody.models import Line, Manifest, Paper
from motcua.journal.models import Entry
from motcua.kernel.keys import digits_of
from tests import make
from tests.people import actor
from tests.web.test_bags import browser, dossier, lines_of, new_bag, office_hours, papers_of, sent  # noqa: F401

pytestmark = pytest.mark.django_db
HERE, THERE = "office:bd-thanh-sen", "office:ubnd-thanh-sen"


def scan(who: str, bag: str, code: str = "", **typed):  # type: ignore[no-untyped-def]
    """What the screen's script sends, and (status, what it is told)."""
    typed = {"key": str(uuid4()), "code": code, **typed}
    answer = browser(who).post(f"/tui/{bag}/quet", typed, headers={"Accept": "application/json"})
    return answer.status_code, json.loads(answer.content)


@pytest.fixture(autouse=True)
def whole_in_the_end():  # type: ignore[no-untyped-def]
    yield
    assert [str(f) for f in verify_all() if "figures" not in f.where] == []


def test_each_scan_says_what_came_of_it_and_how_much_is_left(sent, dossier):  # noqa: F811
    first, *rest = papers_of(dossier)
    status, told = scan("cuong", sent, first.sticker)
    assert (status, told["tone"], told["word"], told["name"]) == (200, "good", "Nhận", first.name)
    assert told["tally"] == {
        "papers": len(rest) + 1, "examined": 1, "received": 1, "left": len(rest), "differences": 0,
        "dossiers": 1, "done": 0, "begun": 1, "untouched": 0,
    }  # fmt: skip
    assert dossier.code in told["about"]
    assert [line["mark"] for line in told["lines"]] == ["in_time"]
    status, told = scan("cuong", sent, first.sticker)
    assert (status, told["tone"], told["word"]) == (200, "again", "Đã quét rồi")
    status, told = scan("cuong", sent, dossier.code)
    assert (told["tone"], told["tally"]["left"], told["tally"]["done"]) == ("good", 0, 1)


def test_the_digits_of_a_sticker_are_the_sticker(sent, dossier):  # noqa: F811
    paper = papers_of(dossier)[0]
    assert scan("cuong", sent, digits_of(paper.sticker))[1]["name"] == paper.name


def test_a_key_sent_again_gets_the_same_answer_and_says_nothing_twice(sent, dossier):  # noqa: F811
    key, paper = str(uuid4()), papers_of(dossier)[0]
    first, entries = scan("cuong", sent, paper.sticker, key=key), Entry.objects.count()
    assert scan("cuong", sent, paper.sticker, key=key) == first
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("code", ["", "ABCD-EFGH", "x" * 300, "9999999999999", "<script>", "H27.14-1-1"])
def test_what_is_not_on_the_list_is_said_and_nothing_moves(sent, dossier, code):  # noqa: F811
    entries = Entry.objects.count()
    status, told = scan("cuong", sent, code)
    assert (status, told["tone"], told["lines"]) == (409, "bad", [])
    assert told["about"]
    assert Entry.objects.count() == entries


def test_letters_an_input_method_changed_are_recognised_as_such(sent):  # noqa: F811
    assert "Bộ gõ tiếng Việt" in scan("cuong", sent, "Á7Q2-9MXĐ")[1]["about"]


def test_undo_takes_back_what_was_said_last_scan_by_scan(sent, dossier):  # noqa: F811
    one, two = papers_of(dossier)[:2]
    scan("cuong", sent, one.sticker)
    scan("cuong", sent, two.sticker)
    assert Paper.objects.get(pk=two.pk).holder == THERE
    status, told = scan("cuong", sent, order="900010")
    assert (status, told["tone"], told["name"]) == (200, "undone", two.name)
    assert told["tally"]["examined"] == 1
    two.refresh_from_db()
    assert two.holder == HERE
    line = Line.objects.get(paper=two, manifest__number=sent)
    assert (line.finding, line.note, line.found_at, line.found_by) == ("", "", None, None)
    assert scan("cuong", sent, "900010")[1]["name"] == one.name
    status, told = scan("cuong", sent, "900010")
    assert (status, told["tone"]) == (409, "bad")
    assert scan("cuong", sent, two.sticker)[1]["tone"] == "good"


def test_undo_of_a_dossier_scan_takes_all_its_papers_back(sent, dossier):  # noqa: F811
    scan("cuong", sent, dossier.code)
    told = scan("cuong", sent, "900010")[1]
    assert told["tally"]["left"] == told["tally"]["papers"] == len(papers_of(dossier))


def test_nobody_undoes_what_another_said(sent, dossier):  # noqa: F811
    from tests.people import account

    paper = papers_of(dossier)[0]
    scan("cuong", sent, paper.sticker)
    Line.objects.filter(paper=paper).update(found_by=account("lan"))
    assert scan("cuong", sent, "900010")[0] == 409
    Line.objects.filter(paper=paper).update(found_by=account("cuong"))


def test_a_paper_that_went_on_is_not_undone(sent, dossier):  # noqa: F811
    paper = papers_of(dossier)[0]
    scan("cuong", sent, paper.sticker)
    onward = new_bag("cuong", "buu-cuc-thanh-sen", paper=[paper.sticker])
    status, told = scan("cuong", sent, "900010")
    assert status == 409
    assert "chuyển đi tiếp" in told["about"]
    assert Paper.objects.get(pk=paper.pk).holder == THERE
    assert len(lines_of(onward)) == 1


def test_damaged_is_said_of_the_paper_scanned_last_by_key_or_card(sent, dossier):  # noqa: F811
    paper = papers_of(dossier)[0]
    last = scan("cuong", sent, paper.sticker)[1]["last"]
    status, told = scan("cuong", sent, "900022", last=last)
    assert (status, told["word"]) == (200, "Hư hỏng")
    line = Line.objects.get(paper=paper, manifest__number=sent)
    assert (line.finding, line.note) == ("damaged", "Ướt, nhoè chữ")
    assert scan("cuong", sent, "900022")[0] == 409
    assert scan("cuong", sent, "900022", last="nonsense")[0] == 409


def test_a_strange_paper_is_offered_to_be_recorded_as_over(sent, dossier, clock):  # noqa: F811
    stray = papers_of(make.received("mai", "bd-ha-huy-tap", clock=clock))[0]
    status, told = scan("cuong", sent, stray.sticker)
    assert (status, told["word"], told["over"]) == (409, "Không có trong bảng kê", stray.sticker)
    status, told = scan("cuong", sent, "900030", over=told["over"])
    assert (status, told["word"], told["tally"]["differences"]) == (200, "Thừa", 1)
    assert Paper.objects.get(pk=stray.pk).holder == THERE
    status, told = scan("cuong", sent, "900010")
    assert status == 409
    assert "giấy tờ thừa" in told["about"]


def test_the_rest_is_short_and_the_bag_is_closed_from_the_screen(sent, dossier):  # noqa: F811
    papers = papers_of(dossier)
    scan("cuong", sent, papers[0].sticker)
    status, told = scan("cuong", sent, "900051")
    assert (status, told["leave"]) == (409, "")
    assert str(len(papers) - 1) in told["about"]
    status, told = scan("cuong", sent, "900040")
    assert (told["tally"]["left"], told["tally"]["differences"]) == (0, len(papers) - 1)
    assert scan("cuong", sent, "900040")[0] == 409
    status, told = scan("cuong", sent, "900052")
    assert (status, told["leave"]) == (200, f"/tui/{sent}")
    assert Manifest.objects.get(number=sent).seal_intact is False


def test_parked_from_the_screen_and_scanned_on_later(sent, dossier):  # noqa: F811
    scan("cuong", sent, "900061")
    assert Manifest.objects.get(number=sent).state == "parked"
    assert scan("cuong", sent, papers_of(dossier)[0].sticker)[1]["tone"] == "good"


def test_a_bag_is_filled_by_scanning_and_the_last_scan_comes_off(dossier):  # noqa: F811
    number, papers = new_bag(), papers_of(dossier)
    status, told = scan("lan", number, papers[0].sticker)
    assert (status, told["tone"], told["tally"]["papers"]) == (200, "good", 1)
    assert scan("lan", number, papers[0].sticker)[1]["tone"] == "again"
    assert scan("lan", number, dossier.code)[1]["tally"]["papers"] == len(papers)
    told = scan("lan", number, "900010")[1]
    assert (told["tone"], told["tally"]["papers"]) == ("undone", 1)
    assert all(line["removed"] for line in told["lines"])
    assert scan("lan", number, "900010")[1]["tally"]["papers"] == 0
    assert scan("lan", number, "900010")[0] == 409
    assert scan("lan", number, "900051")[0] == 409


def test_a_bag_that_is_not_to_be_scanned_any_more_says_so(sent, dossier):  # noqa: F811
    scan("cuong", sent, dossier.code)
    scan("cuong", sent, "900051")
    status, told = scan("cuong", sent, dossier.code)
    assert (status, told["leave"]) == (409, f"/tui/{sent}")
    assert browser("cuong").get(f"/tui/{sent}/quet").headers["Location"] == f"/tui/{sent}"


def test_without_a_script_the_same_page_answers(sent, dossier):  # noqa: F811
    paper = papers_of(dossier)[0]
    html = browser("cuong").get(f"/tui/{sent}/quet").content.decode()
    assert "Sẵn sàng quét" in html
    answer = browser("cuong").post(f"/tui/{sent}/quet", {"key": str(uuid4()), "code": paper.sticker})
    assert answer.status_code == 200
    assert 'class="result result-good"' in answer.content.decode()
    answer = browser("cuong").post(f"/tui/{sent}/quet", {"key": str(uuid4()), "code": "ABCD-EFGH"})
    assert answer.status_code == 409
    assert 'class="result result-bad"' in answer.content.decode()
    browser("cuong").post(f"/tui/{sent}/quet", {"key": str(uuid4()), "order": "900040"})
    answer = browser("cuong").post(f"/tui/{sent}/quet", {"key": str(uuid4()), "order": "900051"})
    assert answer.headers["Location"] == f"/tui/{sent}"


def test_the_card_of_orders_holds_every_order(sent):  # noqa: F811
    html = browser("cuong").get("/tui/ma-lenh").content.decode()
    assert html.count("<svg") > 11
    assert "900010" in html


def test_a_scan_costs_the_same_whatever_the_list_holds(clock):
    assert statements_of_a_scan(clock, 1) == statements_of_a_scan(clock, 3) == statements_of_a_scan(clock, 25) <= 14


def statements_of_a_scan(clock, dossiers: int) -> int:  # type: ignore[no-untyped-def]
    number, stickers = bag_of(clock, dossiers)
    scan("cuong", number, stickers[0])
    who, typed = browser("cuong"), {"key": str(uuid4()), "code": stickers[-1]}
    with CaptureQueriesContext(connection) as seen:
        answer = who.post(f"/tui/{number}/quet", typed, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    # Whether the law was published anew is asked every few seconds; a test's transaction is a savepoint.
    return len([q for q in seen.captured_queries if not re.search("procedures_release|SAVEPOINT", q["sql"])])


def bag_of(clock, dossiers: int) -> tuple[str, list[str]]:  # type: ignore[no-untyped-def]
    """A sealed bag with all papers of so many dossiers. Answers its number and the stickers."""
    named = [p.sticker for _ in range(dossiers) for p in papers_of(make.received(clock=clock))]
    opened = handover.start_manifest(
        make.command("lan", "manifest.open", clock()), actor("lan"), "bd-thanh-sen", "ubnd-thanh-sen", named
    )
    number = str(opened["number"])
    handover.seal_manifest(make.command("lan", "manifest.seal", clock()), actor("lan"), number, "NP-1")
    return number, named
