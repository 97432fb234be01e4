"""Communes as people type them and as cards print them."""

from collections.abc import Iterable
from datetime import date

from motcua.kernel.problems import refusal
from motcua.kernel.text import fold
from motcua.law.model import Pack, Unit
from motcua.law.model.places import went_into

_KINDS = ("phuong ", "xa ", "thi tran ")


def commune_labels(law: Pack, day: date) -> list[str]:
    """What a list to type in offers: "Phường Thành Sen (18073)", wards first, then by name."""
    units = sorted(law.units(day), key=lambda u: (u.kind != "ward", fold(u.name)))
    return [label(unit) for unit in units]


def label(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})"


def commune_label(law: Pack, code: str, day: date) -> str:
    """How a stored commune is shown in the field it was typed in; '' for none."""
    return label(law.unit(code, day)) if code and law.has_unit(code, day) else ""


def read_commune(law: Pack, text: str, day: date, field: str) -> str:
    """The code of the commune typed as its code, its label or (part of) its name; '' for nothing typed.

    Refuses `unit.unknown` (none fits) and `unit.ambiguous` (several do), naming those that come near.
    """
    typed = fold(text)
    if not typed:
        return ""
    code = typed.rpartition("(")[2].rstrip(") ")
    if code.isdecimal():
        return _by_code(law, code, day, field)
    units = law.units(day)
    for fits in (_same_name, _same_bare_name, _contained):
        found = [u for u in units if fits(fold(u.name), typed)]
        if len(found) == 1:
            return found[0].code
        if found:
            raise refusal(
                "unit.ambiguous",
                "Có nhiều nơi tên như vậy: %(names)s. Hãy gõ rõ hơn.",
                field=field,
                names=_named(found),
            )
    raise refusal(
        "unit.unknown",
        "Không có xã, phường “%(text)s”. Hãy chọn trong danh sách.",
        field=field,
        text=text[:60],
    )


def _by_code(law: Pack, code: str, day: date, field: str) -> str:
    if law.has_unit(code, day) and law.unit(code, day).is_commune:
        return code
    raise refusal(
        "unit.unknown",
        "Không có xã, phường mã “%(text)s”. Hãy chọn trong danh sách.",
        field=field,
        text=code[:20],
    )


def _bare(name: str) -> str:
    return next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)


def _same_name(name: str, typed: str) -> bool:
    return name == typed


def _same_bare_name(name: str, typed: str) -> bool:
    return _bare(name) == _bare(typed)


def _contained(name: str, typed: str) -> bool:
    return _bare(typed) in _bare(name)


def _named(units: Iterable[Unit]) -> str:
    return ", ".join(unit.name for unit in list(units)[:6])


def commune_in_address(law: Pack, address: str, day: date) -> str:
    """The commune of today in which an address lies that names one of today or of before a merger.

    A guess for the clerk to confirm: '' when nothing fits, or when names of two times lead to two places.
    """
    known = _names_through_time(law, day)
    for part in reversed(address.replace(" - ", ",").split(",")):
        found = known.get(fold(part))
        if found and len(found) == 1:
            return next(iter(found))
    return ""


class _Known:
    """The names of one pack on one day, kept while both stay the same."""

    law: Pack | None = None
    day: date | None = None
    names: dict[str, frozenset[str]] = {}


def _names_through_time(law: Pack, day: date) -> dict[str, frozenset[str]]:
    """Every name a commune has had, to the codes of today it stands for."""
    if _Known.law is not law or _Known.day != day:
        _Known.names, _Known.law, _Known.day = _collect_names(law, day), law, day
    return _Known.names


def _collect_names(law: Pack, day: date) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for code, line in law.unit_lines.items():
        for entry in line:
            if entry.value and entry.value.is_commune and entry.valid_from <= day:
                names.setdefault(fold(entry.value.name), set()).update(
                    went_into(law.unit_lines, code, entry.valid_from, day)
                )
    return {name: frozenset(codes) for name, codes in names.items()}
