"""`motcua demo`."""

import shutil
import sys
from datetime import datetime
from typing import Any

import click

from motcua.cli.common import Failure, answer, as_json, sole_use, with_django
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
    from django.utils.timezone import get_default_timezone

    from motcua.cli.database import bring_up_to_date, publish_first_law

    bring_up_to_date()
    mark = settings.DATA_DIR / "demo.unfinished"
    if mark.exists() and _only_invented_people():
        click.echo("Demo: the last one was interrupted; it is made again from the start.", err=True)
        with sole_use(settings.DATA_DIR):
            _clear()
        bring_up_to_date()
    elif _has_people():
        if if_empty:
            return
        raise Failure("There are data here already.", "Name another folder: MOTCUA_DATA=/tmp/try motcua demo")
    publish_first_law()
    mark.touch()
    made = _play(seed, dossiers, until.replace(tzinfo=get_default_timezone()) if until else clock.now())
    mark.unlink()
    if as_json:
        answer(made)
    else:
        click.echo(f"Demo: {made['dossiers']} dossiers by {made['happenings']} acts. Log in as: motcua users")


def _play(seed: int, dossiers: int, end: datetime) -> dict[str, Any]:
    from motcua.demo import run

    _write_lightly()
    click.echo(f"Demo: a month of {dossiers} dossiers, about two minutes …", err=True)
    terminal = sys.stderr.isatty()
    told = [0]

    def progress(share: float, done: int) -> None:
        if terminal or int(share * 10) > told[0]:
            told[0] = int(share * 10)
            click.echo(f"\r  {share:4.0%}  {done} acts" + ("" if terminal else "\n"), nl=False, err=True)

    made = run(seed, dossiers, until=end, progress=progress)
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


def _only_invented_people() -> bool:
    """Half a month is thrown away only where nobody real has begun to work in it."""
    from motcua.people.queries import all_accounts

    return all(account.is_demo for account in all_accounts())


def _clear() -> None:
    from django.conf import settings

    from motcua.cli.archives.engines import engine

    engine().clear()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
