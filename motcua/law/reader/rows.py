"""Documents into dated values, each remembering where it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from motcua.law.model.values import LawValue

if TYPE_CHECKING:
    from motcua.law.reader.documents import Document
    from motcua.law.reader.errors import PackError, Path

Entry = dict[str, Any]
_APART = frozenset({"from", "source", "confidence"})
_DATED_PARTS = ("ident", "designated", "receives", "successor")


@dataclass(frozen=True)
class Row:
    """A value and the place it was written at."""

    value: LawValue
    document: Document
    path: Path

    def error(self, path: Path, what: str, mend: str) -> PackError:
        """A fault at a path inside the value."""
        return self.document.error((*self.path, *path), what, mend)


@dataclass(frozen=True)
class Sound:
    """A document seen without its malformed entries: `bad` are the paths of faults of shape."""

    document: Document
    bad: tuple[Path, ...]

    def entries(self, *path: str | int) -> Iterator[tuple[Path, Entry]]:
        """The well-formed entries of the list at a path."""
        listed = self._at(path)
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            here = (*path, index)
            if isinstance(entry, dict) and not self._is_bad(here):
                yield here, entry

    def root(self) -> Entry | None:
        """The whole document, when it is well formed."""
        return self.document.data if isinstance(self.document.data, dict) and not self.bad else None

    def _at(self, path: Path) -> Any:
        data = self.document.data
        for part in path:
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def _is_bad(self, path: Path) -> bool:
        return any(bad[: len(path)] == path or (bad and path[: len(bad)] == bad) for bad in self.bad)

    def row(self, kind: str, key: str, start: str, path: Path, entry: Entry, value: Entry) -> Row:
        """A row for an entry that carries its own source and confidence."""
        valid_from = date.fromisoformat(start)
        law = LawValue(kind, key, valid_from, value, entry.get("source", ""), entry.get("confidence", ""))
        return Row(law, self.document, path)

    def plain(self, kind: str, key: str, path: Path, entry: Entry, leave: Iterable[str] = ()) -> Row:
        """A row whose value is the entry without its key fields, first day and source."""
        value = {name: part for name, part in entry.items() if name not in _APART and name not in leave}
        return self.row(kind, key, entry["from"], path, entry, value)


def pack_rows(sound: Sound) -> Iterator[Row]:
    """pack.yaml"""
    entry = sound.root()
    if entry:
        yield sound.plain("pack", entry["id"], (), entry, ("id",))


def unit_rows(sound: Sound) -> Iterator[Row]:
    """units.tsv, units_before.tsv"""
    for path, entry in sound.entries():
        into = entry["into"]
        value = {
            "kind": entry["kind"],
            "name": entry["name"],
            "parent": entry["parent"],
            "into": [] if into in ("", "unknown") else into.split(","),
            "into_known": into != "unknown",
        }
        yield sound.row("unit", entry["code"], entry["from"], path, entry, value)


def office_rows(sound: Sound) -> Iterator[Row]:
    """offices.yaml: the office itself, and a row for each dated fact of it"""
    for path, entry in sound.entries("offices"):
        yield sound.plain("office", entry["code"], path, entry, ("code", *_DATED_PARTS))
        for part in _DATED_PARTS:
            for here, fact in sound.entries(*path, part):
                known = {"confidence": entry["confidence"], **fact}
                yield sound.plain(f"office.{part}", entry["code"], here, known)


def calendar_rows(sound: Sound) -> Iterator[Row]:
    """calendar.yaml: one row per marked day and calendar"""
    for path, entry in sound.entries("weeks"):
        yield sound.plain("calendar.week", entry["calendar"], path, entry, ("calendar",))
    for path, entry in sound.entries("years"):
        value = {"estimate": entry.get("estimate", False)}
        yield sound.row("calendar.year", str(entry["year"]), entry["announced_on"], path, entry, value)
    for path, entry in sound.entries("required"):
        yield sound.plain("calendar.required", entry["name"], path, entry, ("name",))
    for path, entry in sound.entries("days"):
        value = {
            "kind": entry["kind"],
            "name": entry["name"],
            "scope": sorted(entry["scope"]),
            "twin": entry.get("twin"),
            "estimate": entry.get("estimate", False),
        }
        for calendar in value["scope"]:
            key = f"{calendar} {entry['day']}"
            yield sound.row("calendar.day", key, entry["announced_on"], path, entry, value)


def procedure_rows(sound: Sound) -> Iterator[Row]:
    """procedures/*.yaml"""
    for path, entry in _procedures(sound):
        for here, version in sound.entries(*path, "versions"):
            dated = {"confidence": "", **version, "field": entry["field"]}
            yield sound.plain("procedure", entry["code"], here, dated)


def _procedures(sound: Sound) -> Iterator[tuple[Path, Entry]]:
    """Procedures whose head can be read, even if one of their versions is malformed."""
    data = sound.document.data
    listed = data.get("procedures") if isinstance(data, dict) else None
    heads = [bad for bad in sound.bad if len(bad) <= 2 or (len(bad) == 3 and bad[2] != "versions")]
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        path: Path = ("procedures", index)
        if isinstance(entry, dict) and not any(bad[:2] == path for bad in heads):
            yield path, entry


def tariff_rows(sound: Sound) -> Iterator[Row]:
    """tariff.yaml: one row of prices per service and zone"""
    for part, kind in (
        ("services", "tariff.service"),
        ("areas", "tariff.area"),
        ("exemptions", "tariff.exemption"),
    ):
        for path, entry in sound.entries(part):
            yield sound.plain(kind, entry["key"], path, entry, ("key",))
    for path, entry in sound.entries("zones"):
        yield sound.plain("tariff.zones", "zones", path, entry)
    for path, entry in sound.entries("remit"):
        yield sound.plain("tariff.remit", "remit", path, entry)
    for path, entry in sound.entries("bands"):
        for service in entry["services"]:
            yield sound.plain("tariff.prices", f"{service} {entry['zone']}", path, entry, ("services", "zone"))


def form_rows(sound: Sound) -> Iterator[Row]:
    """forms.yaml"""
    for path, entry in sound.entries("forms"):
        for here, version in sound.entries(*path, "versions"):
            yield sound.plain("form", entry["kind"], here, version)


def code_rows(sound: Sound) -> Iterator[Row]:
    """codes.yaml"""
    for part in ("dossier", "tracking"):
        for path, entry in sound.entries(part):
            yield sound.plain(f"code.{part}", part, path, entry)


def rule_rows(sound: Sound) -> Iterator[Row]:
    """rules.yaml"""
    for path, entry in sound.entries("rules"):
        yield sound.plain("rule", entry["name"], path, entry, ("name",))


def duplicates(rows: Iterable[Row]) -> tuple[list[Row], list[PackError]]:
    """The rows without those that repeat key and first day of an earlier one, and a fault for each repeat."""
    first: dict[tuple[str, str, date], Row] = {}
    errors: list[PackError] = []
    for row in rows:
        kept = first.setdefault(row.value.name, row)
        if kept is not row:
            errors.append(row.error(*_twice(row, kept)))
    return list(first.values()), errors


def _twice(row: Row, kept: Row) -> tuple[Path, str, str]:
    value = row.value
    what = f"{value.kind} {value.key} starts twice on {value.valid_from.isoformat()}"
    where = f"{kept.document.file} {kept.document.place(kept.path)}"
    return (), what, f"keep one of them, or give this one a later first day; the other is at {where}"
