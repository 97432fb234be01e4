"""Every kind of fault is named by file, line, place, what it is and how to mend it; and only it is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from motcua.law.reader import PackErrors, pack_errors, read_pack
from tests.law.conftest import MINI, change

TP = "procedures/tu-phap.yaml"


class Bad(NamedTuple):
    """In `file` the text `old` becomes `new`; the one error is at `place`, says `what`, and `mend` helps."""

    name: str
    file: str
    old: str
    new: str
    place: str
    what: str
    mend: str
    found_in: str = ""


SHAPE = [
    Bad("not YAML", "offices.yaml", "  kind: agency", "  kind: agency: x", "line 3", "it is not YAML", "quotes"),
    Bad("a key twice", "pack.yaml", "name: Gói", "id: other\nname: Gói", "line 2: id", "stands twice", "keep one"),
    Bad("a tag", "pack.yaml", "id: mini", "id: !!python/name:os.system mini", "line 1", "is not allowed", "without a tag"),
    Bad("a merge key", "pack.yaml", "id: mini", "<<: {a: b}\nid: mini", "line 1", "plain text", "write the keys out"),
    Bad("an unknown field", "pack.yaml", "name: Gói", "nmae: x\nname: Gói", "line 2: nmae", "not known here", "did you mean 'name'"),
    Bad("no source", TP, "    source: Quyết định công bố (ví dụ)\n", "", "procedures[0].versions[0]", "'source' is missing", "add source"),
    Bad("no confidence", "rules.yaml", "value: 480, source: Ví dụ, confidence: low", "value: 480, source: Ví dụ", "line 2: rules[0]", "'confidence' is missing", "low, medium or high"),
    Bad("an unknown confidence", "pack.yaml", "confidence: low", "confidence: sure", "line 6: confidence", '"sure" is not one of', "low or medium or high"),
    Bad("a fee that is text", TP, "amount: 15000", 'amount: "15000"', "fees[0].amount", '"15000" is text, not a whole number', "no quotes"),
    Bad("a fee with a point", TP, "amount: 15000", "amount: 15000.5", "fees[0].amount", "not a whole number", "plain whole number"),
    Bad("a negative fee", TP, "amount: 15000", "amount: -1", "fees[0].amount", "less than 0", "0 or more"),
    Bad("a code without quotes", "pack.yaml", 'province_unit: "42"', "province_unit: 42", "line 3: province_unit", "42 is a whole number, not text", "put it in quotes"),
    Bad("a day that does not exist", TP, "- from: 2025-07-01", "- from: 2025-02-30", "versions[0].from", "is not a day that exists", "correct it"),
    Bad("a malformed identification code", "offices.yaml", "value: H27.31", "value: H27-31", "ident[0].value", '"H27-31" is malformed', "H27.14, or null"),
    Bad("a malformed procedure code", TP, 'code: "2.000815"', 'code: "2.815"', "procedures[1].code", "is malformed", "1.001193"),
    Bad("a malformed window", "calendar.yaml", "07:30-11:30", "11:30-07:30", "weeks[0].days.mon[0]", "is not a working window", "correct it"),
    Bad("a capital letter in a slug", "offices.yaml", "code: ubnd-tran-phu", "code: UBND-tran-phu", "offices[1].code", "is malformed", "so-tu-phap"),
    Bad("same_day with an amount", TP, "allowance: {kind: same_day}", "allowance: {kind: same_day, amount: 1}", "procedures[1].versions[0].allowance.amount", "must not stand here", "remove it"),
    Bad("a choice without choices", TP, ", choices: [Kết hôn, Vay vốn, Khác]", "", "form[0]", "'choices' is missing", "add choices"),
    Bad("half a graded fee", TP, "over: 2, over_amount: 1000", "over: 2", "fees[0]", "go together", "both or neither"),
    Bad("a form that exists without a title", "forms.yaml", 'number: "01", title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"', 'number: "01"', "forms[0].versions[0]", "'title' is missing", "add title"),
    Bad("a short row", "units.tsv", "18100\t2025-07-01\tward", "18100\tward", "line 6", "7 cells instead of 8", "one tab"),
    Bad("another header", "units.tsv", "code\tfrom", "from\tcode", "line 1", "the header is from, code", "code, from"),
    Bad("a kind of unit", "units.tsv", "18100\t2025-07-01\tward", "18100\t2025-07-01\tvillage", "line 6: [4].kind", '"village" is not one of', "ward"),
    Bad("a control character", "pack.yaml", "Gói mẫu", "Gói\x1fmẫu", "line 1", "it is not YAML", "quotes"),
]  # fmt: skip

MEANING = [
    Bad("an unknown office", TP, "kind: office, code: so-tu-phap", "kind: office, code: so-y-te", "procedures[2].versions[0].agency.code", "no agency 'so-y-te'", "add that agency"),
    Bad("an agency that does not decide", TP, "kind: office, code: cong-an-tinh", "kind: office, code: buu-dien-tinh", "procedures[3].versions[0].agency.code", "is a post_office", "name an agency"),
    Bad("an agency not yet there", "offices.yaml", "  name: Sở Tư pháp\n  short: STP\n  from: 2025-01-01", "  name: Sở Tư pháp\n  short: STP\n  from: 2025-06-01", "procedures[2].versions[0].agency.code", "is not in force on 2025-01-01", "name the agency of that day", TP),
    Bad("a branch without branches", TP, "agency: {kind: office, code: cong-an-tinh}", "agency: {kind: branch, code: cong-an-tinh}", "procedures[3].versions[0].agency.code", "has no branch", "add its branches"),
    Bad("nobody at that level", TP, "agency: {kind: commune}", "agency: {kind: district}", "procedures[0].versions[0].agency", "no People's Committee of level district", "add them"),
    Bad("a commune without a committee", "offices.yaml", '  unit: "18652"', '  unit: "18100"', "procedures[0].versions[0].agency", "Phường Hà Huy Tập (18652)", "add the missing agencies", TP),
    Bad("an unknown unit", "offices.yaml", '  unit: "18100"', '  unit: "18999"', "", "", ""),
    Bad("an unknown parent", "offices.yaml", "parent: ubnd-thanh-sen", "parent: ubnd-nowhere", "offices[5].parent", "no office 'ubnd-nowhere'", "correct parent"),
    Bad("a parent of the wrong kind", "offices.yaml", "  parent: buu-dien-tinh", "  parent: so-tu-phap", "offices[7].parent", "is of kind agency", "name another office"),
    Bad("a designated one-stop", "offices.yaml", "  parent: ubnd-thanh-sen\n", "  parent: ubnd-thanh-sen\n  designated: [{from: 2025-07-01, value: true, source: Ví dụ}]\n", "offices[5].designated[0]", "only a post_point", "remove designated"),
    Bad("a receiver for nobody", "offices.yaml", "  receives:\n  - {from: 2025-07-01, value: province, source: Ví dụ}\n", "", "offices[5]", "for whom it receives", "add receives"),
    Bad("an agency without type", "offices.yaml", "  type: police\n", "", "offices[4]", "an agency needs its type", "add type"),
    Bad("an agency on the post's calendar", "offices.yaml", "  calendar: agency", "  calendar: post", "offices[0].calendar", "works by the agency calendar", "calendar: agency"),
    Bad("a circle of successors", "offices.yaml", '  name: Công an tỉnh\n', '  name: Công an tỉnh\n  successor: [{from: 2026-09-01, office: so-tu-phap, source: Ví dụ}]\n', "", "", ""),
    Bad("an unknown successor", "offices.yaml", "office: cong-an-tinh", "office: cong-an", "offices[3].successor[0].office", "no office 'cong-an'", "add that office"),
    Bad("an end before the beginning", "offices.yaml", "{from: 2026-09-01, office", "{from: 2024-09-01, office", "", "", ""),
    Bad("one identification code for two", "offices.yaml", "value: H27.32", "value: H27.31", "offices[1].ident[0].value", "also the code of 'ubnd-thanh-sen'", "correct one of the two"),
    Bad("an identification code of the other form", "offices.yaml", "value: H27.32", "value: 000.32.00.H27", "offices[1].ident[0].value", "is not of the new form", "add an ident"),
    Bad("the same first day twice", TP, "  - {from: 2026-03-01, repealed", "  - {from: 2025-01-01, repealed", "procedures[2].versions[1]", "starts twice on 2025-01-01", "later first day"),
    Bad("the same code twice", TP, 'code: "2.000815"', 'code: "1.004873"', "", "", ""),
    Bad("a repeal that leads nowhere", TP, 'replaced_by: "3.000333"', 'replaced_by: "3.000999"', "procedures[2].versions[1].replaced_by", "'3.000999', which takes over", "add that procedure"),
    Bad("steps that take too long", TP, "role: handler, hours: 16", "role: handler, hours: 17", "procedures[0].versions[0].steps", "25 hours, the allowance is 24", "make them equal"),
    Bad("steps too long for one day", TP, "role: handler, hours: 3", "role: handler, hours: 4", "procedures[1].versions[0].steps", "9 hours, the allowance is 8", "shorter"),
    Bad("a paper twice", TP, "{key: can_cuoc", "{key: to_khai", "papers[1].key", "'to_khai' stands 2 times in papers", "its own key"),
    Bad("a paper of no sheet", TP, "name: Căn cước, original: 0, copies: 1", "name: Căn cước, original: 0, copies: 0", "papers[1]", "no original and no copy", "how many"),
    Bad("a fee for the post's purse", TP, "purse: state", "purse: post", "fees[0].purse", "'post' is not a purse of the state", "purse: state"),
    Bad("an exemption that costs more", TP, "{key: ho_ngheo,", "{key: ho_ngheo, amount: 15000,", "fees[0].exempt[0].amount", "not less than the fee", "lower amount"),
    Bad("a ceiling below the fee", TP, "maximum: 200000", "maximum: 1000", "fees[0].maximum", "below the amount", "correct one"),
    Bad("an online fee where nothing is online", TP, "per: page, over", "per: page, online_amount: 1, over", "fees[0].online_amount", "not done online", "remove"),
    Bad("an idle alias", TP, "aliases: [giấy độc thân, XNTTHN]", "aliases: [giấy độc thân, Giay doc than]", "aliases[1]", "adds nothing", "remove it"),
    Bad("a swap without its day off", "calendar.yaml", "- {day: 2026-01-02, kind: off, name: Hoán đổi ngày làm việc, scope: [agency], twin: 2026-01-10, announced_on: 2025-12-20, source: Ví dụ, confidence: low}\n", "", "days[8].twin", "no day with kind: off and twin: 2026-01-10", "add 2026-01-02"),
    Bad("a worked day for nothing", "calendar.yaml", "name: Làm bù, scope: [agency], twin: 2026-01-02,", "name: Làm bù, scope: [agency],", "", "", ""),
    Bad("a day of an unknown year", "calendar.yaml", "- {day: 2026-01-01, kind", "- {day: 2031-01-01, kind", "days[7].day", "2031-01-01 lies outside the known years", "add 2031 to years"),
    Bad("a year without Tết", "calendar.yaml", "- {day: 2026-02-18, kind: off, name: Tết Nguyên đán, scope: [agency, post], announced_on: 2025-10-01, source: Ví dụ, confidence: low}\n", "", "years[1]", "2026 has 4 days off", "Tết Nguyên đán 2026"),
    Bad("a gap in the years", "calendar.yaml", "years:\n", "years:\n- {year: 2028, announced_on: 2025-10-01, source: Ví dụ, confidence: low}\n", "", "", ""),
    Bad("an unwritten end of a unit", "units_before.tsv", "Phường Trần Phú\t436\t18073", "Phường Trần Phú\t436\t", "line 4: [2].into", "nothing says where 'Phường Trần Phú' went", "write into"),
    Bad("the same-code trap", "units_before.tsv", "Phường Nam Hà\t436\t18073", "Phường Nam Hà\t436\t", "line 5: [3].into", "18073 is 'Phường Nam Hà' here and stands for 'Phường Thành Sen'", "18073 if it is the same unit"),
    Bad("a unit that went nowhere", "units_before.tsv", "436\t18073,18652", "436\t18073,18070", "line 6: [4].into", "'18070', which is not a unit on 2025-07-01", "correct into"),
    Bad("a unit under nothing", "units_before.tsv", "Xã Tượng Sơn\t445", "Xã Tượng Sơn\t449", "line 8: [6].parent", "'449' is not a unit", "correct parent"),
    Bad("a commune with a district's code", "units_before.tsv", "445\t2025-01-01\tdistrict", "445\t2025-01-01\tcommune", "line 3: [1].code", "5 digits, not '445'", "correct the code or the kind"),
    Bad("no price for a zone", "tariff.yaml", "services: [collect, return], zone: near", "services: [collect], zone: near", "", "", ""),
    Bad("a zone nobody reaches", "tariff.yaml", "zone: far, name: Tỉnh xa, when: any", "zone: distant, name: Tỉnh xa, when: any", "", "", ""),
    Bad("bands out of order", "tariff.yaml", "{up_to: 250, price: 26500}", "{up_to: 50, price: 26500}", "bands[0].prices[1].up_to", "does not go beyond", "order the bands"),
    Bad("a price above the legal one", "tariff.yaml", "price: 30000, maximum: 30000", "price: 30000, maximum: 29000", "bands[1].prices[0].price", "above the legal maximum", "correct one"),
    Bad("no zone for the rest", "tariff.yaml", "  - {zone: far, name: Tỉnh xa, when: any}\n  source: Ví dụ", "  source: Ví dụ", "zones[1].rules[2].when", "only it, is for any two places", "when: any"),
    Bad("a province nobody knows", "tariff.yaml", 'provinces: ["38"]', 'provinces: ["99"]', "zones[0].rules[2].provinces", "99: no such province", "add their rows"),
    Bad("a form missing", "forms.yaml", "kind: stop", "kind: receipt", "", "", ""),
    Bad("a form number twice", "forms.yaml", 'from: 2025-01-01, number: "02"', 'from: 2025-01-01, number: "01"', "forms[1].versions[0].number", "number 01 is also that of", "correct one"),
    Bad("a limit missing", "rules.yaml", "- {name: supplement_limit, from: 2025-01-01, value: 1, source: Ví dụ, confidence: low}\n", "", "line 1", "the rule supplement_limit has no value on 2025-01-01", "add it"),
    Bad("a limit that begins too late", "rules.yaml", "{name: result_hold_days, from: 2025-01-01", "{name: result_hold_days, from: 2026-01-01", "line 1", "the rule result_hold_days has no value on 2025-01-01", "add it"),
    Bad("a limit of the wrong kind", "rules.yaml", 'value: "15:00"', "value: 15", "rules[1].value", "same_day_cutoff is 15", "a time of day"),
    Bad("no layout of codes at first", "codes.yaml", "from: 2025-01-01, layout: old", "from: 2025-02-01, layout: old", "line 1", "dossier has nothing for 2025-01-01", "add what was in force"),
    Bad("a province that is no unit", "pack.yaml", 'province_unit: "42"', 'province_unit: "43"', "", "", ""),
]  # fmt: skip

# The faults that rightly show in two places, or elsewhere too.
SEVERAL = {
    "an unknown unit": [
        ("offices.yaml", "offices[1].unit", "'18999' is not a unit on 2025-07-01"),
        (TP, "procedures[0].versions[0].agency", "Phường Trần Phú (18100)"),
    ],
    "a circle of successors": [
        ("offices.yaml", "offices[3].successor[0].office", "round in a circle back to 'so-tu-phap'"),
        ("offices.yaml", "offices[4].successor[0].office", "round in a circle back to 'cong-an-tinh'"),
    ],
    "an end before the beginning": [
        ("offices.yaml", "offices[3].successor[0].from", "ends before it begins"),
        ("offices.yaml", "offices[3].successor[0].from", "begins only on 2025-01-01"),
        (TP, "procedures[2].versions[0].agency.code", "is not in force on 2025-01-01"),
    ],
    "the same code twice": [(TP, "procedures[1]", "stands twice"), (TP, "procedures[1].versions[0]", "starts twice")],
    "a worked day for nothing": [
        ("calendar.yaml", "days[9]", "nothing says for which day off"),
        ("calendar.yaml", "days[8].twin", "no day with kind: work and twin: 2026-01-02"),
    ],
    "a gap in the years": [
        ("calendar.yaml", "line 1", "leave out 2027"),
        ("calendar.yaml", "years[0]", "2028 has 0 days off"),
    ],
    "no price for a zone": [
        ("tariff.yaml", "zones[0]", "zone 'near' has no price for service 'return' on 2025-01-01"),
        ("tariff.yaml", "zones[1]", "zone 'near' has no price for service 'return' on 2025-07-01"),
    ],
    "a zone nobody reaches": [
        ("tariff.yaml", "zones[0]", "zone 'distant' has no price for service 'collect'"),
        ("tariff.yaml", "zones[0]", "zone 'distant' has no price for service 'return'"),
    ],
    "a form missing": [
        ("forms.yaml", "forms[4].versions[0]", "form receipt starts twice on 2025-01-01"),
        ("forms.yaml", "line 1", "the form stop is missing"),
    ],
    "a province that is no unit": [("pack.yaml", "line 3: province_unit", "'43' is not a unit")],
}  # fmt: skip


@pytest.mark.parametrize("bad", SHAPE + [bad for bad in MEANING if bad.what], ids=lambda bad: bad.name)
def test_a_fault_is_named_once_with_its_place_and_its_remedy(bad: Bad, copy: Path) -> None:
    change(copy, bad.file, bad.old, bad.new)
    errors = pack_errors(copy)
    told = "\n".join(str(error) for error in errors)
    assert len(errors) == 1, told
    assert errors[0].file == (bad.found_in or bad.file), told
    assert bad.place in errors[0].place, told
    assert re.match(r"line \d+", errors[0].place), told
    assert bad.what in errors[0].what, told
    assert bad.mend in errors[0].mend, told


@pytest.mark.parametrize("bad", [bad for bad in MEANING if SEVERAL.get(bad.name)], ids=lambda bad: bad.name)
def test_a_fault_with_several_faces_shows_them_all(bad: Bad, copy: Path) -> None:
    change(copy, bad.file, bad.old, bad.new)
    found = pack_errors(copy)
    for file, place, what in SEVERAL[bad.name]:
        assert any(e.file == file and place in e.place and what in e.what and e.mend for e in found), [
            str(e) for e in found
        ]
    assert {error.file for error in found} <= {file for file, _, _ in SEVERAL[bad.name]} | {bad.file}


def test_all_faults_of_all_files_are_told_at_once_in_the_order_of_files_and_lines(copy: Path) -> None:
    change(copy, "tariff.yaml", "{up_to: 250, price: 26500}", "{up_to: 50, price: 26500}")
    change(copy, "offices.yaml", "value: H27.31", "value: nonsense")
    change(copy, TP, "role: handler, hours: 16", "role: handler, hours: 17")
    change(copy, TP, "purse: state", "purse: post")
    places = [(error.file, int(error.place.split(":")[0].split()[1])) for error in pack_errors(copy)]
    assert [file for file, _ in places] == ["offices.yaml", TP, TP, "tariff.yaml"]
    assert places == sorted(places)


def test_a_file_that_cannot_be_read_does_not_make_what_it_holds_unknown(copy: Path) -> None:
    """One fault in offices.yaml is one error, not one for every procedure that names an office."""
    (copy / "offices.yaml").write_text("offices: [", "utf-8")
    assert [error.file for error in pack_errors(copy)] == ["offices.yaml"]


@pytest.mark.parametrize("file", ["pack.yaml", "units.tsv", "offices.yaml", "calendar.yaml", "tariff.yaml", "forms.yaml", "codes.yaml", "rules.yaml"])  # fmt: skip
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    missing = [error for error in pack_errors(copy) if error.what == "the file is missing"]
    assert [error.file for error in missing] == [file]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackErrors) as faulty:
        read_pack(tmp_path / "nowhere")
    assert "there is no such folder" in str(faulty.value)


def test_a_pack_without_procedures_says_so(copy: Path) -> None:
    shutil.rmtree(copy / "procedures")
    assert [(error.file, error.what) for error in pack_errors(copy)] == [
        ("procedures/thu-tuc.yaml", "the file is missing")
    ]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"a: &a [*a]", "an anchor contains itself"),
        (b"[" * 3000 + b"]" * 3000, "nested too deeply"),
        (b"- \n- 1", "is a list, not a mapping"),
        (b"", "null, not a mapping"),
        (b"? [a]\n: b", "a key must be plain text"),
    ],
    ids=["bytes", "recursion", "depth", "list", "empty", "complex key"],
)
def test_hostile_and_broken_yaml_is_told_not_suffered(copy: Path, raw: bytes, what: str) -> None:
    (copy / "rules.yaml").write_bytes(raw)
    errors = [error for error in pack_errors(copy) if error.file == "rules.yaml"]
    assert len(errors) == 1
    assert what in errors[0].what


def test_anchors_cannot_blow_a_file_up(copy: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    (copy / "rules.yaml").write_text("\n".join(lines), "utf-8")
    assert any("beyond a million values" in error.what for error in pack_errors(copy))


def test_the_pack_the_table_starts_from_is_whole() -> None:
    assert pack_errors(MINI) == []


def test_the_table_is_long_enough_and_names_each_fault_once() -> None:
    names = [bad.name for bad in SHAPE + MEANING]
    assert len(set(names)) == len(names) >= 25
