from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.machine import Machine, Transition
from motcua.kernel.problems import Refused


class Door(StrEnum):
    DRAFT = "draft"
    FILED = "filed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"

    @property
    def label(self):
        return {"draft": "nháp", "filed": "đã nộp", "accepted": "đã tiếp nhận"}.get(self.value, self.value)


CLERK, CITIZEN, LEADER = "clerk", "citizen", "leader"
ROWS = (
    Transition("file", frozenset({Door.DRAFT}), Door.FILED, frozenset({CITIZEN, CLERK}), "Nộp"),
    Transition("accept", frozenset({Door.FILED}), Door.ACCEPTED, frozenset({CLERK}), "Tiếp nhận"),
    Transition("refuse", frozenset({Door.FILED, Door.ACCEPTED}), Door.REFUSED, frozenset({LEADER}), "Từ chối"),
    Transition("finish", frozenset({Door.ACCEPTED}), Door.DONE, frozenset({LEADER}), "Hoàn thành"),
)
MACHINE = Machine("hồ sơ", Door, ROWS)


def test_a_step_follows_the_table():
    assert MACHINE.step(Door.DRAFT, "file") is Door.FILED
    assert MACHINE.step(Door.ACCEPTED, "refuse", {LEADER}) is Door.REFUSED


def test_a_step_from_the_wrong_state_says_what_can_be_done():
    with pytest.raises(Refused) as refused:
        MACHINE.step(Door.FILED, "finish")
    assert refused.value.codes == ("machine.wrong_state",)
    said = "Không thể “Hoàn thành” khi đang “đã nộp”. Việc làm được lúc này: Tiếp nhận, Từ chối."
    assert str(refused.value) == said


def test_a_terminal_state_offers_nothing():
    with pytest.raises(Refused, match="không còn việc nào"):
        MACHINE.step(Door.DONE, "file")


def test_an_unknown_action_is_refused():
    with pytest.raises(Refused) as refused:
        MACHINE.step(Door.FILED, "burn")
    assert refused.value.codes == ("machine.unknown_action",)


def test_the_role_is_checked_when_given():
    with pytest.raises(Refused) as refused:
        MACHINE.step(Door.FILED, "accept", {CITIZEN})
    assert refused.value.codes == ("machine.wrong_role",)


def test_allowed_and_may():
    assert MACHINE.allowed(Door.FILED, {CLERK}) == (ROWS[1],)
    assert MACHINE.allowed(Door.DONE, {CLERK, LEADER}) == ()
    assert MACHINE.may("file", {CITIZEN})
    assert not MACHINE.may("accept", {CITIZEN})
    assert MACHINE.actions == ("file", "accept", "refuse", "finish")


def test_an_action_cannot_lead_two_ways_out_of_one_state():
    twice = Transition("file", frozenset({Door.DRAFT}), Door.DONE, frozenset({CLERK}), "Nộp")
    with pytest.raises(ValueError, match="two ways"):
        Machine("hồ sơ", Door, [*ROWS, twice])


def test_all_states_are_reachable_and_terminals_closed():
    assert MACHINE.reachable() == set(Door)
    assert MACHINE.terminals == {Door.REFUSED, Door.DONE}
    assert all(MACHINE.reachable(state) == {state} for state in MACHINE.terminals)
    assert MACHINE.reachable(Door.ACCEPTED) == {Door.ACCEPTED, Door.REFUSED, Door.DONE}


def test_the_drawing_shows_every_row():
    lines = MACHINE.diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert '    state "đã nộp" as filed' in lines
    assert "    [*] --> draft" in lines
    assert "    accepted --> refused: Từ chối" in lines
    assert "    filed --> refused: Từ chối" in lines
    assert "    done --> [*]" in lines
    assert "    draft --> [*]" not in lines


def test_the_role_matrix():
    rows = MACHINE.role_matrix([CITIZEN, CLERK, LEADER])
    assert rows[0] == ("action", "label", "from", "to", CITIZEN, CLERK, LEADER)
    assert rows[1] == ("file", "Nộp", "draft", "filed", "x", "x", "")
    assert rows[3] == ("refuse", "Từ chối", "filed, accepted", "refused", "", "", "x")


@given(st.lists(st.tuples(st.sampled_from(MACHINE.actions), st.sampled_from([CLERK, CITIZEN, LEADER]))))
def test_what_is_offered_is_what_is_done(attempts):
    state = MACHINE.start
    for action, role in attempts:
        offered = {row.action: row.target for row in MACHINE.allowed(state, {role})}
        if action in offered:
            state = MACHINE.step(state, action, {role})
            assert state is offered[action]
        else:
            with pytest.raises(Refused):
                MACHINE.step(state, action, {role})
        assert state in MACHINE.reachable()
