"""Proof of a delivery: who took it, seen on which paper, signed for how. Kept with the dossier, checked before."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from motcua.acts.homeward.common import parcel_named
from motcua.acts.inputs import Input
from motcua.acts.works import RELATIONS
from motcua.custody.actions import code_digest, count_code_try, keep_code
from motcua.custody.models import DeliveryCode, Parcel
from motcua.custody.proof import Proof, code_over_problems, masked_digits, proof_problems, wrong_code
from motcua.documents.actions import attach, tell
from motcua.journal.actions import Act, first_answer
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks.access import Case, local_day
from motcua.people.rules import Actor
from motcua.procedures.queries import current_law

PROOF_KINDS = {"signature": "Chữ ký người nhận", "photo": "Ảnh khi phát"}
# What a face asks for at every hand-over; money, old papers and files are added where there are any.
PROOF_INPUTS = (
    Input("recipient", "Họ tên người nhận", limit=250),
    Input("relation", "Quan hệ với người nộp", "choice", choices=RELATIONS),
    Input("id_checked", "Đã xem giấy tờ tuỳ thân của người nhận", "flag"),
    Input("id_last4", "4 số cuối của giấy tờ tuỳ thân", required=False, limit=4, help="Cần khi chính người nộp nhận."),
    Input("code", "Mã nhận 6 số người nhận đọc", required=False, limit=12, help="Có trong tin gửi cho người nhận."),
    Input("signed", "Người nhận đã ký trên phiếu phát", "flag"),
)  # fmt: skip


def refuse_weak_proof(case: Case, given: Mapping[str, Any], code_right: bool) -> None:
    """Raises Refused unless it is known who took it and something of theirs says so."""
    kinds = {row.get("kind") for row in given.get("proofs") or []}
    if kinds - PROOF_KINDS.keys():
        raise Refused([Problem("parcel.proof_kind", "Bằng chứng phát là chữ ký hoặc ảnh.", field="proofs")])
    proof = Proof(
        recipient=str(given.get("recipient") or ""),
        relation=str(given.get("relation") or ""),
        id_checked=bool(given.get("id_checked")),
        id_last4=str(given.get("id_last4") or ""),
        signed=bool(given.get("signed")) or bool(kinds) or code_right,
    )
    refuse_if(proof_problems(proof, case.applicant.id_number, [value for value, _ in RELATIONS]))


def kept_proof(act: Act, case: Case, rows: Sequence[Mapping[str, Any]]) -> None:
    """Does: files that prove the delivery become the dossier's. Records: file.attached each."""
    for row in rows:
        columns = {name: row[name] for name in ("mime", "size", "sha256")}
        title = str(row.get("title") or PROOF_KINDS[row["kind"]])[:250]
        case.files.append(attach(act, case.dossier, kind="proof", component=row["kind"], title=title, **columns))


def proof_columns(given: Mapping[str, Any], code_right: bool) -> dict[str, Any]:
    """What the item keeps of the proof; the identity number only in its last digits."""
    return {
        "id_checked": True,
        "id": masked_digits(str(given.get("id_last4") or "")),
        "signed": bool(given.get("signed")),
        "code": code_right,
        "files": [row["sha256"] for row in given.get("proofs") or []],
        "note": str(given.get("note") or "")[:300],
    }


def tell_code(act: Act, actor: Actor, case: Case, parcel: Parcel) -> None:
    """Does: a fresh six-digit code for this item, told to the recipient and kept only as a digest."""
    d, day = case.dossier, local_day(act.at)
    code = f"{secrets.randbelow(10**6):06d}"
    hours = int(case.law.rule("delivery_code_hours", day))
    keep_code(act, parcel, code, act.at + timedelta(hours=hours))
    text = (
        f"Bưu tá {actor.name} đang mang kết quả hồ sơ {d} đến nhà, bưu gửi {parcel.item}. "
        "Khi nhận, hãy đọc cho bưu tá mã nhận ghi kèm tin này."
    )
    tell(act, d, d.delivery.get("phone", ""), text, secret=code)


def code_is_right(command: Command, actor: Actor, item: str, given: Mapping[str, Any]) -> bool:
    """Whether the code that was read out is the one that was told; False where none was. Raises Refused for a wrong,
    late or worn-out one. A wrong try counts although nothing else is done, so this comes before the act."""
    typed = "".join(str(given.get("code") or "").split())
    if not typed or first_answer(command) is not None:
        return False
    parcel = parcel_named(actor, item)
    limit = int(current_law().rule("delivery_code_tries", local_day(command.happened_at)))
    told = DeliveryCode.objects.filter(parcel=parcel).order_by("-id").first()
    refuse_if(code_over_problems(told.until if told else None, told.tries if told else 0, limit, command.happened_at))
    assert told is not None
    if not count_code_try(told.pk, limit) or not compare_digest(told.digest, code_digest(told.salt, typed)):
        raise Refused([wrong_code(max(limit - told.tries - 1, 0))])
    return True
