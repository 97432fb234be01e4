"""Writes docs/law.md: each text of law, what it settles, in which file of the pack it stands, which tests hold it.

Run it after a new text is cited in a pack: .venv/bin/python -m tools.law_table
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from motcua.law.cases import read_cases
from motcua.law.model import LawValue, Pack
from motcua.law.reader import read_pack

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "law.md"
PACK = ROOT / "packs" / "ha-tinh"

# kind of value (or its family) -> what it settles, file of the pack, kind of example, test module
KINDS: dict[str, tuple[str, str, str, str]] = {
    "pack": ("the one-stop service as a whole", "pack.yaml", "", "tests/law/test_record_form.py"),
    "unit": ("administrative units", "units.tsv, units_before.tsv", "competence", "tests/law/test_competence.py"),
    "office": ("agencies, one-stops, post points", "offices.yaml", "competence", "tests/law/test_competence.py"),
    "calendar": ("working days and days off", "calendar.yaml", "deadline", "tests/law/test_deadline.py"),
    "procedure": ("procedures: time, papers, fees", "procedures/", "deadline", "tests/law/test_reader.py"),
    "tariff": ("the post's charges", "tariff.yaml", "postage", "tests/law/test_postage.py"),
    "form": ("numbers of official forms", "forms.yaml", "form_number", "tests/law/test_competence.py"),
    "code": ("dossier codes, item numbers", "codes.yaml", "code", "tests/kernel/test_codes.py"),
    "rule": ("limits of the process", "rules.yaml", "deadline", "tests/law/test_bad_packs.py"),
}
NUMBERED = re.compile(
    r"(?:Quyết định|Nghị định|Thông tư|Nghị quyết|Kế hoạch) (?:\d+(?:/\d{4})?/[A-ZĐ0-9]+(?:-[A-Za-zĐ]+)?|\d+-NQ/TW)"
)
NAMED = (
    "Bộ luật Lao động 2019",
    "Quyết định nghỉ Tết",
    "Quyết định công bố",
    "Quyết định 663 (Hà Nội)",
    "tiêu chuẩn S10",
)
COURSE, COMPETENCE = "kernel/clock/course.py", "law/model/competence.py"
DEADLINES, WHO = "tests/law/test_deadline.py", "tests/law/test_competence.py"
# law, what the program does by it, in which code, held by which tests
METHODS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "Bộ luật Dân sự 2015, Điều 147, 148",
        "calendar days: the day of receipt is not counted, a last day off rolls on",
        (COURSE,),
        ("tests/kernel/test_clock.py", DEADLINES),
    ),
    (
        "Bộ luật Lao động 2019, Điều 105, 111, 112",
        "working days are working minutes of the agency's windows; weekly rest, holidays and swaps are left out",
        ("kernel/calendar.py", COURSE),
        ("tests/kernel/test_calendar.py", "tests/kernel/test_clock_properties.py"),
    ),
    (
        "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
        "while a supplement is awaited the clock stands; what was left is what is left",
        (COURSE,),
        ("tests/kernel/test_clock.py", DEADLINES),
    ),
    (
        "Quyết định công bố (same-day procedures)",
        "received by 15:00 of an open day: done that day, otherwise the next",
        (COURSE, "law/deadline.py"),
        (DEADLINES,),
    ),
    (
        "Quyết định 468/QĐ-TTg; Quyết định 45/2016/QĐ-TTg",
        "whose acceptance starts the clock; the post carries and never decides",
        (COMPETENCE, "law/deadline.py"),
        (WHO, DEADLINES),
    ),
    (
        "Nghị định 118/2025/NĐ-CP",
        "reception wherever in the province the applicant lives",
        (COMPETENCE,),
        (WHO,),
    ),
    (
        "Nghị quyết 202/2025/QH15; Quyết định 19/2025/QĐ-TTg",
        "a unit is a code on a day; offices and old addresses are led through mergers",
        ("law/model/places.py",),
        (WHO,),
    ),
    (
        "Thông tư 22/2017/TT-BTTTT",
        "zone of the two ends, weight step, reduction",
        ("law/postage.py",),
        ("tests/law/test_postage.py",),
    ),
    (
        "Thông tư 01/2018/TT-VPCP; Quyết định 20/2020/QĐ-TTg; Thông tư 03/2025/TT-VPCP",
        "dossier codes of both layouts, written and read",
        ("kernel/codes/dossier.py",),
        ("tests/kernel/test_codes.py",),
    ),
)


def citations(value: LawValue) -> Iterator[str]:
    """Every text a value or a part of it names as its source."""
    for source in _sources(value.source, value.value):
        yield from NUMBERED.findall(source)
        yield from (name for name in NAMED if name in source)


def _sources(source: str, part: Any) -> Iterator[str]:
    yield source
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for inner in parts:
        said = inner.get("source", "") if isinstance(inner, dict) else ""
        yield from _sources(said, inner)


def page(pack: Pack, folder: Path) -> str:
    """The whole page."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for value in pack.values:
        for text in citations(value):
            kinds[text].add(value.kind.partition(".")[0])
    examples: dict[str, set[str]] = defaultdict(set)
    for case in read_cases(folder):
        examples[case.kind].add(case.file)
    listed = "\n".join(f"- `{kind}`: {_files(examples[kind])}" for kind in sorted(examples))
    methods = "\n".join(f"| {law} | {does} | {_files(code)} | {_files(tests)} |" for law, does, code, tests in METHODS)
    rows = "\n".join(_row(text, kinds[text]) for text in sorted(kinds, key=_order))
    return f"""\
# Law, where it stands, what holds it

Written by `tools/law_table.py` from the sources cited in `packs/{pack.id}`; a test keeps it current.
Numbers of law stand in the pack only, each with its first day, its source and how sure we are
([pack-format.md](pack-format.md)); what rests on memory, inference or assumption says so in its `source`.
`motcua pack check packs/{pack.id}` works every example out; `pytest tests/law/test_cases.py` runs each as a test.

## Numbers: text → pack → examples and tests

| Text | What it settles here | File in the pack | Worked examples of kind | Tests |
|---|---|---|---|---|
{rows}

The worked examples, by kind:

{listed}

## Methods: text → code → tests

Where the law says how to reckon, not how much.

| Text | What the program does | Code in `motcua/` | Tests |
|---|---|---|---|
{methods}
"""


def _order(text: str) -> tuple[int, str]:
    """Codes and resolutions first, then decrees, decisions, circulars."""
    ranks = ("Bộ luật", "Nghị quyết", "Nghị định", "Quyết định", "Thông tư", "Kế hoạch")
    return next((rank for rank, word in enumerate(ranks) if text.startswith(word)), len(ranks)), text


def _files(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _row(text: str, kinds: set[str]) -> str:
    settled = [KINDS[kind] for kind in KINDS if kind in kinds]
    cases = {kind for _, _, kind, _ in settled if kind}
    columns = (
        text,
        "; ".join(what for what, _, _, _ in settled),
        ", ".join(f"`{file}`" for _, files, _, _ in settled for file in files.split(", ")),
        _files(cases) or "–",
        ", ".join(f"`{test}`" for test in dict.fromkeys(test for _, _, _, test in settled)),
    )
    return f"| {' | '.join(columns)} |"


if __name__ == "__main__":
    PAGE.write_text(page(read_pack(PACK), PACK), "utf-8")
