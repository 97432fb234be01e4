"""Makes what the pages load but the repository does not hold: fonts and htmx. Run by `make setup`.

Everything comes from the locked packages in `.venv`; nothing is fetched.
"""

import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from motcua.web.fonts import make_fonts  # noqa: E402

STATIC = ROOT / "motcua" / "web" / "static"


def main() -> None:
    print("  fonts of the pages, cut down to Vietnamese", flush=True)
    make_fonts(STATIC / "fonts")
    print("  htmx from its package", flush=True)
    vendor = STATIC / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    with as_file(files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js") as source:
        shutil.copyfile(source, vendor / "htmx-2.min.js")


if __name__ == "__main__":
    main()
