"""What may be uploaded, decided from the bytes and not from what they call themselves. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.kernel.problems import Problem
from motcua.kernel.text import nfc

KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
_ENDINGS = {"application/pdf": {"pdf"}, "image/jpeg": {"jpg", "jpeg"}, "image/png": {"png"}}
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_EXECUTABLE = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"#!", b"dex\n")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, in bytes."""

    max_bytes: int = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file really is, and what speaks against it."""

    mime: str
    problems: tuple[Problem, ...]


def check_upload(name: str, declared: str, content: bytes, limits: Limits = Limits()) -> Checked:
    """The real type of an upload and every reason against it; a file is taken only with none."""
    mime = real_type(content)
    return Checked(mime, tuple(_problems(name, mime, content, limits)))


def real_type(content: bytes) -> str:
    """The MIME type the bytes show, '' when it is none that is taken."""
    return next((mime for magic, mime in _MAGIC if content.startswith(magic)), "")


def _problems(name: str, mime: str, content: bytes, limits: Limits) -> Iterator[Problem]:
    if not content:
        yield _problem("upload.empty", "Tệp “%(name)s” rỗng. Hãy chọn lại tệp.", name)
        return
    if len(content) > limits.max_bytes:
        message = "Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy quét với độ phân giải thấp hơn hoặc chia nhỏ."
        yield _problem("upload.too_large", message, name, limit=limits.max_bytes // (1024 * 1024))
        return
    if not mime:
        yield _not_taken(name, content)
        return
    ending = clean_name(name).rpartition(".")[2].lower()
    if ending not in _ENDINGS[mime]:
        message = "Tệp “%(name)s” thật ra là %(real)s. Hãy đổi đúng đuôi tệp hoặc xuất lại tệp."
        yield _problem("upload.mislabelled", message, name, real=KINDS[mime])
    if mime == "application/pdf":
        yield from _pdf_problems(name, content)
    elif not _whole_picture(mime, content):
        yield _problem("upload.broken", "Ảnh “%(name)s” bị hỏng hoặc bị cắt. Hãy chụp hoặc quét lại.", name)


def _not_taken(name: str, content: bytes) -> Problem:
    head = content[:512].lstrip().lower()
    if content.startswith(_EXECUTABLE):
        return _problem("upload.executable", "“%(name)s” là chương trình, không phải giấy tờ. Không nhận.", name)
    if content.startswith(_ARCHIVES):
        return _problem("upload.archive", "“%(name)s” là tệp nén. Hãy tải lên từng giấy tờ dạng PDF hoặc ảnh.", name)
    if b"<svg" in head or b"<html" in head or b"<script" in head or head.startswith(b"<?xml"):
        return _problem("upload.markup", "“%(name)s” là trang mã (SVG, HTML). Hãy lưu thành PDF hoặc ảnh.", name)
    return _problem("upload.unknown_kind", "“%(name)s” không phải PDF, JPEG hay PNG. Hãy lưu lại đúng dạng.", name)


def _pdf_problems(name: str, content: bytes) -> Iterator[Problem]:
    if b"%%EOF" not in content[-2048:]:
        yield _problem("upload.broken", "PDF “%(name)s” bị hỏng hoặc bị cắt. Hãy xuất lại.", name)
    if b"/Encrypt" in content:
        yield _problem("upload.encrypted", "PDF “%(name)s” đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên.", name)
    if _ACTIVE_PDF.search(content):
        message = "PDF “%(name)s” chứa mã chạy hoặc tệp nhúng. Hãy in lại thành PDF thường."
        yield _problem("upload.active", message, name)


def _whole_picture(mime: str, content: bytes) -> bool:
    if mime == "image/png":
        return content[12:16] == b"IHDR" and content.rstrip(b"\x00").endswith(b"IEND\xaeB`\x82")
    return b"\xff\xd9" in content[-64:]


def clean_name(name: str) -> str:
    """A name that is safe to show and to save under: no path, no control characters, composed, not too long."""
    base = re.split(r"[/\\]", nfc(name))[-1]
    base = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = base.rpartition(".")
    if not dot:
        stem, ending = base, ""
    stem = (f"_{stem}" if _RESERVED.match(stem) else stem)[:120].strip(" .") or "tep"
    return f"{stem}.{ending[:10]}" if ending else stem


def _problem(code: str, message: str, name: str, **params: object) -> Problem:
    return Problem(code, message, field="file", params={"name": clean_name(name), **params})
