"""May this upload be kept? The bytes decide what a file is; its name and its declared type only have to agree.

Only what can be verified here, offline, is taken: PDF, JPEG, PNG. Each refusal has its own code and says in
Vietnamese what is wrong, why, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.documents.filenames import NAMELESS, clean_name, extension
from motcua.documents.sniff import hides_archive, hides_more, sniff
from motcua.documents.structure import MOST_PIXELS, image_faults, pdf_faults
from motcua.documents.wording import MESSAGES
from motcua.kernel.problems import Problem

__all__ = ["DEFAULT_LIMITS", "MIMES", "Checked", "Limits", "check_upload", "clean_name"]

MIMES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_ALIASES = {
    "pdf": {"application/pdf", "application/x-pdf"},
    "jpeg": {"image/jpeg", "image/jpg", "image/pjpeg"},
    "png": {"image/png", "image/x-png"},
}
_UNSAID = {"", "application/octet-stream", "binary/octet-stream", "application/x-download"}
_EXTENSIONS = {"pdf": {"pdf"}, "jpeg": {"jpg", "jpeg", "jpe", "jfif"}, "png": {"png"}}
_OTHER_EXTENSIONS = {
    "bmp", "csv", "doc", "docx", "gif", "heic", "heif", "htm", "html", "key", "numbers", "odp", "ods",
    "odt", "pages", "ppt", "pptx", "rar", "rtf", "svg", "tif", "tiff", "txt", "webp", "xls", "xlsx",
    "xml", "zip", "7z", "gz", "tar", "mp3", "mp4", "mov", "avi",
}  # fmt: skip
_RUNNABLE = {
    "apk", "app", "bat", "bin", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "htaccess", "iso",
    "jar", "js", "jse", "lnk", "msi", "msp", "php", "phtml", "pif", "ps1", "py", "reg", "scr", "sh",
    "so", "url", "vb", "vbe", "vbs", "wsf", "wsh",
}  # fmt: skip
_NAMES = {"pdf": "PDF", "jpeg": "ảnh JPEG", "png": "ảnh PNG"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be kept: at most so many bytes, of these kinds (pack rules `upload_max_bytes`, `upload_kinds`)."""

    max_bytes: int
    kinds: frozenset[str]

    @classmethod
    def of(cls, max_bytes: int, kinds: str) -> Limits:
        """From the values of the pack: `10485760`, `"pdf jpeg png"`. A kind that is not verified here: ValueError."""
        wanted = frozenset(kinds.split())
        if not wanted or not wanted <= MIMES.keys():
            raise ValueError(f"upload_kinds takes some of {' '.join(MIMES)}, not {kinds!r}")
        return cls(max_bytes, wanted)


DEFAULT_LIMITS = Limits(10 * 2**20, frozenset(MIMES))


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: `problems` all block; without any, `kind` and `mime` say what the bytes are."""

    kind: str
    problems: tuple[Problem, ...]

    @property
    def mime(self) -> str:
        """The type the file is served with; empty for what is not kept."""
        return MIMES.get(self.kind, "")


def check_upload(name: str, declared_mime: str, content: bytes, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """Look at an upload as it came. `name` may be anything; it is cleaned before it is shown or judged."""
    if not content:
        return _refused("", name, limits, "empty")
    if len(content) > limits.max_bytes:
        return _refused("", name, limits, "too_large", size=_megabytes(len(content)))
    kind = sniff(content)
    if kind not in limits.kinds:
        return _refused(kind, name, limits, kind if kind in MESSAGES else "kind")
    title = clean_name(name)
    if extension(title) in _RUNNABLE:
        return _refused(kind, name, limits, "executable")
    faults = _faults(content, kind)
    if faults:
        return _refused(kind, name, limits, *faults)
    said = _wrong_label(title, declared_mime, kind)
    return _refused(kind, name, limits, "mislabelled", said=said) if said else Checked(kind, ())


def _faults(content: bytes, kind: str) -> list[str]:
    if kind == "pdf":
        return ["polyglot"] if hides_archive(content) else pdf_faults(content)
    return image_faults(content, kind) or (["polyglot"] if hides_more(content) else [])


def _wrong_label(title: str, declared_mime: str, kind: str) -> str:
    """The extension or declared type that contradicts the content; empty when they agree or say nothing."""
    ending = extension(title)
    known = _OTHER_EXTENSIONS.union(*_EXTENSIONS.values())
    if ending in known and ending not in _EXTENSIONS[kind]:
        return f".{ending}"
    mime = declared_mime.partition(";")[0].strip().lower()
    return "" if mime in _UNSAID | _ALIASES[kind] else mime[:60]


def _refused(kind: str, name: str, limits: Limits, *faults: str, size: str = "", said: str = "") -> Checked:
    title = clean_name(name)
    params = {
        "name": "không tên" if title == NAMELESS else title,
        "size": size,
        "most": _megabytes(limits.max_bytes),
        "kinds": ", ".join(_NAMES[one] for one in MIMES if one in limits.kinds),
        "kind": _NAMES.get(kind, ""),
        "said": said,
        "pixels": MOST_PIXELS // 1_000_000,
    }
    return Checked(kind, tuple(_problem(fault, params) for fault in faults))


def _problem(fault: str, params: dict[str, object]) -> Problem:
    message = MESSAGES[fault]
    used = {key: value for key, value in params.items() if f"%({key})s" in message}
    return Problem(f"upload.{fault}", message, field="file", params=used)


def _megabytes(size: int) -> str:
    """`20971520` → `20 MB`, `1572864` → `1,5 MB`, a small file in KB; rounded up, so over is never shown as equal."""
    if size < 2**20:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // 2**20)
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10} MB"
