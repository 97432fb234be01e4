"""The letters papers are set in, from packages and never from the machine: the same page everywhere.

Official papers: Noto Serif at 80 % width, within two hundredths of the width of Times New Roman. The free faces of
Times' own measure set bold ự and ữ with the horn astray, and the motto has one in it. See docs/decisions.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

_PACKAGES = ("fontpkg_noto_serif", "fontpkg_be_vietnam_pro")
_REGULAR = "NotoSerif[wdth,wght].ttf"
_UNKNOWN = "\ufffd"


def font_folders() -> list[Path]:
    """The folders of font files the engine may look into."""
    return [Path(str(files(package) / "files")) for package in _PACKAGES]


def printable(text: str) -> str:
    """`text` with every character that has no glyph shown as the replacement mark; PDF/A allows no missing glyph."""
    known = _coverage()
    if known.issuperset(text):
        return text
    return "".join(char if char in known or char == "\n" else _UNKNOWN for char in text)


@cache
def _coverage() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font_folders()[0] / _REGULAR, lazy=True) as font:
        return frozenset(chr(point) for point in font.getBestCmap())
