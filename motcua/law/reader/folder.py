"""A folder into a pack, with every fault found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from motcua.law.check import Finding, check_pack
from motcua.law.model import Pack
from motcua.law.reader import rows as written
from motcua.law.reader.documents import Document, read_table, read_yaml
from motcua.law.reader.errors import PackError, PackErrors
from motcua.law.reader.rows import Row, Sound
from motcua.law.reader.shapes import row_errors, shape_errors
from motcua.law.reader.values import from_values

UNIT_COLUMNS = ("code", "from", "kind", "name", "parent", "into", "source", "confidence")
Reading = tuple[str, str, Callable[[Sound], Iterator[Row]]]
# file, its schema, its rows
_FILES: tuple[Reading, ...] = (
    ("pack.yaml", "pack.json", written.pack_rows),
    ("units.tsv", "units.json", written.unit_rows),
    ("offices.yaml", "offices.json", written.office_rows),
    ("calendar.yaml", "calendar.json", written.calendar_rows),
    ("tariff.yaml", "tariff.json", written.tariff_rows),
    ("forms.yaml", "forms.json", written.form_rows),
    ("codes.yaml", "codes.json", written.code_rows),
    ("rules.yaml", "rules.json", written.rule_rows),
)
_BEFORE: Reading = ("units_before.tsv", "units.json", written.unit_rows)
_PROCEDURES = ("procedures.json", written.procedure_rows)


def read_pack(path: Path | str) -> Pack:
    """The pack in a folder. Raises PackErrors with every fault there is."""
    pack, errors = examine_pack(path)
    if errors or pack is None:
        raise PackErrors(errors)
    return pack


def pack_errors(path: Path | str) -> list[PackError]:
    """Every fault of the pack in a folder; [] = it can be used."""
    return examine_pack(path)[1]


def examine_pack(path: Path | str) -> tuple[Pack | None, list[PackError]]:
    """The pack as far as it can be read, and every fault of it; only without faults is it law."""
    folder = Path(path)
    if not folder.is_dir():
        fault = PackError(str(folder), "", "there is no such folder", "give the path of a pack, such as packs/ha-tinh")
        return None, [fault]
    readings = _readings(folder)
    found: list[Row] = []
    errors: list[PackError] = []
    unread: set[str] = set()
    for name, schema, rows_of in readings:
        sound, faults = _document(folder / name, name, schema)
        errors += faults
        if faults:
            unread.add(name)
        found += rows_of(sound)
    kept, twice = written.duplicates(found)
    errors += [*twice, *_same_code_twice(found)]
    pack = from_values(row.value for row in kept) if any(row.value.kind == "pack" for row in kept) else None
    if pack is not None:
        errors += _meanings(pack, kept, unread)
    return pack, sorted(dict.fromkeys(errors), key=_order)


def _readings(folder: Path) -> list[Reading]:
    before = [_BEFORE] if (folder / _BEFORE[0]).exists() else []
    books = sorted(file.name for file in (folder / "procedures").glob("*.yaml"))
    procedures = [(f"procedures/{name}", *_PROCEDURES) for name in books or ["thu-tuc.yaml"]]
    return [*_FILES, *before, *procedures]


def _document(file: Path, name: str, schema: str) -> tuple[Sound, list[PackError]]:
    """A file read and held against its schema."""
    if not file.exists():
        fault = PackError(name, "line 1", "the file is missing", "write it as docs/pack-format.md says")
        return Sound(Document(name, None), ()), [fault]
    table = file.suffix == ".tsv"
    document = read_table(file, name, UNIT_COLUMNS) if table else read_yaml(file, name)
    if document.data is None and document.errors:
        return Sound(document, ()), list(document.errors)
    shape = row_errors(document, schema) if table else shape_errors(document, schema)
    return Sound(document, tuple(path for path, _ in shape)), [
        *document.errors,
        *(fault for _, fault in shape),
    ]


def _same_code_twice(rows: Sequence[Row]) -> Iterator[PackError]:
    """A procedure is written in one place, all its versions together."""
    homes: dict[str, Row] = {}
    told: set[tuple[str, str]] = set()
    for row in rows:
        if row.value.kind != "procedure":
            continue
        first = homes.setdefault(row.value.key, row)
        home, here = ((r.document.file, *r.path[:2]) for r in (first, row))
        if home != here and (row.value.key, str(here)) not in told:
            told.add((row.value.key, str(here)))
            where = f"{first.document.file} {first.document.place(first.path[:2])}"
            what = f"the procedure {row.value.key} stands twice; the other is at {where}"
            yield row.document.error(row.path[:2], what, "write all its versions under one entry")


def _meanings(pack: Pack, rows: Sequence[Row], unread: set[str]) -> Iterator[PackError]:
    """The faults of meaning, at the place where the value was written."""
    by_name = {row.value.name: row for row in rows}
    for finding in check_pack(pack):
        if finding.about and any(_holds(name, finding.about) for name in unread):
            continue
        row = by_name.get(finding.name) if finding.name else None
        if row is not None:
            yield row.error(finding.path, finding.what, finding.mend)
        else:
            yield PackError(finding.file or _home(finding), "line 1", finding.what, finding.mend)


def _holds(file: str, kind: str) -> bool:
    """Whether a file could hold values of a kind (`calendar.day`: calendar.yaml)."""
    stem = {
        "unit": "units",
        "office": "offices",
        "procedure": "procedures",
        "form": "forms",
        "code": "codes",
        "rule": "rules",
    }
    book = kind.partition(".")[0]
    return file.startswith(stem.get(book, book))


def _home(finding: Finding) -> str:
    return f"{finding.name[0]} {finding.name[1]}" if finding.name else "pack"


def _order(error: PackError) -> tuple[str, int, str]:
    line = error.place.removeprefix("line ").partition(":")[0]
    return error.file, int(line) if line.isdigit() else 0, error.place
