"""Gathers the static files of all rooms into build/static, each with its hash in its name. For `make setup`."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# Of the package django-htmx only the one file that tools/assets.py copied is served.
LEFT_OUT = ["django_htmx"]


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"MOTCUA_DATA": data, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
        import django
        from django.conf import settings
        from django.core.management import call_command

        django.setup()
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=LEFT_OUT)
        compress(Path(settings.STATIC_ROOT))


def compress(root: Path) -> None:
    """Writes a .br and a .gz beside what a phone loads; the API's own documentation is big and seldom read."""
    from whitenoise.compress import Compressor

    compressor = Compressor(quiet=True)
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "ninja" not in p.parts):
        if compressor.should_compress(path.name):
            compressor.compress(str(path))


if __name__ == "__main__":
    main()
