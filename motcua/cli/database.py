"""`motcua migrate`: the database brought to this version, in words instead of a hundred lines."""

import click

from motcua.cli.common import with_django


@click.command()
def migrate() -> None:
    """Bring the database to this version. Says nothing where nothing is to be done.

    \b
    Example:
      MOTCUA_DATABASE_URL=postgres://motcua:secret@127.0.0.1/motcua motcua migrate
    """
    with_django()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not steps:
        return
    click.echo(f"Database: {len(steps)} steps to this version …", err=True)
    call_command("migrate", verbosity=0, interactive=False)
    click.echo("Database: ready.", err=True)
