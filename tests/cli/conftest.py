import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.processes import motcua, own_database  # noqa: F401 - a fixture


@dataclass
class Said:
    status: int
    out: str
    err: str


@pytest.fixture
def say(tmp_path) -> Callable[..., Said]:
    """Runs a command as a person does: in a process of its own, with a data folder of its own."""
    place = {**os.environ, "MOTCUA_DATA": str(tmp_path / "data")}

    def run(*words: str, **more: str) -> Said:
        done = subprocess.run(
            motcua(*words), env=place | more, capture_output=True, text=True, check=False, timeout=900
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run
