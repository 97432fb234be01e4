"""The whole site as one process tree: it starts, says where, survives killed parts and ends without a rest."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.processes import motcua

PATIENCE_SECONDS = 60
MEMORY_MB = 400


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
        self.port = free_port()
        self.log = log
        with log.open("w") as out:
            words = motcua("serve", "--port", str(self.port))
            self.process = subprocess.Popen(words, env=environment, stdout=out, stderr=out)

    def ready(self) -> "Site":
        until("ready", lambda: "is ready" in self.log.read_text() or self.process.poll() is not None)
        assert f"http://127.0.0.1:{self.port}" in self.log.read_text(), self.log.read_text()
        return self

    def health(self) -> dict[str, str]:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
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


@pytest.fixture
def site(own_database, tmp_path) -> Iterator[Site]:
    site = Site(own_database, tmp_path / "serve.log")
    try:
        yield site.ready()
    finally:
        site.end()


def test_it_starts_within_its_memory_and_stops_when_asked(site, own_database, tmp_path):
    until("worker heard", site.is_well)
    for _ in range(20):
        site.health()
    parts = family(site.process.pid)
    assert len(parts) >= 4, "parent, worker and two web processes"
    assert memory_mb(parts) < MEMORY_MB

    second = subprocess.run(
        motcua("serve", "--port", str(site.port)), env=own_database, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{site.port}" in second.stderr
    assert "--port" in second.stderr

    site.process.terminate()
    assert site.process.wait(PATIENCE_SECONDS) == 0
    until("nobody left", lambda: not any(words_of(pid) for pid in parts))


def test_a_killed_part_is_replaced_and_a_killed_parent_leaves_nobody(site, own_database, tmp_path):
    until("worker heard", site.is_well)
    worker = site.part("jobs work")
    os.kill(worker, signal.SIGKILL)
    until("another worker", lambda: site.part("jobs work") not in {0, worker})

    parts = family(site.process.pid)
    os.kill(site.process.pid, signal.SIGKILL)
    site.process.wait()
    until("nobody left", lambda: not any(words_of(pid) for pid in parts))

    again = Site(own_database, tmp_path / "again.log")
    try:
        until("well again", again.ready().is_well)
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(PATIENCE_SECONDS) == 0
    finally:
        again.end()
