"""What the commands share: Django when it is needed, failures in words, answers as JSON."""

import fcntl
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from motcua.config.options import OptionError

as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


class Failure(click.ClickException):
    """Something did not work: what, and what to do about it. Exit status 1."""

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(f"{what}\n{do}" if do else what)


def explained(run: Callable[[], int | None]) -> int:
    """Runs a command; every failure a person can mend is told in words. Answers the exit status.

    Out of its standalone mode Click does not raise `Exit` to us but answers with its status.
    """
    try:
        return run() or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 1
    except OptionError as error:
        click.echo(f"Error: a setting cannot be read.\n{error}\nSee: motcua settings", err=True)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        told = _in_words(error)
        if told is None:
            raise
        click.echo(f"Error: {told}", err=True)
        return 1


def _in_words(error: Exception) -> str | None:
    """Our own refusals and a database that does not answer; anything else is a bug and shows its trace."""
    problems = getattr(error, "problems", None)
    if problems:
        return "\n".join(f"{p.code}: {p.text}" for p in problems)
    from django.db import DatabaseError, OperationalError, connection

    if not isinstance(error, DatabaseError):
        return None
    if "no such table" in str(error) or "does not exist" in str(error):
        return f"the database is not set up: {str(error).splitlines()[0]}\nRun: motcua migrate"
    if not isinstance(error, OperationalError):
        return None
    where = connection.settings_dict["NAME"]
    check = "Check MOTCUA_DATABASE_URL and MOTCUA_DATA (motcua settings)."
    return f"the database {where} does not answer: {error}\n{check}"


@contextmanager
def sole_use(data: Path) -> Iterator[None]:
    """Inside the block nobody else serves this data folder or replaces what is in it. Freed by the system too,
    whatever becomes of this process."""
    (data / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / "run" / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(
                f"The data folder {data} is in use: a site is running on it, or it is being restored.",
                "Stop that first, or name another folder with MOTCUA_DATA.",
            ) from None
        yield


def with_django() -> None:
    """Loads Django; commands that need no database do without."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()


def answer(data: Any) -> None:
    """The one JSON answer of a command, on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def table(rows: list[list[str]], heads: list[str]) -> None:
    """Columns as wide as their widest cell; the last one runs free."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads) - 1)]
    for row in [heads, *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())
