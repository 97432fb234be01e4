"""Calendars made by hand for 2025–2027: an agency's with swap days, a post's with half Saturdays."""

from datetime import date, datetime, timedelta

from motcua.kernel.calendar import VIETNAM, Calendar, SpecialDay, Week

MORNING, AFTERNOON = (450, 690), (780, 1020)
OFFICE_WEEK = Week(dict.fromkeys(range(5), (MORNING, AFTERNOON)), source="Quy chế làm việc")
POST_WEEK = Week({**dict.fromkeys(range(5), ((420, 1080),)), 5: ((420, 690),)}, source="Giờ phục vụ bưu cục")


def at(text):
    """`2026-02-13T16:10` in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def _off(name, *days, estimate=False):
    source = f"Thông báo {days[0].year}"
    return {day: SpecialDay("off", name, source, estimate=estimate) for day in days}


def _row(first, count):
    return [first + timedelta(days=number) for number in range(count)]


def _swap(closed, worked, source):
    return {
        closed: SpecialDay("off", "Nghỉ hoán đổi", source, twin=worked, name_en="Day off in exchange"),
        worked: SpecialDay("work", "Làm bù", source, twin=closed, name_en="Working in exchange"),
    }


HOLIDAYS = {
    **_off("Tết Dương lịch", date(2025, 1, 1)),
    **_off("Tết Nguyên đán", *_row(date(2025, 1, 27), 5)),
    **_off("Giỗ Tổ Hùng Vương", date(2025, 4, 7)),
    **_off("Quốc khánh", *_row(date(2025, 9, 1), 2)),
    **_off("Tết Dương lịch", date(2026, 1, 1)),
    **_off("Tết Nguyên đán", *_row(date(2026, 2, 16), 5)),
    **_off("Giỗ Tổ Hùng Vương", date(2026, 4, 27)),
    **_off("Ngày Chiến thắng và Quốc tế Lao động", date(2026, 4, 30), date(2026, 5, 1)),
    **_off("Quốc khánh", *_row(date(2026, 9, 1), 2)),
    **_off("Ngày Văn hóa Việt Nam", date(2026, 11, 24)),
    **_off("Tết Dương lịch", date(2027, 1, 1)),
    **_off("Tết Nguyên đán", *_row(date(2027, 2, 4), 7), estimate=True),
}
SWAPS = {
    **_swap(date(2026, 1, 2), date(2026, 1, 10), "Thông báo hoán đổi 1"),
    **_swap(date(2026, 8, 31), date(2026, 8, 22), "Thông báo hoán đổi 2"),
}

AGENCY = Calendar("cơ quan", OFFICE_WEEK, HOLIDAYS | SWAPS, range(2025, 2028), estimates=[2027])
POST = Calendar("bưu cục", POST_WEEK, HOLIDAYS, range(2025, 2028), estimates=[2027])


def open_minutes(calendar, start, end):
    """Every open minute from `start` to `end`, counted one by one."""
    found = 0
    while start < end:
        minute = start.hour * 60 + start.minute
        found += any(opens <= minute < closes for opens, closes in calendar.windows(start.date()))
        start += timedelta(minutes=1)
    return found
