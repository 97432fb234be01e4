"""Keys that stay on this machine: made once, readable by their owner only."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The text in the file; the first one to ask makes it. Two processes asking at once get the same."""
    if not path.exists():
        _make(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _make(path: Path, text: str) -> None:
    """Writes beside the place and links into it, so that no reader ever sees half a key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its key counts
    finally:
        draft.unlink()
