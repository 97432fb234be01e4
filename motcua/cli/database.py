"""`motcua migrate`: the database brought to this version, in words instead of a hundred lines."""

from uuid import uuid4

import click

from motcua.cli.common import with_django


@click.command()
@click.option("--to-serve", is_flag=True, help="Also publish the pack where no law is, and try to load the site.")
def migrate(to_serve: bool) -> None:
    """Bring the database to this version. Says nothing where nothing is to be done.

    \b
    Example:
      MOTCUA_DATABASE_URL=postgres://motcua:secret@127.0.0.1/motcua motcua migrate
    """
    with_django()
    bring_up_to_date()
    if to_serve:
        publish_first_law()
        # A site that cannot be loaded is told once here, not by every web process again and again.
        from django.urls import get_resolver

        get_resolver().check()


def bring_up_to_date() -> None:
    """Runs the migrations that are missing, with a word before and after."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        click.echo(f"Database: {len(steps)} steps to this version …", err=True)
        call_command("migrate", verbosity=0, interactive=False)
        click.echo("Database: ready.", err=True)


def publish_first_law() -> None:
    """Publishes the pack of MOTCUA_PACK where none was ever published; a newer one is a decision: `pack load`."""
    from django.conf import settings

    from motcua.config import clock
    from motcua.journal.rules import Command
    from motcua.law.reader import read_pack
    from motcua.procedures.actions import publish_pack
    from motcua.procedures.queries import releases

    if not releases():
        click.echo(f"Law: publishing {settings.PACK_DIR.name} …", err=True)
        pack = read_pack(settings.PACK_DIR)
        command = Command(uuid4(), "law.publish", None, clock.now(), {"pack": pack.id})
        click.echo(f"Law: {publish_pack(command, pack)['total']} values in force.", err=True)
