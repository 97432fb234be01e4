from pathlib import Path

import pytest
from django.db import connection

from motcua.config.database import database

DATA = Path("/srv/motcua")


def test_without_an_address_it_is_sqlite_in_the_data_folder():
    entry = database("", DATA, threads=4)
    assert entry["ENGINE"].endswith("sqlite3")
    assert entry["NAME"] == "/srv/motcua/motcua.sqlite3"


def test_sqlite_elsewhere():
    assert database("sqlite:///srv/b/c%20d.sqlite3", DATA, 4)["NAME"] == "/srv/b/c d.sqlite3"


def test_every_part_of_a_postgresql_address_is_understood():
    entry = database("postgres://mot%40cua:p%2Fw@db.example:5433/one%20door?sslmode=require", DATA, threads=6)
    assert entry["ENGINE"].endswith("postgresql")
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("one door", "mot@cua", "p/w")
    assert (entry["HOST"], entry["PORT"]) == ("db.example", "5433")
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["max_size"] == 6
    assert entry["CONN_MAX_AGE"] == 0


def test_a_command_keeps_its_one_connection_without_a_pool():
    entry = database("postgres://motcua@db/motcua", DATA, threads=0)
    assert "pool" not in entry["OPTIONS"]
    assert entry["CONN_MAX_AGE"] is None


def test_a_socket_folder():
    assert database("postgres:///motcua?host=/run/postgresql", DATA, 4)["HOST"] == "/run/postgresql"


@pytest.mark.django_db
def test_the_connection_is_as_durable_as_an_office_needs():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,), "FULL"
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
