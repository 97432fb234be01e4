"""The way of a dossier in time: who owns which stretch, when the legal clock starts, and what is never guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import VIETNAM
from motcua.kernel.clock import Pause
from motcua.kernel.problems import Refused
from motcua.law.deadline import LegDeadline, clock_rules, deadline_for
from motcua.law.model import Pack
from motcua.law.reader import read_pack
from tests.law.conftest import MINI, change

MARRIAGE, COPY, OLD_RECORD, RECORD = "1.004873", "2.000815", "2.000488", "3.000333"
POINT, OTHER_POINT, DESK = "diem-thanh-sen", "diem-tran-phu", "mot-cua-thanh-sen"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def legs(way: LegDeadline) -> list[tuple[str, str, str | None]]:
    """Owner, start and end of each leg, as `02-13T16:10`."""
    return [(leg.owner, f"{leg.start:%m-%dT%H:%M}", f"{leg.due:%m-%dT%H:%M}" if leg.due else None) for leg in way.legs]


def test_at_the_agency_the_clock_starts_at_once_and_the_post_brings_it_home(mini: Pack) -> None:
    way = deadline_for(mini, MARRIAGE, at("2026-03-04T08:00"), unit="18073")
    assert (way.clock_starts_at, way.due_at) == (at("2026-03-04T08:00"), at("2026-03-09T08:00"))
    assert not way.clock_estimated
    assert legs(way) == [
        ("agency", "03-04T08:00", "03-09T08:00"),
        ("post", "03-09T08:00", "03-09T18:00"),
        ("post", "03-09T18:00", "03-11T18:00"),
    ]
    assert way.home_by == at("2026-03-11T18:00")


def test_at_a_point_that_is_no_one_stop_the_post_carries_it_first(mini: Pack) -> None:
    """Taken Friday 27/02 after the cut-off: along on Saturday, at the desk on Monday at 9, legal from then on."""
    way = deadline_for(mini, MARRIAGE, at("2026-02-27T16:01"), place=POINT)
    assert way.clock_starts_at == at("2026-03-02T09:00")
    assert way.clock_estimated
    assert way.due_at == at("2026-03-05T09:00")
    assert legs(way)[:2] == [("post", "02-27T16:01", "03-02T09:00"), ("agency", "03-02T09:00", "03-05T09:00")]
    assert any("(ước tính)" in line and "Thứ Hai 02/03/2026 09:00" in line for line in way.explanation)
    assert any("(an estimate)" in line for line in way.explain("en"))


def test_up_to_the_cut_off_the_bag_leaves_the_same_day(mini: Pack) -> None:
    """Friday 16:00 to Saturday 9:00, when the agency is closed: the clock waits for Monday's opening."""
    way = deadline_for(mini, MARRIAGE, at("2026-02-27T16:00"), place=POINT)
    assert legs(way)[0] == ("post", "02-27T16:00", "02-28T09:00")
    assert way.clock_starts_at == at("2026-03-02T07:30")


def test_at_a_designated_point_the_clock_starts_at_its_acceptance(mini: Pack) -> None:
    """The same point, designated from 01/03/2026: the way to the agency then lies inside the legal time."""
    way = deadline_for(mini, MARRIAGE, at("2026-03-04T16:30"), place=POINT)
    assert way.clock_starts_at == at("2026-03-04T16:30")
    assert not way.clock_estimated
    assert way.due_at == at("2026-03-09T16:30")
    assert [leg.owner for leg in way.legs] == ["post", "agency", "post", "post"]
    assert "Chặng này nằm trong thời hạn giải quyết." in way.explanation


def test_a_designated_point_open_on_saturday_accepts_but_the_agency_counts_from_monday(mini: Pack) -> None:
    way = deadline_for(mini, MARRIAGE, at("2026-03-07T10:00"), place=POINT)
    assert way.received_at == at("2026-03-07T10:00")
    assert way.clock_starts_at == at("2026-03-09T07:30")
    assert way.due_at == at("2026-03-11T17:00")


def test_a_swap_binds_the_agency_not_the_post(mini: Pack) -> None:
    """02/01/2026 is swapped for Saturday 10/01: the agency is closed on the 2nd, the post is not."""
    way = deadline_for(mini, MARRIAGE, at("2025-12-31T10:00"), place=OTHER_POINT)
    assert legs(way)[0] == ("post", "12-31T10:00", "01-02T09:00")
    assert way.clock_starts_at == at("2026-01-05T07:30")
    worked = deadline_for(mini, MARRIAGE, at("2026-01-08T08:00"), unit="18073")
    assert worked.due_at == at("2026-01-12T08:00")
    off = deadline_for(mini, MARRIAGE, at("2025-12-31T08:00"), unit="18073")
    assert [(day.day, day.kind) for day in off.skipped][:2] == [
        (date(2026, 1, 1), "holiday"),
        (date(2026, 1, 2), "swap_off"),
    ]


def test_the_posts_own_days_off_are_told_with_their_source(mini: Pack) -> None:
    way = deadline_for(mini, MARRIAGE, at("2026-02-13T16:10"), place=POINT)
    closed = [day.day for step in way.legs[0].steps for day in step.skipped]
    assert closed == [date(2026, 2, day) for day in range(15, 21)]
    assert any(
        "Bưu điện nghỉ Thứ Hai 16/02/2026 – Thứ Sáu 20/02/2026: Tết Nguyên đán. Căn cứ: Ví dụ." in line
        for line in way.explanation
    )


def test_a_one_stop_of_another_commune_starts_the_clock_and_sends_the_papers_on(mini: Pack) -> None:
    way = deadline_for(mini, MARRIAGE, at("2026-03-04T08:00"), place=DESK, unit="18100")
    assert way.clock_starts_at == at("2026-03-04T08:00")
    assert way.agency is not None
    assert way.agency.code == "ubnd-tran-phu"
    assert [leg.owner for leg in way.legs] == ["post", "agency", "post", "post"]
    own = deadline_for(mini, MARRIAGE, at("2026-03-04T08:00"), place=DESK)
    assert [leg.owner for leg in own.legs] == ["agency", "post", "post"]


def test_calendar_days_end_with_the_working_day_and_roll_off_the_weekend(mini: Pack) -> None:
    way = deadline_for(mini, RECORD, at("2026-03-04T08:00"))
    assert way.due_at == at("2026-03-16T17:00")  # the tenth day, 14/03, is a Saturday
    assert "Đếm 10 ngày, từ Thứ Năm 05/03/2026 đến hết Thứ Bảy 14/03/2026." in way.explanation


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-04T15:00", "2026-03-04T17:00"),
        ("2026-03-04T15:01", "2026-03-05T17:00"),
        ("2026-03-06T15:01", "2026-03-09T17:00"),
        ("2026-03-07T09:00", "2026-03-09T17:00"),
    ],
)
def test_same_day_by_three_oclock(mini: Pack, received: str, due: str) -> None:
    way = deadline_for(mini, COPY, at(received), unit="18073")
    assert way.due_at == at(due)
    assert way.home_by is None  # originals are compared at the desk; nothing travels


def test_a_pause_stops_the_legal_clock_and_an_open_one_leaves_no_date(mini: Pack) -> None:
    ask, answer = at("2026-03-05T09:00"), at("2026-03-10T14:00")
    paused = deadline_for(
        mini, MARRIAGE, at("2026-03-04T08:00"), unit="18073", pauses=[Pause(ask, answer, "chờ bổ sung")]
    )
    assert paused.due_at == at("2026-03-12T11:30")
    assert any("chờ bổ sung" in line for line in paused.explanation)
    still = deadline_for(mini, MARRIAGE, at("2026-03-04T08:00"), unit="18073", pauses=[Pause(ask, None, "chờ bổ sung")])
    assert (still.due_at, still.home_by) == (None, None)
    assert still.deadline.minutes_left == 900
    assert [leg.owner for leg in still.legs] == ["agency"]


def test_the_version_of_the_day_of_receipt_is_used(mini: Pack) -> None:
    assert deadline_for(mini, OLD_RECORD, at("2026-02-27T08:00")).procedure.code == OLD_RECORD
    with pytest.raises(Refused, match=r"thủ tục thay thế: 3\.000333"):
        deadline_for(mini, OLD_RECORD, at("2026-03-02T08:00"))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"procedure": "9.999999"}, "procedure.unknown"),
        ({"procedure": RECORD, "received_at": at("2026-02-27T08:00")}, "procedure.not_in_force"),
        ({"received_at": at("2027-01-04T08:00")}, "calendar.unknown_year"),
        ({"received_at": at("2026-12-30T08:00")}, "calendar.unknown_year"),
        ({"received_at": at("2026-12-31T17:30"), "place": OTHER_POINT}, "calendar.unknown_year"),
        ({"place": "nowhere"}, "office.unknown"),
        ({"place": "buu-dien-tinh"}, "place.not_receiving"),
        ({"place": "so-tu-phap"}, "place.not_receiving"),
        ({"place": POINT, "procedure": COPY}, "place.not_receiving"),
        ({"unit": "18082"}, "unit.not_in_force"),
        ({"unit": "42"}, "unit.unknown"),
        ({"pauses": [Pause(at("2026-03-05T09:00"), at("2026-03-05T08:00"), "")]}, "clock.pause_reversed"),
        ({"received_at": datetime(2026, 3, 4, 8, 0)}, "clock.naive_instant"),
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_refused(mini: Pack, asked: dict[str, object], code: str) -> None:
    given = {"procedure": MARRIAGE, "received_at": at("2026-03-04T08:00")} | asked
    with pytest.raises(Refused) as refused:
        deadline_for(mini, **given)  # type: ignore[arg-type]
    assert refused.value.codes == (code,)


def test_a_year_the_post_does_not_know_leaves_the_legal_date_standing(mini: Pack) -> None:
    way = deadline_for(mini, MARRIAGE, at("2026-12-28T07:30"), unit="18073")
    assert way.due_at == at("2026-12-30T17:00")
    assert way.home_by is None
    assert way.explanation[-1] == "Chưa có lịch bưu điện năm 2027 nên chưa hẹn ngày phát tại nhà."
    assert way.home_unknown_year == 2027


def test_the_answer_as_json_has_offsets_and_sources(mini: Pack) -> None:
    told = deadline_for(mini, MARRIAGE, at("2026-02-13T16:10"), unit="18073").as_dict("en")
    assert told["due_at"] == "2026-02-25T16:10:00+07:00"
    assert told["source"] == "Nghị định 123/2015/NĐ-CP Điều 22"
    assert [day["day"] for day in told["skipped"]] == [f"2026-02-{day}" for day in range(14, 23)]
    assert all(day["source"] for day in told["skipped"])
    assert told["explanation"][0].startswith("1.004873")


def test_the_numbers_of_the_clock_are_those_of_the_day(copy: Path) -> None:
    later = "rules:\n- {name: same_day_cutoff, from: 2026-03-01, value: '14:30', source: Mới, confidence: low}\n"
    change(copy, "rules.yaml", "rules:\n", later)
    pack = read_pack(copy)
    before, after = (clock_rules(pack, day) for day in (date(2026, 2, 28), date(2026, 3, 1)))
    assert [(rules.same_day_cutoff, rules.same_day_source) for rules in (before, after)] == [
        (900, "Ví dụ"),
        (870, "Mới"),
    ]


def test_what_was_promised_before_an_announcement_can_be_shown_again(mini: Pack) -> None:
    """The swap of 02/01/2026 was announced on 20/12/2025; until then that Friday was a working day."""
    day = date(2026, 1, 2)
    assert not mini.calendar("agency").is_open_day(day)
    assert mini.calendar("agency", known_on=date(2025, 12, 19)).is_open_day(day)
    assert not mini.calendar("agency", known_on=date(2025, 12, 20)).is_open_day(day)


def test_an_announcement_can_be_taken_back(copy: Path) -> None:
    taken = "days:\n- {day: 2026-09-01, kind: ordinary, name: Bãi bỏ, scope: [post], announced_on: 2026-08-01, source: Ví dụ, confidence: low}\n"
    change(copy, "calendar.yaml", "days:\n- {day: 2025-01-27", taken + "- {day: 2025-01-27")
    pack, day = read_pack(copy), date(2026, 9, 1)
    assert pack.calendar("post").is_open_day(day)
    assert not pack.calendar("agency").is_open_day(day)
    assert not pack.calendar("post", known_on=date(2026, 7, 31)).is_open_day(day)


_MINI = read_pack(MINI)
_START = at("2025-07-01T00:00")


@settings(deadline=None)
@given(
    st.integers(0, 500 * 1440),
    st.sampled_from([MARRIAGE, OLD_RECORD, RECORD]),
    st.sampled_from([None, POINT, OTHER_POINT, DESK]),
)
def test_legs_follow_each_other_and_the_agency_is_never_charged_with_the_posts_time(
    minutes: int, code: str, place: str | None
) -> None:
    received = _START + timedelta(minutes=minutes)
    way, codes = _way_or_codes(received, code, place)
    if way is None:
        assert codes[0] in {"procedure.repealed", "procedure.not_in_force", "calendar.unknown_year"}
        return
    assert way.due_at is not None
    assert received <= way.clock_starts_at <= way.due_at
    assert way.home_by is None or way.home_by > way.due_at
    assert all(leg.due is None or leg.start <= leg.due for leg in way.legs)
    assert [leg.due for leg in way.legs if leg.owner == "agency"] == [way.due_at]
    post = _MINI.calendar("post")
    assert all(post.is_open_day(leg.due.date()) for leg in way.legs if leg.owner == "post" and leg.due)
    assert len(way.explain("vi")) == len(way.explain("en"))


def _way_or_codes(received: datetime, code: str, place: str | None) -> tuple[LegDeadline | None, tuple[str, ...]]:
    try:
        return deadline_for(_MINI, code, received, place=place, unit="18073"), ()
    except Refused as refused:
        return None, refused.codes
