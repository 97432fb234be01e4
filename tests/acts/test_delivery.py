"""An item's life by the acts that lead it: two statements at every hand-over, proof at the door, no paper ever lost."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from motcua.acts import homeward
from motcua.acts.chores import tidy
from motcua.acts.inputs import Invalid
from motcua.acts.numbers import add_range
from motcua.acts.verify import verify_all
from motcua.custody.models import DeliveryCode, Discrepancy, ItemRange, Paper, Parcel, Pickup
from motcua.documents.models import File, Notice
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.kernel.calendar import VIETNAM, local
from motcua.kernel.problems import Refused
from motcua.looks.access import Case, NotFound
from motcua.looks.destinations import heaps
from motcua.looks.errands import numbers_left
from motcua.looks.exchange import exchange_of
from motcua.procedures.queries import current_law
from tests import make
from tests.people import account, actor

pytestmark = pytest.mark.django_db
OFFICE = "office:buu-cuc-thanh-sen"
PERMIT, OLD_PAPER = "1.013226", "gpxd_cu"  # the old building permit is taken in for the new one


@pytest.fixture(autouse=True)
def ledgers_agree():  # type: ignore[no-untyped-def]
    """After every test the whole site verifies."""
    yield
    assert list(verify_all()) == []


def wish(who, name, clock):  # type: ignore[no-untyped-def]
    return make.command(who, name, clock())


def minh() -> str:
    return f"person:{account('minh').pk}"


def result_of(d: Dossier) -> Paper:
    return Paper.objects.get(dossier=d, kind="result")


def refused(do, *args, **more) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        do(*args, **more)
    return caught.value.codes


# --- the item


def test_an_item_given_out_stays_the_offices_until_the_postman_takes_it(clock):
    d, item = make.assigned(clock)
    paper = result_of(d)
    assert (paper.holder, paper.offered_to) == (OFFICE, minh())
    assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, make.proof()) == (
        "machine.wrong_state",
    )
    homeward.take_out(wish("minh", "parcel.take_out", clock), actor("minh"))
    paper.refresh_from_db()
    assert (paper.holder, paper.offered_to) == (minh(), "")


def test_one_given_out_can_be_taken_back_and_given_to_another(clock):
    d, item = make.assigned(clock)
    homeward.withdraw(wish("hai", "parcel.withdraw", clock), actor("hai"), [item])
    paper = result_of(d)
    assert (paper.holder, paper.offered_to) == (OFFICE, "")
    homeward.dispatch(wish("hai", "parcel.dispatch", clock), actor("hai"), [item], "kien")
    with pytest.raises(NotFound):
        homeward.take_out(wish("minh", "parcel.take_out", clock), actor("minh"), [item])
    homeward.take_out(wish("kien", "parcel.take_out", clock), actor("kien"), [item])
    paper.refresh_from_db()
    assert paper.holder == f"person:{account('kien').pk}"


def test_a_postman_who_is_too_late_is_told_where_the_item_is(clock):
    _d, item = make.brought_back(clock)
    given = make.proof()
    assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, given) == ("machine.wrong_state",)
    assert refused(homeward.fail_attempt, wish("minh", "x", clock), actor("minh"), item, "absent") == (
        "machine.wrong_state",
    )


def test_nothing_to_take_is_said(clock):
    assert refused(homeward.take_out, wish("minh", "x", clock), actor("minh")) == ("parcel.none_waiting",)


def test_two_tries_then_held_then_back_to_the_one_stop_and_the_way_home_is_open(clock):
    d, item = make.brought_back(clock)
    assert refused(homeward.hold, wish("hai", "x", clock), actor("hai"), item) == ("parcel.try_again",)
    homeward.dispatch(wish("hai", "parcel.dispatch", clock), actor("hai"), [item], "minh")
    homeward.take_out(wish("minh", "parcel.take_out", clock), actor("minh"), [item])
    homeward.fail_attempt(wish("minh", "parcel.fail", clock), actor("minh"), item, "moved")
    homeward.bring_back(wish("hai", "parcel.bring_back", clock), actor("hai"), [item])
    homeward.hold(wish("hai", "parcel.hold", clock), actor("hai"), item)
    assert refused(homeward.send_back, wish("hai", "x", clock), actor("hai"), item, "Hết hạn") == (
        "parcel.held_longer",
    )
    clock.at += timedelta(days=31)
    homeward.send_back(wish("hai", "parcel.send_back", clock), actor("hai"), item, "Hết hạn lưu")
    assert Parcel.objects.get(item=item).state == "returned"
    again = homeward.make_parcels(wish("hai", "parcel.make", clock), actor("hai"), "buu-cuc-thanh-sen", [d.reference])
    assert again["items"] != [item]


def test_after_a_return_the_applicant_may_fetch_the_result_at_the_counter(clock):
    d, item = make.brought_back(clock, reason="refused", pay="door", procedure=make.QUICK)
    assert refused(homeward.choose_counter, wish("tung", "x", clock), actor("lan"), d.reference) == (
        "dossier.parcel_under_way",
    )
    homeward.send_back(wish("hai", "parcel.send_back", clock), actor("hai"), item, "Từ chối")
    homeward.choose_counter(wish("lan", "dossier.return_by", clock), actor("lan"), d.reference)
    d.refresh_from_db()
    assert d.return_by == "counter"
    owed = {c.key for c in d.charges.filter(cancelled_at=None)}
    assert "return" not in owed
    make.bagged("hai", "lan", "buu-cuc-thanh-sen", "bd-thanh-sen", [d], clock)
    make.do("lan", d, "close", clock, recipient="Bưởi", relation="self", signed=True, collect=True)
    assert result_of(d).holder == "applicant"


def test_an_untried_item_is_not_sent_back(clock):
    _d, item = make.assigned(clock)
    homeward.withdraw(wish("hai", "parcel.withdraw", clock), actor("hai"), [item])
    assert refused(homeward.send_back, wish("hai", "x", clock), actor("hai"), item, "Thôi") == ("parcel.not_tried",)


@pytest.mark.parametrize(
    ("report", "state", "kind"), [("report_lost", "lost", "lost"), ("report_damaged", "damaged", "damaged")]
)
def test_a_lost_or_spoiled_item_opens_a_case_with_its_clock(clock, report, state, kind):
    d, item = make.on_the_way_home(clock)
    assert refused(getattr(homeward, report), wish("hai", "x", clock), actor("hai"), item, " ") == ("parcel.no_reason",)
    getattr(homeward, report)(wish("hai", "parcel.x", clock), actor("hai"), item, "Rơi xuống kênh")
    case = Discrepancy.objects.get(dossier=d)
    assert (case.kind, case.parcel.item, case.parcel.state) == (kind, item, state)
    # Two days of the post to look for it; the thirty days to pay begin with the record of liability.
    assert local(case.due_at) == datetime(2026, 7, 8, 18, 0, tzinfo=VIETNAM)
    assert result_of(d).holder == minh()


def test_a_lost_item_that_was_only_given_out_is_offered_to_nobody_any_more(clock):
    d, item = make.assigned(clock)
    homeward.report_lost(wish("hai", "parcel.lose", clock), actor("hai"), item, "Không thấy")
    assert result_of(d).offered_to == ""


def test_what_a_postman_carries_of_a_spoiled_item_comes_back_to_the_office(clock):
    d, item = make.on_the_way_home(clock)
    homeward.report_damaged(wish("hai", "parcel.damage", clock), actor("hai"), item, "Ướt")
    sticker = result_of(d).sticker
    homeward.bring_in(wish("hai", "paper.bring_in", clock), actor("hai"), "buu-cuc-thanh-sen", [sticker])
    assert result_of(d).holder == OFFICE


# --- proof


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"recipient": " "}, "parcel.no_recipient"),
        ({"relation": "neighbour"}, "parcel.no_relation"),
        ({"id_checked": False}, "parcel.no_identity"),
        ({"id_last4": ""}, "parcel.id_digits"),
        ({"id_last4": "16"}, "parcel.id_digits"),
        ({"id_last4": "0017"}, "parcel.id_mismatch"),
        ({"signed": False}, "parcel.no_proof"),
        ({"collect": False}, "parcel.unpaid"),
        ({"proofs": [{"kind": "gossip"}]}, "parcel.proof_kind"),
    ],
)
def test_weak_proof_is_refused_and_nothing_moves(clock, given, code):
    d, item = make.on_the_way_home(clock, pay="door", procedure=make.QUICK)
    before = Entry.objects.count()
    assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, make.proof(**given)) == (code,)
    assert (Entry.objects.count(), result_of(d).holder) == (before, minh())


def test_somebody_else_shows_their_own_paper(clock):
    _d, item = make.on_the_way_home(clock)
    given = make.proof(recipient="Người Nhà", relation="family", id_last4="9999")
    homeward.deliver(wish("minh", "parcel.deliver", clock), actor("minh"), item, given)
    parcel = Parcel.objects.get(item=item)
    assert (parcel.relation, parcel.proof["id"]) == ("family", "••••9999")


def test_a_signature_and_a_photo_are_files_of_the_dossier(clock):
    d, item = make.on_the_way_home(clock)
    proofs = [
        {"kind": kind, "mime": "image/png", "size": 9, "sha256": n * 64, "title": ""}
        for kind, n in (("signature", "a"), ("photo", "b"))
    ]
    homeward.deliver(
        wish("minh", "parcel.deliver", clock), actor("minh"), item, make.proof(signed=False, proofs=proofs)
    )
    kept = list(File.objects.filter(dossier=d, kind="proof").values_list("component", "title"))
    assert kept == [("signature", "Chữ ký người nhận"), ("photo", "Ảnh khi phát")]


def code_told(d: Dossier) -> str:
    return str(Notice.objects.filter(dossier=d).exclude(secret="").latest("id").secret)


def test_the_code_that_was_told_proves_a_delivery_and_is_then_forgotten(clock):
    d, item = make.on_the_way_home(clock)
    code = code_told(d)
    kept = DeliveryCode.objects.get()
    assert code not in {kept.digest, kept.salt}
    assert not Notice.objects.filter(text__contains=code).exists()
    given = make.proof(signed=False, code=f"{code[:3]} {code[3:]}")
    homeward.deliver(wish("minh", "parcel.deliver", clock), actor("minh"), item, given)
    assert Parcel.objects.get(item=item).proof["code"] is True
    assert not Notice.objects.exclude(secret="").exists()


def test_a_wrong_code_counts_although_nothing_else_happens_and_is_soon_worn_out(clock):
    d, item = make.on_the_way_home(clock)
    code = code_told(d)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _try in range(5):
        given = make.proof(signed=False, code=wrong)
        assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, given) == ("parcel.code_wrong",)
    given = make.proof(signed=False, code=code)
    assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, given) == ("parcel.code_over",)
    assert Parcel.objects.get(item=item).state == "out"


def test_a_code_of_the_day_before_yesterday_is_too_old_and_a_new_try_brings_a_new_one(clock):
    d, item = make.on_the_way_home(clock)
    old = code_told(d)
    clock.at += timedelta(hours=49)
    given = make.proof(signed=False, code=old)
    assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, given) == ("parcel.code_over",)
    homeward.fail_attempt(wish("minh", "parcel.fail", clock), actor("minh"), item, "absent")
    homeward.take_out(wish("minh", "parcel.take_out", clock), actor("minh"), [item])
    fresh = make.proof(signed=False, code=code_told(d))
    homeward.deliver(wish("minh", "parcel.deliver", clock), actor("minh"), item, fresh)


def test_a_code_that_is_no_longer_good_is_struck_out_of_its_message(clock):
    d, _item = make.on_the_way_home(clock)
    assert tidy(clock.at + timedelta(hours=47))["forgotten"] == 0
    assert code_told(d)
    assert tidy(clock.at + timedelta(hours=49))["forgotten"] == 1
    assert not Notice.objects.exclude(secret="").exists()


def test_the_same_key_again_is_the_first_answer_whatever_became_of_the_code(clock):
    d, item = make.on_the_way_home(clock)
    command, given = wish("minh", "parcel.deliver", clock), make.proof(signed=False, code=code_told(d))
    first = homeward.deliver(command, actor("minh"), item, given)
    assert homeward.deliver(command, actor("minh"), item, given) == first


# --- old papers


def renewed(clock) -> tuple[Dossier, str]:  # type: ignore[no-untyped-def]
    """A building permit is renewed; at the counter only a copy of the old one was handed in."""
    papers = [{**p, "kind": "copy"} if p["component"] == OLD_PAPER else p for p in make.papers_for(PERMIT)]
    return make.on_the_way_home(clock, procedure=PERMIT, papers=papers)


def old_paper(**more):  # type: ignore[no-untyped-def]
    return {"component": OLD_PAPER, "kind": "original", "quantity": 1, "pages": 2, "condition": "Cũ", **more}


def test_an_old_paper_is_taken_at_the_door_and_travels_back_to_the_agency(clock):
    d, item = renewed(clock)
    given = make.proof(exchanged=[old_paper()])
    homeward.deliver(wish("minh", "parcel.deliver", clock), actor("minh"), item, given)
    old = Paper.objects.get(dossier=d, component=OLD_PAPER, kind="original")
    assert (old.holder, old.to_return, old.condition) == (minh(), False, "Cũ")
    assert refused(
        homeward.bring_in, wish("hai", "x", clock), actor("hai"), "buu-cuc-thanh-sen", [old.sticker, "SAI"]
    ) == ("paper.not_carried",)
    with pytest.raises(NotFound):
        homeward.bring_in(wish("xa-hai", "x", clock), actor("xa-hai"), "buu-cuc-thanh-sen", [old.sticker])
    homeward.bring_in(wish("hai", "paper.bring_in", clock), actor("hai"), "buu-cuc-thanh-sen", [old.sticker])
    law, day = current_law(), make.START.date()
    waiting = {heap.to: heap.papers for heap in heaps(actor("hai"), "buu-cuc-thanh-sen", law, day)}
    assert old.pk in {p.pk for p in waiting["ubnd-thanh-sen"]}
    make.bagged("hai", "cuong", "buu-cuc-thanh-sen", "ubnd-thanh-sen", [d], clock)
    old.refresh_from_db()
    assert old.holder == "office:ubnd-thanh-sen"


@pytest.mark.parametrize(
    ("exchanged", "codes"),
    [
        ([], ("parcel.exchange_missing",)),
        ([old_paper(kind="copy")], ("parcel.not_exchanged", "parcel.exchange_missing")),
        ([old_paper(component="don")], ("parcel.not_exchanged", "parcel.exchange_missing")),
    ],
)
def test_without_the_old_paper_the_result_is_not_given(clock, exchanged, codes):
    d, item = renewed(clock)
    given = make.proof(exchanged=exchanged)
    assert refused(homeward.deliver, wish("minh", "x", clock), actor("minh"), item, given) == codes
    homeward.fail_attempt(wish("minh", "parcel.fail", clock), actor("minh"), item, "no_exchange")
    assert result_of(d).holder == minh()


def test_what_was_handed_in_before_is_not_asked_for_at_the_door(clock):
    d, _item = make.on_the_way_home(clock, procedure=PERMIT)
    assert exchange_of(Case(d, current_law())).must == ()


# --- numbers


def make_item(d: Dossier, clock, outside: str) -> str:  # type: ignore[no-untyped-def]
    made = homeward.make_parcels(
        wish("hai", "parcel.make", clock), actor("hai"), "buu-cuc-thanh-sen", [d.reference], {d.reference: outside}
    )
    return str(made["items"][0])


def at_the_post_office(clock) -> Dossier:  # type: ignore[no-untyped-def]
    d = make.published(clock)
    make.bagged("thu", "hai", "ubnd-thanh-sen", "buu-cuc-thanh-sen", [d], clock)
    return d


def test_another_carriers_number_is_taken_softly_and_finds_the_item(clock):
    d = at_the_post_office(clock)
    item = make_item(d, clock, "ghn 123-abc 45")
    assert Parcel.objects.get(item=item).outside == "GHN123ABC45"
    homeward.dispatch(wish("hai", "parcel.dispatch", clock), actor("hai"), ["GHN123ABC45"], "minh")
    homeward.number_item(wish("hai", "parcel.number", clock), actor("hai"), item, "")
    assert Parcel.objects.get(item=item).outside == ""
    with pytest.raises(NotFound):
        homeward.number_item(wish("minh", "parcel.number", clock), actor("minh"), item, "GHN12345")


@pytest.mark.parametrize(
    ("outside", "code"),
    [
        ("GH", "parcel.number_unreadable"),
        ("Đ" * 6, "parcel.number_unreadable"),
        ("RA473124820VN", "parcel.number_check"),
    ],
)
def test_a_number_nobody_can_have_meant_is_refused_and_no_item_is_made(clock, outside, code):
    d = at_the_post_office(clock)
    with pytest.raises(Refused) as caught:
        make_item(d, clock, outside)
    assert (caught.value.codes, Parcel.objects.count()) == ((code,), 0)


def test_one_number_is_on_one_live_item_only(clock):
    make_item(at_the_post_office(clock), clock, "GHN12345")
    with pytest.raises(Refused) as caught:
        make_item(at_the_post_office(clock), clock, "ghn12345")
    assert caught.value.codes == ("parcel.number_taken",)


@pytest.mark.parametrize(
    ("prefix", "first", "last", "code"),
    [
        ("RA", 47399999, 47400010, "range.overlap"),
        ("RA", 1, 99999999, "range.overlap"),
        ("R1", 1, 2, "range.prefix"),
        ("RB", 5, 4, "range.order"),
    ],
)
def test_a_range_that_cannot_be_is_refused(clock, prefix, first, last, code):
    assert code in refused(add_range, wish("an", "range.add", clock), actor("an"), prefix, first, last)


def test_a_range_is_used_from_the_front_and_when_it_is_used_up_that_is_said(clock):
    ItemRange.objects.update(next=F("last"))
    assert numbers_left() == 1
    item = make_item(at_the_post_office(clock), clock, "")
    assert item.startswith("RA47399999")
    with pytest.raises(Refused) as caught:
        make_item(at_the_post_office(clock), clock, "")
    assert caught.value.codes == ("parcel.no_numbers",)
    add_range(wish("an", "range.add", clock), actor("an"), "rb", 1, 10)
    assert make_item(at_the_post_office(clock), clock, "").startswith("RB00000001")


def test_only_the_administrator_enters_ranges(clock):
    with pytest.raises(NotFound):
        add_range(wish("hai", "range.add", clock), actor("hai"), "RB", 1, 10)


# --- orders and what they cost


@pytest.mark.parametrize("grams", [0, -5])
def test_a_weight_that_cannot_be_is_refused_and_nothing_is_received(clock, grams):
    with pytest.raises(Refused) as caught:
        make.received(clock=clock, grams=grams)
    assert (caught.value.codes, Dossier.objects.count()) == (("postage.bad_weight",), 0)


def test_a_day_without_a_tariff_is_said_with_the_day_and_nothing_is_ordered(clock):
    with pytest.raises(Refused) as caught:
        make.received(clock=make.Clock(datetime(2020, 12, 1, 8, 0, tzinfo=VIETNAM)))
    assert "01/12/2020" in str(caught.value)
    assert Dossier.objects.count() == 0


def ordered(clock) -> Pickup:  # type: ignore[no-untyped-def]
    d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")
    return Pickup.objects.get(dossier=d)


def test_both_ways_are_charged_and_an_exemption_keeps_its_proof(clock):
    person = {"postage_exemption": "me_vnah", "exemption_proof": "Thẻ số 12"}
    d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="", **person)
    charges = {c.key: (c.amount, c.full_amount > 0, c.exemption_proof) for c in d.charges.filter(purse="post")}
    assert charges == {"collect": (0, True, "Thẻ số 12"), "return": (0, True, "Thẻ số 12")}


def test_a_visit_is_moved_by_the_applicant_and_the_postman_is_asked_anew(clock):
    pickup = ordered(clock)
    homeward.assign_pickup(wish("hai", "pickup.assign", clock), actor("hai"), pickup.pk, "minh")
    day = make.START.date() + timedelta(days=1)
    homeward.move_pickup(wish("hoa", "pickup.move", clock), actor("hoa"), pickup.pk, day, "13:30–15:30")
    pickup.refresh_from_db()
    assert (pickup.state, pickup.wanted_on, pickup.window, pickup.postman) == ("ordered", day, "13:30–15:30", None)
    with pytest.raises(NotFound):
        homeward.collect_pickup(wish("minh", "x", clock), actor("minh"), pickup.pk, [])


@pytest.mark.parametrize(
    ("days", "window", "code"),
    [(1, "03:00–04:00", "pickup.window"), (-1, "", "pickup.past"), (6, "", "pickup.closed")],
)
def test_a_visit_is_not_moved_to_when_nobody_comes(clock, days, window, code):
    pickup = ordered(clock)
    with pytest.raises(Invalid) as caught:
        homeward.move_pickup(
            wish("hoa", "x", clock), actor("hoa"), pickup.pk, make.START.date() + timedelta(days=days), window
        )
    assert [p.code for p in caught.value.problems] == [code]


def test_an_order_in_a_window_that_is_not_offered_is_not_taken(clock):
    with pytest.raises(Invalid):
        make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="Nửa đêm")
    assert Pickup.objects.count() == 0
