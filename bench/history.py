"""A past to work against: so many dossiers with applicant, three documents and a valid hash chain each.

Rows are built as plain tuples in the columns' order and go in by COPY (PostgreSQL) or executemany (SQLite).
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.documents.models import File
from motcua.dossiers.models import Applicant, Dossier, Tally
from motcua.journal.canonical import plain
from motcua.journal.models import Entry, Kept
from motcua.kernel.text import fold

AGENCIES = 40
DOCUMENTS = 3
NEWEST = datetime(2026, 10, 30, 9, tzinfo=UTC)
# Shares of the states, in percent: what is open stays about as large as an office's real desk.
STATES = (("closed", 88), ("processing", 8), ("accepted", 2), ("supplement", 2))
MODELS: tuple[type[Any], ...] = (Dossier, Applicant, File, Entry)


def columns(model: type[Any]) -> list[str]:
    return [f.column for f in model._meta.concrete_fields if not (model is Entry and f.column == "id")]


def dossiers(
    count: int, procedure: str, step: str, staff: dict[str, UUID], seed: int
) -> Iterator[list[tuple[type[Any], tuple]]]:
    """For each dossier the rows of all its tables. `staff`: agency → the handler of everything open there."""
    chance = random.Random(seed)
    agencies = sorted(staff)
    states = [s for s, share in STATES for _ in range(share)]
    for n in range(count):
        agency, state = agencies[n % len(agencies)], chance.choice(states)
        open_now = state != "closed"
        accepted = NEWEST - timedelta(minutes=chance.randrange(60 * 24 * (10 if open_now else 700)))
        yield _one(n, agency, state, accepted, procedure, step, staff[agency], chance)


def _one(
    n: int, agency: str, state: str, accepted: datetime, procedure: str, step: str, handler: UUID, chance: random.Random
) -> list[tuple[type[Any], tuple]]:
    due = accepted + timedelta(days=3)
    solved = accepted + timedelta(hours=chance.randrange(20, 80))
    closed = state == "closed"
    d = Dossier(
        id=UUID(int=(1 << 120) + n), reference=f"B{n:08d}", code=f"B-{n:08d}", state=state, procedure=procedure,
        version_on=date(2026, 7, 1), agency_id=agency, reception_id=agency, accepting_id=agency, handler_id=handler,
        channel="counter", return_by="counter", form={f"muc_{k}": f"nội dung {n}" for k in range(12)},
        filed_at=accepted, accepted_at=accepted, arrived_at=accepted, clock_at=accepted,
        due_at=None if state == "supplement" else due, promised_at=due, step=step if state == "processing" else "",
        published_at=solved if closed else None, closed_at=solved if closed else None,
    )  # fmt: skip
    name = f"Người Mẫu Số {n}"
    person = Applicant(
        id=UUID(int=(2 << 120) + n), dossier=d, name=name, folded=fold(name), phone=f"09{n:08d}"[:10],
        id_number=f"0421{n:08d}"[:12], address="Số 1 đường Thử Nghiệm", unit_code="18073",
    )  # fmt: skip
    files = [
        File(
            id=UUID(int=(3 << 120) + n * DOCUMENTS + k),
            dossier=d,
            component="to-khai",
            kind="scan",
            title=f"giay-{k}.pdf",
            mime="application/pdf",
            size=100_000,
            sha256=f"{n * DOCUMENTS + k:064x}",
            added_at=accepted,
        )
        for k in range(DOCUMENTS)
    ]
    entries = list(
        _chain(
            d,
            [("dossier.opened", d), ("applicant.given", person), *[("file.attached", f) for f in files]],
            handler,
            accepted,
        )
    )
    rows: list[Any] = [d, person, *files, *entries]
    return [(type(row), _values(row)) for row in rows]


def _chain(d: Dossier, told: list[tuple[str, Kept]], actor: UUID, at: datetime) -> Iterator[Entry]:
    """Entries as `Act` writes them, each hash over the one before."""
    for seq, (kind, subject) in enumerate(told, start=1):
        entry = Entry(
            chain_kind="dossier", chain_id=d.pk, seq=seq, subject_kind=subject.subject_kind(), subject_id=subject.pk,
            kind=kind, command=d.pk, actor_id=actor, role="handler", office=d.agency_id, happened_at=at, recorded_at=at,
            data=plain({"set": {c: subject.column_for_journal(c) for c in subject.journaled_columns()}}),
        )  # fmt: skip
        entry.hash = entry.hash_after(bytes(d.head))
        d.seq, d.head = seq, entry.hash
        yield entry


def _values(row: Any) -> tuple:
    names = [f.attname for f in row._meta.concrete_fields if not (isinstance(row, Entry) and f.attname == "id")]
    return tuple(getattr(row, name) for name in names)


def load(count: int, procedure: str, step: str, staff: dict[str, UUID], tell: Any) -> None:
    """Fills the tables; afterwards the planner knows them."""
    batch: dict[type[Any], list[tuple]] = {m: [] for m in MODELS}
    for n, rows in enumerate(dossiers(count, procedure, step, staff, seed=468), start=1):
        for model, values in rows:
            batch[model].append(values)
        if n % 10_000 == 0 or n == count:
            for model in MODELS:
                _write(model, batch[model])
                batch[model] = []
            tell(n)
    _tallies()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(model: type[Any], rows: list[tuple]) -> None:
    table, names = model._meta.db_table, columns(model)
    fields = [f for f in model._meta.concrete_fields if f.column in names]
    if connection.vendor == "postgresql":
        quoted = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(_for_copy(f, v) for f, v in zip(fields, row, strict=True)))
        return
    marks = ", ".join(["%s"] * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    prepared = [tuple(f.get_db_prep_save(v, connection) for f, v in zip(fields, row, strict=True)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", prepared)


def _for_copy(field: Any, value: Any) -> Any:
    if field.get_internal_type() == "JSONField":
        return json.dumps(value, ensure_ascii=False)
    return bytes(value) if isinstance(value, memoryview) else value


def _tallies() -> None:
    from motcua.stats.queries import monthly_from_dossiers

    Tally.objects.bulk_create(
        [
            Tally(agency_id=m.agency, month=m.month, filed=m.filed, closed=m.closed, on_time=m.on_time)
            for m in monthly_from_dossiers()
        ]
    )
