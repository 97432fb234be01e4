"""`motcua deadline`, `postage`, `code`, and `pack` from its own room. Only `pack load` needs the database."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from motcua.cli.common import answer, as_json
from motcua.cli.lawoptions import DayType, InstantType, Told, UntilType, from_pack, lang_option, refusable
from motcua.cli.packs import pack
from motcua.kernel.clock import Pause, instant_in_words
from motcua.kernel.codes import s10 as s10_number
from motcua.kernel.money import dong
from motcua.law.deadline import deadline_for
from motcua.law.identify import identify
from motcua.law.postage import postage as postage_of
from motcua.law.reader import read_pack

__all__ = ["code", "deadline", "pack", "postage"]


@click.command()
@from_pack
@click.option("--procedure", "code", required=True, help="Code of the procedure, 1.004873.")
@click.option("--received", required=True, type=InstantType(), help="When it was received (online: accepted).")
@click.option("--place", help="Code of the office that took it. Default: the agency's own reception.")
@click.option("--unit", help="The applicant's commune, where the agency depends on it.")
@click.option("--channel", type=click.Choice(["counter", "online"]), default="counter", show_default=True)
@click.option(
    "--pause",
    "pauses",
    nargs=2,
    type=(InstantType(), UntilType()),
    multiple=True,
    metavar="FROM TO",
    help="The clock stood still from FROM to TO (“open”: still does). May be repeated.",
)
@lang_option
@as_json
@refusable
def deadline(
    path: Path,
    code: str,
    received: datetime,
    place: str | None,
    unit: str | None,
    channel: str,
    pauses: tuple[tuple[datetime, datetime | None], ...],
    lang: Any,
    as_json: bool,
) -> None:
    """When a dossier is due, and why, in legs.

    \b
    Examples:
      motcua deadline --procedure 1.004873 --received 2026-02-13T16:10
      motcua deadline --procedure 3.000333 --received 2026-02-13T16:10 \\
        --pause 2026-02-24T09:00 2026-02-26T15:00 --json
    """
    ground = {"vi": "chờ bổ sung hồ sơ", "en": "waiting for a supplement"}[lang]
    stops = [Pause(begins, ends, ground) for begins, ends in pauses]
    way = deadline_for(read_pack(path), code, received, place=place, pauses=stops, channel=channel, unit=unit)
    if as_json:
        answer(way.as_dict(lang))
        return
    if way.due_at:
        click.echo(instant_in_words(way.due_at, lang) + "\n")
    for line in way.explain(lang):
        click.echo(line)


@click.command()
@from_pack
@click.option("--from", "from_unit", required=True, help="Unit it is sent from, 18073.")
@click.option("--to", "to_unit", required=True, help="Unit it is sent to: a commune, or a province.")
@click.option("--grams", required=True, type=int, help="Weight in grams.")
@click.option("--day", required=True, type=DayType(), help="Day of sending.")
@click.option("--exemption", help="Key of a reduction, me_vnah.")
@click.option("--service", help="Key of the service. Default: the tariff's first.")
@as_json
@refusable
def postage(
    path: Path,
    from_unit: str,
    to_unit: str,
    grams: int,
    day: date,
    exemption: str | None,
    service: str | None,
    as_json: bool,
) -> None:
    """What the post charges for one way, and why.

    \b
    Example:
      motcua postage --from 18073 --to 18100 --grams 120 --day 2026-02-13 --exemption thuong_binh
    """
    price = postage_of(read_pack(path), day, from_unit, to_unit, grams, exemption, service)
    if as_json:
        answer(price.as_dict())
        return
    click.echo(dong(price.amount) + "\n")
    for line in price.explain:
        click.echo(line)


@click.group()
def code() -> None:
    """Say what a number is and whether it is right, or make a postal item number.

    \b
    Example:
      motcua code check H27.14-20260609-0000001
    """


@code.command(name="check")
@click.argument("text")
@as_json
def check_code(text: str, as_json: bool) -> None:
    """What TEXT is: dossier code (old, new), S10, citizen number, tax code, phone, procedure code.

    Exit status 1 when it is wrong or nothing we know.

    \b
    Example:
      motcua code check RA473124829VN
    """
    found = identify(text)
    if as_json:
        answer(found.as_dict())
    else:
        click.echo(f"{found.normal}: {found.says}")
    if not found.right:
        raise Told


@code.command(name="s10")
@click.argument("prefix")
@click.argument("serial")
@as_json
@refusable
def make_s10(prefix: str, serial: str, as_json: bool) -> None:
    """The postal item number of two letters PREFIX and up to eight digits SERIAL, with its check digit.

    \b
    Example:
      motcua code s10 RA 47312482
    """
    number = s10_number(prefix, serial)
    if as_json:
        answer({"number": number})
    else:
        click.echo(number)
