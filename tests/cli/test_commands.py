import json
import subprocess
import sys

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
