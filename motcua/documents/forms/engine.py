"""The PDF engine (typst), kept from two harms.

It is 84 MB and starts its own threads at first use. A process forked after that inherits the threads' locks but not
the threads and hangs for ever at its first page; so typst is imported at the first page, never at import time, and
a child of a process that has already set a page is told so instead of hanging. A server must fork its workers first
(Granian and the job worker do) and the parent must set no page itself.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from motcua.documents.forms.fonts import font_folders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TEMPLATES = Path(__file__).parent / "templates"
_started_in: int | None = None


class ForkedTooLate(RuntimeError):
    """This process was forked from one that had already set a page; it would hang. Fork first, or start afresh."""


def set_pages(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """PDF/A-2b of `templates/<template>.typ`; the same data and instant give the same bytes.

    The template sees `data` as text only: nothing in it is run. It can read no file outside its own folder and
    knows no font of this machine. `made_at` (aware) is the creation date written into the file.
    """
    typst = _typst()
    page = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards="a-2b",
        timestamp=int(made_at.timestamp()),
    )
    return cast("bytes", page)


def _typst() -> Any:
    global _started_in  # noqa: PLW0603  (one fact about this process)
    if _started_in not in (None, os.getpid()):
        raise ForkedTooLate(f"typst was started in process {_started_in}; {os.getpid()} was forked from it")
    import typst

    _started_in = os.getpid()
    return typst


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in font_folders()],
    )
