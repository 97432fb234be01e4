import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.money import dong, in_words


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "0 đ"), (500, "500 đ"), (26_000, "26.000 đ"), (1_000_005, "1.000.005 đ"), (-8_000, "-8.000 đ")],
)
def test_dong_groups_thousands_by_dots(amount, written):
    assert dong(amount) == written


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (115, "Một trăm mười lăm đồng"),
        (131, "Một trăm ba mươi mốt đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (26_000, "Hai mươi sáu nghìn đồng"),
        (30_500, "Ba mươi nghìn năm trăm đồng"),
        (135_000, "Một trăm ba mươi lăm nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (1_001_000_000_021, "Một nghìn không trăm linh một tỷ không trăm hai mươi mốt đồng"),
        (-5_000, "Âm năm nghìn đồng"),
    ],
)
def test_amounts_in_words(amount, words):
    assert in_words(amount) == words


@pytest.mark.parametrize("amount", [1.5, 26000.0, True, "26000", None])
def test_only_whole_dong_are_money(amount):
    for say in (dong, in_words):
        with pytest.raises(TypeError, match="whole number"):
            say(amount)


_VALUES = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6}
_VALUES |= {"bảy": 7, "tám": 8, "chín": 9}
_POWERS = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def _heard(words):
    """A reader of its own: what a listener would write down."""
    total = group = digit = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in _VALUES:
            group, digit = group + digit, _VALUES[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word in _POWERS:
            whole = group + digit
            low = total % _POWERS[word]
            total = (total - low) + (low + whole) * _POWERS[word] if word == "tỷ" else total + whole * _POWERS[word]
            group = digit = 0
    return total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_what_is_said_is_what_is_heard(amount):
    assert _heard(in_words(amount)) == amount
