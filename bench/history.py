"""A past to work against: so many dossiers with applicant, three documents and a valid hash chain each.

One dossier of each state is made with the real models and the real hashing; the others are cast from it, with their
own values in the places of its values, for making each with Django's models would take an hour a million. `load`
compares some of the cast ones with real ones. Rows go in by COPY (PostgreSQL) or executemany (SQLite).
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.documents.models import File
from motcua.dossiers.models import Applicant, Dossier, Tally
from motcua.journal.canonical import canonical, digest, plain
from motcua.journal.models import Entry, Kept
from motcua.kernel.text import fold

AGENCIES = 40
DOCUMENTS = 3
NEWEST = datetime(2026, 10, 30, 9, tzinfo=UTC)
# Shares of the states, in percent: what is open stays about as large as an office's real desk.
STATES = (("closed", 88), ("processing", 8), ("accepted", 2), ("supplement", 2))
# A small past has too few open dossiers to drive for long.
SMALL, STATES_OF_SMALL = 50_000, (("closed", 46), ("processing", 50), ("accepted", 2), ("supplement", 2))
MODELS: tuple[type[Any], ...] = (Dossier, Applicant, File, Entry)
AT_ONCE = 10_000
CHECKED = 40  # so many cast dossiers are made again for real and compared

Values = dict[str, Any]  # what differs from dossier to dossier
Row = tuple[type[Any], tuple[Any, ...]]


def fields(model: type[Any]) -> list[Any]:
    """The columns that are written: all but the number an entry gets from the database."""
    return [f for f in model._meta.concrete_fields if not (model is Entry and f.column == "id")]


def values_of(n: int, agency: str, handler: UUID, state: str, chance: random.Random) -> Values:
    accepted = NEWEST - timedelta(minutes=chance.randrange(60 * 24 * (700 if state == "closed" else 10)))
    name = f"Người Mẫu Số {n}"
    return {
        "dossier": UUID(int=(1 << 120) + n), "applicant": UUID(int=(2 << 120) + n),
        **{f"file{k}": UUID(int=(3 << 120) + n * DOCUMENTS + k) for k in range(DOCUMENTS)},
        **{f"sha{k}": f"{n * DOCUMENTS + k:064x}" for k in range(DOCUMENTS)},
        "reference": f"B{n:08d}", "code": f"B-{n:08d}", "agency": agency, "handler": handler,
        "accepted": accepted, "due": accepted + timedelta(days=3),
        "solved": accepted + timedelta(hours=chance.randrange(20, 80)),
        "name": name, "folded": fold(name), "phone": f"09{n:08d}"[:10], "id_number": f"0421{n:08d}"[:12],
        "text": f"nội dung {n}",
    }  # fmt: skip


def form_of(v: Values) -> dict[str, str]:
    return {f"muc_{k}": v["text"] for k in range(12)}


def real(v: Values, state: str, procedure: str, step: str) -> list[Row]:
    """One dossier's rows by the real models, each entry's hash over the one before."""
    at, closed = v["accepted"], state == "closed"
    d = Dossier(
        id=v["dossier"], reference=v["reference"], code=v["code"], state=state, procedure=procedure,
        version_on=date(2026, 7, 1), agency_id=v["agency"], reception_id=v["agency"], accepting_id=v["agency"],
        handler_id=v["handler"], channel="counter", return_by="counter", form=form_of(v),
        filed_at=at, accepted_at=at, arrived_at=at, clock_at=at, due_at=None if state == "supplement" else v["due"],
        promised_at=v["due"], step=step if state == "processing" else "",
        published_at=v["solved"] if closed else None, closed_at=v["solved"] if closed else None,
    )  # fmt: skip
    person = Applicant(
        id=v["applicant"], dossier=d, name=v["name"], folded=v["folded"], phone=v["phone"], id_number=v["id_number"],
        address="Số 1 đường Thử Nghiệm", unit_code="18073",
    )  # fmt: skip
    files = [
        File(id=v[f"file{k}"], dossier=d, component="to-khai", kind="scan", title=f"giay-{k}.pdf", size=100_000,
             mime="application/pdf", sha256=v[f"sha{k}"], added_at=at)
        for k in range(DOCUMENTS)
    ]  # fmt: skip
    told: list[tuple[str, Kept]] = [("dossier.opened", d), ("applicant.given", person)]
    entries = list(_chain(d, told + [("file.attached", f) for f in files], v))
    return [(type(row), _columns(row)) for row in [d, person, *files, *entries]]


def _chain(d: Dossier, told: list[tuple[str, Kept]], v: Values) -> Iterator[Entry]:
    """Entries as `Act` writes them."""
    for seq, (kind, subject) in enumerate(told, start=1):
        entry = Entry(
            chain_kind="dossier", chain_id=d.pk, seq=seq, subject_kind=subject.subject_kind(), subject_id=subject.pk,
            kind=kind, command=d.pk, actor_id=v["handler"], role="handler", office=d.agency_id,
            happened_at=v["accepted"], recorded_at=v["accepted"],
            data=plain({"set": {c: subject.column_for_journal(c) for c in subject.journaled_columns()}}),
        )  # fmt: skip
        entry.hash = entry.hash_after(bytes(d.head))
        d.seq, d.head = seq, entry.hash
        yield entry


def _columns(row: Any) -> tuple[Any, ...]:
    """The row's values as the database is given them; JSON is text already."""
    return tuple(
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        for value in (getattr(row, f.attname) for f in fields(type(row)))
    )


class Mould:
    """Casts dossiers of one state from a real one made of values that stand nowhere else."""

    def __init__(self, state: str, procedure: str, step: str) -> None:
        marks: Values = {key: f"\ue000{key}\ue000" for key in values_of(0, "", UUID(int=0), state, random.Random(0))}
        marks |= {k: UUID(int=(0xFADE << 112) + n) for n, k in enumerate(("dossier", "applicant", "handler"))}
        marks |= {f"file{k}": UUID(int=(0xFADF << 112) + k) for k in range(DOCUMENTS)}
        marks |= {k: datetime(1901, 1, 1 + n, tzinfo=UTC) for n, k in enumerate(("accepted", "due", "solved"))}
        self.marks = marks
        self.words = {text: key for key, text in _texts(marks).items()}
        self.rows = real(marks, state, procedure, step)
        self.split = re.compile("(" + "|".join(map(re.escape, self.words)) + ")").split
        self.cells = [(model, [self._cell(value) for value in row]) for model, row in self.rows]
        self.contents = [self._pieces(canonical(self._entry(row).content()).decode())
                         for model, row in self.rows if model is Entry]  # fmt: skip

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        named = {f.attname: value for f, value in zip(fields(Entry), row, strict=True)}
        return Entry(**{**named, "data": json.loads(named["data"])})

    def _pieces(self, text: str) -> list[str]:
        """Every second piece is the key of a value."""
        return [self.words.get(piece, piece) if n % 2 else piece for n, piece in enumerate(self.split(text))]

    def _cell(self, value: Any) -> Any:
        """A constant, the key of a value, or the pieces of a text that holds values."""
        for key, mark in self.marks.items():
            if value == mark:
                return lambda v, t, key=key: v[key]
        if isinstance(value, str) and len(pieces := self._pieces(value)) > 1:
            return lambda v, t: _join(pieces, t)
        return lambda v, t: value

    def cast(self, v: Values) -> list[Row]:
        texts = _texts(v)
        rows = [(model, [cell(v, texts) for cell in cells]) for model, cells in self.cells]
        head, entries = bytes(32), [row for model, row in rows if model is Entry]
        for row, pieces in zip(entries, self.contents, strict=True):
            head = row[-1] = sha256(f'["{head.hex()}",{_join(pieces, texts)}]'.encode()).digest()
        rows[0][1][_HEAD] = head
        return [(model, tuple(row)) for model, row in rows]


_HEAD = [f.attname for f in fields(Dossier)].index("head")


def _join(pieces: list[str], texts: dict[str, str]) -> str:
    return "".join([texts[piece] if n % 2 else piece for n, piece in enumerate(pieces)])


def _texts(v: Values) -> dict[str, str]:
    """How the values stand in JSON: as they are, and the digests of those the journal only vouches for."""
    texts = {key: str(plain(value)) for key, value in v.items()}
    texts |= {f"#{key}": digest(v[key]).hex() for key in ("name", "folded", "phone", "id_number")}
    return texts | {"#form": digest(form_of(v)).hex()}


def load(count: int, procedure: str, step: str, staff: dict[str, UUID], tell: Callable[[int], Any]) -> None:
    """Fills the tables; afterwards the planner knows them. `staff`: agency → the handler of everything open there."""
    chance, agencies = random.Random(468), sorted(staff)
    states = [state for state, share in (STATES if count > SMALL else STATES_OF_SMALL) for _ in range(share)]
    moulds = {state: Mould(state, procedure, step) for state, _ in STATES}
    batch: dict[type[Any], list[tuple[Any, ...]]] = {m: [] for m in MODELS}
    for n in range(count):
        state, agency = chance.choice(states), agencies[n % len(agencies)]
        v = values_of(n, agency, staff[agency], state, chance)
        rows = moulds[state].cast(v)
        if n < CHECKED:
            assert rows == real(v, state, procedure, step), "a cast dossier is not what a real one is"
        for model, values in rows:
            batch[model].append(values)
        if (n + 1) % AT_ONCE == 0 or n + 1 == count:
            for model in MODELS:
                _write(model, batch[model])
                batch[model] = []
            tell(n + 1)
    _tallies()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(model: type[Any], rows: list[tuple[Any, ...]]) -> None:
    table, names = model._meta.db_table, ", ".join(f'"{f.column}"' for f in fields(model))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    prepare = [(lambda value: value) if f.get_internal_type() == "JSONField" else
               (lambda value, f=f: f.get_db_prep_save(value, connection)) for f in fields(model)]  # fmt: skip
    marks = ", ".join(["%s"] * len(prepare))
    prepared = [tuple(p(v) for p, v in zip(prepare, row, strict=True)) for row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", prepared)


def _tallies() -> None:
    from motcua.stats.queries import monthly_from_dossiers

    Tally.objects.bulk_create(
        [
            Tally(agency_id=m.agency, month=m.month, filed=m.filed, closed=m.closed, on_time=m.on_time)
            for m in monthly_from_dossiers()
        ]
    )
