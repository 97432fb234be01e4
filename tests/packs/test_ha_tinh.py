"""What the pack of Hà Tĩnh promises as a whole: geographies, offices, days, procedures, examples."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from motcua.law.cases import read_cases
from motcua.law.model import Pack
from motcua.law.reader import pack_errors, read_pack

FOLDER = Path(__file__).parent.parent.parent / "packs" / "ha-tinh"
PILOT, BETWEEN, NOW = date(2022, 8, 15), date(2025, 3, 3), date(2026, 3, 10)
LOC_HA = "448"
SWAPS = {
    date(2024, 4, 29): date(2024, 5, 4),
    date(2025, 5, 2): date(2025, 4, 26),
    date(2026, 1, 2): date(2026, 1, 10),
    date(2026, 8, 31): date(2026, 8, 22),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(FOLDER)


def test_the_pack_has_no_error() -> None:
    assert [str(error) for error in pack_errors(FOLDER)] == []


@pytest.mark.parametrize(
    ("day", "communes", "districts"), [(PILOT, 216, 13), (BETWEEN, 209, 12), (NOW, 69, 0)]
)
def test_each_geography_is_whole(pack: Pack, day: date, communes: int, districts: int) -> None:
    in_force = [line.get(day) for line in pack.unit_lines.values()]
    ours = [unit for unit in in_force if unit and unit.is_commune]
    assert len(ours) == communes
    assert sum(1 for unit in in_force if unit and unit.kind == "district") == districts
    assert (pack.unit_lines[LOC_HA].get(day) is not None) == (day == PILOT)


@pytest.mark.parametrize("day", [PILOT, BETWEEN, NOW])
def test_every_commune_of_every_geography_has_its_committee(pack: Pack, day: date) -> None:
    birth = pack.procedure("1.001193", day)
    for unit in pack.units(day):
        assert pack.agency_for(birth, unit.code, day).level == "commune", unit.name


def test_every_commune_of_today_has_its_four_offices(pack: Pack) -> None:
    offices = [office for office in pack.offices() if office.in_force(NOW)]
    for unit in pack.units(NOW):
        here = Counter(
            office.kind for office in offices if pack.unit_of_office(office.code, NOW) == unit.code
        )
        least = Counter(agency=2, one_stop=1, post_point=1)
        assert here >= least, unit.name
        assert pack.post_office_for(unit.code, NOW) != "buu-cuc-ha-tinh"


@pytest.mark.parametrize(("free", "worked"), SWAPS.items())
def test_a_swap_binds_the_agency_and_not_the_post(pack: Pack, free: date, worked: date) -> None:
    agency, post = pack.calendar("agency"), pack.calendar("post")
    assert not agency.is_open_day(free)
    assert agency.is_open_day(worked)
    assert post.is_open_day(free)


def test_2027_is_an_estimate_and_2028_is_not_known(pack: Pack) -> None:
    assert list(pack.years) == list(range(2021, 2028))
    assert pack.calendar("agency").is_estimate(date(2027, 2, 5))
    assert not pack.calendar("agency").is_estimate(date(2026, 2, 17))


def test_todays_procedures_lie_with_many_agencies_and_in_every_kind_of_term(pack: Pack) -> None:
    versions = list(pack.procedures(NOW))
    deciding = {(version.agency.kind, version.agency.code) for version in versions}
    assert len(versions) >= 30
    assert len(deciding) >= 8
    assert {version.allowance.kind for version in versions} == {"same_day", "working_days", "days"}
    assert all(version.aliases and 5 <= len(version.form) <= 12 for version in versions)


@pytest.mark.parametrize(("old", "new"), [("2.000488", "3.000333"), ("1.002809", "3.000347")])
def test_a_reissued_code_takes_over_on_its_day(pack: Pack, old: str, new: str) -> None:
    last, first = date(2025, 2, 28), date(2025, 3, 1)
    assert old in {version.code for version in pack.procedures(last)}
    assert old not in {version.code for version in pack.procedures(first)}
    assert pack.procedure(new, first).replaces == old


def test_there_are_examples_enough_of_every_kind() -> None:
    kinds = Counter(case.kind for case in read_cases(FOLDER))
    least = {"deadline": 45, "postage": 15, "form_number": 8, "competence": 10, "code": 4}
    assert {kind: number for kind, number in least.items() if kinds[kind] < number} == {}
