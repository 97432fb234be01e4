"""What may happen to papers, manifests, parcels and pick-ups, decided from plain facts."""

import re
from collections.abc import Iterable
from datetime import date

from motcua.custody.lifecycle import Finding
from motcua.kernel.codes import looks_like_s10, s10_ok
from motcua.kernel.problems import Problem, refusal

_PREFIX = re.compile(r"[A-Z]{2}")


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


def undo_problems(paper: str, finding: str, *, in_hand: bool, still_here: bool, on_its_way: bool) -> Iterable[Problem]:
    """A finding is taken back while it is only words: not when the paper has gone on since."""
    if finding == Finding.OVER:
        yield Problem(
            "manifest.undo_over",
            "“%(paper)s” đã ghi là giấy tờ thừa và bên giao đã biết. Hãy ghi cách xử lý ở trang của túi.",
            params={"paper": paper},
        )
    elif in_hand and (not still_here or on_its_way):
        yield Problem(
            "manifest.undo_gone",
            "“%(paper)s” đã được chuyển đi tiếp, không hoàn tác được. Hãy ghi chênh lệch ở trang của túi.",
            params={"paper": paper},
        )


def correction_problems(paper: str, still_here: bool) -> Iterable[Problem]:
    """What was taken out of the bag and has gone on since cannot be called missing."""
    if not still_here:
        yield Problem(
            "paper.passed_on",
            "“%(paper)s” đã nhận và đã chuyển đi tiếp, không ghi thiếu được nữa. Hãy xem hành trình của giấy tờ.",
            field="finding",
            params={"paper": paper},
        )


def add_problems(holder: str, giver: str, open_line: str, *, lost: bool = False) -> Iterable[Problem]:
    """Only what the giver holds, and only once, goes on a manifest."""
    if holder != f"office:{giver}":
        yield Problem(
            "paper.not_here",
            "Giấy tờ này không do nơi giao đang giữ. Hãy kiểm tra mã dán trên giấy tờ.",
            field="sticker",
        )
    if lost:
        yield Problem(
            "paper.lost",
            "Giấy tờ này đã được ghi là mất. Nếu tìm thấy, hãy ghi “tìm thấy” ở vụ việc của nó trước.",
            field="sticker",
        )
    if open_line:
        yield Problem(
            "paper.on_other_manifest",
            "Giấy tờ này còn nằm trên bảng kê %(number)s. Nếu bảng kê đó đang lập, hãy bỏ giấy tờ khỏi đó; nếu túi đã "
            "niêm phong, hãy chờ bên nhận kiểm.",
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


def move_problems(paper: str, offered_to: str, to: str) -> Iterable[Problem]:
    """What was sent to one is not handed to another meanwhile."""
    if offered_to not in {"", to}:
        yield Problem(
            "paper.on_its_way",
            "“%(paper)s” đã được giao đi nơi khác và bên kia chưa xác nhận. Hãy rút lại lần giao đó trước.",
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


def send_back_problems(attempts: int, held_until: date | None, today: date, refused: bool) -> Iterable[Problem]:
    if not attempts and held_until is None:
        yield Problem(
            "parcel.not_tried",
            "Bưu gửi chưa phát lần nào. Hãy phát, hoặc lưu tại bưu cục khi người nhận đề nghị.",
        )
    if held_until and today <= held_until and not refused:
        yield Problem(
            "parcel.held_longer",
            "Bưu gửi được lưu đến hết ngày %(day)s. Chỉ chuyển hoàn sau ngày đó hoặc khi người nhận từ chối.",
            params={"day": f"{held_until:%d/%m/%Y}"},
        )


_OUTSIDE = re.compile(r"[A-Z0-9]{5,30}")


def outside_number(text: str) -> str:
    """Another carrier's number as it is kept; '' for none. Soft: letters and digits, and where it looks like S10 its
    check digit must be right. Refuses `parcel.number_unreadable`, `parcel.number_check`."""
    number = "".join(text.split()).replace("-", "").upper()
    if number and not _OUTSIDE.fullmatch(number):
        raise refusal(
            "parcel.number_unreadable",
            "Mã bưu gửi của hãng khác gồm 5 đến 30 chữ và số, không dấu. Hãy quét lại.",
            field="outside",
        )
    if looks_like_s10(number) and not s10_ok(number):
        raise refusal(
            "parcel.number_check",
            "Mã %(number)s sai số kiểm tra, có thể gõ nhầm một chữ số. Hãy quét lại.",
            field="outside",
            number=number,
        )
    return number


# When so few numbers of the post's ranges are left, somebody is told to ask for more.
FEW_NUMBERS = 200


def range_problems(prefix: str, first: int, last: int, others: Iterable[tuple[str, int, int]]) -> Iterable[Problem]:
    """A new range of numbers: readable, the right way round, and of which no number is in another range."""
    if not _PREFIX.fullmatch(prefix):
        yield Problem("range.prefix", "Hai chữ cái đầu phải là chữ in hoa, ví dụ RA.", field="prefix")
    if not 0 <= first <= last <= 99_999_999:
        yield Problem("range.order", "Số đầu và số cuối có 8 chữ số, số đầu không lớn hơn số cuối.", field="last")
    for other, low, high in others:
        if other == prefix and first <= high and low <= last:
            yield Problem(
                "range.overlap",
                "Dải %(prefix)s %(first)s–%(last)s đã được nhập trước đó. Hãy nhập dải không trùng.",
                field="first",
                params={"prefix": other, "first": f"{low:08d}", "last": f"{high:08d}"},
            )
