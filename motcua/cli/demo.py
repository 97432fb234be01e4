"""`motcua demo`."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from motcua.cli.common import Failure, answer, as_json, with_django
from motcua.config import clock


@click.command()
@click.option("--seed", default=468, show_default=True, help="The same seed makes the same month.")
@click.option("--dossiers", default=420, show_default=True, type=click.IntRange(1), help="How many dossiers.")
@click.option("--until", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="When the month ends; default: now.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are data already.")
@as_json
def demo(seed: int, dossiers: int, until: datetime | None, if_empty: bool, as_json: bool) -> None:
    """Fill the data folder with a month of office life, made only by performing the real acts.

    \b
    Example:
      MOTCUA_DATA=/tmp/try motcua demo --dossiers 50
    """
    with_django()
    from django.conf import settings

    from motcua.cli.database import bring_up_to_date, publish_first_law

    bring_up_to_date()
    begun = Begun(settings.DATA_DIR / "demo.json")
    if not begun.is_unfinished() and _has_people():
        if if_empty:
            return
        raise Failure("There are data here already.", "Name another folder: MOTCUA_DATA=/tmp/try motcua demo")
    publish_first_law()
    end = until.replace(tzinfo=_zone()) if until else clock.now()
    wish = begun.begin({"seed": seed, "dossiers": dossiers, "until": end.isoformat()})
    made = _play(wish)
    begun.finish(made)
    if as_json:
        answer(made)
    else:
        click.echo(f"Demo: {made['dossiers']} dossiers by {made['happenings']} acts. Log in as: motcua users")


class Begun:
    """What demo was begun here. One that was interrupted is played again: its acts have the same keys, so what was
    done already is only answered again, and the rest follows."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> dict[str, Any]:
        return json.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def is_unfinished(self) -> bool:
        return self.read().get("made", False) is None

    def begin(self, wish: dict[str, Any]) -> dict[str, Any]:
        """The interrupted demo's wish, or this new one."""
        if not self.is_unfinished():
            self.file.write_text(json.dumps({"wish": wish, "made": None}), "utf-8")
        return dict(self.read()["wish"])

    def finish(self, made: dict[str, Any]) -> None:
        self.file.write_text(json.dumps({**self.read(), "made": made}, ensure_ascii=False), "utf-8")


def _play(wish: dict[str, Any]) -> dict[str, Any]:
    from motcua.demo import run

    _write_lightly()
    click.echo(f"Demo: a month of {wish['dossiers']} dossiers, about two minutes …", err=True)
    terminal = sys.stderr.isatty()
    told = [0]

    def progress(share: float, done: int) -> None:
        if terminal or int(share * 10) > told[0]:
            told[0] = int(share * 10)
            click.echo(f"\r  {share:4.0%}  {done} acts" + ("" if terminal else "\n"), nl=False, err=True)

    made = run(wish["seed"], wish["dossiers"], until=datetime.fromisoformat(wish["until"]), progress=progress)
    click.echo("\r" if terminal else "", nl=terminal, err=True)
    return made


def _write_lightly() -> None:
    """A demo cut short by a power failure is simply made again, so it need not wait for the disk at each act."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF" if connection.vendor == "sqlite" else "SET synchronous_commit = off")


def _has_people() -> bool:
    from motcua.people.queries import all_accounts

    return bool(all_accounts()[:1])


def _zone() -> Any:
    from django.utils import timezone

    return timezone.get_default_timezone()
