"""File names people give, made harmless. The store never uses them; they are titles, and names of downloads."""

from __future__ import annotations

import re

from motcua.kernel.text import squeeze

MOST_LETTERS = 120
MOST_BYTES = 200
NAMELESS = "tep"
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def clean_name(name: str) -> str:
    """The last part of a name: composed, one line, without marks that any system forbids, at most 120 letters.

    Twice is the same as once; the extension survives; a name of nothing becomes `tep`.
    """
    last = re.split(r"[\\/]", name.replace("\0", ""))[-1]
    kept = _FORBIDDEN.sub("_", squeeze(last)).strip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    return _shortened(kept) or NAMELESS


def extension(name: str) -> str:
    """`Don.PDF` → `pdf`; empty when the name has none, or only figures after its last dot (`Tờ trình 12.2026`)."""
    found = _EXTENSION.search(name)
    word = found.group(1).lower() if found else ""
    return "" if word.isdecimal() else word


def _shortened(name: str) -> str:
    if _fits(name):
        return name
    found = _EXTENSION.search(name)
    tail = found.group(0) if found else ""
    head = name[: len(name) - len(tail)][: MOST_LETTERS - len(tail) - 1]
    while not _fits(f"{head}…{tail}"):
        head = head[:-1]
    return f"{head.rstrip('. …')}…{tail}"


def _fits(name: str) -> bool:
    return len(name) <= MOST_LETTERS and len(name.encode()) <= MOST_BYTES
