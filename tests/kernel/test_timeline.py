from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.timeline import Entry, NotInForce, Timeline

DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
FEE = Timeline([(date(2021, 1, 1), 8000), (date(2020, 1, 1), 5000), (date(2024, 7, 1), None)], "Lệ phí hộ tịch")


def test_the_value_in_force_is_the_latest_not_after_the_day():
    assert FEE.at(date(2020, 12, 31)) == 5000
    assert FEE.at(date(2021, 1, 1)) == 8000
    assert FEE.entry_at(date(2024, 6, 30)) == Entry(date(2021, 1, 1), 8000)
    assert FEE.starts == (date(2020, 1, 1), date(2021, 1, 1), date(2024, 7, 1))


def test_before_the_first_day_the_refusal_names_the_thing_and_the_first_day():
    with pytest.raises(NotInForce) as refused:
        FEE.at(date(2019, 12, 31))
    assert refused.value.codes == ("timeline.not_in_force",)
    assert refused.value.day == date(2019, 12, 31)
    assert "Lệ phí hộ tịch chưa có vào ngày 31/12/2019, có hiệu lực từ 01/01/2020" in str(refused.value)


def test_after_a_repeal_the_refusal_says_since_when():
    with pytest.raises(NotInForce, match="đã bãi bỏ từ 01/07/2024"):
        FEE.at(date(2024, 7, 1))
    assert FEE.get(date(2024, 7, 1)) is None


def test_an_empty_timeline_is_never_in_force():
    with pytest.raises(NotInForce, match="không có giá trị nào"):
        Timeline([]).at(date(2026, 1, 1))
    assert Timeline([]).get(date(2026, 1, 1)) is None


def test_two_values_from_one_day_are_refused():
    with pytest.raises(ValueError, match="2026-01-01"):
        Timeline([(date(2026, 1, 1), 1), (date(2026, 1, 1), 2)])


def test_an_instant_is_not_a_day():
    with pytest.raises(TypeError, match="local date"):
        FEE.at(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(TypeError, match="local date"):
        Timeline([(datetime(2026, 1, 1, tzinfo=UTC), 1)])


def test_equal_timelines_are_equal_whatever_the_order_given():
    one, two = (date(2020, 1, 1), 1), (date(2021, 1, 1), 2)
    assert Timeline([one, two]) == Timeline([two, one])
    assert hash(Timeline([one, two])) == hash(Timeline([two, one]))
    assert Timeline([one]) != Timeline([two])
    assert list(Timeline([two, one])) == [Entry(*one), Entry(*two)]


@given(st.dictionaries(DAYS, st.integers(), min_size=1), DAYS)
def test_there_is_neither_gap_nor_overlap(values, day):
    timeline = Timeline(values.items())
    if day < min(values):
        assert timeline.get(day) is None
    else:
        assert timeline.at(day) == values[max(start for start in values if start <= day)]


@given(st.dictionaries(DAYS, st.integers(), min_size=2))
def test_each_value_holds_until_the_day_before_the_next(values):
    timeline = Timeline(values.items())
    for start, following in pairwise(timeline.starts):
        assert timeline.at(start) == timeline.at(following - timedelta(days=1)) == values[start]
