"""The law on the command line: answers, refusals and usage errors, each with its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from motcua.cli.main import COMMANDS, cli
from tests.law.conftest import MINI, change

ROOT = MINI.parents[3]
PACK = ("--pack", str(MINI))
DEADLINE = ("deadline", *PACK, "--procedure", "1.004873", "--unit", "18073")
POSTAGE = ("postage", *PACK, "--from", "18073", "--to", "18100", "--grams", "90", "--day", "2026-02-13")


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def answered(*args: str) -> Any:
    """The JSON answer of a command that succeeds."""
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_whole_pack_passes_with_its_examples() -> None:
    result = run("pack", "check", str(MINI))
    assert result.exit_code == 0
    assert "no fault; 7 examples agree" in result.output
    told = answered("pack", "check", str(MINI))
    assert told["ok"] is True
    assert (told["cases"], told["values"]["procedure"]) == (7, 5)


def test_a_bad_pack_fails_with_its_faults(copy: Path) -> None:
    change(copy, "rules.yaml", "value: 480", "value: many")
    change(copy, "tariff.yaml", "percent: 50", "percent: 150")
    result = run("pack", "check", str(copy))
    assert result.exit_code == 1
    assert "rules.yaml line 2: rules[0].value: day_minutes is 'many'; mend: write a whole number" in result.stdout
    assert result.stderr.endswith("2 to mend.\n")
    errors = json.loads(run("pack", "check", str(copy), "--json").stdout)["errors"]
    assert ("tariff.yaml", "150 is more than 100") in {(e["file"], e["what"]) for e in errors}
    assert all(e["place"].startswith("line ") and e["mend"] for e in errors)


def test_an_example_that_does_not_agree_fails_the_check(copy: Path) -> None:
    change(copy, "cases/mau.yaml", "amount: 13000", "amount: 12999")
    result = run("pack", "check", str(copy))
    assert result.exit_code == 1
    assert (
        "cases/mau.yaml line 17: Trong cùng khu vực, thương binh được giảm một nửa: amount should be 12999, but is 13000"
        in result.stdout
    )


def test_a_pack_that_is_not_there() -> None:
    result = run("pack", "check", "no/such/folder")
    assert result.exit_code == 1
    assert "there is no such folder" in result.stdout


def test_showing_a_pack_on_a_day() -> None:
    told = answered("pack", "show", str(MINI), "--day", "2026-02-13")
    assert [p["code"] for p in told["procedures"]] == ["1.004873", "2.000488", "2.000815"]
    assert told["years"] == [2025, 2026]
    assert "1.004873  3 working days" in run("pack", "show", str(MINI), "--day", "2026-02-13").output


def test_showing_one_procedure() -> None:
    told = answered("pack", "show", str(MINI), "--day", "2026-02-13", "--procedure", "2.000488")
    assert told["versions"] == ["2025-01-01", "2026-03-01 (repealed)"]
    assert told["allowance"] == {"kind": "days", "amount": 10}
    text = run("pack", "show", str(MINI), "--day", "2026-02-13", "--procedure", "1.004873").output
    assert "15.000 đ / dossier  Lệ phí xác nhận" in text
    refused = run("pack", "show", str(MINI), "--day", "2026-03-13", "--procedure", "2.000488")
    assert refused.exit_code == 1
    assert "procedure.repealed" in refused.stderr


def test_a_deadline_with_its_reasons() -> None:
    told = answered(*DEADLINE, "--received", "2026-02-13T16:10")
    assert told["due_at"] == "2026-02-25T16:10:00+07:00"
    assert told["clock_starts_at"] == "2026-02-13T16:10:00+07:00"
    assert [leg["owner"] for leg in told["legs"]] == ["agency", "post", "post"]
    assert {day["day"]: day["source"] for day in told["skipped"]}["2026-02-18"] == "Ví dụ"
    text = run(*DEADLINE, "--received", "2026-02-13T16:10").output
    assert text.startswith("Thứ Tư 25/02/2026 16:10\n")
    assert "Hạn trả kết quả: Thứ Tư 25/02/2026 16:10." in text


def test_a_deadline_in_english_from_a_point_with_pauses() -> None:
    args = (
        *DEADLINE,
        "--received",
        "2026-02-27T10:00",
        "--place",
        "diem-thanh-sen",
        "--channel",
        "counter",
        "--lang",
        "en",
    )
    paused = ("--pause", "2026-03-02T14:00", "2026-03-03T14:00", "--pause", "2026-03-04T08:00", "2026-03-04T09:00")
    told = answered(*args, *paused)
    assert told["clock_estimated"] is True
    assert told["clock_starts_at"] == "2026-03-02T07:30:00+07:00"
    assert told["due_at"] == "2026-03-06T08:30:00+07:00"
    assert any("(an estimate)" in line for line in told["explanation"])
    assert sum("waiting for a supplement" in line for line in told["explanation"]) == 2


def test_an_open_pause_leaves_no_date() -> None:
    args = (*DEADLINE, "--received", "2026-03-04T08:00", "--pause", "2026-03-05T09:00", "open")
    assert answered(*args)["due_at"] is None
    assert run(*args).output.startswith("1.004873")


def test_an_instant_may_carry_its_offset() -> None:
    assert answered(*DEADLINE, "--received", "2026-02-13T09:10+00:00")["due_at"] == "2026-02-25T16:10:00+07:00"


def test_a_charge_with_its_reasons() -> None:
    assert answered(*POSTAGE)["amount"] == 26000
    told = answered(*POSTAGE, "--exemption", "thuong_binh", "--service", "return")
    assert (told["amount"], told["base"], told["exemption"], told["service"]) == (13000, 26000, "thuong_binh", "return")
    assert run(*POSTAGE).output.startswith("26.000 đ\n")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((*DEADLINE, "--received", "2031-02-13T16:10"), "calendar.unknown_year"),
        (("deadline", *PACK, "--procedure", "9.999999", "--received", "2026-02-13T16:10"), "procedure.unknown"),
        ((*DEADLINE, "--received", "2026-02-13T16:10", "--place", "nowhere"), "office.unknown"),
        ((*POSTAGE, "--exemption", "nobody"), "postage.no_exemption"),
        (("postage", *PACK, "--from", "18073", "--to", "18100", "--grams", "0", "--day", "2026-02-13"), "postage.bad_weight"),
        (("code", "s10", "ra", "1"), "codes.s10_prefix"),
        (("code", "s10", "RA", "123456789"), "codes.s10_serial"),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_exits_1(args: tuple[str, ...], code: str) -> None:
    plain, told = run(*args), run(*args, "--json")
    assert (plain.exit_code, told.exit_code) == (1, 1)
    assert plain.stderr.startswith(f"{code}: ")
    assert plain.stdout == ""
    assert [p["code"] for p in json.loads(told.stdout)["problems"]] == [code]


@pytest.mark.parametrize(
    "args",
    [
        ("deadline", *PACK),
        (*DEADLINE, "--received", "2026-02-30T16:10"),
        (*DEADLINE, "--received", "2026-02-13"),
        (*DEADLINE, "--received", "yesterday"),
        (*DEADLINE, "--received", "2026-02-13T16:10", "--channel", "pigeon"),
        (*DEADLINE, "--received", "2026-02-13T16:10", "--pause", "2026-02-13T16:10"),
        (*DEADLINE, "--received", "2026-02-13T16:10", "--pause", "open", "2026-02-13T16:10"),
        ("postage", *PACK, "--from", "18073", "--to", "18100", "--grams", "light", "--day", "2026-02-13"),
        ("postage", *PACK, "--from", "18073", "--to", "18100", "--grams", "1", "--day", "13/02/2026"),
        ("code",),
        ("code", "s10", "RA"),
        ("pack", "check"),
    ],
)
def test_a_wrong_question_exits_2(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr or "requires 2 arguments" in result.stderr


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("H27.14-20260609-0000001", "dossier_code", True),
        ("h27.14-20260609-0000001 ", "dossier_code", True),
        ("000.00.14.H56-200203-0118", "dossier_code", True),
        ("000.17.22.H56-210531-0001", "dossier_code", True),
        ("H27.14-20260631-0000001", "dossier_code", False),
        ("H27.14-20260609-0000000", "dossier_code", False),
        ("RA473124829VN", "s10", True),
        ("ra 473124829 vn", "s10", True),
        ("RA473124828VN", "s10", False),
        ("042085001234", "citizen_id", True),
        ("099085001234", "citizen_id", False),
        ("184123456", "old_id", True),
        ("0100109106", "tax_code", True),
        ("0102595740-001", "tax_code", True),
        ("0100109107", "tax_code", False),
        ("0912345678", "phone", True),
        ("+84 912 345 678", "phone", True),
        ("0239 385 6789", "phone", True),
        ("0112345678", "tax_code", False),
        ("1.004873", "procedure_code", True),
        ("3.000181.000.00.00.H22", "procedure_code", True),
        ("xin chào", "unknown", False),
        ("", "unknown", False),
    ],
)
def test_a_number_is_named_and_judged(text: str, kind: str, right: bool) -> None:
    result = run("code", "check", text, "--json")
    told = json.loads(result.stdout)
    assert (told["is"], told["right"]) == (kind, right)
    assert result.exit_code == (0 if right else 1)
    assert told["says"]
    assert run("code", "check", text).exit_code == result.exit_code


def test_a_postal_number_is_made_with_its_check_digit() -> None:
    assert run("code", "s10", "RA", "47312482").output == "RA473124829VN\n"
    assert answered("code", "s10", "RA", "1") == {"number": "RA000000014VN"}


@pytest.mark.parametrize("name", [("pack", "check"), ("pack", "show"), ("pack", "load"), ("deadline",), ("postage",), ("code", "check"), ("code", "s10")])  # fmt: skip
def test_every_command_of_law_has_help_with_an_example_that_names_it(name: tuple[str, ...]) -> None:
    result = run(*name, "--help")
    assert result.exit_code == 0
    assert f"motcua {' '.join(name)} " in result.output.split("Options:")[0].split("\n", 1)[1]
    assert "--json" in result.output
    assert name[0] in COMMANDS


# --- real processes


def motcua(*args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "motcua.cli.main", *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | settings, check=False)


def test_the_installed_command_answers_without_django() -> None:
    done = motcua(*DEADLINE, "--received", "2026-02-13T16:10", "--json", DJANGO_SETTINGS_MODULE="no.such.settings")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["due_at"] == "2026-02-25T16:10:00+07:00"


def test_the_installed_command_fails_with_1_and_2() -> None:
    refused = motcua(*DEADLINE, "--received", "2031-02-13T16:10")
    assert refused.returncode == 1
    assert refused.stderr.startswith("calendar.unknown_year: ")
    assert motcua("pack", "check", "no/such/folder").returncode == 1
    assert motcua("deadline").returncode == 2


def test_loading_a_pack_publishes_it_once_and_refuses_a_change(tmp_path: Path, copy: Path) -> None:
    data = {"MOTCUA_DATA": str(tmp_path / "data"), "MOTCUA_DATABASE_URL": ""}
    assert motcua("migrate", **data).returncode == 0
    first = motcua("pack", "load", str(copy), "--yes", **data)
    assert first.returncode == 0, first.stderr
    assert "new values." in first.stdout
    again = motcua("pack", "load", str(copy), "--yes", **data)
    assert again.stdout.endswith("everything is published already.\n0 values published.\n")
    change(
        copy,
        "rules.yaml",
        "{name: supplement_limit, from: 2025-01-01, value: 1",
        "{name: supplement_limit, from: 2025-01-01, value: 2",
    )
    refused = motcua("pack", "load", str(copy), "--yes", **data)
    assert refused.returncode == 1
    assert refused.stderr.startswith("law.changed: rule “supplement_limit” từ 01/01/2025")
