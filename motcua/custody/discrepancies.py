"""The life of a discrepancy as one table: papers did not come out right, and somebody sees it through."""

from enum import StrEnum

from motcua.custody.lifecycle import GIVERS, TAKERS
from motcua.kernel.machine import Machine, Transition


class DiscrepancyKind(StrEnum):
    SHORT = "short"
    OVER = "over"
    DAMAGED = "damaged"
    MISROUTED = "misrouted"
    NOT_EXAMINED = "not_examined"
    SEAL_BROKEN = "seal_broken"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {
            "short": "Thiếu giấy tờ",
            "over": "Thừa giấy tờ",
            "damaged": "Giấy tờ hư hỏng",
            "misrouted": "Giấy tờ nhầm nơi nhận",
            "not_examined": "Giấy tờ chưa kiểm",
            "seal_broken": "Niêm phong không còn nguyên",
            "lost": "Bưu gửi thất lạc",
        }[self.value]


class DiscrepancyState(StrEnum):
    OPEN = "open"
    LIABLE = "liable"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {
            "open": "Đang tìm hiểu",
            "liable": "Đã xác định trách nhiệm, chờ bồi thường",
            "ended": "Đã xử lý xong",
        }[self.value]


class Outcome(StrEnum):
    FOUND = "found"
    RETURNED = "returned"
    REPLACED = "replaced"
    COMPENSATED = "compensated"
    WRITTEN_OFF = "written_off"

    @property
    def label(self) -> str:
        return {
            "found": "Đã tìm thấy",
            "returned": "Đã chuyển về đúng nơi",
            "replaced": "Đã làm lại giấy tờ",
            "compensated": "Đã bồi thường",
            "written_off": "Kết thúc, có ghi lý do",
        }[self.value]


# Outcomes after which nobody looks for the paper any more.
GIVEN_UP = frozenset({Outcome.REPLACED, Outcome.COMPENSATED, Outcome.WRITTEN_OFF})
# Differences of a line after which the paper is still with its giver.
MISSING = frozenset({DiscrepancyKind.SHORT, DiscrepancyKind.NOT_EXAMINED, DiscrepancyKind.LOST})

_BOTH = frozenset(GIVERS | TAKERS)


def _row(
    action: str, label: str, sources: set[DiscrepancyState], target: DiscrepancyState
) -> Transition[DiscrepancyState]:
    return Transition(action=action, sources=frozenset(sources), target=target, roles=_BOTH, label=label)


S = DiscrepancyState
DISCREPANCY = Machine(
    "discrepancy",
    S,
    (
        _row("note", "Ghi diễn biến", {S.OPEN}, S.OPEN),
        _row("hand_to", "Chuyển nơi xử lý", {S.OPEN}, S.OPEN),
        _row("admit", "Lập biên bản xác định trách nhiệm", {S.OPEN}, S.LIABLE),
        _row("help", "Ghi việc hỗ trợ làm lại giấy tờ", {S.LIABLE}, S.LIABLE),
        _row("pay", "Ghi đã bồi thường", {S.LIABLE}, S.ENDED),
        _row("end", "Kết thúc vụ việc", {S.OPEN, S.LIABLE}, S.ENDED),
    ),
)
