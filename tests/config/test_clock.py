from datetime import UTC, datetime, timedelta

import pytest

from motcua.config import clock

TET = datetime(2026, 2, 17, 1, 0, tzinfo=UTC)
BLINK = timedelta(seconds=30)


@pytest.fixture
def set_clock(monkeypatch):
    def set_to(text):
        monkeypatch.setenv("MOTCUA_CLOCK", text)
        monkeypatch.setattr(clock, "_shift", None)

    return set_to


def test_without_a_setting_it_is_real_time(set_clock):
    set_clock("")
    assert abs(clock.now() - datetime.now(UTC)) < BLINK
    assert clock.now().tzinfo is UTC


def test_it_starts_at_the_instant_of_the_setting_and_runs_on(set_clock):
    set_clock("2026-02-17T08:00+07:00")
    first = clock.now()
    assert TET <= first < TET + BLINK
    assert clock.now() >= first


def test_a_shift_given_to_a_child_keeps_it_at_the_same_instant(set_clock):
    set_clock("2026-02-17T08:00+07:00")
    parent, shift = clock.now(), clock.shift()
    set_clock(f"{shift.total_seconds():+f}s")
    assert timedelta(0) <= clock.now() - parent < BLINK


def test_for_one_block_it_is_another_day():
    before = clock.shift()
    with clock.started_at(TET):
        assert TET <= clock.now() < TET + BLINK
    assert clock.shift() == before
