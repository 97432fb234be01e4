"""What the layers' contracts cannot show: who writes, who reads the clock, what pages may hold, what is documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.carriers.lifecycle import ORDER
from motcua.cli.main import COMMANDS
from motcua.config.options import listed
from motcua.custody.discrepancies import DISCREPANCY
from motcua.custody.lifecycle import MANIFEST, PARCEL, PICKUP
from motcua.dossiers.lifecycle import DOSSIER
from motcua.looks.story import known_kinds
from motcua.people.rules import Role
from tools import reference

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "motcua"
TEMPLATES = sorted((HOUSE / "web" / "templates").rglob("*.html"))
MACHINES = (DOSSIER, MANIFEST, PARCEL, PICKUP, DISCREPANCY, ORDER)

WRITING = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave",
}  # fmt: skip
ROWS = {"objects", "filter", "all", "exclude", "_default_manager", "select_for_update"}
MAY_WRITE = ("*/actions.py", "acts/*", "journal/*", "jobs/*", "*/migrations/*")

CLOCKS = {"now", "utcnow", "today", "localtime", "time_ns", "localdate"}
CLOCK_OWNERS = {"datetime", "date", "time", "timezone", "clock"}
# journal/ids.py: row ids begin with the instant so that they sort; no rule ever reads it.
MAY_READ_THE_CLOCK = (
    "journal/ids.py",
    "web/*",
    "api/*",
    "cli/*",
    "demo/*",
    "jobs/*",
    "config/clock.py",
    "config/health.py",
)


def sources(but: tuple[str, ...] = ()) -> Iterator[Path]:
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE)
        if not any(name.match(pattern) or _under(name, pattern) for pattern in but):
            yield path


def _under(name: Path, pattern: str) -> bool:
    return pattern.endswith("/*") and str(name).startswith(pattern[:-1])


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def names_before(node: ast.expr) -> set[str]:
    """All names of the chain a method is called on: Paper.objects.filter(…).update → {Paper, objects, filter}."""
    found: set[str] = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
            node = node.value
        else:
            return found | ({node.id} if isinstance(node, ast.Name) else set())


def writes(node: ast.Call) -> bool:
    assert isinstance(node.func, ast.Attribute)
    chain = names_before(node.func.value)
    return node.func.attr in WRITING or (node.func.attr == "update" and bool(chain & ROWS))


def reads_the_clock(node: ast.Call) -> bool:
    assert isinstance(node.func, ast.Attribute)
    owner = names_before(node.func.value)
    return (node.func.attr in CLOCKS and bool(owner & CLOCK_OWNERS)) or (node.func.attr == "time" and owner == {"time"})


def where(path: Path, node: ast.Call) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}"


def test_tables_are_written_by_acts_alone():
    assert [where(p, n) for p in sources(MAY_WRITE) for n in calls(p) if writes(n)] == []


def test_the_rule_would_find_a_write():
    wrong = ["Paper.objects.create(x=1)", "d.save()", "rows.filter(a=1).update(b=2)", "Paper.objects.all().delete()"]
    right = ["self.fields.update(more)", "digest.update(chunk)", "act.change(d, 'x')"]
    seen = {text: writes(ast.parse(text, mode="eval").body) for text in wrong + right}
    assert seen == dict.fromkeys(wrong, True) | dict.fromkeys(right, False)


def test_rules_and_acts_are_given_the_time():
    assert [where(p, n) for p in sources(MAY_READ_THE_CLOCK) for n in calls(p) if reads_the_clock(n)] == []


def test_the_rule_would_find_a_clock():
    wrong = ["datetime.now(UTC)", "date.today()", "timezone.now()", "clock.now()", "time.time()"]
    right = ["monotonic()", "d.time()", "calendar.at(day)"]
    found = {t: isinstance(c := ast.parse(t, mode="eval").body, ast.Call) and isinstance(c.func, ast.Attribute)
             and reads_the_clock(c) for t in wrong + right}  # fmt: skip
    assert found == dict.fromkeys(wrong, True) | dict.fromkeys(right, False)


def test_nothing_happens_behind_the_scenes():
    """No signals: what an act does stands in the act."""
    imports = re.compile(
        r"^\s*(from|import) (django\.(db\.models|core|dispatch|test)\S*signals|django\.dispatch)", re.MULTILINE
    )
    assert [str(p.relative_to(ROOT)) for p in sources() if imports.search(p.read_text("utf-8"))] == []


INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style on an element": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler on an element": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
}  # fmt: skip


@pytest.mark.parametrize("what", INLINE)
def test_pages_hold_nothing_the_policy_forbids(what):
    assert TEMPLATES
    assert [str(t.relative_to(ROOT)) for t in TEMPLATES if INLINE[what].search(t.read_text("utf-8"))] == []


def test_every_posted_form_carries_the_sign_against_forgery():
    form = re.compile(r"<form\b[^>]*method=\"?post\"?[^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
    bare = [
        f"{t.relative_to(ROOT)}: {inside[:60].strip()}"
        for t in TEMPLATES
        for inside in form.findall(t.read_text("utf-8"))
        if "csrf_token" not in inside and "{% include" not in inside
    ]
    assert bare == []


# --- the reference


def test_the_reference_is_current():
    """After a change of a table: .venv/bin/python -m tools.reference"""
    assert reference.PAGE.read_text("utf-8") == reference.page()


def named() -> Iterator[str]:
    for machine in MACHINES:
        yield from (state.value for state in machine.states)
        yield from machine.actions
    yield from (role.value for role in Role)
    yield from (line.name for line in listed({}))
    yield from (f"motcua {name}" for name in COMMANDS)
    yield from known_kinds()
    yield from reference.refusals()


def test_the_reference_names_everything():
    text = reference.PAGE.read_text("utf-8")
    assert sorted({name for name in named() if f"`{name}`" not in text}) == []


def test_every_refusal_says_something():
    """A code alone helps nobody; where the sentence is composed, the source says so with a name instead of a text."""
    assert len(reference.refusals()) > 60
    assert [code for code, text in reference.refusals().items() if text and len(text) < 12] == []
