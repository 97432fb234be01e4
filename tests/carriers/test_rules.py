"""What a carrier says is believed as far as it goes: duplicates, disorder, regressions and lies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.carriers.lifecycle import ORDER, OrderState, Said, after
from motcua.carriers.rules import GRACE, Doubt, Facts, Word, fold, order_number, poll_after
from motcua.jobs.rules import patience

T0 = datetime(2026, 7, 6, 1, 0, tzinfo=UTC)
ITEM = "RA473124829VN"
FACTS = Facts(T0, frozenset({ITEM}))
LATER = T0 + timedelta(days=30)
WAY = (Said.REGISTERED, Said.COLLECTING, Said.COLLECTED, Said.TRANSIT, Said.OUT)


def word(said, hours, **more):
    at = T0 + timedelta(hours=hours)
    recipient = "Trần Thị Bưởi Mẫu" if said is Said.DELIVERED else ""
    given = {"key": f"{said}@{hours}", "said": said, "at": at, "heard_at": at, "item": ITEM, "recipient": recipient,
             "confirmed": True, **more}  # fmt: skip
    return Word(**given)


def way(*said, start=0):
    return [word(s, start + n) for n, s in enumerate(said)]


def codes(standing):
    return [(w.said, d) for w, d in standing.doubts]


@st.composite
def honest_ways(draw):
    """Any way the table allows, an hour apart."""
    state, told = OrderState.ASKED, []
    for n in range(draw(st.integers(0, 14))):
        possible = [s for s in Said if after(state, s)]
        if not possible:
            break
        said = draw(st.sampled_from(possible))
        state = after(state, said)
        told.append(word(said, n))
    return told


@given(honest_ways(), st.data())
def test_honest_news_in_any_order_and_number_ends_in_one_same_standing(told, data):
    heard = data.draw(st.permutations(told + data.draw(st.lists(st.sampled_from(told), max_size=10)) if told else []))
    plain, shuffled = fold(FACTS, told, LATER), fold(FACTS, heard, LATER)
    assert shuffled == plain
    assert shuffled.doubts == ()
    assert shuffled.waiting == ()


@given(honest_ways(), st.data())
def test_what_is_heard_in_parts_ends_where_what_is_heard_at_once_does(told, data):
    """The standing is never reckoned from an earlier standing, so parts leave no trace."""
    cut = data.draw(st.integers(0, len(told)))
    fold(FACTS, told[cut:], LATER)
    assert fold(FACTS, told[cut:] + told[:cut], LATER) == fold(FACTS, told, LATER)


LIES = {
    Doubt.UNKNOWN_STATUS: {"said": None},
    Doubt.WRONG_ITEM: {"item": "RA000000000VN"},
    Doubt.IMPOSSIBLE_TIME: {"at": T0 - timedelta(days=2)},
    Doubt.NO_RECIPIENT: {"recipient": " "},
    Doubt.UNREADABLE: {"at": None},
}


@given(honest_ways(), st.sampled_from(sorted(LIES)), st.integers(0, 20))
def test_a_lie_becomes_a_named_doubt_and_moves_nothing(told, code, hours):
    lie = replace(word(Said.DELIVERED, hours, key="lie"), **LIES[code])
    plain, lied = fold(FACTS, told, LATER), fold(FACTS, [*told, lie], LATER)
    assert (lied.state, lied.path) == (plain.state, plain.path)
    assert [(w.key, d) for w, d in lied.doubts] == [("lie", code)]


@given(honest_ways(), st.sampled_from([Said.DELIVERED, Said.COLLECTED, Said.RETURNED, Said.LOST, Said.CANCELLED]))
def test_weighty_words_nobody_confirms_move_nothing_and_end_as_a_doubt(told, said):
    lie = word(said, 40, key="lie", confirmed=False)
    plain = fold(FACTS, told, LATER)
    if plain.path and plain.path[-1].said is said:
        return  # the same once more
    soon = fold(FACTS, [*told, lie], lie.heard_at + timedelta(hours=1))
    assert (soon.path, [w.key for w in soon.waiting]) == (plain.path, ["lie"])
    late = fold(FACTS, [*told, lie], lie.heard_at + GRACE + timedelta(minutes=1))
    assert late.path == plain.path
    assert [(w.key, d) for w, d in late.doubts] == [("lie", Doubt.UNCONFIRMED)]


def test_older_news_with_a_newer_time_is_a_regression():
    told = [*way(*WAY, Said.DELIVERED), word(Said.TRANSIT, 9)]
    standing = fold(FACTS, told, LATER)
    assert standing.state is OrderState.DELIVERED
    assert codes(standing) == [(Said.TRANSIT, Doubt.REGRESSION)]


def test_delivered_again_to_somebody_else_is_a_doubt_and_to_the_same_person_is_nothing_new():
    again, other = word(Said.DELIVERED, 8), word(Said.DELIVERED, 9, recipient="Người khác")
    standing = fold(FACTS, [*way(*WAY, Said.DELIVERED), again, other], LATER)
    assert standing.state is OrderState.DELIVERED
    assert standing.doubts == ((other, Doubt.REGRESSION),)


def test_delivered_before_anybody_collected_waits_for_the_missing_word():
    delivered = word(Said.DELIVERED, 6)
    waiting = fold(FACTS, [word(Said.REGISTERED, 0), delivered], delivered.heard_at)
    assert (waiting.state, waiting.waiting, waiting.doubts) == (OrderState.REGISTERED, (delivered,), ())
    found = fold(FACTS, [word(Said.REGISTERED, 0), delivered, word(Said.COLLECTED, 2)], delivered.heard_at)
    assert found.state is OrderState.DELIVERED
    late = fold(FACTS, [word(Said.REGISTERED, 0), delivered], LATER)
    assert codes(late) == [(Said.DELIVERED, Doubt.NOT_COLLECTED)]


def test_what_a_person_believes_counts():
    told = [word(Said.REGISTERED, 0), word(Said.DELIVERED, 6, believed=True, confirmed=False)]
    assert fold(FACTS, told, LATER).state is OrderState.DELIVERED
    early = word(Said.COLLECTED, -30, believed=True)
    assert fold(FACTS, [early], LATER).state is OrderState.CARRIED


def test_two_tries_are_two_and_each_is_counted_once():
    told = [*way(*WAY, Said.FAILED, Said.OUT, Said.FAILED, Said.OUT, Said.DELIVERED)]
    assert fold(FACTS, [*told, *told], LATER).attempts == 3


def test_every_state_is_reached_and_the_ends_are_ends():
    assert ORDER.reachable() == frozenset(OrderState)
    assert ORDER.terminals == {OrderState.DELIVERED, OrderState.RETURNED, OrderState.CANCELLED, OrderState.LOST}


def test_a_second_order_of_one_dossier_has_a_number_of_its_own():
    assert [order_number("H27.01-260706-0001", n) for n in range(3)] == [
        "H27.01-260706-0001", "H27.01-260706-0001-2", "H27.01-260706-0001-3",
    ]  # fmt: skip


@pytest.mark.parametrize(("quiet", "minutes"), [(0, 5), (1, 10), (4, 80), (6, 320), (7, 360), (500, 360)])
def test_quiet_orders_are_asked_about_less_and_less_often(quiet, minutes):
    assert poll_after(quiet) == timedelta(minutes=minutes)


def test_retries_last_longer_than_a_working_day():
    from motcua.carriers.jobs import PATIENT

    assert patience(PATIENT) > timedelta(hours=48)
