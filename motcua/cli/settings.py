"""`motcua settings`."""

from dataclasses import asdict

import click

from motcua.cli.common import answer, as_json, table
from motcua.config.options import listed, read_options


@click.command()
@as_json
def settings(as_json: bool) -> None:
    """List every setting, its value and what it does. A setting is an environment variable.

    \b
    Example:
      MOTCUA_PORT=8080 motcua settings
    """
    rows = listed()
    if as_json:
        answer([asdict(row) for row in rows])
    else:
        table(
            [[row.name, row.value or "–", "set" if row.is_set else "default", row.what] for row in rows],
            ["NAME", "VALUE", "FROM", "WHAT IT DOES"],
        )
    read_options()
