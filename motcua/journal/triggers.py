"""Append-only by the database itself: these triggers refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL)."""

GUARDED = ("journal_entry", "journal_command", "journal_anchor")

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: % is never changed', TG_TABLE_NAME; END $$
"""


def create_sql(vendor: str, tables: tuple[str, ...] = GUARDED) -> list[str]:
    """Statements that put the guard on; vendor is Django's name of the database."""
    if vendor == "postgresql":
        return [_PG_FUNCTION, *[sql for t in tables for sql in _pg(t)]]
    return [
        f"CREATE TRIGGER {t}_no_{op.lower()} BEFORE {op} ON {t} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {t} is never changed'); END"
        for t in tables
        for op in ("UPDATE", "DELETE")
    ]


def drop_sql(vendor: str, tables: tuple[str, ...] = GUARDED) -> list[str]:
    """Statements that take the guard off (to reverse a migration)."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {t}_{n} ON {t}" for t in tables for n in ("rows", "truncate")]
    return [f"DROP TRIGGER IF EXISTS {t}_no_{op}" for t in tables for op in ("update", "delete")]


def _pg(table: str) -> tuple[str, str]:
    return (
        (
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION motcua_append_only()"
        ),
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION motcua_append_only()",
    )


def operation(tables: tuple[str, ...]):  # type: ignore[no-untyped-def]
    """A migration operation that guards these tables."""
    from django.db import migrations

    def on(apps, editor):  # type: ignore[no-untyped-def]
        for sql in create_sql(editor.connection.vendor, tables):
            editor.execute(sql, params=None)  # a "%" in it is no placeholder

    def off(apps, editor):  # type: ignore[no-untyped-def]
        for sql in drop_sql(editor.connection.vendor, tables):
            editor.execute(sql, params=None)  # a "%" in it is no placeholder

    return migrations.RunPython(on, off)
