"""The whole site as one process tree: it starts, says where, survives killed parts and ends without a rest."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from tests.processes import PATIENCE_SECONDS, Site, family, free_port, memory_mb, motcua, until, words_of

MEMORY_MB = 400


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

    for words in (("serve", "--port", str(free_port())), ("restore", "--force", __file__)):
        refused = subprocess.run(motcua(*words), env=own_database, capture_output=True, text=True, check=False)
        assert refused.returncode == 1
        assert "is in use" in refused.stderr

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
        os.killpg(again.process.pid, signal.SIGINT)  # as Ctrl-C in a terminal does
        assert again.process.wait(PATIENCE_SECONDS) == 0
    finally:
        again.end()
