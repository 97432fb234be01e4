import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from uuid import UUID

import click
import pytest

from motcua.cli.main import COMMANDS, cli


def every_command(group=cli, words=()):
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*words, name))


ALL = list(every_command())


@pytest.mark.parametrize(("words", "command"), ALL, ids=[" ".join(words) for words, _ in ALL])
def test_every_command_says_what_it_does_with_an_example(words, command):
    told = command.get_help(click.Context(command, info_name=" ".join(("motcua", *words))))
    _, example, after = told.partition("Example")
    assert example
    assert "motcua " in after


def test_the_table_of_commands_tells_each_with_its_own_name_and_a_line():
    for name, (_, line) in COMMANDS.items():
        assert cli.get_command(click.Context(cli), name).name == name
        assert line.endswith(".")
    assert cli.get_command(click.Context(cli), "no-such-command") is None


def test_help_is_quick_because_it_loads_neither_django_nor_any_command():
    script = (
        "import sys; from motcua.cli.main import cli; cli.main(['--help'], standalone_mode=False);"
        "loaded = {m for m in sys.modules if m.partition('.')[0] == 'django' or m.startswith('motcua.cli.')};"
        "assert loaded <= {'motcua.cli.main'}, loaded"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "serve" in done.stdout


def test_settings_are_listed_for_people_and_for_programs(say):
    told = say("settings", MOTCUA_PORT="8123", MOTCUA_DATABASE_URL="postgres://me:s3cret@db/motcua")
    assert told.status == 0
    assert "8123" in told.out
    assert "s3cret" not in told.out
    rows = json.loads(say("settings", "--json", MOTCUA_PORT="8123").out)
    assert {"name": "MOTCUA_PORT", "value": "8123", "default": "8000", "is_set": True}.items() <= rows[3].items()


def test_a_setting_that_cannot_be_read_is_named_and_the_status_is_2(say):
    told = say("jobs", "list", MOTCUA_PORT="http")
    assert told.status == 2
    assert "MOTCUA_PORT='http': write a whole number" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "words", [("no-such-command",), ("serve", "--port", "x"), ("token",), ("jobs", "revive"), ("restore", "/no/such")]
)
def test_asked_wrongly_is_status_2_with_a_word_about_it(say, words):
    told = say(*words)
    assert told.status == 2
    assert "Usage:" in told.err


def test_an_empty_data_folder_is_told_with_the_way_out(say):
    told = say("verify")
    assert told.status == 1
    assert "motcua migrate" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("url", ["postgres://motcua@127.0.0.1:1/motcua", "sqlite:///no/such/folder/x.sqlite3"])
def test_a_database_that_does_not_answer_is_told_in_words(say, url):
    told = say("jobs", "list", MOTCUA_DATABASE_URL=url)
    assert told.status == 1
    assert "does not answer" in told.err
    assert "MOTCUA_DATABASE_URL" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_verify_names_the_broken_entry_and_exits_with_1(say, tmp_path, words):
    here = {"MOTCUA_DATABASE_URL": ""}
    say("demo", "--dossiers", "1", "--until", "2026-06-09T17:00", **here)
    assert say("verify", **here).status == 0
    with closing(sqlite3.connect(tmp_path / "data" / "motcua.sqlite3")) as database, database:
        database.execute("DROP TRIGGER journal_entry_no_update")
        [entry] = database.execute("SELECT max(id) FROM journal_entry WHERE chain_kind = 'dossier'").fetchone()
        database.execute("UPDATE journal_entry SET kind = 'forged' WHERE id = ?", [entry])
        chain, seq = database.execute("SELECT chain_id, seq FROM journal_entry WHERE id = ?", [entry]).fetchone()
    told = say("verify", *words, **here)
    assert told.status == 1
    assert str(UUID(hex=str(chain))) in told.out
    assert str(seq) in told.out
    assert "changed after it was written" in told.out


def test_a_backup_of_nothing_or_to_nowhere_is_refused_in_words(say, tmp_path):
    here = {"MOTCUA_DATABASE_URL": ""}
    nothing = say("backup", str(tmp_path / "safe.tar.gz"), **here)
    assert nothing.status == 1
    assert "MOTCUA_DATA" in nothing.err
    assert not (tmp_path / "safe.tar.gz").exists()
    say("migrate", **here)
    nowhere = say("backup", str(tmp_path / "no" / "such" / "safe.tar.gz"), **here)
    assert nowhere.status == 1
    assert "no/such" in nowhere.err
    assert "Traceback" not in nowhere.err


def test_the_first_line_of_help_promises_only_commands_there_are():
    for name, (_, line) in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command.help
        if isinstance(command, click.Group):
            assert line == " ".join(command.help.partition("\n\n")[0].split()), name


def test_migrate_speaks_once_and_is_then_silent(say):
    first, second = say("migrate", MOTCUA_DATABASE_URL=""), say("migrate", MOTCUA_DATABASE_URL="")
    assert (first.status, second.status) == (0, 0)
    assert "ready" in first.err
    assert second.err == second.out == ""


def test_without_demo_people_users_and_token_say_what_to_do(say):
    here = {"MOTCUA_DATABASE_URL": ""}
    say("migrate", **here)
    nobody, stranger = say("users", **here), say("token", "lan", **here)
    assert (nobody.status, stranger.status) == (1, 1)
    assert "motcua demo" in nobody.err
    assert "motcua users" in stranger.err
