"""For tests that start Motcua in processes of its own: a data folder and a database that nobody else uses."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

import pytest
from django.conf import settings

PATIENCE_SECONDS = 180


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation on the engine under test, migrated."""
    environment = {**os.environ, "MOTCUA_DATA": str(tmp_path / "data")}
    if not os.environ.get("MOTCUA_DATABASE_URL", ""):
        shutil.copytree(migrated_folder(), tmp_path / "data")
        yield environment
        return
    name = f"own_{uuid4().hex[:12]}"
    with server() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated_name()}"')
        try:
            yield {**environment, "MOTCUA_DATABASE_URL": address_of(name)}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def migrated_folder() -> Path:
    """A data folder with the tables of this version and nothing in them, made once a run and copied."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate({**os.environ, "MOTCUA_DATA": str(folder / "data")})
    return folder / "data"


@cache
def migrated_name() -> str:
    """The same as a database of PostgreSQL."""
    name = f"migrated_{uuid4().hex[:12]}"
    with server() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    atexit.register(_drop, name)
    with tempfile.TemporaryDirectory() as folder:
        migrate({**os.environ, "MOTCUA_DATA": folder, "MOTCUA_DATABASE_URL": address_of(name)})
    return name


def _drop(name: str) -> None:
    with server() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def server() -> Any:
    """A connection to the server under test that is in none of its databases."""
    import psycopg

    at = settings.DATABASES["default"]
    login = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    return psycopg.connect(**login, dbname="postgres", autocommit=True)


def address_of(name: str) -> str:
    return os.environ["MOTCUA_DATABASE_URL"].rpartition("/")[0] + "/" + name


def migrate(environment: dict[str, str]) -> None:
    subprocess.run(motcua("migrate"), env=environment, check=True)


def motcua(*words: str) -> list[str]:
    return [sys.executable, "-m", "motcua.cli.main", *words]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, happens):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = happens()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail(f"{what}: not within {PATIENCE_SECONDS} s")


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def memory_mb(pids: list[int]) -> float:
    """Each page counted once, however many processes share it."""
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class Site:
    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log, self.environment = log, environment
        self.start()

    def start(self) -> None:
        self.port = free_port()
        with self.log.open("w") as out:
            words = motcua("serve", "--port", str(self.port))
            self.process = subprocess.Popen(words, env=self.environment, stdout=out, stderr=out, start_new_session=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> "Site":
        until("ready", lambda: "is ready" in self.log.read_text() or self.process.poll() is not None)
        assert self.url in self.log.read_text(), self.log.read_text()
        return self

    def health(self) -> dict[str, str]:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return json.load(answer)
        except OSError:
            return {"status": "silent"}

    def is_well(self) -> bool:
        return self.health()["status"] == "ok"

    def part(self, words: str) -> int:
        """The process of the tree whose command line has these words."""
        return next((pid for pid in family(self.process.pid)[1:] if words in words_of(pid)), 0)

    def end(self) -> None:
        for pid in reversed(family(self.process.pid)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
