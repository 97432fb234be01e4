"""The text behind the QR code of a citizen's card, as a scanner types it.

`number|old number|name|DDMMYYYY|sex|address|issued DDMMYYYY`, UTF-8; later cards append parts or
leave some empty, so it is read by position and what follows is ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.kernel.codes import citizen_sex, is_citizen_id
from motcua.kernel.problems import refusal
from motcua.kernel.text import fold, squeeze

_FEWEST_PARTS = 6


@dataclass(frozen=True, slots=True)
class CardPerson:
    """The holder. `sex` is "male", "female" or ""; `old_id` is "" when the card has none.

    `doubtful` names the parts a clerk should compare with the card by eye: dates that cannot be read
    (None here) and text a keyboard's Vietnamese input method has spoilt.
    """

    id_number: str
    old_id: str
    name: str
    birth: date | None
    sex: str
    address: str
    issued_on: date | None
    doubtful: tuple[str, ...] = ()


def parse_card_qr(text: str) -> CardPerson:
    """The person on the card. Refuses `card.unreadable` (too few parts) and `card.bad_number`."""
    parts = [squeeze(part) for part in text.split("|")]
    if len(parts) < _FEWEST_PARTS:
        raise refusal(
            "card.unreadable",
            "Mã QR không phải của thẻ căn cước (%(count)s phần, cần ít nhất 6). Hãy quét lại hoặc nhập tay.",
            field="card",
            count=len(parts),
        )
    number, old_id, name, birth_text, sex_text, address = parts[:_FEWEST_PARTS]
    issued_text = parts[_FEWEST_PARTS] if len(parts) > _FEWEST_PARTS else ""
    if not is_citizen_id(number):
        raise refusal(
            "card.bad_number",
            "Số định danh đọc từ thẻ (“%(number)s”) không đủ 12 chữ số. Hãy quét lại hoặc nhập tay.",
            field="card",
            number=number,
        )
    birth, issued_on = _day(birth_text), _day(issued_text)
    checks = {
        "name": _spoilt(name) or any(char.isdigit() for char in name),
        "birth": birth is None,
        "sex": _sex(sex_text) not in ("", citizen_sex(number)),
        "address": _spoilt(address),
        "issued_on": issued_on is None and bool(issued_text),
    }
    return CardPerson(
        id_number=number,
        old_id=old_id,
        name=name,
        birth=birth,
        sex=_sex(sex_text) or citizen_sex(number),
        address=address,
        issued_on=issued_on,
        doubtful=tuple(part for part, doubt in checks.items() if doubt),
    )


def _day(text: str) -> date | None:
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) != 8:
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


def _sex(text: str) -> str:
    return {"nam": "male", "nu": "female"}.get(fold(text), "")


def _spoilt(text: str) -> bool:
    return not text or "\ufffd" in text or "?" in text
