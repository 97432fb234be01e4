"""One database for all tests: the law of Hà Tĩnh is published and the cast is hired once; each test rolls back."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.management.color import no_style
from django.db import connection, connections

from motcua.journal import triggers
from motcua.journal.rules import Command
from motcua.procedures.queries import forget_law
from tests.make import START, Clock
from tests.people import hire

PACK = Path(__file__).parent.parent / "packs" / "ha-tinh"


# What makes a password slow to guess makes tests slow: here it is hashed the cheap way.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock():
        settle()


def settle() -> None:
    """The state every test starts from."""
    from motcua.custody.actions import add_item_range
    from motcua.law.reader import read_pack
    from motcua.procedures.actions import publish_pack

    forget_law()
    publish_pack(Command(uuid4(), "law.publish", None, START), read_pack(PACK))
    hire(START)
    add_item_range("RA", 47312400, 47399999)


@pytest.fixture(autouse=True)
def fresh_caches():  # type: ignore[no-untyped-def]
    """Snapshots of people and law do not outlive a test."""
    from motcua.api import auth
    from motcua.web.shared import door

    yield
    auth.forget_snapshots()
    door.forget_snapshots()


@pytest.fixture(scope="session", autouse=True)
def nothing_is_asked_for_twice() -> None:
    """Whether the law was published anew, and whether somebody still has their roles, is asked every few seconds: on a
    slow machine in the middle of a test that counts queries. Here law changes only when a test publishes it, which
    forgets the old one, and the snapshots of people are forgotten after each test."""
    from motcua.api import auth
    from motcua.procedures import queries
    from motcua.web.shared import door

    queries._TRUST = auth._TRUST = door._TRUST = float("inf")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def real_transactions(django_db_setup, django_db_blocker):  # type: ignore[no-untyped-def]
    """For tests of concurrency: real commits; afterwards the database is emptied and settled again.

    Not pytest-django's own fixture: its flush would run into the triggers that keep the journal append-only.
    """
    with django_db_blocker.unblock():
        yield
        _empty()
        settle()


def _empty() -> None:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [t for t in tables if t != "django_migrations"]
    guarded = (*triggers.GUARDED, "procedures_lawvalue")
    with connection.cursor() as cursor:
        for sql in triggers.drop_sql(connection.vendor, guarded):
            cursor.execute(sql)
        connection.ops.execute_sql_flush(
            connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True)
        )
        for sql in triggers.create_sql(connection.vendor, guarded):
            cursor.execute(sql)
    forget_law()
    for other in connections.all():
        other.close_if_unusable_or_obsolete()


@pytest.fixture
def many_open(db, clock):  # type: ignore[no-untyped-def]
    """Makes so many dossiers under way at the commune."""
    from tests import make

    def fill(count: int):  # type: ignore[no-untyped-def]
        d = make.processing(clock)
        make.copies_of(d, count - 1)
        return d

    return fill
