"""MOTCUA_DATABASE_URL -> Django's DATABASES entry, with what each engine needs to be safe and quick."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_FILE = "motcua.sqlite3"

# FULL: an office of record does not lose an accepted receipt when the power goes (docs/decisions/0004).
SQLITE_INIT = """
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    PRAGMA cache_size=-32000;
    PRAGMA temp_store=MEMORY;
"""


# A server that does not answer is told soon, not after a browser has given up.
PATIENCE_SECONDS = 5


def database(url: str, data: Path, threads: int) -> dict[str, Any]:
    """The one database: SQLite in the data folder unless the address says otherwise.

    threads: how many requests one process works on at once = how many connections its pool may hold;
    0 for a command, which has one thread and needs no pool.
    """
    if url.startswith(("postgres://", "postgresql://")):
        return _postgres(url, threads)
    return _sqlite(Path("/") / unquote(url.removeprefix("sqlite:///")) if url else data / SQLITE_FILE)


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # IMMEDIATE: a transaction takes the write lock when it begins, so it cannot fail half-way for it.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_INIT},
        "CONN_MAX_AGE": None,
        # A file for tests too: SQLite in memory locks whole tables between threads, which no real one does.
        "TEST": {"NAME": str(path.with_name(f"test-{path.name}"))},
    }


def _postgres(url: str, threads: int) -> dict[str, Any]:
    parts = urlsplit(url)
    extra = dict(parse_qsl(parts.query))
    pool = {"pool": {"min_size": 1, "max_size": threads, "timeout": PATIENCE_SECONDS}} if threads else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or extra.pop("host", "")),
        "PORT": str(parts.port or ""),
        # prepare_threshold: statements of journal/prepared.py are planned once a connection, not once a request.
        "OPTIONS": {"connect_timeout": PATIENCE_SECONDS, "prepare_threshold": 2, **pool, **extra},
        # The pool keeps the connections; a second keeper (CONN_MAX_AGE) would hold them back from it.
        "CONN_MAX_AGE": 0 if pool else None,
    }
