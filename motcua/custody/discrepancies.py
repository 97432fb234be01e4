"""The life of a discrepancy as one table: papers did not come out right, and somebody sees it through."""

from collections.abc import Iterable
from enum import StrEnum

from motcua.custody.lifecycle import GIVERS, TAKERS
from motcua.kernel.machine import Machine, Transition
from motcua.kernel.money import dong
from motcua.kernel.problems import Problem


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
        _row("find", "Tìm thấy sau khi kết thúc", {S.ENDED}, S.ENDED),
    ),
)

_OUTCOMES = {
    DiscrepancyKind.SHORT: {Outcome.FOUND, Outcome.REPLACED, Outcome.WRITTEN_OFF},
    DiscrepancyKind.NOT_EXAMINED: {Outcome.FOUND, Outcome.REPLACED, Outcome.WRITTEN_OFF},
    DiscrepancyKind.LOST: {Outcome.FOUND, Outcome.REPLACED, Outcome.WRITTEN_OFF},
    DiscrepancyKind.OVER: {Outcome.RETURNED, Outcome.WRITTEN_OFF},
    DiscrepancyKind.MISROUTED: {Outcome.RETURNED, Outcome.WRITTEN_OFF},
    DiscrepancyKind.DAMAGED: {Outcome.REPLACED, Outcome.WRITTEN_OFF},
    DiscrepancyKind.SEAL_BROKEN: {Outcome.WRITTEN_OFF},
}
_PAID_FOR = frozenset({*MISSING, DiscrepancyKind.DAMAGED})


def outcomes_for(kind: DiscrepancyKind) -> tuple[Outcome, ...]:
    """How a discrepancy of this kind may end by words; compensation ends it by paying."""
    return tuple(o for o in Outcome if o in _OUTCOMES[kind])


def owner_of(kind: DiscrepancyKind, giver: str, taker: str) -> str:
    """Who sees it through: whoever answers for the paper. What lies with the taker and belongs elsewhere is his."""
    return taker if kind in {DiscrepancyKind.MISROUTED, DiscrepancyKind.NOT_EXAMINED} else giver


def compensation(charge_paid: int, times: int) -> int:
    """What the post owes for a paper lost or damaged: so many times the charge that was paid, refund of it included.

    Without a receipt of the charge there is no proof that the post accepted it, and nothing is owed; what the loss
    led to (indirect damage) is never reckoned.
    """
    return max(charge_paid, 0) * times


def admit_problems(kind: DiscrepancyKind) -> Iterable[Problem]:
    """Liability is for what was lost or damaged, not for a bag or a paper in the wrong place."""
    if kind not in _PAID_FOR:
        yield Problem(
            "discrepancy.nothing_lost",
            "Chênh lệch này không làm mất hay hỏng giấy tờ. Hãy ghi kết quả xử lý; giấy tờ mất thì ghi ở dòng của nó.",
        )


def pay_problems(owed: int) -> Iterable[Problem]:
    if not owed:
        yield Problem(
            "discrepancy.nothing_owed",
            "Không có chứng từ đã trả cước, hoặc hồ sơ này đã được bồi thường, nên không phải trả tiền. "
            "Hãy kết thúc vụ việc.",
        )


def end_problems(kind: DiscrepancyKind, outcome: Outcome, *, owed: int, still_here: bool) -> Iterable[Problem]:
    """An outcome fits its kind; money owed is paid first, unless the paper turned up."""
    if outcome not in _OUTCOMES[kind]:
        yield Problem(
            "discrepancy.outcome_unfit",
            "“%(outcome)s” không hợp với “%(kind)s”. Hãy chọn kết quả khác.",
            field="outcome",
            params={"outcome": outcome.label, "kind": kind.label},
        )
    if owed and outcome is not Outcome.FOUND:
        yield Problem(
            "discrepancy.owed",
            "Còn %(amount)s phải bồi thường. Hãy trả và ghi đã bồi thường, hoặc ghi đã tìm thấy.",
            field="outcome",
            params={"amount": dong(owed)},
        )
    if outcome is Outcome.RETURNED and kind is DiscrepancyKind.MISROUTED and still_here:
        yield Problem(
            "discrepancy.still_here",
            "Giấy tờ vẫn do nơi này giữ. Hãy lập túi chuyển về đúng nơi, khi bên kia nhận xong thì kết thúc.",
            field="outcome",
        )


def find_problems(outcome: str) -> Iterable[Problem]:
    if outcome not in GIVEN_UP:
        yield Problem("discrepancy.not_given_up", "Vụ việc này không ghi mất giấy tờ nên không có gì để tìm lại.")
