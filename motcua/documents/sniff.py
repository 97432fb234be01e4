"""What bytes really are, by their first ones; nothing is believed that a name or a header says."""

from __future__ import annotations

import io
import zipfile

# Kind → first bytes. The first that fits wins.
_MAGIC = (
    ("pdf", b"%PDF-"),
    ("jpeg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("executable", b"MZ"),
    ("executable", b"\x7fELF"),
    ("executable", b"\xca\xfe\xba\xbe"),
    ("executable", b"\xcf\xfa\xed\xfe"),
    ("executable", b"\xce\xfa\xed\xfe"),
    ("executable", b"\xfe\xed\xfa\xce"),
    ("executable", b"\xfe\xed\xfa\xcf"),
    ("executable", b"\x00asm"),
    ("executable", b"dex\n"),
    ("executable", b"#!"),
    ("executable", b"L\x00\x00\x00\x01\x14\x02\x00"),
    ("office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("office", b"{\\rtf"),
    ("archive", b"Rar!\x1a\x07"),
    ("archive", b"7z\xbc\xaf\x27\x1c"),
    ("archive", b"\x1f\x8b"),
    ("archive", b"BZh"),
    ("archive", b"\xfd7zXZ\x00"),
    ("archive", b"\x28\xb5\x2f\xfd"),
    ("archive", b"MSCF"),
    ("picture", b"GIF8"),
    ("picture", b"BM"),
    ("picture", b"II*\x00"),
    ("picture", b"MM\x00*"),
    ("picture", b"\x00\x00\x01\x00"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_OFFICE_PARTS = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
_PAGE_MARKS = ("<html", "<!doctype html", "<script", "<body", "<head", "<iframe")
_HIDDEN_MARKS = (b"<?php", b"<script", b"<html", b"<!doctype html", b"<svg", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def sniff(content: bytes) -> str:
    """One of: pdf jpeg png · executable office archive picture heic media svg html text unknown."""
    for kind, magic in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(content)
    if content[257:262] == b"ustar":
        return "archive"
    if content[4:8] == b"ftyp":
        return "heic" if content[8:12] in _HEIF_BRANDS else "media"
    if content.startswith(b"RIFF"):
        return "picture" if content[8:12] == b"WEBP" else "media"
    return _text_kind(content)


def hides_more(content: bytes) -> bool:
    """Whether a picture can also be read as a page, a script, a PDF or an archive."""
    lowered = content.lower()
    return (
        b"%PDF-" in content[:1024] or any(mark.lower() in lowered for mark in _HIDDEN_MARKS) or hides_archive(content)
    )


def hides_archive(content: bytes) -> bool:
    """Whether the end of the file makes it a zip (a jar, an apk, an office file) as well."""
    return zipfile.is_zipfile(io.BytesIO(content))


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "archive"
    return "office" if any(name in _OFFICE_PARTS for name in names[:8]) else "archive"


def _text_kind(content: bytes) -> str:
    text = _as_text(content[:8192])
    if text is None:
        return "unknown"
    lowered = text.lower()
    if "<svg" in lowered:
        return "svg"
    return "html" if any(mark in lowered for mark in _PAGE_MARKS) else "text"


def _as_text(start: bytes) -> str | None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace")
    if b"\0" in start:
        return None
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A letter cut in two at the end of the sample is no fault.
        return start[: error.start].decode("utf-8-sig") if error.start >= len(start) - 3 else None
