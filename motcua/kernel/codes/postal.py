"""Postal item numbers by UPU standard S10: two letters, eight digits, a check digit, the country."""

from __future__ import annotations

import re

from motcua.kernel.problems import refusal

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_SHAPE = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_PREFIX = re.compile(r"[A-Z]{2}")
_SERIALS = 10**8


def s10(prefix: str, serial: int | str, country: str = "VN") -> str:
    """`("RA", 47312482)` → `RA473124829VN`. Refuses `codes.s10_prefix` and `codes.s10_serial`."""
    if not _PREFIX.fullmatch(prefix) or not _PREFIX.fullmatch(country):
        raise refusal(
            "codes.s10_prefix",
            "Mã bưu gửi “%(prefix)s…%(country)s” cần hai chữ cái in hoa ở mỗi đầu. Hãy sửa dải số.",
            prefix=prefix,
            country=country,
        )
    if not str(serial).isdecimal() or int(serial) >= _SERIALS:
        raise refusal(
            "codes.s10_serial",
            "Số %(serial)s không vừa 8 chữ số của mã bưu gửi. Hãy cấp dải số mới cho bưu cục.",
            serial=serial,
        )
    digits = f"{int(serial):08d}"
    return f"{prefix}{digits}{_check_digit(digits)}{country}"


def s10_ok(text: str) -> bool:
    """Whether `text` is a well-formed item number with the right check digit."""
    return bool(_SHAPE.fullmatch(text)) and _check_digit(text[2:10]) == int(text[10])


def looks_like_s10(text: str) -> bool:
    """Whether `text` has the shape of an item number, its check digit right or wrong."""
    return bool(_SHAPE.fullmatch(text))


def normal_s10(text: str) -> str | None:
    """The item number typed or scanned as `text` (blanks and small letters forgiven), or None."""
    typed = "".join(text.split()).upper()
    return typed if s10_ok(typed) else None


def _check_digit(digits: str) -> int:
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)
