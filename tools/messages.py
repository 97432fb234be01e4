"""Collects every Vietnamese sentence the pages show and merges them into motcua/locale/en/LC_MESSAGES/django.po.

The Vietnamese sentence is the msgid. Sentences are found where they stand: in templates, in calls of gettext and
its kin, in the problems that rules answer with, and as plain words in the tables that pages translate when they show
them. Run it after a sentence was added or changed, then write its English: .venv/bin/python -m tools.messages
"""

from __future__ import annotations

import ast
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "motcua"
PO = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"

# Files whose every Vietnamese sentence is shown on a page, translated there and not where it is written.
TABLES = (
    "web/**/*.py", "*/lifecycle.py", "custody/discrepancies.py", "*/models.py", "people/rules.py", "acts/works.py",
    "acts/homeward/*.py", "acts/inputs.py", "acts/numbers.py", "looks/*.py", "looks/papers/which.py",
    "looks/papers/labels.py", "documents/wording.py",
)  # fmt: skip
# The sample page of the components shows invented people and dossiers.
NOT_TABLES = ("web/shared/samples.py", "web/fonts.py")
NOT_TEMPLATES = ("shared/look.html",)

GETTEXT = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
IN_TEMPLATE = {"_": "gettext", "gettext": "gettext", "ngettext": "ngettext", "pgettext": "pgettext",
               "npgettext": "npgettext"}  # fmt: skip

LETTERS = re.compile("[À-ÖØ-öø-ỹĐđ]")
CODE = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
DATED = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By", "Report-Msgid")


class Message(NamedTuple):
    """One thing to translate."""

    singular: str
    plural: str = ""
    context: str = ""


def collect() -> set[Message]:
    """Every message of the program."""
    tables = {path for pattern in TABLES for path in SOURCES.glob(pattern)}
    tables -= {SOURCES / name for name in NOT_TABLES}
    found: set[Message] = set()
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text())
        found |= set(_calls(tree)) | {Message(text) for text in _problems(tree)}
        if path in tables:
            found |= {Message(text) for text in _words(tree)}
    for path in sorted((SOURCES / "web" / "templates").rglob("*.html")):
        if not path.as_posix().endswith(NOT_TEMPLATES):
            found |= set(_template(path.read_text()))
    # What is already there with a plural needs no second entry without one.
    plurals = {(m.singular, m.context) for m in found if m.plural}
    return {m for m in found if m.plural or (m.singular, m.context) not in plurals}


def _template(text: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calls = CALL.findall(templatize(text))
    for name, strings in calls:
        yield _message(IN_TEMPLATE[name], [ast.literal_eval(s) for s in re.findall(STRING, strings)])


def _message(name: str, strings: list[str]) -> Message:
    context = strings.pop(0) if name in WITH_CONTEXT else ""
    many = (WITH_CONTEXT.get(name) or GETTEXT[name]) == 2
    return Message(strings[0], strings[1] if many else "", context)


def _names(tree: ast.Module) -> dict[str, str]:
    """What gettext and its kin are called in one file."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in GETTEXT or alias.name in WITH_CONTEXT
    }


def _calls(tree: ast.Module) -> Iterator[Message]:
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            strings = [text for arg in node.args if (text := _text(arg))]
            if strings:
                yield _message(names[node.func.id], strings)


def _problems(tree: ast.Module) -> Iterator[str]:
    """The sentences of Problem("dotted.code", "sentence"), of refusal(…) and of helpers that take the same two."""
    known = _assigned(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args or not CODE.fullmatch(_text(node.args[0])):
            continue
        said = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "message")]
        for value in said:
            options = known.get(value.id, []) if isinstance(value, ast.Name) else [value]
            yield from (text for option in options for text in _constants(option) if LETTERS.search(text))


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    known: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    known.setdefault(target.id, []).append(node.value)
    return known


def _constants(value: ast.expr) -> list[str]:
    if isinstance(value, ast.IfExp):
        return [*_constants(value.body), *_constants(value.orelse)]
    return [text] if (text := _text(value)) else []


def _text(value: ast.AST) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def _words(tree: ast.Module) -> Iterator[str]:
    """Every Vietnamese string of a table; sums of strings are taken whole. Docstrings and f-strings are none."""
    known = {name: _text(values[0]) for name, values in _assigned(tree).items() if len(values) == 1}
    sums = [node for node in ast.walk(tree) if _is_sum(node)]
    joined = {id(part) for node in sums for part in ast.walk(node)}
    parts = {part.id for node in sums for part in ast.walk(node) if isinstance(part, ast.Name)}
    in_context = {name for name, meant in _names(tree).items() if meant in WITH_CONTEXT}
    left_out = {id(part) for node in ast.walk(tree) for part in _not_shown(node, parts, in_context)}
    for node in sums:
        whole = _sum(node, known)
        if LETTERS.search(whole):
            yield whole
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in left_out | joined and LETTERS.search(_text(node)):
            yield node.value


def _not_shown(node: ast.AST, parts: set[str], in_context: set[str]) -> Iterable[ast.AST]:
    if isinstance(node, ast.JoinedStr):
        return (part for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return (node.value,)
    if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in parts for t in node.targets):
        return (node.value,)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in in_context:
        return node.args
    return ()


def _is_sum(node: ast.AST) -> bool:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add):
        return False
    return all(isinstance(part, ast.Name) or _text(part) or _is_sum(part) for part in (node.left, node.right))


def _sum(node: ast.expr, known: dict[str, str]) -> str:
    """The text of "…" + NAME, empty if a part is not known here."""
    if isinstance(node, ast.BinOp):
        left, right = _sum(node.left, known), _sum(node.right, known)
        return left + right if left and right else ""
    return known.get(node.id, "") if isinstance(node, ast.Name) else _text(node)


def placeholders(text: str) -> list[str]:
    """What is filled in, by name where it has one."""
    return sorted(p for p in PLACEHOLDER.findall(text))


def english(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """The forms of one translation, one or one for each number; nothing while there is none."""
    return [string or ""] if isinstance(string, str) or string is None else [*string]


def merged(messages: Iterable[Message]) -> Catalog:
    """The catalogue with these messages: translations stay; what vanished is kept as obsolete, and may return."""
    template = Catalog()
    for m in sorted(messages):
        template.add((m.singular, m.plural) if m.plural else m.singular, context=m.context or None)
    catalog = Catalog(locale="en")
    if PO.exists():
        with PO.open("rb") as file:
            catalog = read_po(file, locale="en")
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    for key, gone in list(catalog.obsolete.items()):
        back = catalog.get(gone.id, context=gone.context)
        if back is not None:  # a sentence that returned brings its English along
            back.string = back.string if any(english(back.string)) else gone.string
            del catalog.obsolete[key]
    catalog.header_comment = "# English of Motcua. The Vietnamese sentence is the msgid; see tools/messages.py."
    catalog.fuzzy = False
    return catalog


def written(catalog: Catalog) -> str:
    """The file as it is kept: sorted, without dates and places, so that a change shows as what it is."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, no_location=True, sort_output=True, include_previous=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in DATED)))


def main() -> None:
    catalog = merged(collect())
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(written(catalog))
    empty = [m for m in catalog if m.id and not all(english(m.string))]
    print(f"{len(catalog)} messages, {len(empty)} without English, {len(catalog.obsolete)} obsolete: {PO}")


if __name__ == "__main__":
    main()
