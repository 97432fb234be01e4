"""Money is a whole number of đồng (int), never a float."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_BILLION = 10**9


def dong(amount: int) -> str:
    """`26000` → `26.000 đ`. Anything but an int is a TypeError."""
    return f"{_whole(amount):,} đ".replace(",", ".")


def in_words(amount: int) -> str:
    """`26000` → `Hai mươi sáu nghìn đồng`, as receipts have it."""
    words = _number(abs(_whole(amount)))
    said = f"âm {words}" if amount < 0 else words
    return f"{said[0].upper()}{said[1:]} đồng"


def _whole(amount: int) -> int:
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"money is a whole number of đồng, not {amount!r}")
    return amount


def _number(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    said = [f"{_number(billions)} tỷ"] if billions else []
    said += _below_billion(rest, after_more=billions > 0)
    return " ".join(said)


def _below_billion(number: int, *, after_more: bool) -> list[str]:
    """The groups millions, thousands, units that are not zero; those after the first say their hundreds."""
    said: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            said.append(_group(group, full=after_more or bool(said)) + _GROUPS[power])
    return said


def _group(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if rest:
        said.append(_tens(rest, after_hundreds=bool(said)))
    return " ".join(said)


def _tens(number: int, *, after_hundreds: bool) -> str:
    """1–99: the unit changes its name after tens (mốt, tư, lăm); a lone unit after hundreds takes linh."""
    tens, unit = divmod(number, 10)
    if tens == 0:
        return f"linh {_DIGITS[unit]}" if after_hundreds else _DIGITS[unit]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if unit == 0:
        return head
    renamed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{head} {renamed.get(unit, _DIGITS[unit])}"
