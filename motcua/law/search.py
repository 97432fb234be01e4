"""Finding a procedure by plain words: with or without accents, by abbreviation, by a piece of its code."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from motcua.kernel.text import fold, nfc
from motcua.law.model.procedures import Repeal
from motcua.law.spelling import near_words

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.model import Pack, Version

# In the order of merit: the first class a procedure fits into is its rank.
CODE, CODE_PART, NAME, ALIAS, FIELD, SOME = range(6)
_WORD = re.compile(r"[0-9a-z]+")
_SPELT = re.compile(r"\w+")
_CODE = re.compile(r"[0-9][0-9.]*")
_CODE_DIGITS = 3
_LONGEST_QUERY = 400
# Words of a sentence that name nothing ("tôi muốn xin cấp …"): left out when more telling ones are there.
_FILLERS = frozenset(_WORD.findall("toi minh muon can xin hoi ve cho cua la thi o tai lam nao nhu the duoc va hay voi"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found. `rank` is one of CODE … SOME, smaller is better; `matched`: share of words found."""

    version: Version
    rank: int
    matched: float


@dataclass(frozen=True)
class _Entry:
    """One version prepared for matching; `until` is the day its successor starts."""

    version: Version
    until: date | None
    name: str
    phrases: str  # name and aliases folded, apart by bars, with a blank around each word
    spelt: frozenset[str]  # words of name and aliases with their accents
    words: tuple[frozenset[str], frozenset[str], frozenset[str]]  # of the name, the aliases, field and agency

    def in_force(self, day: date) -> bool:
        return self.version.valid_from <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class _Query:
    """What was typed: folded, its telling words, and its words as they were spelt."""

    plain: str
    words: tuple[str, ...]
    spelt: tuple[str, ...]

    @property
    def accented(self) -> bool:
        return not all(word.isascii() for word in self.spelt)


class Index:
    """All versions of a pack's procedures, held in memory; built once, asked for any day."""

    def __init__(self, pack: Pack) -> None:
        self._entries = [entry for code in sorted(pack.procedure_lines) for entry in _entries_of(pack, code)]
        self._holders: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self._entries):
            for word in frozenset().union(*entry.words):
                self._holders[word].add(number)
        self._vocabulary = sorted(self._holders)

    def search(self, words: str, day: date, limit: int = 20) -> list[Hit]:
        """The procedures in force on `day` that fit the words, best first.

        Exact code, then a piece of a code or the code it replaces, then all words in the name, in the name
        and its aliases, in these and the field or agency. The last word may be unfinished. Only when nothing
        has all words, one wrong letter a word is forgiven; only when that finds nothing either, procedures
        with some of the words are given.
        """
        text = words.strip()[:_LONGEST_QUERY]
        by_code = self._by_code(text, day)
        if by_code:
            return by_code[:limit]
        asked = _WORD.findall(fold(text))
        if not asked or limit <= 0:
            return []
        telling = [word for word in asked if word not in _FILLERS] or asked
        found = self._all_of(telling, asked[-1], day, text)
        return (found or self._some_of(telling, asked[-1], day))[:limit]

    def _by_code(self, text: str, day: date) -> list[Hit]:
        if not _CODE.fullmatch(text) or sum(char.isdigit() for char in text) < _CODE_DIGITS:
            return []
        digits = text.replace(".", "")
        hits = []
        for entry in self._entries:
            code = entry.version.code
            whole = digits == code.replace(".", "")
            part = text in code or digits in code.replace(".", "") or text == entry.version.replaces
            if (whole or part) and entry.in_force(day):
                hits.append(Hit(entry.version, CODE if whole else CODE_PART, 1.0))
        return sorted(hits, key=lambda hit: (hit.rank, hit.version.code))

    def _all_of(self, asked: list[str], last: str, day: date, text: str) -> list[Hit]:
        """Procedures that have every word; with one wrong letter a word if none has them as typed."""
        meanings = [self._exact(word, prefix=word == last) for word in asked]
        found = self._having(meanings, day)
        if not found:
            loose = [self._near(word, own) for word, own in zip(asked, meanings, strict=True)]
            meanings, found = loose, self._having(loose, day)
        query = _Query(fold(text), tuple(asked), tuple(_SPELT.findall(nfc(text).lower())))
        graded = ((self._rank(number, meanings), number) for number in found)
        ordered = sorted(graded, key=lambda grade: self._order(grade[0], grade[1], query))
        return [Hit(self._entries[number].version, rank, 1.0) for rank, number in ordered]

    def _exact(self, word: str, *, prefix: bool) -> frozenset[str]:
        """The words of the vocabulary a typed word stands for: itself, or all it begins."""
        if not prefix:
            return frozenset({word}) & self._holders.keys()
        first = bisect_left(self._vocabulary, word)
        last = bisect_left(self._vocabulary, word + "{")
        return frozenset(self._vocabulary[first:last])

    def _near(self, word: str, own: frozenset[str]) -> frozenset[str]:
        """The words one wrong letter away, where the word as typed is unknown."""
        return own or near_words(word, self._by_length)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        lengths: dict[int, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            lengths[len(word)].append(word)
        return lengths

    def _having(self, meanings: Iterable[frozenset[str]], day: date) -> set[int]:
        found: set[int] | None = None
        for meaning in meanings:
            holders = set().union(*(self._holders[word] for word in meaning))
            found = holders if found is None else found & holders
            if not found:
                return set()
        return {number for number in found or () if self._entries[number].in_force(day)}

    def _rank(self, number: int, meanings: list[frozenset[str]]) -> int:
        name, aliases, _ = self._entries[number].words
        if all(meaning & name for meaning in meanings):
            return NAME
        reach = name | aliases
        return ALIAS if all(meaning & reach for meaning in meanings) else FIELD

    def _order(self, rank: int, number: int, query: _Query) -> tuple[object, ...]:
        """Before the rank: the same accents, whole words; after it: one phrase, a short name."""
        entry = self._entries[number]
        name, aliases, around = entry.words
        accents = query.accented and not entry.spelt.issuperset(query.spelt)
        unfinished = not all(word in name or word in aliases or word in around for word in query.words)
        phrase = f" {query.plain} " not in entry.phrases
        return accents, unfinished, rank, phrase, len(entry.name), entry.version.code

    def _some_of(self, asked: list[str], last: str, day: date) -> list[Hit]:
        """Procedures that have at least half of the words, rare words weighing more than common ones."""
        known = [self._exact(word, prefix=word == last) for word in asked]
        meanings = [self._near(word, own) for word, own in zip(asked, known, strict=True)]
        weights = [self._weight(meaning) for meaning in meanings]
        scores: dict[int, float] = defaultdict(float)
        counts: dict[int, int] = defaultdict(int)
        for meaning, weight in zip(meanings, weights, strict=True):
            for number in set().union(*(self._holders[word] for word in meaning)):
                scores[number] += weight
                counts[number] += 1
        total = sum(weights) or 1.0
        hits = [
            Hit(self._entries[number].version, SOME, score / total)
            for number, score in scores.items()
            if counts[number] * 2 >= len(asked) and self._entries[number].in_force(day)
        ]
        return sorted(hits, key=lambda hit: (-hit.matched, len(hit.version.name), hit.version.code))

    def _weight(self, meaning: frozenset[str]) -> float:
        holders = len(set().union(*(self._holders[word] for word in meaning)))
        return log(1 + len(self._entries) / holders) if holders else 1.0


def search(pack: Pack, words: str, day: date, limit: int = 20) -> list[Hit]:
    """One search; the index is made with the first and kept with the pack."""
    return pack.index.search(words, day, limit)


def search_procedures(pack: Pack, words: str, day: date, limit: int = 20) -> list[Version]:
    """The same, where only the procedures matter."""
    return [hit.version for hit in search(pack, words, day, limit)]


def _entries_of(pack: Pack, code: str) -> Iterable[_Entry]:
    line = list(pack.procedure_lines[code])
    for entry, later in zip(line, [*line[1:], None], strict=True):
        if entry.value is not None and not isinstance(entry.value, Repeal):
            yield _prepared(pack, entry.value, later.valid_from if later else None)


def _prepared(pack: Pack, version: Version, until: date | None) -> _Entry:
    office = pack.office_map.get(version.agency.code)
    around = f"{version.field} {office.name} {office.short}" if office else version.field
    name, aliases = fold(version.name), [fold(alias) for alias in version.aliases]
    words = _words(name), _words(" ".join(aliases)), _words(fold(around))
    phrases = " | ".join(("", name, *aliases, ""))
    spelt = frozenset(_SPELT.findall(" ".join((version.name, *version.aliases)).lower()))
    return _Entry(version, until, name, phrases, spelt, words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))
