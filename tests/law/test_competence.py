"""Who decides, who may receive, and whose acceptance counts, on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from motcua.kernel.problems import Refused
from motcua.law.model import Pack
from motcua.law.reader import read_pack
from tests.law.conftest import change

BEFORE, NOW, LATER = date(2026, 2, 10), date(2026, 3, 10), date(2026, 9, 1)
MARRIAGE, COPY, OLD_RECORD = "1.004873", "2.000815", "2.000488"
TP = "procedures/tu-phap.yaml"


@pytest.mark.parametrize(
    ("unit", "agency"),
    [
        ("18073", "ubnd-thanh-sen"),
        ("18100", "ubnd-tran-phu"),
        ("18652", "ubnd-ha-huy-tap"),
        ("18070", "ubnd-thanh-sen"),
    ],
)
def test_a_matter_of_the_commune_goes_to_the_applicants_own(mini: Pack, unit: str, agency: str) -> None:
    """18070 was Phường Trần Phú until 30/06/2025 and went into Thành Sen; today's Trần Phú is 18100."""
    assert mini.agency_for(mini.procedure(MARRIAGE, NOW), unit, NOW).code == agency


@pytest.mark.parametrize(
    ("unit", "code", "says"),
    [
        ("18082", "unit.not_in_force", "Phường Thành Sen (18073), Phường Hà Huy Tập (18652)"),
        ("99999", "unit.unknown", "99999"),
        ("42", "unit.unknown", "không phải là xã, phường"),
        ("", "unit.unknown", ""),
    ],
)
def test_a_unit_that_does_not_say_which_commune_is_refused(mini: Pack, unit: str, code: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        mini.agency_for(mini.procedure(MARRIAGE, NOW), unit, NOW)
    assert refused.value.codes == (code,)
    assert says in str(refused.value)


def test_without_a_commune_that_of_the_place_of_reception_counts(mini: Pack) -> None:
    version = mini.procedure(MARRIAGE, NOW)
    assert mini.agency_for(version, "", NOW, place="diem-tran-phu").code == "ubnd-tran-phu"


def test_a_closed_agency_is_followed_to_its_successor(mini: Pack) -> None:
    version = mini.procedure(OLD_RECORD, BEFORE)
    assert mini.agency_for(version, "18073", BEFORE).code == "so-tu-phap"
    assert mini.agency_for(version, "18073", LATER).code == "cong-an-tinh"
    assert [office.code for office in mini.offices("agency", LATER)].count("so-tu-phap") == 0


def test_an_agency_closed_without_a_successor_is_refused(copy: Path) -> None:
    change(copy, "offices.yaml", "office: cong-an-tinh", "office: null")
    pack = read_pack(copy)
    with pytest.raises(Refused) as refused:
        pack.agency_for(pack.procedure(OLD_RECORD, BEFORE), "18073", LATER)
    assert refused.value.codes == ("agency.none",)


def test_a_branch_serves_its_communes(copy: Path) -> None:
    change(copy, TP, "agency: {kind: commune}", "agency: {kind: branch, code: cong-an-tinh}")
    office = """- code: cong-an-{0}
  kind: agency
  type: police
  level: commune
  name: Công an phường {0}
  from: 2025-07-01
  unit: "18073"
  parent: cong-an-tinh
  serves: [{1}]
  calendar: agency
  source: Ví dụ
  confidence: low
"""
    added = office.format("mot", '"18073", "18652"') + office.format("hai", '"18100"')
    change(copy, "offices.yaml", "offices:\n", "offices:\n" + added)
    pack = read_pack(copy)
    version = pack.procedure(MARRIAGE, NOW)
    found = [pack.agency_for(version, unit, NOW).code for unit in ("18073", "18652", "18100")]
    assert found == ["cong-an-mot", "cong-an-mot", "cong-an-hai"]


@pytest.mark.parametrize(
    ("code", "place", "day", "may", "starts"),
    [
        (MARRIAGE, "mot-cua-thanh-sen", NOW, True, True),
        (MARRIAGE, "diem-thanh-sen", BEFORE, True, False),
        (MARRIAGE, "diem-thanh-sen", NOW, True, True),
        (MARRIAGE, "diem-tran-phu", NOW, True, False),
        (MARRIAGE, "buu-dien-tinh", NOW, False, False),
        (MARRIAGE, "ubnd-tran-phu", NOW, True, True),
        (MARRIAGE, "ubnd-thanh-sen", NOW, False, True),
        (COPY, "mot-cua-thanh-sen", NOW, True, True),
        (COPY, "diem-thanh-sen", NOW, False, True),
    ],
)
def test_who_may_receive_and_whose_acceptance_counts(
    mini: Pack, code: str, place: str, day: date, may: bool, starts: bool
) -> None:
    version, office = mini.procedure(code, day), mini.office(place)
    agency = mini.agency_for(version, "18100", day)
    assert mini.may_receive(version, agency, office, day) is may
    assert office.starts_clock(day) is starts


def test_a_place_that_receives_for_its_own_takes_nothing_else(copy: Path) -> None:
    change(copy, "offices.yaml", "{from: 2025-07-01, value: province", "{from: 2025-07-01, value: own")
    pack = read_pack(copy)
    version, desk = pack.procedure(MARRIAGE, NOW), pack.office("mot-cua-thanh-sen")
    own, other = (pack.agency_for(version, unit, NOW) for unit in ("18073", "18100"))
    assert pack.may_receive(version, own, desk, NOW)
    assert not pack.may_receive(version, other, desk, NOW)


def test_where_only_results_travel_a_point_must_be_designated_to_receive(copy: Path) -> None:
    change(copy, TP, "post: full", "post: result")
    pack = read_pack(copy)
    version, point = pack.procedure(MARRIAGE, NOW), pack.office("diem-thanh-sen")
    agency = pack.agency_for(version, "18073", NOW)
    assert [pack.may_receive(version, agency, point, day) for day in (BEFORE, NOW)] == [False, True]


@pytest.mark.parametrize(
    ("place", "day", "accepting"),
    [
        (None, NOW, "mot-cua-thanh-sen"),
        ("mot-cua-thanh-sen", NOW, "mot-cua-thanh-sen"),
        ("diem-thanh-sen", NOW, "diem-thanh-sen"),
        ("diem-thanh-sen", BEFORE, "mot-cua-thanh-sen"),
        ("ubnd-thanh-sen", NOW, "ubnd-thanh-sen"),
    ],
)
def test_the_accepting_office(mini: Pack, place: str | None, day: date, accepting: str) -> None:
    assert mini.accepting_office(mini.procedure(MARRIAGE, day), "ubnd-thanh-sen", place, day) == accepting


def test_an_agency_without_a_one_stop_accepts_itself_and_a_stranger_is_refused(mini: Pack) -> None:
    version = mini.procedure(MARRIAGE, NOW)
    assert mini.accepting_office(version, "ubnd-tran-phu", "diem-tran-phu", NOW) == "ubnd-tran-phu"
    with pytest.raises(Refused) as refused:
        mini.accepting_office(version, "ubnd-tran-phu", "buu-dien-tinh", NOW)
    assert refused.value.codes == ("place.not_receiving",)


def test_codes_are_written_under_the_identification_code_of_the_day(mini: Pack) -> None:
    days = (date(2025, 6, 30), date(2025, 7, 1))
    assert [mini.ident_of("so-tu-phap", day) for day in days] == ["000.00.11.H27", "H27.11"]
    assert [mini.code_layout(day).name for day in days] == ["old", "new"]
    assert mini.ident_of("mot-cua-thanh-sen", NOW) == "H27.31"  # a one-stop numbers for its agency
    assert mini.ident_of("ubnd-ha-huy-tap", NOW) == ""
    assert mini.tracking_prefix(NOW) == "RA"


def test_the_post_office_of_a_commune_is_the_main_one_where_none_is_named(mini: Pack) -> None:
    assert mini.post_office_for("18073", NOW) == "buu-dien-tinh"
    assert mini.post_office_for("18652", NOW) == "buu-dien-tinh"
    assert mini.post_office_for("01", NOW) == "buu-dien-tinh"


def test_an_office_goes_on_in_the_unit_its_own_went_into(copy: Path) -> None:
    change(
        copy,
        "offices.yaml",
        '  name: Bưu điện tỉnh\n  from: 2025-01-01\n  unit: "18073"',
        '  name: Bưu điện tỉnh\n  from: 2025-01-01\n  unit: "18070"',
    )
    pack = read_pack(copy)
    assert [pack.unit_of_office("buu-dien-tinh", day) for day in (date(2025, 6, 30), NOW)] == ["18070", "18073"]


def test_the_same_code_is_another_unit_on_another_day(mini: Pack) -> None:
    assert mini.unit("18100", date(2025, 6, 30)).name == "Xã Thạch Hưng"
    assert mini.unit("18100", NOW).name == mini.unit("18100").name == "Phường Trần Phú"
    assert [unit.code for unit in mini.units(NOW)] == ["18073", "18100", "18652"]
    assert [unit.code for unit in mini.units(date(2025, 6, 30), "district")] == ["436", "445"]
    assert mini.has_unit("18070", date(2025, 6, 30))
    assert not mini.has_unit("18070", NOW)


@pytest.mark.parametrize(
    ("kind", "day", "number"),
    [("receipt", NOW, "01"), ("control_slip", date(2025, 9, 14), "05"), ("control_slip", date(2025, 9, 15), "06"), ("stop", NOW, "05")],
)  # fmt: skip
def test_forms_carry_the_number_of_their_day(mini: Pack, kind: str, day: date, number: str) -> None:
    assert mini.form(kind, day).number == number


def test_what_the_pack_does_not_say_is_refused(mini: Pack) -> None:
    for ask, code in [
        (lambda: mini.form("stop", date(2025, 9, 14)), "form.none"),
        (lambda: mini.form("poem", NOW), "form.none"),
        (lambda: mini.rule("patience", NOW), "rule.unknown"),
        (lambda: mini.rule("day_minutes", date(2020, 1, 1)), "rule.unknown"),
        (lambda: mini.calendar("moon"), "calendar.unknown"),
        (lambda: mini.calendar("agency", known_on=date(2020, 1, 1)), "calendar.unknown"),
        (lambda: mini.office("nobody"), "office.unknown"),
        (lambda: mini.unit("99999"), "unit.unknown"),
    ]:
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.codes == (code,)
