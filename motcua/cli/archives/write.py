"""Writing an archive."""

import io
import os
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua import __version__
from motcua.cli.archives.engines import engine
from motcua.cli.archives.manifest import DATABASE, FOLDERS, NAME, Manifest, sum_of


def write_archive(target: Path, now: datetime) -> Manifest:
    """Does: one archive at `target`, whole or not at all.

    The database is copied first and the files after it: a file is on the disk before any row names it, so every
    file the copy names is in the archive.
    """
    source = engine()
    manifest = Manifest(__version__, source.name, now.isoformat())
    draft = target.with_name(f".{target.name}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder,
            os.fdopen(handle, "wb") as out,
            tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as tar,
        ):
            copy = Path(folder) / DATABASE
            source.copy_to(copy)
            _add(tar, manifest, copy, DATABASE)
            for path in _files():
                _add(tar, manifest, path, path.relative_to(settings.DATA_DIR).as_posix())
            text = manifest.dump()
            head = tarfile.TarInfo(NAME)
            head.size, head.mtime, head.mode = len(text), int(now.timestamp()), 0o600
            tar.addfile(head, io.BytesIO(text))
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _files() -> list[Path]:
    """Every file to keep; what is still being written lies in files/incoming and has no name yet."""
    incoming = settings.DATA_DIR / "files" / "incoming"
    found = (path for folder in FOLDERS for path in (settings.DATA_DIR / folder).rglob("*"))
    return sorted(path for path in found if path.is_file() and incoming not in path.parents)


def _add(tar: tarfile.TarFile, manifest: Manifest, path: Path, name: str) -> None:
    with path.open("rb") as file:
        manifest.sums[name] = sum_of(file)
        file.seek(0)
        head = tar.gettarinfo(str(path), name)
        head.uname = head.gname = ""
        head.uid = head.gid = 0
        tar.addfile(head, file)
