"""How files are read: a small grammar, everything in one normal form, defaults inherited."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from motcua.law.model import Pack, Version
from motcua.law.reader import read_pack
from motcua.law.reader.documents import read_yaml
from tests.law.conftest import change

DAY = date(2026, 2, 13)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("012", "012"),
        ("1.5", "1.5"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("15:00", "15:00"),
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02T03:04", "2026-01-02T03:04"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("y", "y"),
        ("~", "~"),
        ("Null", "Null"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ('"null"', "null"),
        ('"12"', "12"),
        ("'true'", "true"),
        (".inf", ".inf"),
        ("'a'", "a"),
        ("", ""),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_a_scalar_is_text_unless_it_is_a_plain_whole_number_true_false_or_null(
    tmp_path: Path, written: str, read: object
) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(f"key: {written}\n", "utf-8")
    value = read_yaml(file, "one.yaml").data["key"]
    assert (value, type(value)) == (read, type(read))


def test_text_is_stored_in_one_normal_form(copy: Path, mini: Pack) -> None:
    for name in ("offices.yaml", "procedures/tu-phap.yaml", "units.tsv"):
        file = copy / name
        file.write_text(unicodedata.normalize("NFD", file.read_text("utf-8")), "utf-8")
    decomposed = read_pack(copy)
    assert decomposed == mini
    assert decomposed.office("so-tu-phap").name == "Sở Tư pháp"


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(copy: Path, mini: Pack) -> None:
    for name in ("units.tsv", "rules.yaml"):
        file = copy / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_pack(copy) == mini


def test_parts_without_a_source_take_that_of_what_they_stand_in(mini: Pack) -> None:
    version = mini.procedure("1.004873", DAY)
    assert version.source == "Quyết định công bố (ví dụ)"
    assert version.allowance.source == "Nghị định 123/2015/NĐ-CP Điều 22"
    assert {paper.source for paper in version.papers} == {version.source}
    assert {(fee.source, fee.confidence) for fee in version.fees} == {(version.source, "low")}
    assert {step.source for step in version.steps} == {version.source}


def test_what_is_not_written_has_its_default(mini: Pack) -> None:
    version = mini.procedure("1.004873", DAY)
    assert [paper.required for paper in version.papers] == [True, True]
    assert [paper.return_original for paper in version.papers] == [False, False]
    assert version.fees[0].per == "dossier"
    assert version.online_allowance is None
    assert mini.office("ubnd-tran-phu").short == "Ủy ban nhân dân phường Trần Phú"


def test_the_time_for_online_is_its_own_where_the_law_gives_one(copy: Path) -> None:
    one = "online_allowance: {kind: working_hours, amount: 8}"
    change(copy, "procedures/tu-phap.yaml", "    papers:\n", f"    {one}\n    papers:\n")
    version: Version = read_pack(copy).procedure("1.004873", DAY)
    assert str(version.allowance_for("online").amount) == "8"
    assert str(version.allowance_for("counter").amount) == "3"


@pytest.mark.parametrize(
    ("key", "quantity", "online", "total"),
    [
        ("1.004873", 1, False, 15000),
        ("1.004873", 1, True, 7500),
        ("1.004873", 5, False, 15000),
        ("1.004873", 0, False, 0),
        ("2.000815", 0, False, 0),
        ("2.000815", 1, False, 2000),
        ("2.000815", 2, False, 4000),
        ("2.000815", 3, False, 5000),
        ("2.000815", 198, False, 200000),
        ("2.000815", 199, False, 200000),
    ],
)
def test_fees_are_reckoned_as_the_law_grades_them(
    mini: Pack, key: str, quantity: int, online: bool, total: int
) -> None:
    fee = mini.procedure(key, DAY).fees[0]
    assert fee.total(quantity, online=online) == total


def test_a_negative_quantity_is_a_mistake_of_the_caller(mini: Pack) -> None:
    with pytest.raises(ValueError, match="never negative"):
        mini.procedure("2.000815", DAY).fees[0].total(-1)
