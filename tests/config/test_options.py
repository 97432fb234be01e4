from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motcua.config.options import CHECKOUT, OptionError, listed, read_options, without_password


def test_without_any_setting_everything_has_a_value():
    options = read_options({})
    assert options.data == CHECKOUT / "data"
    assert (options.host, options.port, options.workers, options.threads) == ("127.0.0.1", 8000, 2, 4)
    assert options.pack == CHECKOUT / "packs" / "ha-tinh"
    assert not options.demo
    assert options.clock is None


def test_every_setting_is_listed_with_what_it_does():
    rows = {row.name: row for row in listed({"MOTCUA_PORT": "8080"})}
    assert {"MOTCUA_DATA", "MOTCUA_DATABASE_URL", "MOTCUA_PORT", "MOTCUA_CLOCK"} <= rows.keys()
    assert (rows["MOTCUA_PORT"].value, rows["MOTCUA_PORT"].default, rows["MOTCUA_PORT"].is_set) == (
        "8080",
        "8000",
        True,
    )
    assert not rows["MOTCUA_HOST"].is_set
    assert all(row.what for row in rows.values())


def test_a_path_is_taken_from_the_checkout_wherever_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert read_options({"MOTCUA_DATA": "elsewhere"}).data == CHECKOUT / "elsewhere"
    assert read_options({"MOTCUA_DATA": str(tmp_path)}).data == tmp_path
    assert read_options({"MOTCUA_DATA": "~/motcua"}).data == Path.home() / "motcua"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_PORT", "http"),
        ("MOTCUA_PORT", "0"),
        ("MOTCUA_PORT", "70000"),
        ("MOTCUA_WORKERS", "-1"),
        ("MOTCUA_DEMO", "perhaps"),
        ("MOTCUA_DATABASE_URL", "mysql://root@localhost/motcua"),
        ("MOTCUA_LOG", "loud"),
        ("MOTCUA_CLOCK", "tomorrow"),
        ("MOTCUA_CLOCK", "2026-06-09T08:00"),
        ("MOTCUA_CLOCK", "+twos"),
        ("MOTCUA_DATA", " "),
    ],
)
def test_a_value_that_cannot_be_read_is_named(name, value):
    with pytest.raises(OptionError, match=name):
        read_options({name: value})


def test_all_wrong_values_are_told_at_once_and_no_password_among_them():
    with pytest.raises(OptionError) as told:
        read_options({"MOTCUA_PORT": "x", "MOTCUA_DATABASE_URL": "mysql://root:hunter2@host/db"})
    assert "MOTCUA_PORT" in str(told.value)
    assert "MOTCUA_DATABASE_URL" in str(told.value)
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("", None),
        ("+3600s", timedelta(hours=1)),
        ("-1.5s", timedelta(seconds=-1.5)),
        ("2026-06-09T08:00+07:00", datetime(2026, 6, 9, 1, tzinfo=UTC)),
    ],
)
def test_the_clock_setting(text, clock):
    assert read_options({"MOTCUA_CLOCK": text}).clock == clock


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://motcua:s3cret@db:5432/motcua", "postgres://motcua:***@db:5432/motcua"),
        ("postgres://motcua:p@ss@db/motcua", "postgres://motcua:***@db/motcua"),
        ("postgres://motcua@db/motcua", "postgres://motcua@db/motcua"),
        ("packs/ha-tinh", "packs/ha-tinh"),
        ("", ""),
    ],
)
def test_a_password_is_never_shown(url, shown):
    assert without_password(url) == shown
