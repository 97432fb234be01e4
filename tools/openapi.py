"""Writes docs/openapi.json: the API's description as integrators read it. `python -m tools.openapi`."""

import json
import os
from pathlib import Path

TARGET = Path(__file__).parent.parent / "docs" / "openapi.json"


def described() -> str:
    """The description the site serves at /api/v1/openapi.json, pretty and stable."""
    import motcua.api.urls  # noqa: F401 - registers the operations
    from motcua.api.app import api

    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    TARGET.write_text(described(), "utf-8")
