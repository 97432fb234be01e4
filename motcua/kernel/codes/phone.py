"""Vietnamese phone numbers in one way of writing: `0912345678`, `02393856789`."""

from __future__ import annotations

import re

# Technical numbering, not law of procedures. Mobile: second-level prefixes assigned to operators under the
# numbering plan of TT 22/2014/TT-BTTTT after the 2018 move to ten digits (10 digits in all).
# Fixed lines: area codes as renumbered in 2017 by QĐ 2036/QĐ-BTTTT (11 digits in all).
_PLAN = {
    "mobile": (
        "032 033 034 035 036 037 038 039 052 055 056 058 059 070 076 077 078 079 "
        "081 082 083 084 085 086 087 088 089 090 091 092 093 094 095 096 097 098 099"
    ),
    "fixed": (
        "0203 0204 0205 0206 0207 0208 0209 0210 0211 0212 0213 0214 0215 0216 0218 0219 0220 0221 0222 0225 "
        "0226 0227 0228 0229 0232 0233 0234 0235 0236 0237 0238 0239 024 0251 0252 0254 0255 0256 0257 0258 "
        "0259 0260 0261 0262 0263 0269 0270 0271 0272 0273 0274 0275 0276 0277 028 0290 0291 0292 0293 0294 "
        "0296 0297 0299"
    ),
}
_PREFIXES = {kind: tuple(text.split()) for kind, text in _PLAN.items()}
_DIGITS = {"mobile": 10, "fixed": 11}
_FILLERS = re.compile(r"[\s.()\-–/]")
_FOREIGN_FORM = re.compile(r"^(?:\+|00)840?|^84(?=[0-9]{9,10}$)")


def normal_phone(text: str) -> str | None:
    """The number typed as `text`, with its leading 0 and no fillers; None when it is not Vietnamese."""
    bare = _FILLERS.sub("", text)
    number = _FOREIGN_FORM.sub("0", bare)
    return number if _known(number) else None


def phone_ok(text: str) -> bool:
    """Whether `text` is a Vietnamese phone number, however it is written."""
    return normal_phone(text) is not None


def _known(number: str) -> bool:
    if not (number.isascii() and number.isdecimal()):
        return False
    return any(len(number) == _DIGITS[kind] and number.startswith(prefixes) for kind, prefixes in _PREFIXES.items())
