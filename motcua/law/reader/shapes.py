"""Documents against their JSON Schemas, with the faults in plain sentences."""

from __future__ import annotations

import difflib
import json
import re
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema import ValidationError

    from motcua.law.reader.documents import Document
    from motcua.law.reader.errors import PackError, Path

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)", re.ASCII)
_FORMATS = FormatChecker(formats=())
_FORMAT_WORDS = {
    "day": "a day that exists, written 2026-01-31",
    "instant": "an instant that exists, written 2026-01-31T15:00 without a zone",
    "window": "a working window from an earlier to a later time, written 07:30-11:30",
    "month_day": "a month and day, written 01-19",
}
_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "a mapping (name: value)",
}


def _reads(pattern: re.Pattern[str], parse: Callable[[str], object], text: object) -> bool:
    if not isinstance(text, str):
        return True
    if not pattern.fullmatch(text):
        return False
    try:
        parse(text)
    except ValueError:
        return False
    return True


@_FORMATS.checks("day")
def _is_day(text: object) -> bool:
    return _reads(_DAY, date.fromisoformat, text)


@_FORMATS.checks("instant")
def _is_instant(text: object) -> bool:
    return _reads(_INSTANT, datetime.fromisoformat, text)


@_FORMATS.checks("month_day")
def _is_month_day(text: object) -> bool:
    return not isinstance(text, str) or _reads(_DAY, date.fromisoformat, f"2000-{text}")


@_FORMATS.checks("window")
def _is_window(text: object) -> bool:
    if not isinstance(text, str):
        return True
    return bool(_WINDOW.fullmatch(text)) and text[:5] < text[6:] <= "24:00"


@lru_cache(maxsize=16)
def _schema(name: str) -> Any:
    return json.loads((files("motcua.law") / "schemas" / name).read_text("utf-8"))


@lru_cache(maxsize=16)
def _validator(name: str) -> Draft202012Validator:
    schema = _schema(name)
    return Draft202012Validator(_inlined(schema, schema), format_checker=_FORMATS)


def _inlined(part: Any, whole: Any) -> Any:
    """A schema with what it refers to written in its place (nothing refers to itself): checked twice as fast,
    and every fault carries the description of what was wanted."""
    if isinstance(part, list):
        return [_inlined(item, whole) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        file, _, name = part["$ref"].partition("#/$defs/")
        home = _schema(file) if file else whole
        return _inlined(home["$defs"][name], home)
    return {key: _inlined(item, whole) for key, item in part.items() if key not in ("$defs", "$id")}


def shape_errors(document: Document, schema: str) -> list[tuple[Path, PackError]]:
    """Every way in which a document misses its schema (`offices.json`, …), with the path of each.

    What is written once and used again by an anchor is told once, at its first place.
    """
    found = _validator(schema).iter_errors(document.data)
    told = (row for error in found for row in _told(error))
    once = {(document.marks.get(path, path), what): (path, mend) for path, what, mend in reversed(list(told))}
    return [(path, document.error(path, what, mend)) for (_, what), (path, mend) in once.items()]


def row_errors(document: Document, schema: str) -> list[tuple[Path, PackError]]:
    """The same for a table, each row against the schema."""
    found: list[tuple[Path, PackError]] = []
    for index, row in enumerate(document.data or ()):
        for error in _validator(schema).iter_errors(row):
            found += [((index, *path), document.error((index, *path), what, mend)) for path, what, mend in _told(error)]
    return found


Told = tuple["Path", str, str]


def _told(error: ValidationError) -> Iterator[Told]:
    path: Path = tuple(error.absolute_path)
    schema: Any = error.schema
    if error.validator == "oneOf" and error.context:
        yield from _best_branch(error)
    elif error.validator == "additionalProperties":
        yield from _unknown_keys(error, path)
    elif error.validator == "required":
        key = _missing_key(error)
        yield path, f"{key!r} is missing", f"add {key}: with {_wanted(schema.get('properties', {}).get(key, {}))}"
    elif error.validator == "dependentRequired":
        yield path, "over and over_amount go together", "give both or neither"
    else:
        yield (path, *_sentence(error))


def _best_branch(error: ValidationError) -> Iterator[Told]:
    """Of alternatives, what the one that is not null wants."""
    branches = [branch for branch in error.context or () if branch.validator_value != "null"]
    for branch in branches[:1]:
        for _, what, mend in _told(branch):
            nullable = len(branches) < len(error.context or ())
            yield tuple(error.absolute_path), what, f"{mend}, or null" if nullable else mend


def _unknown_keys(error: ValidationError, path: Path) -> Iterator[Told]:
    schema: Any = error.schema
    instance: Any = error.instance
    known = sorted(schema.get("properties", {}))
    for key in instance:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"remove it; known here: {', '.join(known)}"
            yield (*path, key), f"{key!r} is not known here", hint


def _missing_key(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    return str(next(key for key in wanted if f"'{key}'" in error.message))


def _wanted(schema: Any) -> str:
    """In words, what a schema wants."""
    if "description" in schema:
        return str(schema["description"])
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"])
    kind = schema.get("type", "")
    return _types(kind) if kind else "a value (see docs/pack-format.md)"


def _types(kind: str | list[str]) -> str:
    kinds = [kind] if isinstance(kind, str) else kind
    return " or ".join(_TYPE_WORDS[name] for name in kinds)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"


def _sentence(error: ValidationError) -> tuple[str, str]:
    """(what, mend) for a fault of one value."""
    value: Any = error.instance
    limit: Any = error.validator_value
    schema: Any = error.schema
    shown = _shown(value)
    if error.validator == "enum" and not limit:
        return f"{shown} must not stand here", "remove it"
    said: dict[str, Callable[[], tuple[str, str]]] = {
        "type": lambda: (f"{shown} is {_kind_of(value)}, not {_types(limit)}", _type_mend(value, limit)),
        "enum": lambda: (f"{shown} is not one of the values allowed", f"choose {' or '.join(_words(limit))}"),
        "const": lambda: (f"{shown} is not {_shown(limit)}", f"write {_shown(limit)}"),
        "pattern": lambda: (f"{shown} is malformed", f"write {_wanted(schema)}"),
        "format": lambda: (f"{shown} is not {_FORMAT_WORDS[limit]}", "correct it"),
        "minimum": lambda: (f"{shown} is less than {limit}", f"write {limit} or more"),
        "maximum": lambda: (f"{shown} is more than {limit}", f"write {limit} or less"),
        "minLength": lambda: ("it is empty", f"write {_wanted(schema)}"),
        "maxLength": lambda: (f"{shown} is longer than {limit} characters", "shorten it"),
        "minItems": lambda: (
            f"the list has fewer than {limit} entries",
            "add what is missing, or remove the key",
        ),
        "maxItems": lambda: (f"the list has more than {limit} entries", "remove the surplus"),
        "uniqueItems": lambda: ("the list names something twice", "keep each entry once"),
        "minProperties": lambda: ("it is empty", "say at least one thing"),
    }
    tell = said.get(str(error.validator))
    return tell() if tell else (error.message, "see docs/pack-format.md")


def _words(values: list[Any]) -> list[str]:
    return [value if isinstance(value, str) else _shown(value) for value in values]


def _kind_of(value: object) -> str:
    kinds = {bool: "true or false", int: "a whole number", str: "text", list: "a list", dict: "a mapping"}
    return "null" if value is None else kinds[type(value)]


def _type_mend(value: object, wanted: str | list[str]) -> str:
    if wanted == "string" and isinstance(value, int):
        return "put it in quotes" if not isinstance(value, bool) else "write text, in quotes"
    if wanted == "integer" and isinstance(value, str):
        return "write a plain whole number: no quotes, no leading zero, no point or separators"
    return f"write {_types(wanted)}"
