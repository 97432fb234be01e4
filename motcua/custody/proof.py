"""Proof of delivery is a legal event: who took the item, seen on which paper, and a sign of theirs."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.problems import Problem

_FOUR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen at the door. `signed`: a signature, a photo, or the code that was told, any of them."""

    recipient: str = ""
    relation: str = ""
    id_checked: bool = False
    id_last4: str = ""
    signed: bool = False


def proof_problems(proof: Proof, id_number: str, relations: Collection[str]) -> Iterable[Problem]:
    """What is still missing. The digits seen are compared where the applicant's own number is known."""
    if not proof.recipient.strip():
        yield Problem("parcel.no_recipient", "Hãy ghi họ tên người nhận.", field="recipient")
    if proof.relation not in relations:
        yield Problem("parcel.no_relation", "Hãy chọn quan hệ của người nhận với người nộp hồ sơ.", field="relation")
    if not proof.id_checked:
        yield Problem(
            "parcel.no_identity",
            "Phải xem giấy tờ tuỳ thân của người nhận trước khi giao. Không có giấy tờ thì ghi phát chưa được.",
            field="id_checked",
        )
    yield from _digit_problems(proof, id_number)
    if not proof.signed:
        yield Problem(
            "parcel.no_proof",
            "Cần một bằng chứng của người nhận: chữ ký, ảnh, hoặc mã nhận 6 số.",
            field="signed",
        )


def _digit_problems(proof: Proof, id_number: str) -> Iterable[Problem]:
    known = id_number if proof.relation == "self" else ""
    if proof.id_last4 and not _FOUR.fullmatch(proof.id_last4):
        yield Problem("parcel.id_digits", "Hãy gõ đúng 4 chữ số cuối của giấy tờ tuỳ thân.", field="id_last4")
    elif known and not proof.id_last4:
        yield Problem("parcel.id_digits", "Hãy gõ 4 chữ số cuối của giấy tờ người nhận đưa.", field="id_last4")
    elif known and not known.endswith(proof.id_last4):
        yield Problem(
            "parcel.id_mismatch",
            "4 số cuối không khớp với số của người nộp hồ sơ. Hãy xem lại giấy tờ, hoặc chọn đúng quan hệ.",
            field="id_last4",
        )


def masked_digits(last4: str) -> str:
    """The digits that were seen, as they may be kept and shown."""
    return f"••••{last4}" if last4 else ""


def code_over_problems(until: datetime | None, tries: int, limit: int, at: datetime) -> Iterable[Problem]:
    """A code that was never told, is too old, or was guessed at too often proves nothing."""
    if until is None or at > until or tries >= limit:
        yield Problem(
            "parcel.code_over",
            "Mã nhận không còn dùng được. Hãy lấy chữ ký hoặc chụp ảnh người nhận.",
            field="code",
        )


def wrong_code(left: int) -> Problem:
    """The code that was read out is not the one that was told."""
    return Problem(
        "parcel.code_wrong",
        "Mã nhận không đúng, còn %(left)s lần thử. Hãy hỏi lại người nhận, hoặc lấy chữ ký.",
        field="code",
        params={"left": left},
    )
