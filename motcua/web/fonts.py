"""The two weights of Be Vietnam Pro that pages load, cut down to what Vietnamese needs.

The typeface has no tabular figures, so its ten digits are set to one width here: a column of
đồng or of times must stand straight. Its licence (OFL 1.1, no reserved name) allows that.
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "SemiBold")
DIGIT_WIDTH = 680
LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x100),
    0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0,
    0x300, 0x301, 0x303, 0x309, 0x323, *range(0x1EA0, 0x1EFA),
    0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x20AB, 0x2212,
)  # fmt: skip


def make_fonts(into: Path) -> list[Path]:
    """Write `BeVietnamPro-<weight>.woff2` (about 14 kB each) for every weight; answer the paths."""
    into.mkdir(parents=True, exist_ok=True)
    return [_make(weight, into / f"BeVietnamPro-{weight}.woff2") for weight in WEIGHTS]


def _make(weight: str, target: Path) -> Path:
    with as_file(files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf") as source:
        font = TTFont(source, recalcTimestamp=False)
    _set_tabular(font)
    options = Options(flavor="woff2", hinting=False, layout_features=["ccmp", "locl", "kern", "mark", "mkmk"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    save_font(font, target, options)
    return target


def _set_tabular(font: TTFont) -> None:
    """Centre each digit in one width and take the digits out of the kerning."""
    names = {font.getBestCmap()[ord(digit)] for digit in "0123456789"}
    for name in names:
        glyph = font["glyf"][name]
        left = (DIGIT_WIDTH - (glyph.xMax - glyph.xMin)) // 2
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (DIGIT_WIDTH, left)
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            pairs = getattr(table, "ExtSubTable", table)
            if type(pairs).__name__ == "PairPos":
                _unkern(pairs, names)


def _unkern(pairs: Any, names: set[str]) -> None:
    kept = [place for place, name in enumerate(pairs.Coverage.glyphs) if name not in names]
    if pairs.Format == 1:
        pairs.PairSet = [pairs.PairSet[place] for place in kept]
        pairs.PairSetCount = len(kept)
        for pair_set in pairs.PairSet:
            pair_set.PairValueRecord = [r for r in pair_set.PairValueRecord if r.SecondGlyph not in names]
            pair_set.PairValueCount = len(pair_set.PairValueRecord)
    else:
        for name in names:
            pairs.ClassDef2.classDefs.pop(name, None)
    pairs.Coverage.glyphs = [pairs.Coverage.glyphs[place] for place in kept]
