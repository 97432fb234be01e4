"""Words one wrong letter apart: one changed, left out, put in, or two neighbours swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SHORTEST = 3  # of shorter words nearly everything is a neighbour


def near_words(word: str, by_length: Mapping[int, Sequence[str]]) -> frozenset[str]:
    """The words of a vocabulary (listed by length) that one wrong letter makes of `word`."""
    if len(word) < _SHORTEST:
        return frozenset()
    candidates = (other for size in (-1, 0, 1) for other in by_length.get(len(word) + size, ()))
    return frozenset(other for other in candidates if one_edit(word, other))


def one_edit(one: str, other: str) -> bool:
    """Whether one wrong letter makes `other` of `one`."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) != len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[start : start + 2][::-1] == other[start : start + 2]
    return swapped and one[start + 2 :] == other[start + 2 :]
