from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.jobs.rules import LONGEST_WAIT, MAX_ATTEMPTS, patience, wait_before


def test_the_first_repeats_come_soon_and_later_ones_rarely():
    assert [wait_before(n).total_seconds() for n in (2, 3, 4)] == [15, 45, 135]
    assert wait_before(MAX_ATTEMPTS) == LONGEST_WAIT


def test_a_system_down_for_a_whole_day_and_night_still_gets_its_messages():
    assert patience() > timedelta(hours=24)


@given(st.integers(2, 10_000))
def test_waits_never_shrink_and_never_pass_the_longest(attempt):
    assert wait_before(attempt) <= wait_before(attempt + 1) <= LONGEST_WAIT


def test_the_first_attempt_is_not_waited_for():
    with pytest.raises(ValueError, match="first"):
        wait_before(1)
