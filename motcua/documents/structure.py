"""Looks inside a PDF or a picture, without showing or running anything: is it whole, is it only paper?"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 60_000_000
MOST_NODES = 400_000
_MOST_SCANS = 100  # a progressive JPEG has about ten; thousands are made to keep a processor busy
_MOST_INFLATED = 64 * 2**20
# Keys, and names under a key, that make a PDF more than paper → the fault.
_FAULTS = {
    "/JS": "pdf_script",
    "/JavaScript": "pdf_script",
    "/S=/JavaScript": "pdf_script",
    "/XFA": "pdf_script",
    "/S=/Launch": "pdf_action",
    "/S=/SubmitForm": "pdf_action",
    "/S=/ImportData": "pdf_action",
    "/S=/GoToE": "pdf_action",
    "/EmbeddedFiles": "pdf_attachment",
    "/EF": "pdf_attachment",
    "/Type=/EmbeddedFile": "pdf_attachment",
    "/Subtype=/FileAttachment": "pdf_attachment",
    "/Subtype=/RichMedia": "pdf_media",
    "/Subtype=/Movie": "pdf_media",
    "/Subtype=/Sound": "pdf_media",
    "/Subtype=/3D": "pdf_media",
}


def pdf_faults(content: bytes) -> list[str]:
    """pdf_damaged · pdf_encrypted · pdf_script · pdf_action · pdf_attachment · pdf_media · pdf_complex, or nothing."""
    pikepdf = _pikepdf()
    if b"%%EOF" not in content[-2048:]:
        return ["pdf_damaged"]
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return ["pdf_encrypted"]
            return _found_in(pdf) if len(pdf.pages) else ["pdf_damaged"]
    except pikepdf.PasswordError:
        return ["pdf_encrypted"]
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, RuntimeError, RecursionError):
        return ["pdf_damaged"]


def image_faults(content: bytes, kind: str) -> list[str]:
    """image_damaged · image_huge, or nothing. A JPEG is decoded small, a PNG is checked by its sums."""
    from PIL import Image

    if kind == "jpeg" and content.count(b"\xff\xda") > _MOST_SCANS:
        return ["image_damaged"]
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return ["image_huge"]
            if kind == "jpeg":
                image.draft("RGB", (max(1, width // 8), max(1, height // 8)))
                image.load()
            else:
                image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ["image_huge"]
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, KeyError, IndexError):
        return ["image_damaged"]
    return []


@cache
def _pikepdf() -> Any:
    """pikepdf with a limit on what packed objects may unfold to; the limit is process-wide, so it is set once."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(flate_max_memory=_MOST_INFLATED)
    return pikepdf


def _found_in(pdf: Any) -> list[str]:
    faults: list[str] = []
    for count, mark in enumerate(_marks(pdf)):
        if count > MOST_NODES:
            return ["pdf_complex"]
        fault = _FAULTS.get(mark)
        if fault and fault not in faults:
            faults.append(fault)
    return faults


def _marks(pdf: Any) -> Iterator[str]:
    """Every key of every dictionary, as `/Key` or `/Key=/Name`, an empty mark for each array; no stream is unpacked."""
    pikepdf = _pikepdf()
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            value = waiting.pop()
            if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
                for key, inner in value.items():
                    yield key
                    if isinstance(inner, pikepdf.Name):
                        yield f"{key}={inner}"
                    elif _is_inner(inner, pikepdf):
                        waiting.append(inner)
            elif isinstance(value, pikepdf.Array):
                yield ""
                waiting += [inner for inner in value if _is_inner(inner, pikepdf)]


def _is_inner(value: Any, pikepdf: Any) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect
