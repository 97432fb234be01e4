"""What may happen to papers, manifests, parcels and pick-ups, decided from plain facts."""

from collections.abc import Iterable
from datetime import date

from motcua.custody.lifecycle import Finding
from motcua.kernel.problems import Problem


def close_problems(unexamined: int, seal_asked: bool) -> Iterable[Problem]:
    """A manifest closes only when somebody has looked at every line and at the seal."""
    if unexamined:
        yield Problem(
            "manifest.unexamined",
            "Còn %(count)s dòng chưa kiểm. Hãy kiểm nốt, ghi rõ “chưa kiểm” kèm lý do, hoặc tạm gác bảng kê.",
            params={"count": unexamined},
        )
    if not seal_asked:
        yield Problem(
            "manifest.seal_unseen",
            "Chưa ghi tình trạng niêm phong của túi. Hãy xem và ghi lại.",
            field="seal",
        )


def finding_problems(finding: Finding, note: str) -> Iterable[Problem]:
    """Whatever is not a plain receipt needs a word of explanation."""
    if finding is not Finding.RECEIVED and not note.strip():
        yield Problem(
            "manifest.note_missing", "Chênh lệch phải có ghi chú. Hãy ghi điều anh/chị thấy.", field="note"
        )


def add_problems(holder: str, giver: str, open_line: str) -> Iterable[Problem]:
    """Only what the giver holds, and only once, goes on a manifest."""
    if holder != f"office:{giver}":
        yield Problem(
            "paper.not_here",
            "Giấy tờ này không do nơi giao đang giữ. Hãy kiểm tra mã dán trên giấy tờ.",
            field="sticker",
        )
    if open_line:
        yield Problem(
            "paper.on_other_manifest",
            "Giấy tờ này còn nằm trên bảng kê %(number)s chưa nhận xong. Hãy bỏ khỏi bảng kê đó hoặc chờ bên nhận.",
            field="sticker",
            params={"number": open_line},
        )


def offer_problems(paper: str, holder: str, offered_to: str, to: str, *, lost: bool = False) -> Iterable[Problem]:
    """Only its holder sends a paper on its way, to somebody else, once at a time, and only while it exists."""
    if to == holder:
        yield Problem(
            "paper.offer_to_self",
            "“%(paper)s” đang do chính nơi này giữ. Hãy chọn nơi nhận khác.",
            params={"paper": paper},
        )
    if offered_to and offered_to != to:
        yield Problem(
            "paper.offered",
            "“%(paper)s” đã được giao đi và bên kia chưa xác nhận nhận. Hãy rút lại lần giao đó hoặc chờ họ nhận.",
            params={"paper": paper},
        )
    if lost:
        yield Problem(
            "paper.given_up",
            "“%(paper)s” đã được ghi là mất. Nếu tìm thấy, hãy ghi nhận lại giấy tờ trước khi giao.",
            params={"paper": paper},
        )


def take_problems(paper: str, offered_to: str, taker: str) -> Iterable[Problem]:
    """Nobody takes over what was not given to him; a paper found where it should not be is counted in, not taken."""
    if offered_to != taker:
        yield Problem(
            "paper.not_offered",
            "“%(paper)s” chưa được giao cho anh/chị. Hãy nhờ người giữ giao trước rồi xác nhận nhận.",
            params={"paper": paper},
        )


def hold_problems(attempts: int, limit: int, asked: bool) -> Iterable[Problem]:
    if attempts < limit and not asked:
        yield Problem(
            "parcel.try_again",
            "Mới phát %(attempts)s lần; phải phát %(limit)s lần trước khi lưu, trừ khi người nhận đề nghị.",
            params={"attempts": attempts, "limit": limit},
        )


def send_back_problems(held_until: date | None, today: date, refused: bool) -> Iterable[Problem]:
    if held_until and today <= held_until and not refused:
        yield Problem(
            "parcel.held_longer",
            "Bưu gửi được lưu đến hết ngày %(day)s. Chỉ chuyển hoàn sau ngày đó hoặc khi người nhận từ chối.",
            params={"day": f"{held_until:%d/%m/%Y}"},
        )


def proof_problems(recipient: str, relation: str, signed: bool) -> Iterable[Problem]:
    """Proof of delivery is a legal event: who took it, in what relation, and a sign of it."""
    if not recipient.strip():
        yield Problem("parcel.no_recipient", "Hãy ghi họ tên người nhận.", field="recipient")
    if not relation:
        yield Problem(
            "parcel.no_relation", "Hãy chọn quan hệ của người nhận với người nộp hồ sơ.", field="relation"
        )
    if not signed:
        yield Problem(
            "parcel.no_proof",
            "Cần xác nhận đã xem giấy tờ tuỳ thân và có chữ ký của người nhận.",
            field="signed",
        )
