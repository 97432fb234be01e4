"""For tests that start Motcua in processes of its own: a data folder and a database that nobody else uses."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation on the engine under test, migrated."""
    environment = {**os.environ, "MOTCUA_DATA": str(tmp_path / "data")}
    address = os.environ.get("MOTCUA_DATABASE_URL", "")
    if not address:
        migrate(environment)
        yield environment
        return

    import psycopg

    name = f"own_{uuid4().hex[:12]}"
    server = settings.DATABASES["default"]
    login = {
        "host": server["HOST"],
        "port": server["PORT"],
        "user": server["USER"],
        "password": server["PASSWORD"],
    }
    with psycopg.connect(**login, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            environment["MOTCUA_DATABASE_URL"] = address.rpartition("/")[0] + "/" + name
            migrate(environment)
            yield environment
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrate(environment: dict[str, str]) -> None:
    subprocess.run(motcua("migrate"), env=environment, check=True)


def motcua(*words: str) -> list[str]:
    return [sys.executable, "-m", "motcua.cli.main", *words]
