"""`motcua verify`."""

import sys
from itertools import islice

import click

from motcua.cli.common import answer, as_json, with_django


@click.command()
@click.option("--limit", default=20, show_default=True, help="How many disagreements to name.")
@as_json
def verify(limit: int, as_json: bool) -> None:
    """Replay the journal and compare: chains intact, state as told, every paper held once, the money adds up.

    Exit status 1 and the first broken entry where something does not agree.

    \b
    Example:
      motcua verify --json
    """
    with_django()
    from motcua.acts.verify import counts, verify_all

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} chains replayed", nl=False, err=True)

    faults = list(islice(verify_all(progress), limit))
    looked_at = counts()
    if as_json:
        found = [{"where": f.where, "entry": f.entry, "what": f.what} for f in faults]
        answer({"ok": not faults, "looked_at": looked_at, "faults": found})
    else:
        click.echo("\n".join(f"✗ {fault}" for fault in faults) or "✓ The ledgers agree.")
        click.echo("Looked at: " + ", ".join(f"{count} {name}" for name, count in looked_at.items()))
    if faults:
        raise click.exceptions.Exit(1)
