"""The post's charge: zones of the day, weight steps, reductions, and refusals instead of guesses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.problems import Refused
from motcua.law.model import Pack
from motcua.law.postage import exemptions, postage, remit_charge
from motcua.law.reader import read_pack
from tests.law.conftest import MINI, change

NOW, OLD = date(2026, 2, 13), date(2025, 3, 3)


@pytest.mark.parametrize(
    ("grams", "amount"),
    [(1, 26000), (100, 26000), (101, 26500), (250, 26500), (500, 28000), (501, 30200), (1000, 30200), (1001, 32400), (5000, 47800)],
)  # fmt: skip
def test_weight_steps_begin_where_the_one_before_ends(mini: Pack, grams: int, amount: int) -> None:
    assert postage(mini, NOW, "18073", "18100", grams).amount == amount


@pytest.mark.parametrize(
    ("day", "one", "other", "zone"),
    [
        (OLD, "18070", "18073", "local"),
        (OLD, "18073", "18100", "province"),
        (NOW, "18073", "18100", "local"),
        (NOW, "18073", "18652", "province"),
        (NOW, "18070", "18100", "local"),
        (NOW, "18073", "38", "near"),
        (NOW, "01", "18073", "far"),
        (NOW, "42", "18073", "province"),
        (NOW, "01", "38", "far"),
    ],
    ids=["same district", "two districts", "same area", "two areas", "code of before the merger", "near", "far", "seat unknown", "abroad"],
)  # fmt: skip
def test_the_zone_is_that_of_the_day(mini: Pack, day: date, one: str, other: str, zone: str) -> None:
    assert postage(mini, day, one, other, 50).zone == zone
    assert postage(mini, day, other, one, 50).zone == zone


def test_a_reduction_shows_its_proof_and_keeps_the_full_charge(mini: Pack) -> None:
    half = postage(mini, NOW, "18073", "18100", 90, "thuong_binh")
    assert (half.amount, half.base, half.proof) == (13000, 26000, "Thẻ thương binh")
    free = postage(mini, NOW, "18073", "18100", 90, "me_vnah", "return")
    assert (free.amount, free.base, free.service) == (0, 26000, "return")
    assert "được miễn" in free.explain[-1]


def test_the_part_taken_off_is_rounded_down(copy: Path) -> None:
    change(copy, "tariff.yaml", "{up_to: 100, price: 26000}", "{up_to: 100, price: 26001}")
    assert postage(read_pack(copy), NOW, "18073", "18100", 90, "thuong_binh").amount == 13001


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"grams": 0}, "postage.bad_weight"),
        ({"grams": -5}, "postage.bad_weight"),
        ({"grams": 5001}, "postage.too_heavy"),
        ({"grams": 101, "to_unit": "38"}, "postage.too_heavy"),
        ({"exemption": "nobody"}, "postage.no_exemption"),
        ({"service": "balloon"}, "postage.unknown_service"),
        ({"to_unit": "99999"}, "unit.unknown"),
        ({"to_unit": "18082"}, "unit.not_in_force"),
        ({"day": date(2020, 1, 1)}, "postage.no_tariff"),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_refused(mini: Pack, given: dict[str, object], code: str) -> None:
    asked = {"day": NOW, "from_unit": "18073", "to_unit": "18100", "grams": 90} | given
    with pytest.raises(Refused) as refused:
        postage(mini, **asked)  # type: ignore[arg-type]
    assert refused.value.codes == (code,)


def test_a_zone_without_a_known_price_is_refused(copy: Path) -> None:
    change(
        copy,
        "tariff.yaml",
        "zone: near, from: 2025-01-01, prices: [{up_to: 100, price: 30500}]",
        "zone: near, from: 2025-01-01, prices: []",
    )
    with pytest.raises(Refused, match="chưa có giá cước cho Tỉnh lân cận"):
        postage(read_pack(copy), NOW, "18073", "38", 50)


def test_the_charge_for_remitting_the_fee_and_the_list_of_reductions(mini: Pack) -> None:
    assert remit_charge(mini, NOW) == (8000, "Ví dụ")
    assert [exemption.key for exemption in exemptions(mini, NOW)] == ["me_vnah", "thuong_binh"]
    assert exemptions(mini, date(2020, 1, 1)) == []


_MINI = read_pack(MINI)


@settings(deadline=None)
@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([None, "thuong_binh", "me_vnah"]))
def test_heavier_never_costs_less_and_nobody_pays_more_than_the_charge(one: int, other: int, who: str | None) -> None:
    light, heavy = (postage(_MINI, NOW, "18073", "18100", grams, who) for grams in sorted((one, other)))
    assert light.amount <= heavy.amount
    assert 0 <= heavy.amount <= heavy.base <= heavy.maximum
