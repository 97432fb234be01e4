"""Backup and restore, on the engine under test, of an installation with a small demo in it."""

import hashlib
import io
import json
import stat
import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from motcua.cli.archives import manifest as manifests
from motcua.cli.archives.read import Broken, prove
from tests.processes import motcua


def say(environment, *words):
    return subprocess.run(motcua(*words), env=environment, capture_output=True, text=True, check=False, timeout=900)


def told(environment, *words):
    done = say(environment, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_there_and_back_again(own_database, tmp_path):
    archive = tmp_path / "safe.tar.gz"
    made = told(own_database, "demo", "--dossiers", "4", "--until", "2026-06-09T17:00")
    assert made["dossiers"] >= 4
    before = told(own_database, "verify")
    assert before["ok"]
    people = told(own_database, "users")

    saved = told(own_database, "backup", str(archive))
    assert saved["bytes"] == archive.stat().st_size
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert say(own_database, "backup", str(archive)).returncode == 1, "a backup is never written over"
    assert told(own_database, "restore", "--check", str(archive))["done"] == "is whole"

    refused = say(own_database, "restore", str(archive))
    assert refused.returncode == 1
    assert "--force" in refused.stderr

    token = told(own_database, "token", people[0]["username"])
    assert token["token"].startswith("mc_")
    assert told(own_database, "verify")["looked_at"]["entries"] > before["looked_at"]["entries"]
    told(own_database, "restore", "--force", str(archive))
    assert told(own_database, "verify") == before, "the token issued after the backup is gone with its entry"
    assert told(own_database, "users") == people


def archive_of(
    path: Path, files: dict[str, bytes], *, sums: dict[str, str] | None = None, kind=tarfile.REGTYPE
) -> Path:
    manifest = manifests.Manifest("0", "sqlite", "2026-06-09T17:00:00+07:00")
    manifest.sums = sums if sums is not None else {n: hashlib.sha256(c).hexdigest() for n, c in files.items()}
    with tarfile.open(path, "w:gz") as tar:
        for name, content in {**files, manifests.NAME: manifest.dump()}.items():
            head = tarfile.TarInfo(name)
            head.size, head.type = len(content), kind if name != manifests.NAME else tarfile.REGTYPE
            head.linkname = "/etc/passwd" if kind != tarfile.REGTYPE else ""
            tar.addfile(head, io.BytesIO(content))
    return path


GOOD = {"database": b"rows", "files/ab/cd/abcd": b"a scan", "keys/secret": b"k"}


def test_a_whole_archive_is_proven(tmp_path):
    assert prove(archive_of(tmp_path / "a", GOOD)).sums.keys() == GOOD.keys()


@pytest.mark.parametrize("name", ["../x", "/etc/x", "files/../../x", "other/x", "motcua.sqlite3"])
def test_an_archive_cannot_write_elsewhere(tmp_path, name):
    with pytest.raises(Broken, match="no backup of motcua"):
        prove(archive_of(tmp_path / "a", {**GOOD, name: b"x"}))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_an_archive_holds_nothing_but_files(tmp_path, kind):
    with pytest.raises(Broken):
        prove(archive_of(tmp_path / "a", {"files/x": b""}, kind=kind))


@pytest.mark.parametrize(
    "sums",
    [
        {},
        {"database": hashlib.sha256(b"other rows").hexdigest()},
        {name: hashlib.sha256(content).hexdigest() for name, content in {**GOOD, "files/gone": b""}.items()},
    ],
)
def test_what_the_manifest_does_not_say_is_no_backup(tmp_path, sums):
    with pytest.raises(Broken, match="is not what the manifest says"):
        prove(archive_of(tmp_path / "a", GOOD, sums=sums))


def test_no_archive_cut_short_or_bent_is_taken_for_a_whole_one(tmp_path):
    whole = archive_of(tmp_path / "a", {**GOOD, "files/ab/cd/abce": bytes(range(256)) * 40}).read_bytes()
    bent = tmp_path / "bent"
    for cut in range(0, len(whole) - 8, 97):
        bent.write_bytes(whole[:cut])
        with pytest.raises(Broken):
            prove(bent)
    for place in range(10, len(whole) - 8, 97):
        bent.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with suppress(Broken):
            assert prove(bent).sums == prove(tmp_path / "a").sums, "only padding may differ"


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b rubbish"])
def test_something_else_is_no_backup(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Broken):
        prove(tmp_path / "x")
