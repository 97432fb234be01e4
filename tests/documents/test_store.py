"""Files by digest: whole or not at all, once, proven when read, and given away without being run."""

import hashlib
import os
import stat
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents import store
from motcua.documents.checks import clean_name
from motcua.documents.store import FileDamaged, FileMissing, FileStore, serving_headers


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "files")


def place(files, digest):
    return files.root / digest[:2] / digest[2:4] / digest


def test_what_is_kept_is_read_back(files):
    digest = files.keep(b"giay to")
    assert digest == hashlib.sha256(b"giay to").hexdigest()
    assert files.read(digest) == b"giay to"
    assert place(files, digest).is_file()
    assert stat.S_IMODE(place(files, digest).stat().st_mode) == 0o600
    assert stat.S_IMODE(place(files, digest).parent.stat().st_mode) == 0o700


def test_the_same_bytes_are_kept_once(files):
    digest = files.keep(b"a")
    before = place(files, digest).stat()
    assert files.keep(b"a") == digest
    assert place(files, digest).stat().st_ino == before.st_ino
    assert list(files.digests()) == [digest]


def test_digests_come_in_order_and_without_half_files(files):
    digests = [files.keep(bytes([n])) for n in range(20)]
    (files.root / "incoming" / "tmpabc").write_bytes(b"half")
    assert list(files.digests()) == sorted(digests)


def test_damage_is_found_named_and_mended(files):
    good, bad = files.keep(b"good"), files.keep(b"bad")
    place(files, bad).write_bytes(b"bAd")
    assert files.damaged() == [bad]
    with pytest.raises(FileDamaged, match=bad):
        files.read(bad)
    assert files.keep(b"bad") == bad
    assert files.damaged() == []
    assert files.read(good) == b"good"


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "/" * 64])
def test_what_is_no_digest_is_missing(files, digest):
    with pytest.raises(FileMissing):
        files.read(digest)


def test_a_write_that_fails_leaves_nothing(files, monkeypatch):
    def fail(_handle):
        raise OSError(28, "No space left on device")

    files.keep(b"first")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        files.keep(b"second")
    monkeypatch.undo()
    assert list(files.digests()) == [hashlib.sha256(b"first").hexdigest()]
    assert list((files.root / "incoming").iterdir()) == []
    files.keep(b"second")
    assert len(list(files.digests())) == 2


def test_the_sites_own_store_lies_in_its_data_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    digest = store.keep(b"x")
    assert store.read(digest) == b"x"
    assert FileStore(Path(tmp_path)).read(digest) == b"x"


def test_a_download_can_do_nothing_in_the_browser():
    headers = serving_headers("Đơn “A”.pdf", "application/pdf", 12)
    assert headers["Content-Disposition"].startswith('attachment; filename="_')
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].endswith("; sandbox")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == "12"
    assert unquote(headers["Content-Disposition"].partition("UTF-8''")[2]) == "Đơn “A”.pdf"


def test_only_paper_is_shown_in_place():
    assert serving_headers("a.png", "image/png", 1, inline=True)["Content-Disposition"].startswith("inline;")
    assert "sandbox" in serving_headers("a.png", "image/png", 1, inline=True)["Content-Security-Policy"]
    assert "sandbox" not in serving_headers("a.pdf", "application/pdf", 1, inline=True)["Content-Security-Policy"]
    odd = serving_headers("a.svg", "image/svg+xml", 1, inline=True)
    assert odd["Content-Disposition"].startswith("attachment;")
    assert odd["Content-Type"] == "application/octet-stream"


@given(st.text())
def test_headers_hold_on_one_line_of_ascii(name):
    for value in serving_headers(clean_name(name), "application/pdf", 1).values():
        assert value.isascii()
        assert value.isprintable()
