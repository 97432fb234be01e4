"""Files into plain data, remembering the line of everything.

YAML is read with a small grammar: every scalar is text except plain whole numbers, true, false and null,
so that `15:00`, `no`, `1.10` and `012` stay what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from motcua.kernel.text import nfc
from motcua.law.reader.errors import PackError, Path, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

# libyaml where the wheel brings it: a whole pack is then read in a fraction of a second.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LARGEST_FILE = 8_000_000
_MOST_NODES = 1_000_000


@dataclass(frozen=True)
class Document:
    """A file read: `data` is plain JSON data, `errors` what was unreadable.

    `marks`: line and column of each path; what an anchor repeats has the mark of where it is written.
    """

    file: str
    data: Any
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    errors: tuple[PackError, ...] = ()

    def place(self, path: Path) -> str:
        """Line and path, the line being that of the nearest thing that has one."""
        near = path
        while near and near not in self.marks:
            near = near[:-1]
        return place_of(self.line(near), path)

    def line(self, path: Path) -> int:
        """The line of a path that is there; 1 for the whole file."""
        return self.marks.get(path, (1, 0))[0]

    def error(self, path: Path, what: str, mend: str) -> PackError:
        """A fault at a path of this file."""
        return PackError(self.file, self.place(path), what, mend)


class _Fault(Exception):
    def __init__(self, line: int, what: str, mend: str) -> None:
        self.line, self.what, self.mend = line, what, mend
        super().__init__(what)


def read_text(file: FilePath, name: str) -> tuple[str, tuple[PackError, ...]]:
    """The text of a file in composed form, or why it cannot be read."""
    try:
        raw = file.read_bytes()
    except OSError as fault:
        return "", (PackError(name, "line 1", f"it cannot be opened ({fault.strerror})", "restore the file"),)
    if len(raw) > _LARGEST_FILE:
        return "", (PackError(name, "line 1", "it is larger than 8 MB", "split it into several files"),)
    try:
        return nfc(raw.decode("utf-8-sig")), ()
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return "", (PackError(name, f"line {line}", "it is not UTF-8 text", "save the file as UTF-8"),)


def read_yaml(file: FilePath, name: str) -> Document:
    """A YAML file."""
    text, errors = read_text(file, name)
    if errors:
        return Document(name, None, errors=errors)
    builder = _Builder()
    try:
        node = yaml.compose(text, Loader=_LOADER)
        data = builder.build(node, ()) if node else None
    except _Fault as fault:
        error = PackError(name, place_of(fault.line, ()), fault.what, fault.mend)
        return Document(name, None, errors=(error, *builder.errors(name)))
    except yaml.YAMLError as fault:
        return Document(name, None, errors=(_syntax_error(name, fault),))
    except RecursionError:
        error = PackError(name, "line 1", "it is nested too deeply", "flatten it")
        return Document(name, None, errors=(error,))
    return Document(name, data, builder.marks, builder.errors(name))


def _syntax_error(name: str, fault: yaml.YAMLError) -> PackError:
    mark = getattr(fault, "problem_mark", None)
    problem = getattr(fault, "problem", None) or str(fault)
    line = mark.line + 1 if mark else 1
    mend = (
        "check the indentation, colons and quotes of this line and the one above; put text with “: ” or “#” in quotes"
    )
    return PackError(name, place_of(line, ()), f"it is not YAML: {problem}", mend)


class _Builder:
    """Nodes into data. Faults that leave the rest readable are kept; others are raised."""

    def __init__(self) -> None:
        self.marks: dict[Path, tuple[int, int]] = {}
        self._faults: list[tuple[int, Path, str, str]] = []
        self._open: set[int] = set()
        self._count = 0

    def errors(self, name: str) -> tuple[PackError, ...]:
        return tuple(PackError(name, place_of(line, path), what, mend) for line, path, what, mend in self._faults)

    def build(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.marks.setdefault(path, (line, node.start_mark.column))
        self._guard(node, line)
        if node.tag not in _PLAIN_TAGS:
            raise _Fault(line, f"the tag {node.tag!r} is not allowed", "write the value without a tag; quote text")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path, line)
        self._open.add(id(node))
        built: Any = None
        if isinstance(node, yaml.SequenceNode):
            built = [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            built = self._mapping(node, path)
        self._open.discard(id(node))
        return built

    def _guard(self, node: yaml.Node, line: int) -> None:
        self._count += 1
        if self._count > _MOST_NODES:
            raise _Fault(line, "anchors blow the file up beyond a million values", "write the values out")
        if id(node) in self._open:
            raise _Fault(line, "an anchor contains itself", "write the value out")

    def _scalar(self, node: yaml.ScalarNode, path: Path, line: int) -> Any:
        text: str = node.value
        if not node.style:
            if text in _WORDS:
                return _WORDS[text]
            if _INTEGER.fullmatch(text):
                return int(text)
        if _CONTROL.search(text):
            self._faults.append((line, path, "the text holds a control character", "retype it"))
        return text.strip()

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, child in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                raise _Fault(line, "a key must be plain text (merge keys are not allowed)", "write the keys out")
            key = key_node.value
            here = (*path, key)
            if key in built:
                what = f"the key {key!r} stands twice in one mapping"
                self._faults.append((line, here, what, f"keep one {key!r}; the first is on line {self.marks[here][0]}"))
                continue
            self.marks[here] = (line, key_node.start_mark.column)
            built[key] = self.build(child, here)
        return built


def read_table(file: FilePath, name: str, columns: tuple[str, ...]) -> Document:
    """A tab-separated table with a header; data is a list of one mapping per row, all text."""
    text, errors = read_text(file, name)
    if errors:
        return Document(name, None, errors=errors)
    rows = list(enumerate(text.splitlines(), start=1))
    header = tuple(rows[0][1].split("\t")) if rows else ()
    if header != columns:
        what = f"the header is {', '.join(header) or 'missing'}"
        error = PackError(name, "line 1", what, f"write these columns with tabs between: {', '.join(columns)}")
        return Document(name, None, errors=(error,))
    data: list[dict[str, str]] = []
    marks: dict[Path, tuple[int, int]] = {}
    faults: list[PackError] = []
    for line, cells in _cells(rows[1:]):
        if len(cells) != len(columns):
            what = f"the row has {len(cells)} cells instead of {len(columns)}"
            faults.append(PackError(name, place_of(line, ()), what, "put exactly one tab between two cells"))
            continue
        path: Path = (len(data),)
        marks[path] = (line, 0)
        data.append({column: cell.strip() for column, cell in zip(columns, cells, strict=True)})
    return Document(name, data, marks, tuple(faults))


def _cells(rows: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    return ((line, text.split("\t")) for line, text in rows if text.strip())
