"""Files under the digest of their bytes: written once, atomically, and never trusted for their name."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class Damaged(Exception):
    """The stored bytes are not those that were kept."""


def keep(content: bytes) -> str:
    """Does: stores bytes durably; answers their SHA-256 in hexadecimal. The same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    if place.exists():
        return digest
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return digest


def read(digest: str) -> bytes:
    """The bytes kept under a digest. Raises FileNotFoundError, or Damaged when they have changed since."""
    content = path_of(digest).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged(digest)
    return content


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie. ValueError for anything that is not one."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def headers(title: str, mime: str) -> dict[str, str]:
    """How a stored file is served: as what it was found to be, in a page of its own that may do nothing."""
    from django.utils.http import content_disposition_header

    shown = mime in {"application/pdf", "image/jpeg", "image/png"}
    return {
        "Content-Type": mime if shown else "application/octet-stream",
        "Content-Disposition": content_disposition_header(as_attachment=not shown, filename=title) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
        "Cache-Control": "private, no-store",
    }


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
