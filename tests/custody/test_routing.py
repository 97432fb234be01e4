"""The order of a postman's stops: windows by the hour, then commune by commune, street by street."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from motcua.custody.routing import Door, stop_order

UNITS, STREETS = ("18073", "18100", "18652"), ("Nguyễn Du", "Trần Phú", "Đường 26/3", "")
WINDOWS = ("", "08:00–10:00", "13:30–15:30", "chiều")
doors = st.builds(
    lambda n, unit, street, house, window: Door(n, unit, f"Số {house} đường {street}", window, str(n)),
    st.integers(0, 10**6), st.sampled_from(UNITS), st.sampled_from(STREETS), st.integers(1, 400),
    st.sampled_from(WINDOWS),
)  # fmt: skip
rounds = st.lists(doors, max_size=40, unique_by=lambda door: door.what)


@given(rounds, st.randoms())
def test_every_stop_stands_once_and_the_order_they_come_in_does_not_matter(some, chance):
    other = list(some)
    chance.shuffle(other)
    assert sorted(stop_order(some)) == sorted(door.what for door in some)
    assert stop_order(some) == stop_order(other)


@given(rounds)
def test_appointments_come_first_and_by_the_hour(some):
    by_name = {door.what: door.window for door in some}
    windows = [by_name[what] for what in stop_order(some)]
    waiting = [window for window in windows if window]
    assert windows == waiting + [""] * (len(windows) - len(waiting))
    assert waiting == sorted(waiting, key=lambda w: (w == "chiều", w))


@given(rounds)
def test_nobody_leaves_a_commune_to_come_back_to_it(some):
    units = [{d.what: d.unit for d in some}[what] for what in stop_order([d for d in some if not d.window])]
    changes = sum(1 for one, two in pairwise(units) if one != two)
    assert changes <= max(len(set(units)) - 1, 0)


def test_a_street_is_walked_by_its_numbers_however_they_are_written():
    written = ("Số 100 đường Nguyễn Du", "nhà 12, đường Nguyễn Du", "2 NGUYỄN DU, tổ 3", "Số 1 Phan Đình Phùng")
    assert stop_order([Door(a, "18073", a) for a in written]) == [*reversed(written[:3]), written[3]]


def test_the_commune_of_the_last_appointment_goes_first():
    some = [Door("far", "18073", "1 A"), Door("near", "18652", "1 B"), Door("seen", "18652", "9 B", "08:00–10:00")]
    assert stop_order(some) == ["seen", "near", "far"]
