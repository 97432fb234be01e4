"""Every setting of Motcua: one typed table, read from the environment, listed by `motcua settings`.

Pure Python, so that the command line starts quickly and a wrong value is told before Django is loaded.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

CHECKOUT = Path(__file__).resolve().parents[2]
YES = {"1", "yes", "true", "on"}
NO = {"0", "no", "false", "off", ""}
LOG_LEVELS = ("debug", "info", "warning", "error")


class OptionError(ValueError):
    """One or more settings cannot be read; the message names each one and what it should be."""


def _yes_or_no(text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise ValueError("write 1 or 0")
    return word in YES


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.strip().isdecimal() or not lowest <= int(text) <= highest:
            raise ValueError(f"write a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _path(text: str) -> Path:
    """A path; one that is not absolute is taken from the checkout, wherever one stands."""
    if not text.strip():
        raise ValueError("write a path")
    return (CHECKOUT / Path(text).expanduser()).resolve()


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def _database_url(text: str) -> str:
    if text and not text.startswith(("postgres://", "postgresql://", "sqlite:///")):
        raise ValueError("write postgres://user:password@host:port/name or sqlite:///path")
    return text


def _clock(text: str) -> datetime | timedelta | None:
    """'' = real time; '+90s' or '-90s' = so many seconds ahead or behind; an ISO instant = start there."""
    word = text.strip()
    if not word:
        return None
    if word[0] in "+-" and word.endswith("s"):
        return timedelta(seconds=float(word[:-1]))
    instant = datetime.fromisoformat(word)
    if instant.tzinfo is None:
        raise ValueError("write the offset too, as in 2026-06-09T08:00+07:00")
    return instant


def _web_address(text: str) -> str:
    """An address of a carrier. Without TLS only on this machine: names and passwords go there."""
    url = text.strip().rstrip("/")
    here = url.startswith(("http://127.0.0.1:", "http://localhost:", "http://[::1]:"))
    if url and not (url.startswith("https://") or here):
        raise ValueError("write https://host/path (http:// only for a simulator on this machine)")
    return url


def option(default: str, parse: Callable[[str], Any], what: str, *, secret: bool = False) -> Any:
    return field(repr=not secret, metadata={"default": default, "parse": parse, "what": what, "secret": secret})


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """Each field is the environment variable MOTCUA_<FIELD>."""

    data: Path = option("data", _path, "folder of the database, the files and the keys")
    database_url: str = option(
        "", _database_url, "postgres://user:password@host:port/name; empty: SQLite in the data folder"
    )
    host: str = option("127.0.0.1", str.strip, "address the site listens on")
    port: int = option("8000", _whole(1, 65535), "port the site listens on")
    workers: int = option("2", _whole(1, 64), "web processes")
    threads: int = option("4", _whole(1, 64), "threads in each web process = its database connections")
    allowed_hosts: tuple[str, ...] = option(
        "localhost 127.0.0.1 [::1]", _words, "host names the site answers to, with blanks between"
    )
    https: bool = option("0", _yes_or_no, "1 where the site is reached over HTTPS: secure cookies, HSTS")
    demo: bool = option("0", _yes_or_no, "1 shows one-click log-in as the demo people; never on a real site")
    pack: Path = option("packs/ha-tinh", _path, "the province's pack: law, places and calendar as data")
    secret_key_file: Path | None = option(
        "",
        lambda text: _path(text) if text else None,
        "file of the signing key; empty: made in the data folder",
    )
    clock: datetime | timedelta | None = option(
        "",
        _clock,
        "for demos and tests: the instant to start at (2026-06-09T08:00+07:00) or a shift (+3600s)",
    )
    vnpost_url: str = option("", _web_address, "address of VNPost's order interface; empty: no outside carrier")
    vnpost_user: str = option("", str.strip, "our name there")
    vnpost_password: str = option("", str, "our password there", secret=True)
    vnpost_customer: str = option("", str.strip, "our customer code there (CustomerCode)")
    vnpost_push_secret: str = option("", str, "secret by which VNPost signs what it pushes to us", secret=True)
    vnpost_offices: tuple[str, ...] = option(
        "", _words, "codes of the post offices whose items VNPost brings, with blanks between"
    )
    log: str = option("info", _log_level, f"how much is logged: {', '.join(LOG_LEVELS)}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `motcua settings`."""

    name: str
    value: str
    default: str
    is_set: bool
    what: str


def listed(environ: Mapping[str, str] = os.environ) -> list[Listed]:
    """The table as people read it; no secret and no password is shown."""
    lines = []
    for one in fields(Options):
        name, default = _name(one.name), cast("str", one.metadata["default"])
        value = environ.get(name, default)
        shown = "***" if one.metadata["secret"] and value else without_password(value)
        lines.append(Listed(name, shown, default, name in environ, one.metadata["what"]))
    return lines


def read_options(environ: Mapping[str, str] = os.environ) -> Options:
    """The settings in force. Raises OptionError naming every variable that cannot be read."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for one in fields(Options):
        text = environ.get(_name(one.name), one.metadata["default"])
        try:
            values[one.name] = one.metadata["parse"](text)
        except ValueError as error:
            wrong.append(f"{_name(one.name)}={without_password(text)!r}: {error}")
    if wrong:
        raise OptionError("\n".join(wrong))
    return Options(**values)


def without_password(url: str) -> str:
    """postgres://user:secret@host/name -> postgres://user:***@host/name; anything else stays."""
    scheme, mark, rest = url.partition("://")
    who, at, where = rest.rpartition("@")
    if not (mark and at and ":" in who):
        return url
    return f"{scheme}://{who.partition(':')[0]}:***@{where}"


def _name(field_name: str) -> str:
    return f"MOTCUA_{field_name.upper()}"
