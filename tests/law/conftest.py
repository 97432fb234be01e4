"""The smallest whole pack, and copies of it to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from motcua.law.model import Pack
from motcua.law.reader import read_pack

MINI = Path(__file__).parent / "packs" / "mini"


@pytest.fixture(scope="session")
def mini() -> Pack:
    return read_pack(MINI)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the mini pack that a test may change."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def change(pack: Path, file: str, old: str, new: str, times: int = 1) -> None:
    """Replaces `old` in a file of a pack; fails when it is not there."""
    text = (pack / file).read_text("utf-8")
    assert old in text, f"{file} has no {old!r}"
    (pack / file).write_text(text.replace(old, new, times), "utf-8")
