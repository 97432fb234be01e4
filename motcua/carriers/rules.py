"""How far a carrier is believed: everything it said about one order, folded into one standing. Pure.

A carrier may say things twice, late, in any order, wrongly, or not at all. So nothing is reckoned from the order in
which things were heard: the whole set is sorted by its own time and folded again when something new comes in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.carriers.lifecycle import NOT_COLLECTED, WEIGHTY, OrderState, Said, after

# Clocks of two houses differ.
SKEW = timedelta(minutes=10)
# How long weighty words may stand alone: unconfirmed, or about papers nobody was heard to collect.
GRACE = timedelta(hours=24)
SIGNED_FOR = timedelta(minutes=5)
FIRST_POLL = timedelta(minutes=5)
LONGEST_POLL = timedelta(hours=6)


class Doubt(StrEnum):
    """Why something a carrier said is not believed; a person settles it."""

    UNREADABLE = "unreadable"
    UNKNOWN_ORDER = "unknown_order"
    WRONG_ITEM = "wrong_item"
    UNKNOWN_STATUS = "unknown_status"
    IMPOSSIBLE_TIME = "impossible_time"
    NO_RECIPIENT = "no_recipient"
    NOT_COLLECTED = "not_collected"
    UNCONFIRMED = "unconfirmed"
    REGRESSION = "regression"
    CUSTODY = "custody"

    @property
    def label(self) -> str:
        return {
            "unreadable": "Không đọc được tin của hãng",
            "unknown_order": "Hãng nói về đơn chưa từng gửi",
            "wrong_item": "Số bưu gửi không khớp với đơn",
            "unknown_status": "Trạng thái lạ",
            "impossible_time": "Thời điểm không thể có",
            "no_recipient": "Báo đã phát nhưng không nói ai nhận",
            "not_collected": "Báo chặng sau khi chưa báo đã lấy",
            "unconfirmed": "Hỏi lại hãng không xác nhận",
            "regression": "Báo lùi, hoặc báo tiếp sau khi đã kết thúc",
            "custody": "Trái với sổ giấy tờ",
        }[self.value]


MAY_CLEAR_UP = frozenset({Doubt.NOT_COLLECTED, Doubt.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Word:
    """One thing a carrier said. `believed`: a person looked at it and says it is true."""

    key: str
    said: Said | None
    at: datetime | None
    heard_at: datetime
    item: str = ""
    recipient: str = ""
    confirmed: bool = False
    believed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the order itself. `items`: the numbers by which the carrier may call it."""

    asked_at: datetime
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands by everything heard so far: the words that count, in their own order."""

    state: OrderState
    path: tuple[Word, ...]
    doubts: tuple[tuple[Word, Doubt], ...]
    waiting: tuple[Word, ...]

    @property
    def attempts(self) -> int:
        return sum(word.said in {Said.FAILED, Said.DELIVERED} for word in self.path)


def fold(facts: Facts, words: Iterable[Word], now: datetime) -> Standing:
    """The standing by all that was said; the order in which it was heard, and how often, plays no part."""
    once = {word.key: word for word in words}
    doubts = [(w, d) for w in once.values() if (d := word_doubt(facts, w))]
    wrong = {w.key for w, _ in doubts}
    told = sorted((w for w in once.values() if w.key not in wrong), key=_place)
    state = OrderState.ASKED
    path: list[Word] = []
    waiting: list[Word] = []
    for word in told:
        verdict = _judge(state, word, path)
        if isinstance(verdict, Doubt):
            still = verdict in MAY_CLEAR_UP and now - word.heard_at <= GRACE
            if still:
                waiting.append(word)
            else:
                doubts.append((word, verdict))
        elif verdict is not None:
            state = verdict
            path.append(word)
    return Standing(state, tuple(path), tuple(sorted(doubts, key=lambda d: _place(d[0]))), tuple(waiting))


def word_doubt(facts: Facts, word: Word) -> Doubt | None:
    """What is wrong with the words by themselves."""
    if word.said is None:
        return Doubt.UNKNOWN_STATUS
    if word.item and word.item not in facts.items:
        return Doubt.WRONG_ITEM
    if word.at is None:
        return Doubt.UNREADABLE
    possible = facts.asked_at - SKEW <= word.at <= word.heard_at + SKEW
    if not possible and not word.believed:
        return Doubt.IMPOSSIBLE_TIME
    if word.said is Said.DELIVERED and not word.recipient.strip():
        return Doubt.NO_RECIPIENT
    return None


def _judge(state: OrderState, word: Word, path: Sequence[Word]) -> OrderState | Doubt | None:
    """Where the word leads, why it does not count, or None where it says nothing new."""
    said = word.said
    assert said is not None
    if _repeated(word, path):
        return None
    if said in WEIGHTY and not (word.confirmed or word.believed):
        return Doubt.UNCONFIRMED
    target = after(state, said)
    if target is None and word.believed and state in NOT_COLLECTED:
        target = after(OrderState.CARRIED, said)
    if target is not None:
        return target
    if state in NOT_COLLECTED and said not in {Said.REGISTERED, Said.COLLECTING}:
        return Doubt.NOT_COLLECTED
    return Doubt.REGRESSION


def _repeated(word: Word, path: Sequence[Word]) -> bool:
    """The last thing said once more, or that the order is registered although more is known already at that time."""
    if not path:
        return False
    last = path[-1]
    if word.said is Said.REGISTERED and last.said in {Said.REGISTERED, Said.COLLECTING}:
        return True
    same_hands = word.said is not Said.DELIVERED or word.recipient == last.recipient
    return word.said is last.said and same_hands and word.said is not Said.FAILED


_ORDER = {said: place for place, said in enumerate(Said)}


def _place(word: Word) -> tuple[float, int, str]:
    """By their own time; at one instant by the way things go; the key decides what else is equal."""
    at = word.at.timestamp() if word.at else 0.0
    return (at, _ORDER.get(word.said, 99) if word.said else 99, word.key)


def order_number(code: str, earlier: int) -> str:
    """How the carrier calls the order: the dossier's code, from the second order of one dossier on with its count."""
    return code if not earlier else f"{code}-{earlier + 1}"


def poll_after(quiet: int) -> timedelta:
    """How long to wait before asking again after so many times without news: 5, 10, 20 minutes … at last 6 hours."""
    doubled: int = 2 ** min(quiet, 10)
    return min(FIRST_POLL * doubled, LONGEST_POLL)
