from fractions import Fraction

import pytest

from motcua.kernel.clock import (
    Allowance,
    ClockRules,
    Pause,
    day_in_words,
    due,
    explain,
    instant_in_words,
    minutes_in_words,
)

from .calendars import AGENCY, at

RULES = ClockRules(day_minutes_source="Điều 105", same_day_source="Điều 18")


def test_dates_look_as_on_paper():
    assert instant_in_words(at("2026-02-13T16:10")) == "Thứ Sáu 13/02/2026 16:10"
    assert instant_in_words(at("2026-02-15T06:05"), "en") == "Sunday 15/02/2026 06:05"
    assert day_in_words(at("2026-02-16T00:00").date()) == "Thứ Hai 16/02/2026"


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (0, "0 phút", "0 min"),
        (50, "50 phút", "50 min"),
        (480, "8 giờ", "8 h"),
        (390, "6 giờ 30 phút", "6 h 30 min"),
    ],
)
def test_minutes_in_words(minutes, vi, en):
    assert minutes_in_words(minutes) == vi
    assert minutes_in_words(minutes, "en") == en
    assert minutes_in_words(-60) == "-1 giờ"


def test_the_days_before_tet_in_vietnamese():
    assert explain(due(at("2026-02-13T16:10"), Allowance("working_days", 3), AGENCY, rules=RULES)) == [
        "Tiếp nhận: Thứ Sáu 13/02/2026 16:10.",
        "Thời hạn: 3 ngày làm việc, mỗi ngày 8 giờ, tức 24 giờ làm việc. Căn cứ: Điều 105.",
        "Thời hạn bắt đầu tính ngay lúc tiếp nhận.",
        "Tính từ Thứ Sáu 13/02/2026 16:10 đến Thứ Sáu 13/02/2026 17:00: 50 phút trong 1 ngày làm việc, còn 23 giờ 10 phút.",
        "Không tính Thứ Bảy 14/02/2026 – Chủ Nhật 15/02/2026: nghỉ hằng tuần. Căn cứ: Quy chế làm việc.",
        "Không tính Thứ Hai 16/02/2026 – Thứ Sáu 20/02/2026: Tết Nguyên đán. Căn cứ: Thông báo 2026.",
        "Không tính Thứ Bảy 21/02/2026 – Chủ Nhật 22/02/2026: nghỉ hằng tuần. Căn cứ: Quy chế làm việc.",
        "Tính từ Thứ Hai 23/02/2026 07:30 đến Thứ Tư 25/02/2026 16:10: 23 giờ 10 phút trong 3 ngày làm việc, còn 0 phút.",
        "Hạn trả kết quả: Thứ Tư 25/02/2026 16:10.",
    ]


def test_a_pause_and_a_swap_in_english():
    stop = Pause(at("2026-08-21T16:00"), at("2026-08-22T09:00"), "papers awaited")
    answer = due(at("2026-08-20T17:05"), Allowance("working_days", Fraction(5, 2)), AGENCY, [stop])
    assert explain(answer, "en") == [
        "Received: Thursday 20/08/2026 17:05.",
        "Time allowed: 2.5 working days of 8 h, that is 20 h of work.",
        "Received outside working hours, so time runs from Friday 21/08/2026 07:30.",
        "Counted from Friday 21/08/2026 07:30 to Friday 21/08/2026 16:00: 7 h over 1 working day, 13 h left.",
        "Paused from Friday 21/08/2026 16:00 to Saturday 22/08/2026 09:00: papers awaited. 13 h left then and when time runs again.",
        "Saturday 22/08/2026 is a working day (Làm bù): 6 h 30 min counted up to 17:00, 6 h 30 min left. Source: Thông báo hoán đổi 2.",
        "Not counted Sunday 23/08/2026: weekly days off. Source: Quy chế làm việc.",
        "Counted from Monday 24/08/2026 07:30 to Monday 24/08/2026 15:30: 6 h 30 min over 1 working day, 0 min left.",
        "Due: Monday 24/08/2026 15:30.",
    ]


def test_calendar_days_that_roll_over_tet():
    stop = Pause(at("2026-02-07T10:00"), at("2026-02-08T12:30"), "Chờ xác minh")
    lines = explain(due(at("2026-02-05T09:00"), Allowance("days", 10), AGENCY, [stop]))
    assert lines[1:7] == [
        "Thời hạn: 10 ngày, tính cả ngày nghỉ.",
        "Ngày tiếp nhận không tính vào thời hạn.",
        "Đếm 2 ngày, từ Thứ Sáu 06/02/2026 đến hết Thứ Bảy 07/02/2026.",
        "Tạm dừng từ Thứ Bảy 07/02/2026 10:00 đến Chủ Nhật 08/02/2026 12:30: Chờ xác minh. Khi dừng còn 8 ngày, giữ nguyên khi tính tiếp.",
        "Đếm 8 ngày, từ Thứ Hai 09/02/2026 đến hết Thứ Hai 16/02/2026.",
        "Ngày cuối Thứ Hai 16/02/2026 là ngày nghỉ, nên lùi đến ngày làm việc kế tiếp Thứ Hai 23/02/2026.",
    ]
    assert lines[-1] == "Hạn trả kết quả: Thứ Hai 23/02/2026 17:00."


def test_same_day_after_the_cutoff():
    lines = explain(due(at("2026-03-06T15:01"), Allowance("same_day"), AGENCY, rules=RULES))
    assert lines[1:4] == [
        "Thời hạn: trong ngày, nếu tiếp nhận không muộn hơn 15:00. Căn cứ: Điều 18.",
        "Không tính Thứ Bảy 07/03/2026 – Chủ Nhật 08/03/2026: nghỉ hằng tuần. Căn cứ: Quy chế làm việc.",
        "Tiếp nhận sau giờ chốt, nên thời hạn tính từ ngày làm việc sau: Thứ Hai 09/03/2026 07:30.",
    ]


def test_an_open_pause_and_weekends_inside_a_run():
    stop = Pause(at("2026-03-10T10:00"), None, "Chờ nộp thuế")
    answer = due(at("2026-03-05T10:00"), Allowance("working_hours", 40), AGENCY, [stop])
    assert explain(answer)[1:] == [
        "Thời hạn: 40 giờ làm việc.",
        "Thời hạn bắt đầu tính ngay lúc tiếp nhận.",
        "Tính từ Thứ Năm 05/03/2026 10:00 đến Thứ Ba 10/03/2026 10:00: 24 giờ trong 4 ngày làm việc, còn 16 giờ.",
        "Trong đó không tính ngày nghỉ hằng tuần: Thứ Bảy 07/03/2026 – Chủ Nhật 08/03/2026. Căn cứ: Quy chế làm việc.",
        "Đang tạm dừng từ Thứ Ba 10/03/2026 10:00: Chờ nộp thuế. Còn 16 giờ; có ngày trả khi thời hạn tính tiếp.",
    ]
    assert explain(answer, "en")[-1].endswith("16 h left; the date follows when time runs again.")


def test_an_estimated_holiday_is_marked():
    lines = explain(due(at("2027-02-03T16:00"), Allowance("working_days", 1), AGENCY))
    assert (
        "Không tính Thứ Năm 04/02/2027 – Thứ Tư 10/02/2027: Tết Nguyên đán (dự kiến). Căn cứ: Thông báo 2027." in lines
    )
    assert "Lịch nghỉ năm 2027 còn là dự kiến; ngày trả được tính lại khi có quyết định." in lines


def test_english_names_are_used_where_known():
    lines = explain(due(at("2025-12-31T16:00"), Allowance("working_days", 1), AGENCY), "en")
    assert "Not counted Friday 02/01/2026: Day off in exchange. Source: Thông báo hoán đổi 1." in lines


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "allowance",
    [
        Allowance("working_days", 1),
        Allowance("working_hours", 3),
        Allowance("days", 6),
        Allowance("same_day"),
    ],
)
@pytest.mark.parametrize("received", ["2026-01-02T10:00", "2026-03-06T15:30", "2026-12-31T18:00"])
def test_every_kind_of_line_can_be_said(lang, allowance, received):
    stops = [Pause(at("2026-03-06T16:00"), at("2026-03-07T16:00"), "x")]
    answer = due(at(received), allowance, AGENCY, stops)
    lines = explain(answer, lang)
    assert instant_in_words(answer.due_at, lang) in lines[-1]
    assert not any("{" in line or "None" in line for line in lines)
