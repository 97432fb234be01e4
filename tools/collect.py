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


if __name__ == "__main__":
    main()
