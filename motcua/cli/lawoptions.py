"""What the commands of law share: days and instants as they are typed, and how a refusal is told."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import click

from motcua.cli.common import answer
from motcua.config.options import read_options
from motcua.kernel.calendar import VIETNAM
from motcua.kernel.problems import Refused
from motcua.law.reader import PackError, PackErrors

P = ParamSpec("P")
R = TypeVar("R")


class DayType(click.ParamType[date]):
    """A day, 2026-02-13."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Usage error when it is not a day that exists."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day that exists; write it as 2026-02-13.", param, ctx)


class InstantType(click.ParamType[Any]):
    """An instant, 2026-02-13T16:10, in Vietnam's time unless it says otherwise."""

    name = "YYYY-MM-DDTHH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Usage error when it is not an instant that exists."""
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant that exists; write it as 2026-02-13T16:10.", param, ctx)
        if "T" not in value.upper() and " " not in value:
            self.fail(f"{value!r} has no time of day; write it as {value}T08:00.", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


class UntilType(InstantType):
    """The end of a pause: an instant, or `open` while it lasts."""

    name = "YYYY-MM-DDTHH:MM|open"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """None for an open pause."""
        return None if value in (None, "open") else super().convert(value, param, ctx)


class Told(click.ClickException):
    """Ends a command that has already said why: exit status 1."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__("")

    def show(self, file: IO[Any] | None = None) -> None:
        """Nothing more to say."""


def refusable(command: Callable[P, R]) -> Callable[P, R]:
    """A refusal or a faulty pack is told in words (or as JSON) with exit status 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            if kwargs.get("as_json"):
                answer({"problems": [{"code": p.code, "message": p.text} for p in refused.problems]})
            else:
                click.echo("\n".join(f"{p.code}: {p.text}" for p in refused.problems), err=True)
        except PackErrors as faulty:
            tell_errors(faulty.errors, as_json=bool(kwargs.get("as_json")))
        raise Told

    return run


def tell_errors(errors: Sequence[PackError], *, as_json: bool, to_stderr: bool = True) -> None:
    """The faults of a pack, one a line; on standard output where they are what was asked for."""
    if as_json:
        answer({"ok": False, "errors": [error.as_dict() for error in errors]})
        return
    for error in errors:
        click.echo(str(error), err=to_stderr)
    click.echo(f"{len(errors)} to mend.", err=True)


from_pack = click.option(
    "--pack",
    "path",
    type=click.Path(path_type=Path),
    default=lambda: read_options().pack,
    show_default="MOTCUA_PACK, packs/ha-tinh",
    help="Folder of the pack.",
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    help="Language of the explanation.",
)
