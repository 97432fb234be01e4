"""Workers killed without a word, in processes of their own, on a database of their own."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.processes import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
JOBS = 60


def program(environment, *words):
    return [sys.executable, "-m", "tests.jobs.survivor", *words], {"env": environment, "cwd": ROOT}


def test_killing_workers_loses_nothing_and_doubles_nothing(own_database):
    fill, where = program(own_database, "fill", str(JOBS))
    subprocess.run(fill, check=True, **where)

    work, where = program(own_database, "work")
    chance = random.Random(468)
    for _ in range(3):
        worker = subprocess.Popen(work, **where)
        time.sleep(1.2 + chance.random() / 2)
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    pair = [subprocess.Popen(work, **where) for _ in range(2)]
    assert [worker.wait(PATIENCE_SECONDS) for worker in pair] == [0, 0]

    left, where = program(own_database, "left")
    answer = subprocess.run(left, check=True, capture_output=True, text=True, **where)
    assert [int(word) for word in answer.stdout.split()] == list(range(JOBS))
