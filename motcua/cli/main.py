"""The command `motcua`. Each subcommand is loaded when it is asked for, so that help is quick."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from motcua import __version__

# name -> where it lives, and its line in the help; in the order a newcomer needs them.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("motcua.cli.serve:serve", "Serve the site and do its background work."),
    "demo": ("motcua.cli.demo:demo", "Fill the data folder with a month of office life."),
    "users": ("motcua.cli.users:users", "List the demo people with their roles and places."),
    "token": ("motcua.cli.users:token", "Issue a bearer token for the API."),
    "settings": ("motcua.cli.settings:settings", "List every setting, its value and what it does."),
    "pack": ("motcua.cli.law:pack", "Check, load or show a pack of law."),
    "deadline": ("motcua.cli.law:deadline", "Reckon a due date and explain it."),
    "postage": ("motcua.cli.law:postage", "Reckon the post's charge and explain it."),
    "code": ("motcua.cli.law:code", "Say what a number is and whether it is right, or make a postal item number."),
    "verify": ("motcua.cli.verify:verify", "Replay the three ledgers and name the first broken entry."),
    "backup": ("motcua.cli.archive:backup", "Write database, files and keys into one archive."),
    "restore": ("motcua.cli.archive:restore", "Bring a backup back."),
    "jobs": ("motcua.cli.jobs:jobs", "Do, list and revive background jobs."),
    "simulate-carrier": ("motcua.cli.carrier:simulate_carrier", "Play VNPost, as badly behaved as you like."),
    "migrate": ("motcua.cli.database:migrate", "Bring the database to this version."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="motcua")
def cli() -> None:
    """Motcua: a Vietnamese province's one-stop service, carried by the post.

    \b
    Example:
      motcua demo --if-empty && motcua serve
    """


def main(args: Sequence[str] | None = None) -> None:
    """Exit status: 0 done, 1 a finding or a failure that the message explains, 2 asked wrongly."""
    from motcua.cli.common import explained

    sys.exit(explained(lambda: cli.main(args=args, prog_name="motcua", standalone_mode=False)))


if __name__ == "__main__":
    main()
