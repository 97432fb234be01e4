"""From a paper's data to what its template reads: only text, numbers, lists and pictures, ready to be set."""

from __future__ import annotations

import re
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Annotated, Any, Union, get_args, get_origin

from motcua.documents import codes
from motcua.documents.forms.build import hints
from motcua.documents.forms.fonts import printable
from motcua.documents.forms.marks import AsBars, AsMoney, AsQr, Cut
from motcua.kernel.calendar import local
from motcua.kernel.money import dong, in_words
from motcua.kernel.text import squeeze, squeeze_lines

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PERSONAL = re.compile(r"(?<!\d)\d{9,13}(?!\d)")
_UNBROKEN = re.compile(r"\S{33,}")
_BREAK = "\u200b"


def view(paper: Any) -> dict[str, Any]:
    """Every field as its mark says, and the paper's own sums. ValueError for what must not be printed."""
    declared = hints(type(paper))  # type: ignore[arg-type]  # typeshed wants Hashable, and a class is
    shown = {field.name: _shown(getattr(paper, field.name), declared[field.name]) for field in fields(paper)}
    if hasattr(paper, "totals"):
        shown["totals"] = {name: _money(amount) for name, amount in paper.totals().items()}
    if hasattr(paper, "counts"):
        shown["counts"] = paper.counts()
    return shown


def cut(text: str, most: int, *, lines: bool = False) -> str:
    """Clean, at most `most` letters (the last one then …), and words too long for any line made breakable."""
    clean = squeeze_lines(text) if lines else squeeze(text)
    if len(clean) > most:
        clean = clean[: most - 1].rstrip() + "…"
    return _UNBROKEN.sub(lambda word: _BREAK.join(re.findall(r".{1,5}", word.group())), printable(clean))


def _shown(value: Any, hint: Any) -> Any:
    origin = get_origin(hint)
    if value is None:
        return None
    if origin is Annotated:
        return _marked(value, get_args(hint)[1])
    if origin in (Union, types.UnionType):
        return _shown(value, next(arg for arg in get_args(hint) if arg is not types.NoneType))
    if origin is tuple:
        return [_shown(one, get_args(hint)[0]) for one in value]
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return _day(value)
    return view(value) if is_dataclass(value) else value


def _marked(value: Any, mark: Any) -> Any:
    match mark:
        case Cut(most, lines):
            return cut(value, most, lines=lines)
        case AsMoney():
            return _money(value)
        case AsBars():
            return {"text": value, "svg": codes.bars_svg(value), "modules": codes.bars_width(value)}
        case AsQr():
            if _PERSONAL.search(value):
                raise ValueError("a QR code is read by whoever passes: no number of a person belongs in it")
            return {"text": value, "svg": codes.qr_svg(value)}
    raise TypeError(f"no way to show {mark!r}")


def _money(amount: int) -> dict[str, Any]:
    return {"value": amount, "figure": dong(amount), "words": in_words(amount)}


def _instant(value: datetime) -> dict[str, str]:
    moment = local(value)
    return {
        **_day(moment.date()),
        "clock": f"{moment:%H:%M}",
        "hours": f"{moment:%H} giờ {moment:%M} phút",
        "short": f"{moment:%H:%M %d/%m/%Y}",
    }


def _day(value: date) -> dict[str, str]:
    """Months above 2 are written without nought, as Nghị định 30/2020/NĐ-CP has dates on documents."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return {
        "day": f"{value:%d/%m/%Y}",
        "long": f"ngày {value.day:02} tháng {month} năm {value.year}",
        "weekday": _WEEKDAYS[value.weekday()],
    }
