"""What an archive says about itself."""

import hashlib
import json
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database"
# Folders of the data folder that belong into a backup; what is under `run` is made anew by each start.
FOLDERS = ("files", "keys")


@dataclass
class Manifest:
    """engine: sqlite or postgresql; sums: name in the archive -> SHA-256 in hex."""

    version: str
    engine: str
    made_at: str
    sums: dict[str, str] = field(default_factory=dict)

    def head(self) -> dict[str, Any]:
        return {"version": self.version, "engine": self.engine, "made_at": self.made_at, "files": len(self.sums)}

    def dump(self) -> bytes:
        return json.dumps({"format": FORMAT, **vars(self)}, indent=1).encode()


def load(text: bytes) -> Manifest:
    """Raises ValueError where it is not one of ours or of a later format."""
    data = json.loads(text)
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise ValueError("its manifest is not of this version of motcua")
    return Manifest(**data)


def sum_of(file: BufferedReader) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()


def is_plain(name: str) -> bool:
    """Whether a name in an archive stays inside the folder it is unpacked into."""
    path = Path(name)
    inside = not path.is_absolute() and ".." not in path.parts
    return inside and (name in {NAME, DATABASE} or path.parts[0] in FOLDERS)
