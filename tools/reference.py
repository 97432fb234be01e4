"""Writes docs/reference.md from the tables of the program: what there is, by its exact name.

Run it after a state, a transition, a setting, a command or a refusal was added: .venv/bin/python -m tools.reference
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference.md"
SOURCES = ROOT / "motcua"
MACHINES = {
    "DOSSIER": "The dossier",
    "MANIFEST": "The bag (manifest)",
    "PARCEL": "The tracked item (parcel)",
    "PICKUP": "The home pick-up",
    "DISCREPANCY": "The discrepancy",
    "ORDER": "The order to an outside carrier",
}

HEAD = """\
# Reference

Written by `python -m tools.reference` from the program's own tables; `tests/architecture/test_house.py` fails when it
is stale. What stands here is what runs: the same tables draw the buttons, check the acts and answer the API.
"""


def page() -> str:
    """The whole page. Django must be set up."""
    from motcua.carriers.lifecycle import ORDER
    from motcua.custody.discrepancies import DISCREPANCY
    from motcua.custody.lifecycle import MANIFEST, PARCEL, PICKUP
    from motcua.dossiers.lifecycle import DOSSIER

    parts = [HEAD]
    machines = (DOSSIER, MANIFEST, PARCEL, PICKUP, DISCREPANCY, ORDER)
    for machine, name in zip(machines, MACHINES.values(), strict=True):
        parts += [f"## {name}\n", _states(machine), _diagram(machine), _matrix(machine)]
    parts += [_roles(), _settings(), _commands(), _kinds(), _refusals()]
    return "\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(c) for c in line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "\\|").split())


def _states(machine: Any) -> str:
    ends = machine.terminals
    rows = [(f"`{s.value}`", s.label, "yes" if s in ends else "") for s in machine.states]
    return table(("state", "shown as", "end"), rows)


def _diagram(machine: Any) -> str:
    return f"```mermaid\n{machine.diagram()}\n```\n"


def _matrix(machine: Any) -> str:
    rows = [
        (
            f"`{row.action}`",
            row.label,
            ", ".join(f"`{s.value}`" for s in machine.states if s in row.sources),
            f"`{row.target.value}`",
            ", ".join(f"`{role}`" for role in sorted(row.roles)),
        )
        for row in machine.transitions
    ]
    return table(("action", "button", "from", "to", "who"), rows)


def _roles() -> str:
    from motcua.people.rules import Role

    return "## Roles\n\n" + table(("role", "shown as"), [(f"`{role.value}`", role.label) for role in Role])


def _settings() -> str:
    from motcua.config.options import listed

    rows = [(f"`{line.name}`", f"`{line.default}`" if line.default else "", line.what) for line in listed({})]
    return "## Settings\n\n" + table(("environment variable", "unless set", "what it is"), rows)


def _commands() -> str:
    from motcua.cli.main import COMMANDS

    rows = [(f"`motcua {name}`", line) for name, (_where, line) in COMMANDS.items()]
    return "## Commands\n\n" + table(("command", "what it does"), rows)


def _kinds() -> str:
    from motcua.looks.story import _LABELS

    rows = [(f"`{kind}`", label) for kind, label in sorted(_LABELS.items())]
    return "## Kinds of journal entries\n\n" + table(("kind", "shown as"), rows)


def _refusals() -> str:
    rows = [(f"`{code}`", text) for code, text in sorted(refusals().items())]
    return "## Refusals and problems\n\n" + table(("code", "says"), rows)


def refusals() -> dict[str, str]:
    """code -> its Vietnamese sentence, of every problem the program can answer with; '' where it is composed."""
    found: dict[str, str] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for code, text in _problems_in(ast.parse(path.read_text("utf-8"))):
            found[code] = found.get(code) or text
    return found


def _problems_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if (
            name not in {"Problem", "refusal"}
            or not isinstance(first, ast.Constant)
            or not isinstance(first.value, str)
        ):
            continue
        if "." in first.value:
            second = node.args[1] if len(node.args) > 1 else None
            yield first.value, str(second.value) if isinstance(second, ast.Constant) else ""


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    django.setup()
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
