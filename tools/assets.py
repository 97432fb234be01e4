"""Makes what the site serves and prints with but the repository does not hold: fonts, htmx, translations.

Everything comes from the locked packages in `.venv`; nothing is fetched. Run by `make setup`.
"""

import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fontTools.subset import Options, Subsetter  # noqa: E402
from fontTools.ttLib import TTFont  # noqa: E402
from fontTools.varLib.instancer import instantiateVariableFont  # noqa: E402

from motcua.web.fonts import make_fonts  # noqa: E402

STATIC = ROOT / "motcua" / "web" / "static"
PRINT_FONTS = ROOT / "build" / "fonts"

# Forms are printed in a serif of four styles; the package holds them as two variable fonts.
SERIF = {
    ("NotoSerif[wdth,wght].ttf", 400): "NotoSerif-Regular.ttf",
    ("NotoSerif[wdth,wght].ttf", 700): "NotoSerif-Bold.ttf",
    ("NotoSerif-Italic[wdth,wght].ttf", 400): "NotoSerif-Italic.ttf",
    ("NotoSerif-Italic[wdth,wght].ttf", 700): "NotoSerif-BoldItalic.ttf",
}
# Latin with every Vietnamese mark, punctuation, currency, arrows, signs: the rest makes printing slow.
LETTERS = [
    *range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0), *range(0x2100, 0x2300),
]  # fmt: skip
SANS = ("Regular", "SemiBold", "Bold", "Italic")


def main() -> None:
    for make in (web_fonts, htmx, print_fonts):
        print(f"  {make.__doc__}", flush=True)
        make()


def web_fonts() -> None:
    """fonts of the pages, cut down to Vietnamese"""
    make_fonts(STATIC / "fonts")


def htmx() -> None:
    """htmx from its package"""
    vendor = STATIC / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    with as_file(files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js") as source:
        shutil.copyfile(source, vendor / "htmx-2.min.js")


def print_fonts() -> None:
    """fonts of the printed forms"""
    PRINT_FONTS.mkdir(parents=True, exist_ok=True)
    for (name, weight), target in SERIF.items():
        with as_file(files("fontpkg_noto_serif") / "files" / name) as source:
            font = TTFont(source, recalcTimestamp=False)
        subsetter = Subsetter(Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True))
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True, updateFontNames=True)
        font.save(PRINT_FONTS / target)
    for style in SANS:
        with as_file(files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{style}.ttf") as source:
            shutil.copyfile(source, PRINT_FONTS / source.name)


if __name__ == "__main__":
    main()
