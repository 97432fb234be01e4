"""The pages about law are current, and name everything they should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motcua.law.check.tables import FORM_KINDS, RULES
from motcua.law.reader import read_pack
from tests.law.conftest import MINI
from tools import law_table

ROOT = MINI.parents[3]
FORMAT = (ROOT / "docs" / "pack-format.md").read_text("utf-8")


def test_the_table_of_law_is_current() -> None:
    """After a new citation in the pack: .venv/bin/python -m tools.law_table"""
    assert law_table.PAGE.read_text("utf-8") == law_table.page(read_pack(law_table.PACK), law_table.PACK)


def test_every_file_and_test_the_table_names_is_there() -> None:
    text = law_table.PAGE.read_text("utf-8")
    for name in set(re.findall(r"`((?:tests|kernel|law|cases)/[\w./-]+)`", text)):
        home = {"tests": ROOT, "cases": law_table.PACK}.get(name.split("/")[0], ROOT / "motcua")
        assert (home / name).exists(), name


@pytest.mark.parametrize("name", [*RULES, *FORM_KINDS])
def test_the_format_page_names_every_limit_and_form(name: str) -> None:
    assert f"`{name}`" in FORMAT


def test_the_format_page_names_every_refusal_of_this_room() -> None:
    code = re.compile(r'refusal\(\s*"([a-z]+\.[a-z_]+)"')
    used = {name for file in _sources() for name in code.findall(file.read_text("utf-8"))}
    assert used
    assert {name for name in used if f"`{name}`" not in FORMAT} == set()


def test_the_format_page_names_every_field_of_every_file() -> None:
    fields = {
        name
        for file in (ROOT / "motcua" / "law" / "schemas").glob("*.json")
        for name in re.findall(r'"([a-z_]+)": \{', file.read_text("utf-8"))
    }
    grammar = {"items", "properties", "if", "then", "else", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    spoken = re.sub(r"[^a-z_]+", " ", FORMAT).split()
    missing = {name for name in fields - grammar if name not in spoken and not name.endswith(("_given", "_expect"))}
    assert missing <= {
        "dong",
        "text",
        "slug",
        "key",
        "count",
        "instant",
        "unit",
        "question",
        "special",
        "repeal",
        "step",
    }


def _sources() -> list[Path]:
    return sorted((ROOT / "motcua" / "law").rglob("*.py"))
