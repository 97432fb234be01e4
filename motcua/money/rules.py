"""Money decided from plain facts. Whole đồng."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.kernel.money import dong
from motcua.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Balance:
    """The money ledger of one purse: it balances when what came in is in a named hand or has been remitted."""

    collected: int
    remitted: int
    in_hand: int

    @property
    def balances(self) -> bool:
        return self.collected == self.remitted + self.in_hand


def count_problems(expected: Mapping[str, int], counted: Mapping[str, int], note: str) -> Iterable[Problem]:
    """A till that does not agree is closed with a word of explanation, never silently."""
    for purse, amount in expected.items():
        if counted[purse] != amount and not note.strip():
            yield Problem(
                "shift.difference",
                "Đếm được %(counted)s, sổ ghi %(expected)s. Hãy đếm lại hoặc ghi lý do chênh lệch.",
                field="note",
                params={"counted": dong(counted[purse]), "expected": dong(amount)},
            )


def hand_in_problems(owner_is_taker: bool, owner_is_postman: bool) -> Iterable[Problem]:
    """A postman's money is taken in by somebody at the office, not by himself."""
    if owner_is_taker and owner_is_postman:
        yield Problem(
            "shift.self", "Bưu tá không tự nhận tiền mình nộp. Hãy nộp cho giao dịch viên hoặc điều phối."
        )
