"""One normal form for Vietnamese text, and a plain form to search by.

The same word can arrive composed (one code point) or decomposed (letter and marks);
only the composed form is stored.
"""

from __future__ import annotations

import re
import unicodedata

# Cc controls (NUL among them, which PostgreSQL refuses), Cf invisible marks, Cs lone surrogates (not UTF-8).
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_D_BAR = str.maketrans({"đ": "d", "ð": "d"})  # old Vietnamese fonts wrote đ with the Icelandic ð


def nfc(text: str) -> str:
    """The composed form of `text`, nothing else changed."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """One clean line: composed, without invisible characters, every run of blanks or line ends one blank."""
    return nfc(" ".join(_drop_invisible(text).split()))


def squeeze_lines(text: str) -> str:
    """Like `squeeze` but keeping lines, for notes and reasons; at most one empty line between two lines."""
    lines = (squeeze(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def fold(text: str) -> str:
    """The form to search by: no accents, đ as d, small letters, single blanks. Twice is the same as once."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    bare = _drop_marks(text).casefold()
    return squeeze(_drop_marks(bare).translate(_D_BAR))


def _drop_marks(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if unicodedata.category(char) != "Mn")


def _drop_invisible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _DROPPED)
