"""Statements whose SQL is made once: for the few looks that every request takes, and for an act's new rows.

Django builds the SQL of a queryset anew each time, and for a look by key that costs several times what the database
needs. A `Prepared` keeps the compiled query of its thread and only binds new values. Written against Django 5.2.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, BigAutoField, Field, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)

# Stand-ins of each kind of value; they are looked for in the compiled parameters and replaced when the query runs.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    UUID: lambda n: UUID(int=(0xABCDEF << 96) + n),
    str: lambda n: f"\ue000stand-in-{n}\ue000",
    int: lambda n: 7_340_000_000 + n,
}


class Prepared(Generic[M]):
    """`Prepared(lambda key: Paper.objects.filter(dossier=key).order_by("id"), UUID)` is called with the key.

    The queryset may use select_related and only(), but not prefetch_related. `kinds` are the types of the values.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._local = threading.local()

    def __call__(self, *values: Any) -> list[M]:
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
        self.sql, params = self.compiler.as_sql()
        adapted = [_adapted(value) for value in stand_ins]
        self.slots = [adapted.index(p) if p in adapted else None for p in params]
        self.params = params
        info = self.compiler.klass_info
        self.model = info["model"]
        fields = info["select_fields"]
        self.first, self.beyond = fields[0], fields[-1] + 1
        self.columns = [target[0].target.attname for target in self.compiler.select[self.first : self.beyond]]
        self.converters = self.compiler.get_converters([s[0] for s in self.compiler.select])

    def run(self, values: tuple[Any, ...]) -> list[Any]:
        bound = [p if slot is None else _adapted(values[slot]) for p, slot in zip(self.params, self.slots, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, bound)
            rows = cursor.fetchall()
        if self.converters:
            rows = list(self.compiler.apply_converters(rows, self.converters))
        related = get_related_populators(self.compiler.klass_info, self.compiler.select, connection.alias)  # type: ignore[call-arg]
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


# Rows of one INSERT: few enough for every backend's limit on parameters.
_AT_ONCE = 100


def insert_rows(rows: Sequence[Model]) -> None:
    """Writes new rows of one table, a statement for each hundred. Keys made by the database are not read back."""
    model = type(rows[0])
    fields = _written_fields(model)
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        values = [f.get_db_prep_save(getattr(row, f.attname), connection) for row in chunk for f in fields]
        with connection.cursor() as cursor:
            cursor.execute(_insert_sql(model, len(chunk)), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _written_fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(f for f in model._meta.concrete_fields if not isinstance(f, AutoField | BigAutoField))


@cache
def _insert_sql(model: type[Model], count: int) -> str:
    columns = ", ".join(f'"{f.column}"' for f in _written_fields(model))
    marks = f"({', '.join(['%s'] * len(_written_fields(model)))})"
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {", ".join([marks] * count)}'  # noqa: S608
