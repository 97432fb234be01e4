"""A pack is the same law whether it comes from its files, from its record form, or from the database."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.kernel.problems import Refused
from motcua.law.check import compare_published, difference
from motcua.law.model import LawValue, Pack
from motcua.law.reader import from_values, read_pack, to_values
from motcua.procedures.queries import current_law, published_values
from tests.law.conftest import MINI, change

PACKS = [MINI, Path(__file__).parent.parent.parent / "packs" / "ha-tinh"]


@pytest.fixture(scope="module", params=PACKS, ids=lambda path: path.name)
def pack(request: pytest.FixtureRequest) -> Pack:
    return read_pack(request.param)


def test_values_make_the_same_pack(pack: Pack) -> None:
    assert from_values(to_values(pack)) == pack


def test_values_survive_json_and_any_order(pack: Pack) -> None:
    values = [replace(v, value=json.loads(json.dumps(v.value, sort_keys=True))) for v in to_values(pack)]
    random.Random(7).shuffle(values)
    assert from_values(values) == pack


def test_values_hold_nothing_that_json_or_a_database_would_change(pack: Pack) -> None:
    for value in to_values(pack):
        assert isinstance(value.value, dict)
        assert {type(leaf) for leaf in _leaves(value.value)} <= {str, int, bool, type(None)}, value.name
        assert value.source, value.name


def test_names_are_unique_and_no_value_is_lost(pack: Pack) -> None:
    values = to_values(pack)
    assert len({value.name for value in values}) == len(values)
    assert sum(len(line) for line in pack.procedure_lines.values()) == sum(v.kind == "procedure" for v in values)
    assert sum(len(line) for line in pack.unit_lines.values()) == sum(v.kind == "unit" for v in values)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)
    else:
        yield value


@pytest.mark.django_db
def test_the_database_gives_back_the_pack_it_was_given() -> None:
    pack = read_pack(PACKS[1])
    assert sorted(published_values(), key=lambda v: v.name) == to_values(pack)
    assert current_law() == pack


def test_values_without_a_pack_are_no_pack() -> None:
    with pytest.raises(ValueError, match="hold no pack"):
        from_values([])


# --- published law is superseded, never changed


def _one(values: list[LawValue], kind: str, key: str) -> LawValue:
    return next(v for v in values if (v.kind, v.key) == (kind, key))


def test_a_later_value_may_be_added(mini: Pack, copy: Path) -> None:
    line = "rules:\n- {name: supplement_limit, from: 2026-06-01, value: 2, source: Ví dụ, confidence: low}\n"
    change(copy, "rules.yaml", "rules:\n", line)
    later = read_pack(copy)
    found = compare_published(to_values(mini), to_values(later))
    assert [value.name for value in found.added] == [("rule", "supplement_limit", date(2026, 6, 1))]
    assert [later.rule("supplement_limit", day) for day in (date(2026, 5, 31), date(2026, 6, 1))] == [1, 2]


def test_an_office_may_be_renamed_by_writing_it_again_from_a_later_day(mini: Pack, copy: Path) -> None:
    renamed = """offices:
- code: buu-dien-tinh
  kind: post_office
  name: Bưu điện tỉnh Hà Tĩnh
  from: 2026-01-01
  unit: "18073"
  calendar: post
  source: Ví dụ
  confidence: low
"""
    change(copy, "offices.yaml", "offices:\n", renamed)
    later = read_pack(copy)
    assert len(compare_published(to_values(mini), to_values(later)).added) == 1
    office = later.office("buu-dien-tinh")
    assert (office.name, office.valid_from) == ("Bưu điện tỉnh Hà Tĩnh", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("rules.yaml", "supplement_limit, from: 2025-01-01, value: 1", "supplement_limit, from: 2025-01-01, value: 2", "rule “supplement_limit” từ 01/01/2025"),
        ("procedures/tu-phap.yaml", "amount: 15000", "amount: 16000", "procedure “1.004873” từ 01/07/2025"),
        ("calendar.yaml", "name: Làm bù", "name: Làm thay", "calendar.day “agency 2026-01-10” từ 20/12/2025"),
        ("codes.yaml", "prefix: RA, source: Liên minh Bưu chính Thế giới S10", "prefix: RA, source: Nguồn khác", "code.tracking “tracking” từ 01/01/2025"),
        ("rules.yaml", "value: 480, source: Ví dụ, confidence: low", "value: 480, source: Ví dụ, confidence: high", "rule “day_minutes” từ 01/01/2025"),
    ],
    ids=["limit", "fee", "day", "source", "confidence"],
)  # fmt: skip
def test_a_published_value_cannot_be_changed(mini: Pack, copy: Path, file: str, old: str, new: str, named: str) -> None:
    change(copy, file, old, new)
    with pytest.raises(Refused) as refused:
        compare_published(to_values(mini), to_values(read_pack(copy)))
    assert refused.value.codes == ("law.changed",)
    assert named in str(refused.value)


def test_a_published_value_cannot_be_removed(mini: Pack, copy: Path) -> None:
    change(copy, "procedures/tu-phap.yaml", "    aliases: [giấy độc thân, XNTTHN]\n", "")
    change(copy, "tariff.yaml", "- {key: thuong_binh", "- {key: benh_binh")
    with pytest.raises(Refused) as refused:
        compare_published(to_values(mini), to_values(read_pack(copy)))
    assert refused.value.codes == ("law.changed", "law.removed")
    assert "tariff.exemption “thuong_binh”" in str(refused.value)


def test_a_value_cannot_slip_to_another_day(mini: Pack, copy: Path) -> None:
    """Moving a first day is a removal and an addition, and refused as a removal."""
    change(copy, "tariff.yaml", "name: Thương binh, from: 2025-01-01", "name: Thương binh, from: 2025-02-01")
    with pytest.raises(Refused) as refused:
        compare_published(to_values(mini), to_values(read_pack(copy)))
    assert refused.value.codes == ("law.removed",)


def test_the_same_law_again_is_no_difference(mini: Pack) -> None:
    found = difference(to_values(mini), reversed(to_values(mini)))
    assert (found.added, found.changed, found.removed) == ((), (), ())
    assert found.problems == []
