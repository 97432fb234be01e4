"""Replays the journal and compares: the chain is intact, and what the entries say is what the tables hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps

from motcua.journal.canonical import digest, plain
from motcua.journal.models import Anchor, Chain, Entry, Kept

_BATCH = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not agree: where (chain kind, id, place in it) and what."""

    where: str
    entry: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.where}{f' #{self.entry}' if self.entry else ''}: {self.what}"


def chain_models() -> list[type[Chain]]:
    return [m for m in apps.get_models() if issubclass(m, Chain)]


def kept_models() -> dict[str, type[Kept]]:
    return {m.subject_kind(): m for m in apps.get_models() if issubclass(m, Kept)}


def verify_journal(progress: Callable[[int], None] = lambda done: None) -> Iterator[Fault]:
    """Yields every disagreement, the first broken entry of each chain first. Reads each entry once."""
    entries = Entry.objects.order_by("chain_id", "seq").iterator(chunk_size=5000)
    batch: list[tuple[UUID, list[Entry]]] = []
    done = 0
    for chain_id, group in groupby(entries, key=lambda e: e.chain_id):
        batch.append((chain_id, list(group)))
        if len(batch) >= _BATCH:
            yield from _check_batch(batch)
            done += len(batch)
            progress(done)
            batch = []
    yield from _check_batch(batch)
    yield from _rows_without_entries()
    yield from _verify_anchors()


def _check_batch(batch: list[tuple[UUID, list[Entry]]]) -> Iterator[Fault]:
    models = kept_models()
    wanted: dict[str, set[UUID]] = {}
    for _, entries in batch:
        wanted.setdefault(entries[0].chain_kind, set()).add(entries[0].chain_id)
        for entry in entries:
            wanted.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    rows = {kind: _rows(models[kind], ids) for kind, ids in wanted.items() if kind in models}
    for chain_id, entries in batch:
        yield from _check_chain(chain_id, entries, rows)


def _rows(model: type[Kept], ids: set[UUID]) -> dict[UUID, Kept]:
    return {row.pk: row for row in model._default_manager.filter(pk__in=ids)}


def _check_chain(chain_id: UUID, entries: list[Entry], rows: dict[str, dict[UUID, Kept]]) -> Iterator[Fault]:
    where = f"{entries[0].chain_kind} {chain_id}"
    head = bytes(32)
    for place, entry in enumerate(entries, start=1):
        if entry.seq != place:
            yield Fault(where, place, "the entry is missing")
            return
        head = entry.hash_after(head)
        if head != bytes(entry.hash):
            yield Fault(where, place, "the entry was changed after it was written")
            return
    root = rows.get(entries[0].chain_kind, {}).get(chain_id)
    if not isinstance(root, Chain):
        yield Fault(where, None, "its row is gone")
        return
    if (root.seq, bytes(root.head)) != (len(entries), head):
        yield Fault(where, len(entries) + 1, f"the row counts {root.seq} entries, the journal holds {len(entries)}")
        return
    yield from _check_state(where, entries, rows)


def _check_state(where: str, entries: list[Entry], rows: dict[str, dict[UUID, Kept]]) -> Iterator[Fault]:
    told: dict[tuple[str, UUID], dict[str, Any]] = {}
    last: dict[tuple[str, UUID], int] = {}
    for entry in entries:
        subject = (entry.subject_kind, entry.subject_id)
        told.setdefault(subject, {}).update(entry.data.get("set", {}))
        last[subject] = entry.seq
    for (kind, subject_id), columns in told.items():
        row = rows.get(kind, {}).get(subject_id)
        if row is None:
            yield Fault(where, last[kind, subject_id], f"{kind} {subject_id} is gone")
            continue
        gone = columns.keys() - {f.attname for f in row._meta.concrete_fields}
        for column in sorted((set(row.journaled_columns()) | set(columns)) - gone):
            stored = row.column_for_journal(column)
            if column not in columns and stored == _when_added(row, column):
                continue
            if column not in columns or stored != columns[column]:
                yield Fault(
                    where,
                    last[kind, subject_id],
                    f"{kind} {subject_id}: {column} is {stored!r}, its entries say {columns.get(column)!r}",
                )


def _when_added(row: Kept, column: str) -> Any:
    """What a row older than its column holds until something is said about it: the column's default."""
    value = next(f.get_default() for f in row._meta.concrete_fields if f.attname == column)
    return digest(value).hex() if column in row.digested else plain(value)


def _rows_without_entries() -> Iterator[Fault]:
    for kind, model in kept_models().items():
        told = Entry.objects.filter(subject_kind=kind).values("subject_id")
        for row in model._default_manager.exclude(pk__in=told)[:20]:
            yield Fault(f"{kind} {row.pk}", None, "the row was never journaled")


def entries_digest(previous: bytes, after: int, upto: int) -> tuple[int, bytes]:
    """(count, digest) of the entries with after < id ≤ upto, chained onto a previous digest."""
    hashes = Entry.objects.filter(id__gt=after, id__lte=upto).order_by("id").values_list("hash", flat=True)
    running, count = previous, 0
    for chunk in _chunks(hashes.iterator(chunk_size=5000)):
        running, count = digest([running.hex(), [h.hex() for h in chunk]]), count + len(chunk)
    return count, running


def _chunks(hashes: Iterator[Any], size: int = 1000) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for value in hashes:
        chunk.append(bytes(value))
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _verify_anchors() -> Iterator[Fault]:
    previous, after = bytes(32), 0
    for anchor in Anchor.objects.order_by("id"):
        count, running = entries_digest(previous, after, anchor.upto)
        if (count, running) != (anchor.count, bytes(anchor.digest)):
            yield Fault("anchor", anchor.pk, f"covers {anchor.count} entries up to {anchor.upto}, found {count}")
            return
        previous, after = bytes(anchor.digest), anchor.upto
