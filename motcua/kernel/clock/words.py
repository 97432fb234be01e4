"""The derivation of a deadline in words, Vietnamese or English, one line a step."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from motcua.kernel.calendar import local

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from motcua.kernel.clock.values import Deadline, SkippedDay, Step

Language = Literal["vi", "en"]

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

_LINES: dict[Language, dict[str, str]] = {
    "vi": {
        "received": "Tiếp nhận: {start}.",
        "allowance.working_days": "Thời hạn: {working_days}, mỗi ngày {per_day}, tức {time} làm việc.",
        "allowance.working_hours": "Thời hạn: {working_hours}.",
        "allowance.days": "Thời hạn: {all_days}, tính cả ngày nghỉ.",
        "allowance.same_day": "Thời hạn: trong ngày, nếu tiếp nhận không muộn hơn {cutoff}.",
        "start.at_once": "Thời hạn bắt đầu tính ngay lúc tiếp nhận.",
        "start.closed": "Lúc tiếp nhận là ngoài giờ làm việc, nên thời hạn bắt đầu tính từ {start}.",
        "start.after_cutoff": "Tiếp nhận sau giờ chốt, nên thời hạn tính từ ngày làm việc sau: {start}.",
        "start.day_after": "Ngày tiếp nhận không tính vào thời hạn.",
        "work": "Tính từ {start} đến {end}: {time} trong {working_days}, còn {left}.",
        "work.weekends": "Trong đó không tính ngày nghỉ hằng tuần: {dates}.",
        "swap_work": "{day} là ngày làm việc ({name}): tính đến {clock} được {time}, còn {left}.",
        "closed.weekend": "Không tính {dates}: nghỉ hằng tuần.",
        "closed.holiday": "Không tính {dates}: {name}.",
        "closed.swap_off": "Không tính {dates}: {name}.",
        "pause": "Tạm dừng từ {start} đến {end}: {ground}. Khi dừng còn {left}, giữ nguyên khi tính tiếp.",
        "pause.open": "Đang tạm dừng từ {start}: {ground}. Còn {left}; có ngày trả khi thời hạn tính tiếp.",
        "count": "Đếm {all_days}, từ {first} đến hết {last}.",
        "rolled": "Ngày cuối {first} là ngày nghỉ, nên lùi đến ngày làm việc kế tiếp {last}.",
        "estimate": "Lịch nghỉ năm {years} còn là dự kiến; ngày trả được tính lại khi có quyết định.",
        "due": "Hạn trả kết quả: {start}.",
        "source": "Căn cứ: {source}.",
        "not_decided": "(dự kiến)",
    },
    "en": {
        "received": "Received: {start}.",
        "allowance.working_days": "Time allowed: {working_days} of {per_day}, that is {time} of work.",
        "allowance.working_hours": "Time allowed: {working_hours}.",
        "allowance.days": "Time allowed: {all_days}, days off included.",
        "allowance.same_day": "Time allowed: the same day, if received by {cutoff}.",
        "start.at_once": "Time runs from the moment of receipt.",
        "start.closed": "Received outside working hours, so time runs from {start}.",
        "start.after_cutoff": "Received after the cut-off, so time runs from the next working day: {start}.",
        "start.day_after": "The day of receipt is not counted.",
        "work": "Counted from {start} to {end}: {time} over {working_days}, {left} left.",
        "work.weekends": "Weekly days off not counted: {dates}.",
        "swap_work": "{day} is a working day ({name}): {time} counted up to {clock}, {left} left.",
        "closed.weekend": "Not counted {dates}: weekly days off.",
        "closed.holiday": "Not counted {dates}: {name}.",
        "closed.swap_off": "Not counted {dates}: {name}.",
        "pause": "Paused from {start} to {end}: {ground}. {left} left then and when time runs again.",
        "pause.open": "Paused since {start}: {ground}. {left} left; the date follows when time runs again.",
        "count": "{all_days} counted, from {first} to the end of {last}.",
        "rolled": "The last day, {first}, is a day off, so it moves to the next working day, {last}.",
        "estimate": "The days off of {years} are an estimate; the date is worked out again when decided.",
        "due": "Due: {start}.",
        "source": "Source: {source}.",
        "not_decided": "(estimate)",
    },
}
_UNITS: dict[Language, tuple[str, str]] = {"vi": ("giờ", "phút"), "en": ("h", "min")}
_COUNTED: dict[Language, dict[str, str]] = {
    "vi": {"working_days": "ngày làm việc", "working_hours": "giờ làm việc", "all_days": "ngày"},
    "en": {"working_days": "working days", "working_hours": "working hours", "all_days": "days"},
}


def day_in_words(day: date, lang: Language = "vi") -> str:
    """`Thứ Sáu 13/02/2026`."""
    return f"{_WEEKDAYS[lang][day.weekday()]} {day:%d/%m/%Y}"


def instant_in_words(instant: datetime, lang: Language = "vi") -> str:
    """`Thứ Sáu 13/02/2026 16:10`."""
    here = local(instant)
    return f"{day_in_words(here.date(), lang)} {here:%H:%M}"


def minutes_in_words(minutes: int, lang: Language = "vi") -> str:
    """`6 giờ 30 phút`."""
    hour, minute = _UNITS[lang]
    hours, rest = divmod(abs(minutes), 60)
    said = [f"{hours} {hour}"] if hours else []
    said += [f"{rest} {minute}"] if rest or not hours else []
    return ("-" if minutes < 0 else "") + " ".join(said)


def explain(deadline: Deadline, lang: Language = "vi") -> list[str]:
    """The derivation in lines: receipt, term, start, runs, days skipped with their source, pauses, end."""
    return [line for step in deadline.steps for line in explain_step(step, lang)]


def explain_step(step: Step, lang: Language = "vi") -> list[str]:
    """The line of one step; a run over weekends has a second one that names them."""
    lines = _LINES[lang]
    said = _facts(step, lang)
    line = lines[_line_of(step)].format(**said)
    if step.source:
        line += " " + lines["source"].format(source=step.source)
    if step.kind != "work" or not step.skipped:
        return [line]
    second = lines["work.weekends"].format(dates=_dates(step.skipped, lang))
    sources = dict.fromkeys(day.source for day in step.skipped if day.source)
    second += "".join(" " + lines["source"].format(source=source) for source in sources)
    return [line, second]


def _line_of(step: Step) -> str:
    ending = {
        "allowance": step.params.get("kind"),
        "start": step.params.get("why"),
        "closed": step.params.get("why"),
        "pause": "open" if step.end is None else None,
    }.get(step.kind)
    return f"{step.kind}.{ending}" if ending else step.kind


def _facts(step: Step, lang: Language) -> dict[str, str]:
    """The step's values, each as it is written in `lang`."""
    said = {name: str(value) for name, value in step.params.items()}
    for name, write in _WRITTEN.items():
        if name in step.params:
            said |= write(step.params[name], lang)
    for name, instant in (("start", step.start), ("end", step.end)):
        if instant:
            said[name] = instant_in_words(instant, lang)
    if step.kind == "swap_work" and step.start and step.end:
        said |= {"day": day_in_words(step.start.date(), lang), "clock": f"{step.end:%H:%M}"}
    if step.kind == "closed":
        said |= {"dates": _dates(step.skipped, lang), "name": _name(step, lang)}
    return said


def _name(step: Step, lang: Language) -> str:
    name = (lang == "en" and step.skipped[0].name_en) or step.skipped[0].name
    return f"{name} {_LINES[lang]['not_decided']}" if any(day.estimate for day in step.skipped) else name


def _counted(text: str, lang: Language) -> dict[str, str]:
    """An amount as working days, as working hours and as days; a line takes the one it needs."""
    single = lang == "en" and text == "1"
    number = _decimal(Fraction(text), lang)
    return {name: f"{number} {what[:-1] if single else what}" for name, what in _COUNTED[lang].items()}


def _decimal(amount: Fraction, lang: Language) -> str:
    """`1/2` → `0,5` where three places say it exactly."""
    thousandths = amount * 1000
    if amount.denominator == 1 or thousandths.denominator != 1:
        return str(amount)
    whole, rest = divmod(int(thousandths), 1000)
    return f"{whole}{',' if lang == 'vi' else '.'}{rest:03d}".rstrip("0")


_WRITTEN: dict[str, Callable[[Any, Language], dict[str, str]]] = {
    "minutes": lambda minutes, lang: {"time": minutes_in_words(minutes, lang)},
    "left": lambda minutes, lang: {"left": minutes_in_words(minutes, lang)},
    "minutes_left": lambda minutes, lang: {"left": minutes_in_words(minutes, lang)},
    "days_left": lambda days, lang: {"left": _counted(str(days), lang)["all_days"]},
    "day_minutes": lambda minutes, lang: {"per_day": minutes_in_words(minutes, lang)},
    "cutoff": lambda minute, _: {"cutoff": f"{minute // 60:02d}:{minute % 60:02d}"},
    "amount": _counted,
    "days": lambda days, lang: _counted(str(days), lang),
    "years": lambda years, _: {"years": ", ".join(str(year) for year in years)},
    "first": lambda day, lang: {"first": day_in_words(date.fromisoformat(day), lang)},
    "last": lambda day, lang: {"last": day_in_words(date.fromisoformat(day), lang)},
}


def _dates(days: Sequence[SkippedDay], lang: Language) -> str:
    """Rows of days as `Thứ Hai 16/02/2026 – Thứ Sáu 20/02/2026`, rows apart by semicolons."""
    rows: list[list[date]] = []
    for skipped in days:
        if rows and (skipped.day - rows[-1][-1]).days == 1:
            rows[-1].append(skipped.day)
        else:
            rows.append([skipped.day])
    ends = ((row[0], row[-1]) if len(row) > 1 else (row[0],) for row in rows)
    return "; ".join(" – ".join(day_in_words(day, lang) for day in pair) for pair in ends)
