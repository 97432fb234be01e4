"""Statements whose SQL is made once: for the few looks that every request takes, and for what an act writes.

Django builds the SQL of a queryset anew each time, and for a look by key that costs several times what the database
needs. A `Prepared` keeps the compiled query of its thread and only binds new values; PostgreSQL, too, parses and plans
it once a connection. Written against Django 5.2.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, BigAutoField, Field, Model, QuerySet
from django.db.models.query import get_related_populators

R = TypeVar("R")

# Stand-ins of each kind of value; they are looked for in the compiled parameters and replaced when the query runs.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    UUID: lambda n: UUID(int=(0xABCDEF << 96) + n),
    str: lambda n: f"\ue000stand-in-{n}\ue000",
    int: lambda n: 7_340_000_000 + n,
}


class Prepared(Generic[R]):
    """`Prepared(lambda key: Paper.objects.filter(dossier=key).order_by("id"), UUID)` is called with the key.

    The queryset may use select_related, only() and values_list(), but not prefetch_related. `kinds` are the types of
    the values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, R]], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._local = threading.local()

    def __call__(self, *values: Any) -> list[R]:
        compiled = getattr(self._local, "compiled", None)
        if compiled is None or compiled.vendor != connection.vendor:
            compiled = self._local.compiled = _Compiled(self._build, self._kinds)
        return compiled.run(values)


class _Compiled:
    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: tuple[type, ...]) -> None:
        stand_ins = [_STAND_INS[kind](n) for n, kind in enumerate(kinds)]
        query = build(*stand_ins).query
        self.vendor = connection.vendor
        self.compiler = query.get_compiler(connection=connection)
        sql, params = self.compiler.as_sql()
        adapted = [_adapted(value) for value in stand_ins]
        self.slots: list[int | None] = []
        self.params: list[Any] = []
        self.sql = self._with_constants(sql, params, adapted)
        self.info = None if query.values_select else self.compiler.klass_info
        if self.info:
            self.model = self.info["model"]
            fields = self.info["select_fields"]
            self.first, self.beyond = fields[0], fields[-1] + 1
            self.columns = [target[0].target.attname for target in self.compiler.select[self.first : self.beyond]]
        self.converters = self.compiler.get_converters([s[0] for s in self.compiler.select])

    def _with_constants(self, sql: str, params: Sequence[Any], adapted: list[Any]) -> str:
        """Words that are always the same stand in the SQL itself, so that a plan made once may rely on them: an index
        on open dossiers serves only where the planner sees that the state asked for is an open one."""
        first, *rest = sql.split("%s")
        written = [first]
        for param, text in zip(params, rest, strict=True):
            slot = adapted.index(param) if param in adapted else None
            if slot is None and isinstance(param, str):
                written.append("'" + param.replace("'", "''").replace("%", "%%") + "'")
            else:
                written.append("%s")
                self.slots.append(slot)
                self.params.append(param)
            written.append(text)
        return "".join(written)

    def run(self, values: tuple[Any, ...]) -> list[Any]:
        bound = [p if slot is None else _adapted(values[slot]) for p, slot in zip(self.params, self.slots, strict=True)]
        with _cursor() as cursor:
            cursor.execute(self.sql, bound)
            rows = cursor.fetchall()
        if self.converters:
            rows = list(self.compiler.apply_converters(rows, self.converters))
        if not self.info:
            return list(rows)
        related = get_related_populators(self.info, self.compiler.select, connection.alias)  # type: ignore[call-arg]
        found = []
        for row in rows:
            one = self.model.from_db(connection.alias, self.columns, row[self.first : self.beyond])
            for populator in related:
                populator.populate(row, one)
            found.append(one)
        return found


def _adapted(value: Any) -> Any:
    """A value as the backend's own field would hand it to the driver."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@contextmanager
def _cursor() -> Iterator[Any]:
    """A cursor that leaves the values to PostgreSQL to bind, so that it keeps the plan; watched like any other."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    from motcua.journal.binding import Binding

    connection.ensure_connection()
    binding = Binding(connection.connection)  # type: ignore[call-arg]
    with connection._prepare_cursor(binding) as cursor:  # type: ignore[attr-defined]  # noqa: SLF001
        yield cursor


# Rows of one INSERT: few enough for every backend's limit on parameters.
_AT_ONCE = 100


def insert_rows(*tables: Sequence[Model]) -> None:
    """Writes new rows, each sequence those of one table. Keys made by the database are not read back.

    PostgreSQL takes them all in one statement; references between them are checked when the transaction ends.
    """
    chunks = [rows[start : start + _AT_ONCE] for rows in tables for start in range(0, len(rows), _AT_ONCE)]
    if connection.vendor == "postgresql" and sum(map(len, chunks)) <= _AT_ONCE:
        _insert(chunks)
    else:
        for chunk in chunks:
            _insert([chunk])
    for row in chain.from_iterable(chunks):
        row._state.adding, row._state.db = False, connection.alias


def _insert(chunks: list[Sequence[Model]]) -> None:
    values = [
        f.get_db_prep_save(getattr(row, f.attname), connection)
        for chunk in chunks
        for row in chunk
        for f in _written_fields(type(row))
    ]
    with _cursor() as cursor:
        cursor.execute(_insert_sql(tuple((type(chunk[0]), len(chunk)) for chunk in chunks)), values)


@cache
def _written_fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(f for f in model._meta.concrete_fields if not isinstance(f, AutoField | BigAutoField))


@lru_cache(maxsize=500)
def _insert_sql(shape: tuple[tuple[type[Model], int], ...]) -> str:
    """One INSERT; several become the first parts of a WITH."""
    *first, last = [_one_insert(model, count) for model, count in shape]
    parts = ", ".join(f"part{n} AS ({sql})" for n, sql in enumerate(first))
    return f"WITH {parts} {last}" if first else last


def _one_insert(model: type[Model], count: int) -> str:
    columns = ", ".join(f'"{f.column}"' for f in _written_fields(model))
    marks = f"({', '.join(['%s'] * len(_written_fields(model)))})"
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {", ".join([marks] * count)}'  # noqa: S608


def update_row(row: Model, columns: Sequence[str], where: Mapping[str, Any]) -> bool:
    """Writes these columns of one row where it still has these values. Answers whether it did."""
    model = type(row)
    values = [(_field(model, c), getattr(row, _field(model, c).attname)) for c in columns]
    values += [(_field(model, c), value) for c, value in where.items()]
    bound = [f.get_db_prep_save(value, connection) for f, value in values]
    with _cursor() as cursor:
        cursor.execute(_update_sql(model, tuple(columns), tuple(where)), bound)
        return bool(cursor.rowcount)


@lru_cache(maxsize=500)
def _update_sql(model: type[Model], columns: tuple[str, ...], where: tuple[str, ...]) -> str:
    assign = ", ".join(f'"{_field(model, c).column}" = %s' for c in columns)
    same = " AND ".join(f'"{_field(model, c).column}" = %s' for c in where)
    return f'UPDATE "{model._meta.db_table}" SET {assign} WHERE {same}'  # noqa: S608


@cache
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", model._meta.get_field(name))
