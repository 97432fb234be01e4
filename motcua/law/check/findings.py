"""What a check of meaning finds, tied to the value it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Name = tuple[str, str, date]
Inside = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of meaning in the value `name`, at `path` inside it; without a name, of the whole `file`.

    `about`: the kind of value it refers to, so that a reference is not called unknown when the file that
    should hold it could not be read.
    """

    what: str
    mend: str
    name: Name | None = None
    path: Inside = ()
    file: str = ""
    about: str = ""
