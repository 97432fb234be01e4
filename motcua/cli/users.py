"""`motcua users` and `motcua token`."""

from uuid import uuid4

import click

from motcua.cli.common import Failure, answer, as_json, table, with_django
from motcua.config import clock


@click.command()
@as_json
def users(as_json: bool) -> None:
    """List the demo people with their roles and places.

    \b
    Example:
      motcua users --json
    """
    with_django()
    from motcua.people.queries import actor_of, demo_accounts
    from motcua.procedures.queries import current_law

    people = [(account.username, actor_of(account)) for account in demo_accounts()]
    rows = [
        (username, actor.name, role.value, office, current_law().office(office).name if office else "")
        for username, actor in people
        for role, office in sorted(actor.appointments)
    ]
    if as_json:
        heads = ("username", "name", "role", "office", "place")
        answer([dict(zip(heads, row, strict=True)) for row in rows])
    elif rows:
        table(
            [[user, name, role, place or "–"] for user, name, role, _, place in rows],
            ["USER", "NAME", "ROLE", "PLACE"],
        )
    else:
        raise Failure("There are no demo people here.", "Make them with: motcua demo")


@click.command()
@click.argument("user")
@click.option("--label", default="command line", show_default=True, help="What the token is for.")
@as_json
def token(user: str, label: str, as_json: bool) -> None:
    """Issue a bearer token for USER (a log-in name). It is shown once; only its digest is kept.

    \b
    Example:
      curl -H "Authorization: Bearer $(motcua token lan)" http://127.0.0.1:8000/api/v1/worklist
    """
    with_django()
    from motcua.journal.actions import once
    from motcua.journal.rules import Command
    from motcua.people.actions import issue_token
    from motcua.people.queries import account_by_username

    account = account_by_username(user)
    if account is None:
        raise Failure(f"There is no active account {user!r}.", "List the demo people with: motcua users")
    secrets: list[str] = []

    def do(act):  # type: ignore[no-untyped-def]
        secrets.append(issue_token(act, account, label))
        return {"account": user, "label": label}

    once(Command(uuid4(), "token.issue", None, clock.now(), {"account": user, "label": label}), do)
    if as_json:
        answer({"user": user, "label": label, "token": secrets[0]})
    else:
        click.echo(secrets[0])
