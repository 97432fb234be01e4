"""Files by what they are: the bytes lie under their SHA-256 and never under a name somebody gave.

`<root>/ab/cd/abcd…` (64 hex digits). A file appears whole or not at all: written beside its place, flushed to
the disk, then linked there. The same bytes are kept once; reading proves them against their digest.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"
# What a browser may show by itself; all else is only ever saved.
_SHOWN = {"application/pdf", "image/jpeg", "image/png"}


class FileMissing(LookupError):
    """The store has no file of this digest."""


class FileDamaged(OSError):
    """The bytes on the disk are not those of the digest: restore the file from a backup."""


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of files by digest, safe for many processes at once."""

    root: Path

    def keep(self, content: bytes) -> str:
        """Store the bytes; answer their SHA-256 in hex. Bytes that are there already are left, damaged ones mended."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if not self.is_sound(digest):
            _make_folder(target.parent)
            _write_whole(self.root / _INCOMING, target, content)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes, proven against their digest. Raises FileMissing or FileDamaged."""
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise FileMissing(digest) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise FileDamaged(f"{self._path(digest)} no longer holds the bytes of its digest")
        return content

    def is_sound(self, digest: str) -> bool:
        """Whether the file is there and unharmed."""
        try:
            with self._path(digest).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except FileNotFoundError:
            return False

    def digests(self) -> Iterator[str]:
        """The digest of every file kept, in order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def damaged(self) -> list[str]:
        """The digests whose bytes have changed."""
        return [digest for digest in self.digests() if not self.is_sound(digest)]

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise FileMissing(digest)
        return self.root / digest[:2] / digest[2:4] / digest


def serving_headers(name: str, mime: str, size: int, *, inline: bool = False) -> dict[str, str]:
    """HTTP headers to give a kept file away without the browser ever running it.

    `name` must have gone through `checks.clean_name`. `inline` is honoured for PDF and pictures only.
    A picture or a download is sandboxed; a PDF shown in place is not, because browsers' viewers then stay blank.
    """
    shown = inline and mime in _SHOWN
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    policy = "default-src 'none'; frame-ancestors 'self'"
    return {
        "Content-Type": mime if mime in _SHOWN else "application/octet-stream",
        "Content-Length": str(size),
        "Content-Disposition": (
            f"{'inline' if shown else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
        ),
        "Content-Security-Policy": policy if shown and mime == "application/pdf" else f"{policy}; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def site_store() -> FileStore:
    """The store of this site: MOTCUA_DATA/files."""
    from django.conf import settings

    return FileStore(Path(settings.MEDIA_ROOT))


def keep(content: bytes) -> str:
    """`FileStore.keep` in the site's store."""
    return site_store().keep(content)


def read(digest: str) -> bytes:
    """`FileStore.read` in the site's store."""
    return site_store().read(digest)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it, for the owner only, and see their names safely on the disk."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(one.parent)


def _write_whole(incoming: Path, target: Path, content: bytes) -> None:
    _make_folder(incoming)
    handle, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
