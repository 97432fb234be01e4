"""Numbers of persons and firms: citizen number, old identity card, tax code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from motcua.kernel.problems import Problem
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from datetime import date

_CITIZEN = re.compile(r"[0-9]{12}")
_OLD_CARD = re.compile(r"[0-9]{9}")
_TAX = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_PLACES = range(1, 97)  # of provinces in Vietnam; births registered abroad carry a country's code
_SEXES = {"male": "male", "nam": "male", "m": "male", "female": "female", "nu": "female", "f": "female"}
_SEX_NAMES = {"male": "nam", "female": "nữ"}


def is_citizen_id(number: str) -> bool:
    """Whether `number` has the shape of a citizen number: place 3, century and sex 1, year 2, serial 6."""
    return bool(_CITIZEN.fullmatch(number)) and not number.startswith("000")


def is_old_id(number: str) -> bool:
    """Whether `number` has the shape of an old identity card number (CMND): 9 digits, no check digit."""
    return bool(_OLD_CARD.fullmatch(number))


def citizen_sex(number: str) -> str:
    """`male` or `female`, as the fourth digit of a citizen number says."""
    return "female" if int(number[3]) % 2 else "male"


def citizen_birth_year(number: str) -> int:
    """The year of birth in a citizen number (fourth digit 0 or 1: 1900s, 2 or 3: 2000s, and so on)."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def citizen_id_problems(
    number: str, birth: date | None = None, sex: str | None = None, field: str = "id_number"
) -> list[Problem]:
    """What is wrong with an identity number, seen with the birth date and sex beside it.

    `sex`: male/female, nam/nữ or m/f; anything else is not compared. A 9-digit card is taken as it is.
    A place code that is no province's is only pointed out: the birth may be registered abroad.
    """
    if is_old_id(number):
        return []
    if not is_citizen_id(number):
        what = "Số định danh phải có 12 chữ số (hoặc 9 chữ số nếu là CMND cũ). Hãy nhập lại theo thẻ."
        return [Problem("codes.citizen_id", what, field=field)]
    problems: list[Problem] = []
    if int(number[:3]) not in _PLACES:
        problems.append(
            Problem(
                "codes.citizen_id_place",
                "Mã nơi đăng ký khai sinh %(place)s không phải của tỉnh nào. "
                "Hãy đối chiếu thẻ; nếu khai sinh ở nước ngoài thì bỏ qua lời nhắc này.",
                blocks=False,
                field=field,
                params={"place": number[:3]},
            )
        )
    if birth and birth.year != citizen_birth_year(number):
        problems.append(
            Problem(
                "codes.citizen_id_birth",
                "Số định danh ghi năm sinh %(year)s, ngày sinh đã nhập là %(birth)s. Hãy đối chiếu với thẻ.",
                field=field,
                params={"year": citizen_birth_year(number), "birth": f"{birth:%d/%m/%Y}"},
            )
        )
    given = _SEXES.get(fold(sex or ""))
    if given and given != citizen_sex(number):
        problems.append(
            Problem(
                "codes.citizen_id_sex",
                "Số định danh là của %(holder)s, giới tính đã nhập là %(given)s. Hãy đối chiếu với thẻ.",
                field=field,
                params={"holder": _SEX_NAMES[citizen_sex(number)], "given": _SEX_NAMES[given]},
            )
        )
    return problems


def masked(number: str, keep: int = 3) -> str:
    """`042099001234` → `•••••••••234`: for lists, where nobody needs the whole number."""
    hidden = max(len(number) - keep, 0)
    return "•" * hidden + number[hidden:] if hidden else "•" * len(number)


def tax_code_ok(text: str) -> bool:
    """A firm's tax code (10 digits with a check digit; a branch adds `-001`) or a person's citizen number."""
    if is_citizen_id(text):
        return True
    found = _TAX.fullmatch(text)
    if not found or found[2] == "000":
        return False
    check = 10 - sum(int(digit) * weight for digit, weight in zip(found[1], _TAX_WEIGHTS, strict=False)) % 11
    return check == int(found[1][9])
