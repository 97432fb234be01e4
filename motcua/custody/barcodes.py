"""What a scanner read when it was no paper of ours: told by its shape, never by its content where that is personal."""

import re
from collections.abc import Iterator

from motcua.kernel.codes.postal import s10_ok
from motcua.kernel.keys import normal_reference
from motcua.kernel.problems import Problem

_DOSSIER = re.compile(r"[A-Z][0-9A-Z.]+-[0-9]{6,8}-[0-9]+")
_SHOWN = 40


def foreign_problems(text: str, field: str = "scan") -> Iterator[Problem]:
    """Why a text is not the sticker of a paper, when its shape already tells."""
    typed = text.strip()
    compact = "".join(typed.split()).upper()
    if typed.count("|") >= 3:
        # The chip card's QR holds a person's number: it is not repeated on the screen.
        yield Problem(
            "paper.card_code",
            "Đây là mã trên thẻ căn cước, không phải mã dán trên giấy tờ. Hãy quét tem dán của giấy tờ.",
            field=field,
        )
    elif s10_ok(compact):
        yield Problem(
            "paper.item_code",
            "%(code)s là số bưu gửi, không phải mã dán trên giấy tờ. Hãy quét tem dán của từng giấy tờ.",
            field=field,
            params={"code": compact},
        )
    elif not normal_reference(typed) and not _DOSSIER.fullmatch(compact):
        yield Problem(
            "paper.foreign_code",
            "“%(code)s” không phải mã của hệ thống này. Hãy quét tem dán trên giấy tờ, hoặc gõ mã hồ sơ.",
            field=field,
            params={"code": typed[:_SHOWN]},
        )


def unknown_problems(text: str, field: str = "scan") -> list[Problem]:
    """A code that names no paper at the place where it was scanned."""
    unknown = Problem(
        "paper.unknown",
        "Không có giấy tờ nào mang mã %(name)s ở đây. Hãy quét lại, hoặc xem giấy tờ đang ở đâu.",
        field=field,
        params={"name": text[:_SHOWN]},
    )
    return list(foreign_problems(text, field)) or [unknown]


def not_listed_problems(text: str) -> list[Problem]:
    """A code that names nothing on the list that is being received."""
    missing = Problem(
        "paper.not_on_list",
        "Mã %(scanned)s không có trong bảng kê này. Nếu giấy tờ nằm trong túi, hãy ghi là giấy tờ thừa.",
        field="scan",
        params={"scanned": text[:_SHOWN]},
    )
    return list(foreign_problems(text)) or [missing]
