"""Every worked example of every pack: what a jurist wrote down is what the law comes to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from motcua.kernel.text import fold
from motcua.law.cases import Case, case_faults, read_cases
from motcua.law.model import Pack
from motcua.law.reader import PackErrors, read_pack
from tests.law.conftest import MINI, change

PACKS = [MINI, *sorted(path.parent for path in (MINI.parents[3] / "packs").glob("*/pack.yaml"))]
CASES = [(path, case) for path in PACKS for case in read_cases(path)]
pack_at = cache(read_pack)


def _named(path: Path, case: Case) -> str:
    """Without accents, because pytest would write them as \\u1ea1."""
    return fold(f"{path.name}: {case.name} ({case.file.removeprefix('cases/')}:{case.line})")


@pytest.mark.parametrize(("path", "case"), CASES, ids=[_named(*one) for one in CASES])
def test_example(path: Path, case: Case) -> None:
    assert case_faults(pack_at(path), case) == [], case.why


def test_the_province_has_at_least_sixty_examples_of_every_kind() -> None:
    ours = [case for path, case in CASES if path.name == "ha-tinh"]
    assert len(ours) >= 60
    assert {case.kind for case in ours} >= {"deadline", "postage", "form_number", "competence"}


def test_no_two_examples_of_a_pack_have_the_same_name() -> None:
    for path in PACKS:
        names = [case.name for other, case in CASES if other == path]
        assert len(set(names)) == len(names)


def test_an_example_that_comes_out_otherwise_says_how(copy: Path) -> None:
    change(copy, "cases/mau.yaml", "base: 26000, amount: 13000", "base: 26000, amount: 12000")
    pack = read_pack(copy)
    wrong = [fault for case in read_cases(copy) for fault in case_faults(pack, case)]
    assert wrong == ["amount should be 12000, but is 13000"]


def test_an_example_refused_for_no_good_reason_says_why(copy: Path, mini: Pack) -> None:
    change(copy, "cases/mau.yaml", "expect: {refused: calendar.unknown_year}", "expect: {due_at: 2026-12-30T15:00}")
    change(
        copy, "cases/mau.yaml", 'received: 2026-02-13T16:10, unit: "18073"', 'received: 2024-02-13T16:10, unit: "18073"'
    )
    wrong = [fault for case in read_cases(copy) for fault in case_faults(mini, case)]
    assert [fault.split(":")[0] for fault in wrong] == [
        "it is refused (procedure.not_in_force)",
        "it is refused (calendar.unknown_year)",
    ]


def test_an_example_that_should_be_refused_but_is_answered(copy: Path, mini: Pack) -> None:
    change(
        copy,
        "cases/mau.yaml",
        "expect: {base: 26000, amount: 13000, zone: local}",
        "expect: {refused: postage.no_price}",
    )
    wrong = [fault for case in read_cases(copy) for fault in case_faults(mini, case)]
    assert len(wrong) == 1
    assert wrong[0].startswith("it should be refused with postage.no_price, but the answer is {'amount': 13000")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: postage", "kind: posting", '"posting" is not one of'),
        ("grams: 90", "gram: 90", "'grams' is missing"),
        ("2026-02-13T16:10,", "13/02/2026,", "is not an instant that exists"),
        ("expect: {refused: calendar.unknown_year}", "expect: {}", "it is empty"),
        ("  why: Hạng 100 gam, 26.000 đồng.\n", "", "'why' is missing"),
    ],
    ids=["kind", "field", "day", "nothing expected", "no reason"],
)
def test_a_malformed_example_is_named(copy: Path, old: str, new: str, what: str) -> None:
    change(copy, "cases/mau.yaml", old, new)
    with pytest.raises(PackErrors) as faulty:
        read_cases(copy)
    assert faulty.value.errors[0].file == "cases/mau.yaml"
    assert any(what in error.what for error in faulty.value.errors)
