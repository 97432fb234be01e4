"""Proving and bringing back an archive."""

import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from motcua.cli.archives.manifest import DATABASE, FOLDERS, NAME, Manifest, is_plain, load
from motcua.cli.common import Failure, sole_use, with_django
from motcua.config.options import read_options

CHUNK = 1 << 20


class Broken(Exception):
    """The archive is not whole, not ours, or not safe to unpack."""


def prove(archive: Path) -> Manifest:
    """The manifest of a whole archive: every file in it has the checksum it is said to have. Raises Broken."""
    return _walk(archive, None)


def restore_archive(archive: Path, *, force: bool) -> Manifest:
    """Does: brings the archive back. Refuses data that are here already, unless forced; a broken archive always."""
    data = read_options().data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with sole_use(data):
        return _replace(archive, data, force=force)


def _replace(archive: Path, data: Path, *, force: bool) -> Manifest:
    kept = [data / name for name in FOLDERS]
    occupied = any(folder.exists() for folder in kept)
    with tempfile.TemporaryDirectory(dir=data, prefix="restore-") as name:
        fresh = Path(name)
        manifest = _walk(archive, fresh)
        # Django makes a signing key when it starts and there is none; the archive's own goes in its place.
        with_django()
        from motcua.cli.archives.engines import engine

        here = engine()
        if here.name != manifest.engine:
            raise Failure(
                f"The backup is from {manifest.engine}, the database here is {here.name}.",
                "Set MOTCUA_DATABASE_URL to a database of the same kind.",
            )
        if not force and (occupied or not here.is_empty()):
            raise Failure(
                f"There are data in {data} or in its database already.",
                "Choose an empty MOTCUA_DATA, or replace them with --force.",
            )
        for folder in kept:
            shutil.rmtree(folder, ignore_errors=True)
            if (fresh / folder.name).exists():
                (fresh / folder.name).rename(folder)
        here.replace_from(fresh / DATABASE)
    return manifest


def _walk(archive: Path, into: Path | None) -> Manifest:
    """Reads the archive once, from end to end; unpacks it where a folder is given."""
    sums: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(archive, mode="r|gz") as tar:
            for name, chunks in _members(tar):
                if name == NAME:
                    manifest = load(b"".join(chunks))
                else:
                    sums[name] = _keep(chunks, into / name if into else None)
    except (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, TypeError) as error:
        raise Broken(str(error) or type(error).__name__) from error
    if manifest is None:
        raise Broken("it has no manifest: it was cut short, or is no backup of motcua")
    for name in sorted(manifest.sums.keys() | sums.keys()):
        if manifest.sums.get(name) != sums.get(name):
            raise Broken(f"{name} is not what the manifest says")
    return manifest


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, Iterator[bytes]]]:
    for member in tar:
        if not member.isreg() or not is_plain(member.name):
            raise Broken(f"it holds {member.name!r}, which no backup of motcua does")
        file = tar.extractfile(member)
        assert file is not None
        yield member.name, iter(lambda file=file: file.read(CHUNK), b"")  # type: ignore[misc]


def _keep(chunks: Iterator[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    if target is None:
        for chunk in chunks:
            digest.update(chunk)
        return digest.hexdigest()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
