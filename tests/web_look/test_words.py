"""How values are written."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.web.words import dong, left, masked, promise, span, when


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0 đ"), (26000, "26.000 đ"), (1250000, "1.250.000 đ"), (-500, "−500 đ")]
)
def test_dong(amount, text):
    assert dong(amount) == text.replace(" ", "\u00a0")


def test_when_uses_the_offices_clock():
    assert when(datetime(2026, 2, 27, 18, 30, tzinfo=UTC)) == "28/02/2026 01:30"
    assert when(date(2026, 2, 27)) == "27/02/2026"
    assert when(None) == ""


def test_a_promise_has_its_weekday():
    assert promise(datetime(2026, 2, 27, 10, 0, tzinfo=UTC)) == "thứ Sáu, 27/02/2026 17:00"
    assert promise(datetime(2026, 2, 28, 18, 0, tzinfo=UTC)) == "Chủ nhật, 01/03/2026 01:00"
    assert promise(date(2026, 3, 2)) == "thứ Hai, 02/03/2026"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1140, "còn 2 ngày 3 giờ"), (480, "còn 1 ngày"), (45, "còn 45 phút"), (150, "còn 2 giờ 30 phút"),
        (0, "đến hạn"), (-480, "trễ 1 ngày"), (-5, "trễ 5 phút"), (485, "còn 1 ngày"), (None, "chưa tính hạn"),
    ],
)  # fmt: skip
def test_left(minutes, text):
    assert left(minutes) == text


def test_a_day_of_the_post_is_longer():
    assert left(600, 600) == "còn 1 ngày"


@given(st.integers(min_value=1, max_value=10**6))
def test_a_span_never_says_more_than_there_is_nor_loses_an_hour(minutes):
    numbers = [int(word) for word in span(minutes).split()[::2]]
    names = span(minutes).split()[1::2]
    size = {"ngày": 480, "giờ": 60, "phút": 1}
    said = sum(n * size[name] for n, name in zip(numbers, names, strict=True))
    assert said <= minutes < said + 60


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("042187003134", "042•••••••34"),
        ("042 187 003 134", "042•••••••34"),
        ("183123456", "183••••56"),
        ("12345", "•••••"),
        ("", ""),
    ],
)
def test_masked(number, shown):
    assert masked(number) == shown


@given(st.text("0123456789", min_size=0, max_size=14))
def test_masking_never_shows_more_than_five_digits(number):
    assert sum(c.isdigit() for c in masked(number)) <= 5
    assert len(masked(number)) == len(number)


def test_dates_and_money_keep_their_form_in_english():
    with translation.override("en"):
        assert when(date(2026, 2, 27)) == "27/02/2026"
        assert dong(26000) == "26.000\u00a0đ"
