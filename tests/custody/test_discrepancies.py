"""Every difference is a small case with an owner, a clock and an end; what is lost is compensated by the pack's rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.acts import envelopes, handover
from motcua.acts.discrepancies import act_on_discrepancy
from motcua.acts.listing import other_lists
from motcua.acts.verify import verify_all
from motcua.custody.discrepancies import DISCREPANCY, DiscrepancyState, Outcome, compensation
from motcua.custody.models import Discrepancy, Line, Manifest, Paper
from motcua.documents.models import Notice
from motcua.kernel.keys import new_reference
from motcua.kernel.problems import Refused
from motcua.kernel.timeline import Timeline
from motcua.law.model.offices import Succession
from motcua.looks.access import NotFound
from motcua.looks.discrepancies import open_discrepancies, papers_in_doubt
from motcua.looks.trail import trail_of
from motcua.money.models import Charge
from motcua.procedures.queries import current_law
from tests import make
from tests.people import actor

pytestmark = pytest.mark.django_db
HERE, THERE = "bd-thanh-sen", "ubnd-thanh-sen"


@pytest.fixture(autouse=True)
def verified(db):  # type: ignore[no-untyped-def]
    yield
    assert [str(fault) for fault in verify_all()] == []


class Desk:
    """A bag from chị Lan to anh Cường, and what both say."""

    def __init__(self, clock: make.Clock, **more: str) -> None:
        self.clock = clock
        self.dossier = make.received(clock=clock, **more)
        self.number = self.open()
        self.say("lan", handover.seal_manifest, self.number, "NP-1")

    def say(self, who: str, act, *given):  # type: ignore[no-untyped-def]
        return act(make.command(who, "test.say", self.clock()), actor(who), *given)

    def refused(self, who: str, act, *given) -> list[str]:  # type: ignore[no-untyped-def]
        with pytest.raises(Refused) as refused:
            self.say(who, act, *given)
        return [problem.code for problem in refused.value.problems]

    def open(self, *papers: str) -> str:
        return str(self.say("lan", handover.start_manifest, HERE, THERE, list(papers or [self.dossier.reference]))["number"])

    def lines(self, number: str = "") -> list[Line]:
        rows = Line.objects.filter(manifest__number=number or self.number, removed=False)
        return list(rows.select_related("paper").order_by("place"))

    def find(self, finding: str, *lines: Line) -> Discrepancy | None:
        chosen = lines or self.lines()[:1]
        self.say("cuong", handover.examine, self.number, [line.pk for line in chosen], finding, "Thấy vậy")
        return Discrepancy.objects.filter(line=chosen[0]).first()

    def act(self, who: str, found: Discrepancy, action: str, **given: str) -> Discrepancy:
        self.say(who, act_on_discrepancy, found.number, action, {"note": "Đã xem lại", **given})
        found.refresh_from_db()
        return found


@pytest.fixture
def desk(clock):  # type: ignore[no-untyped-def]
    return Desk(clock)


# --- opening


@pytest.mark.parametrize(
    ("finding", "owner"),
    [("short", HERE), ("damaged", HERE), ("misrouted", THERE), ("not_examined", THERE)],
)
def test_a_difference_opens_a_case_that_both_sides_see_at_once(desk, finding, owner):
    found = desk.find(finding)
    assert (found.kind, found.owner_id, found.state) == (finding, owner, DiscrepancyState.OPEN)
    assert found.due_at.date() == date(2026, 7, 8)  # two post days after Monday the 6th
    for who in ("lan", "cuong"):
        assert [d.number for d in open_discrepancies(actor(who))] == [found.number]
    for stranger in ("mai", "xa-lan", "xa-cuong", "hoa"):
        assert open_discrepancies(actor(stranger)) == []


def test_looking_again_ends_the_case_or_changes_its_kind(desk):
    found = desk.find("short")
    desk.find("damaged")
    found.refresh_from_db()
    assert (found.kind, found.ended_at) == ("damaged", None)
    line = desk.lines()[0]
    desk.say("cuong", handover.examine, desk.number, [line.pk], "received", "")
    found.refresh_from_db()
    assert (found.outcome, found.state) == (Outcome.FOUND, DiscrepancyState.ENDED)
    assert Discrepancy.objects.count() == 1


def test_a_broken_seal_is_a_case_about_the_bag(desk):
    desk.say("cuong", handover.examine, desk.number, [line.pk for line in desk.lines()], "received", "")
    desk.say("cuong", handover.close_manifest, desk.number, False)
    found = Discrepancy.objects.get()
    assert (found.kind, found.line, found.owner_id) == ("seal_broken", None, HERE)
    assert Manifest.objects.get(number=desk.number).state == "closed"
    assert desk.refused("lan", act_on_discrepancy, found.number, "admit", {"note": "x"}) == ["discrepancy.nothing_lost"]
    assert desk.act("lan", found, "end", outcome="written_off").ended_at


def test_a_paper_too_many_is_a_case_and_the_takers(desk, clock):
    other = make.received(clock=clock)
    paper = Paper.objects.filter(dossier=other)[0]
    desk.say("cuong", handover.add_over, desk.number, paper.sticker, "Kẹp nhầm")
    found = Discrepancy.objects.get()
    assert (found.kind, found.line.paper_id) == ("over", paper.pk)
    paper.refresh_from_db()
    assert paper.holder == f"office:{THERE}"
    assert desk.act("lan", found, "end", outcome="returned").outcome == Outcome.RETURNED


# --- ending


@pytest.mark.parametrize(("who", "holder"), [("lan", HERE), ("cuong", THERE)])
def test_a_paper_found_is_with_whoever_says_that_he_has_it(desk, who, holder):
    found = desk.act(who, desk.find("short"), "end", outcome="found")
    paper = found.line.paper
    paper.refresh_from_db()
    assert (paper.holder, paper.offered_to) == (f"office:{holder}", "")


def test_nobody_says_for_the_other_side_that_it_has_the_paper(desk):
    found = desk.find("short")
    given = {"note": "Chắc ở đó", "outcome": "found", "at": THERE}
    assert desk.refused("lan", act_on_discrepancy, found.number, "end", given) == ["discrepancy.not_your_place"]


@pytest.mark.parametrize(("outcome", "told"), [("replaced", 1), ("written_off", 1)])
def test_a_paper_given_up_stays_with_whom_it_was_and_the_applicant_is_told(desk, outcome, told):
    before = Notice.objects.count()
    found = desk.act("lan", desk.find("short"), "end", outcome=outcome)
    paper = found.line.paper
    paper.refresh_from_db()
    assert (paper.holder, paper.offered_to) == (f"office:{HERE}", "")
    assert paper.lost_at
    assert Notice.objects.count() == before + told
    assert desk.refused("lan", handover.start_manifest, HERE, THERE, [paper.sticker]) == ["paper.lost"]


def test_a_paper_given_up_may_turn_up_after_all(desk):
    found = desk.act("lan", desk.find("short"), "end", outcome="written_off")
    found = desk.act("cuong", found, "find", at=THERE)
    paper = found.line.paper
    paper.refresh_from_db()
    assert (paper.holder, paper.lost_at, found.outcome) == (f"office:{THERE}", None, Outcome.FOUND)


def test_a_misrouted_paper_ends_only_where_it_belongs(desk):
    found = desk.find("misrouted")
    given = {"note": "Chuyển rồi", "outcome": "returned"}
    assert desk.refused("cuong", act_on_discrepancy, found.number, "end", given) == ["discrepancy.still_here"]


@pytest.mark.parametrize(
    ("kind", "outcome"), [("short", "returned"), ("damaged", "found"), ("misrouted", "replaced"), ("short", "")]
)
def test_an_outcome_fits_what_happened(desk, kind, outcome):
    found = desk.find(kind)
    codes = desk.refused("lan", act_on_discrepancy, found.number, "end", {"note": "x", "outcome": outcome})
    assert codes[0] in {"discrepancy.outcome_unfit", "discrepancy.no_outcome"}


def test_a_case_wants_words_and_strangers_get_nothing(desk):
    found = desk.find("short")
    assert desk.refused("lan", act_on_discrepancy, found.number, "note", {"note": " "}) == ["discrepancy.no_words"]
    for stranger in ("mai", "xa-cuong", "hoa", "minh"):
        with pytest.raises(NotFound):
            desk.say(stranger, act_on_discrepancy, found.number, "note", {"note": "x"})
    assert desk.refused("giang", act_on_discrepancy, found.number, "note", {"note": "x"}) == ["machine.wrong_role"]


def test_a_case_goes_on_to_another_office(desk):
    found = desk.act("lan", desk.find("short"), "hand_to", office="buu-cuc-thanh-sen")
    assert found.owner_id == "buu-cuc-thanh-sen"
    assert [d.number for d in open_discrepancies(actor("hai"))] == [found.number]


# --- compensation


def test_four_times_the_charge_within_thirty_days_and_once_a_dossier(desk):
    paid = sum(
        Charge.objects.filter(dossier=desk.dossier, purse="post", payment__isnull=False).values_list("amount", flat=True)
    )
    assert paid > 0
    first, second = (desk.find("short", line) for line in desk.lines()[:2])
    first = desk.act("lan", first, "admit")
    day = date(2026, 7, 6)
    assert (first.liable_on, first.charge_paid, first.compensation) == (day, paid, 4 * paid)
    assert first.pay_by == day + timedelta(days=30)
    assert desk.act("lan", second, "admit").compensation == 0
    given = {"note": "x", "outcome": "written_off"}
    assert desk.refused("lan", act_on_discrepancy, first.number, "end", given) == ["discrepancy.owed"]
    desk.act("lan", first, "help", note="Xin cấp lại trích lục, bưu điện trả lệ phí")
    first = desk.act("lan", first, "pay")
    assert (first.outcome, first.state) == (Outcome.COMPENSATED, DiscrepancyState.ENDED)
    assert first.paid_at == first.ended_at
    assert first.line.paper.holder == f"office:{HERE}"
    assert Paper.objects.get(pk=first.line.paper_id).lost_at


def test_nothing_without_a_receipt(clock):
    desk = Desk(clock, pay="door")
    found = desk.act("lan", desk.find("short"), "admit")
    assert (found.compensation, found.pay_by) == (0, None)
    assert desk.refused("lan", act_on_discrepancy, found.number, "pay", {"note": "x"}) == ["discrepancy.nothing_owed"]
    assert desk.act("lan", found, "end", outcome="replaced").ended_at


@pytest.mark.parametrize(("paid", "times", "owed"), [(0, 4, 0), (29_500, 4, 118_000), (-1, 4, 0)])
def test_compensation_is_a_multiple_of_what_was_paid(paid, times, owed):
    assert compensation(paid, times) == owed


def test_the_numbers_are_the_packs():
    law, day = current_law(), make.START.date()
    assert (law.rule("compensation_times", day), law.rule("compensation_days", day)) == (4, 30)
    assert law.rule_entry("discrepancy_days", day).confidence == "low"


def test_every_state_is_reached_and_left():
    assert DISCREPANCY.reachable() == frozenset(DiscrepancyState)


# --- an item on two lists


def test_what_the_taker_missed_goes_on_a_new_list_and_both_show_it(desk):
    line = desk.lines()[0]
    desk.find("short", line)
    new = desk.open(line.paper.sticker)
    paper = Paper.objects.get(pk=line.paper_id)
    assert (paper.holder, paper.offered_to) == (f"office:{HERE}", "")
    for mine, other in ((desk.number, new), (new, desk.number)):
        assert other_lists(Manifest.objects.get(number=mine))[paper.pk] == [other]


def test_a_parked_bag_gives_back_what_nobody_examined(desk):
    line = desk.lines()[0]
    desk.say("cuong", handover.park_manifest, desk.number, "Hết giờ")
    new = desk.open(line.paper.sticker)
    desk.say("lan", handover.seal_manifest, new, "NP-2")
    desk.say("cuong", handover.examine_by_sticker, desk.number, line.paper.sticker)
    paper = Paper.objects.get(pk=line.paper_id)
    assert paper.holder == f"office:{THERE}"
    desk.say("cuong", handover.examine_by_sticker, new, line.paper.sticker)


def test_a_sealed_bag_on_its_way_keeps_its_papers(desk):
    line = desk.lines()[0]
    with pytest.raises(Refused) as refused:
        desk.open(line.paper.sticker)
    assert [p.code for p in refused.value.problems] == ["paper.on_other_manifest"]
    assert desk.number in refused.value.problems[0].text


# --- bad input


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("ZZZZ-ZZZZ", "paper.foreign_code"),
        ("8934563138165", "paper.foreign_code"),
        ("https://vnpost.vn/tra-cuu?ma=1", "paper.foreign_code"),
        ("RA473124829VN", "paper.item_code"),
        ("042190000016|271234567|Trần Thị Bưởi|02011990|Nữ|Số 1|01012022", "paper.card_code"),
        ("H27.14-99999999-1", "paper.unknown"),
    ],
)
def test_a_foreign_barcode_is_named_and_moves_nothing(desk, code, problem):
    open_list = desk.open(Paper.objects.get(pk=make_loose(desk).pk).sticker)
    for who, act, bag, scanned in (
        ("lan", handover.add_to_manifest, open_list, code),
        ("cuong", handover.examine_by_sticker, desk.number, code),
    ):
        with pytest.raises(Refused) as refused:
            desk.say(who, act, bag, scanned)
        expected = "paper.not_on_list" if problem == "paper.unknown" and who == "cuong" else problem
        assert [p.code for p in refused.value.problems] == [expected]
        assert "042190000016" not in refused.value.problems[0].text


def make_loose(desk: Desk) -> Paper:
    """A paper of another dossier at the giver's."""
    return Paper.objects.filter(dossier=make.received(clock=desk.clock))[0]


def test_a_well_formed_sticker_of_nobody_is_unknown(desk):
    assert desk.refused("lan", handover.start_manifest, HERE, THERE, [new_reference(b"\x01\x02\x03\x04\x05")]) == [
        "paper.unknown"
    ]


def test_one_sticker_scanned_twice_is_one_line(desk):
    paper = make_loose(desk)
    number = desk.open(paper.sticker)
    done = desk.say("lan", handover.add_to_manifest, number, paper.sticker, paper.sticker.lower())
    assert (done["added"], len(desk.lines(number))) == (0, 1)


@pytest.fixture
def merged(monkeypatch):  # type: ignore[no-untyped-def]
    """The commune's office was merged into its neighbour's yesterday."""
    law = current_law()
    gone = replace(
        law.office(THERE), successions=Timeline([(date(2026, 7, 7), Succession("ubnd-ky-anh", "thử nghiệm"))])
    )
    monkeypatch.setitem(law.office_map, THERE, gone)  # type: ignore[arg-type]


def test_no_bag_goes_to_an_office_that_was_merged_yesterday(desk, merged):
    desk.clock.at += timedelta(days=2)
    with pytest.raises(Refused) as refused:
        desk.open()
    problem = refused.value.problems[0]
    assert problem.code == "office.merged"
    assert current_law().office("ubnd-ky-anh").name in problem.text
    assert Manifest.objects.count() == 1


def test_a_bag_on_its_way_to_a_merged_office_goes_to_its_successor(desk, merged):
    assert desk.refused("lan", handover.readdress, desk.number) == ["manifest.taker_stands"]
    desk.clock.at += timedelta(days=2)
    done = desk.say("lan", handover.readdress, desk.number)
    assert done["taker"] == "ubnd-ky-anh"
    assert set(Paper.objects.filter(dossier=desk.dossier).values_list("offered_to", flat=True)) == {"office:ubnd-ky-anh"}
    desk.say("xa-cuong", handover.examine, desk.number, [line.pk for line in desk.lines()], "received", "")
    desk.say("xa-cuong", handover.close_manifest, desk.number, True)


# --- envelopes, the trail, doubts


def test_an_envelope_moves_by_one_scan(desk):
    d = make.received(clock=desk.clock)
    done = desk.say("lan", envelopes.enclose, d.reference)
    number = desk.open(done["envelope"])
    assert {line.paper.sticker for line in desk.lines(number)} == set(done["papers"])
    desk.say("lan", handover.seal_manifest, number, "NP-2")
    got = desk.say("cuong", handover.examine_by_sticker, number, done["envelope"].lower())
    assert got["received"] == len(done["papers"])


def test_only_what_lies_here_goes_into_an_envelope(desk):
    paper = desk.lines()[0].paper
    assert desk.refused("lan", envelopes.enclose, desk.dossier.reference) == ["paper.none_here"]
    assert desk.refused("lan", envelopes.enclose, desk.dossier.reference, [paper.sticker]) == ["envelope.paper_away"]
    assert desk.refused("lan", envelopes.enclose, desk.dossier.reference, ["ZZZZ-ZZZZ"]) == ["envelope.unknown_paper"]


def test_the_trail_has_every_holder_with_both_statements(clock):
    d = make.delivered(clock)
    paper = Paper.objects.get(dossier=d, kind="result")
    stays = trail_of(actor("giang"), paper.sticker).stays
    assert [stay.holder.partition(":")[0] for stay in stays] == ["office", "office", "person", "applicant"]
    assert [stay.until for stay in stays[:-1]] == [stay.since for stay in stays[1:]]
    assert stays[1].given.who == "Chị Thư Văn Thư"
    assert stays[1].taken.who == "Chị Hải Điều Phối"
    assert stays[1].bag.startswith("BK-")
    assert stays[2].item
    assert trail_of(actor("giang"), str(paper.pk)).paper == paper
    for stranger in ("stranger", "xa-lan", "mai"):
        with pytest.raises(NotFound):
            trail_of(actor(stranger), paper.sticker)


def test_papers_in_doubt_are_listed_for_both_sides_the_oldest_first(desk, clock):
    now = clock.at + timedelta(days=3)
    for who, place in (("lan", HERE), ("cuong", THERE)):
        doubts = papers_in_doubt(actor(who), place, now)
        assert {d.paper.pk for d in doubts} == {line.paper_id for line in desk.lines()}
        assert {d.bag for d in doubts} == {desk.number}
        assert doubts[0].age >= timedelta(days=3)
    assert papers_in_doubt(actor("mai"), HERE, now) == []
