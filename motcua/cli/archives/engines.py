"""Copying the database while it is used, and putting a copy in its place, on each engine."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connection

from motcua.cli.common import Failure


class Engine(Protocol):
    name: str

    def copy_to(self, target: Path) -> None:
        """A consistent copy of this instant."""

    def is_empty(self) -> bool:
        """Whether there is nothing here that a restore would destroy."""

    def clear(self) -> None:
        """Nothing left of what is here."""

    def replace_from(self, source: Path) -> None:
        """The copy in the place of what is here."""


def engine() -> Engine:
    return Postgres(connection.settings_dict) if connection.vendor == "postgresql" else Sqlite()


class Sqlite:
    name = "sqlite"

    def __init__(self) -> None:
        self.file = Path(settings.DATABASES["default"]["NAME"])

    def copy_to(self, target: Path) -> None:
        with closing(sqlite3.connect(self.file)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)

    def is_empty(self) -> bool:
        return not (self.file.exists() and connection.introspection.table_names())

    def clear(self) -> None:
        connection.close()
        for tail in ("-wal", "-shm", ""):
            self.file.with_name(self.file.name + tail).unlink(missing_ok=True)

    def replace_from(self, source: Path) -> None:
        self.clear()
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(source, self.file)


class Postgres:
    """By pg_dump and pg_restore, which must be of the server's version or newer."""

    name = "postgresql"

    def __init__(self, server: dict[str, Any]) -> None:
        self.database = server["NAME"]
        self.environment = {
            **os.environ,
            "PGHOST": server["HOST"],
            "PGPORT": str(server["PORT"] or 5432),
            "PGUSER": server["USER"],
            "PGPASSWORD": server["PASSWORD"],
        }

    def copy_to(self, target: Path) -> None:
        self._tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", self.database)

    def is_empty(self) -> bool:
        return not connection.introspection.table_names()

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")

    def replace_from(self, source: Path) -> None:
        self.clear()
        self._tool(
            "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
            f"--dbname={self.database}", str(source),
        )  # fmt: skip

    def _tool(self, name: str, *words: str) -> None:
        found = shutil.which(name) or _newest(name)
        if found is None:
            raise Failure(
                f"{name} was not found.", "Install PostgreSQL's client (Debian: apt-get install postgresql-client)."
            )
        done = subprocess.run([found, *words], env=self.environment, check=False, capture_output=True, text=True)
        if done.returncode:
            raise Failure(f"{name} failed: {done.stderr.strip()}")


def _newest(name: str) -> str | None:
    """Debian keeps each version's programs in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: float(p.parts[-3]))
    return str(found[-1]) if found else None
