"""What is wrong with a pack, said so that it can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PackError:
    """One fault: in which file, at which place (line and path), what it is, how to mend it."""

    file: str
    place: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file} {self.place}".strip()
        return f"{where}: {self.what}; mend: {self.mend}"

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return {"file": self.file, "place": self.place, "what": self.what, "mend": self.mend}


class PackErrors(Exception):
    """A pack that cannot be used; `errors` holds every fault found, by file and line."""

    def __init__(self, errors: Sequence[PackError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


def place_of(line: int, path: Path) -> str:
    """`line 41: procedures[2].versions[0].fees[1].amount`; no path at the top of a file."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return f"line {line}: {text}" if text else f"line {line}"
