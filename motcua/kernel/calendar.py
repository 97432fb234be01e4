"""A working calendar: which minutes of which day are open, and by whose decision a day is closed.

Instants are aware datetimes, minutes are counted in Vietnam's wall clock (no summer time since 1975).
Outside its known years a calendar refuses; it never guesses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from motcua.kernel.problems import Problem, Refused, refusal
from motcua.kernel.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Collection

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = 0
SATURDAY = 5
_MINUTE = timedelta(minutes=1)
_DAY_END = 24 * 60

Kind = Literal["open", "swap_work", "weekend", "holiday", "swap_off"]


class Window(NamedTuple):
    """Open from minute `opens` up to minute `closes` since midnight: 7:30–11:30 is (450, 690)."""

    opens: int
    closes: int


Windows = tuple[Window, ...]


@dataclass(frozen=True)
class Week:
    """Opening windows by weekday (0 Monday … 6 Sunday; absent = closed).

    `swap_day`: the windows of a day worked by order (None: as on Monday).
    `source`: the text that sets the week.
    """

    days: Mapping[int, tuple[tuple[int, int], ...]]
    swap_day: tuple[tuple[int, int], ...] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day against the week: `off` = closed, `work` = open.

    `twin`: the other day of a swap; it makes an `off` day a swapped one instead of a holiday.
    `as_weekday`: whose windows a `work` day has (default: the week's `swap_day`, else Monday's).
    `scope`: the calendars it binds, for the reader; a calendar is given only its own days.
    `estimate`: not decided yet. `name_en`: an English name, when there is one.
    """

    kind: Literal["off", "work"]
    name: str
    source: str
    announced_on: date | None = None
    scope: frozenset[str] = frozenset()
    estimate: bool = False
    twin: date | None = None
    as_weekday: int | None = None
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is open or closed, with the text that says so."""

    kind: Kind
    name: str
    source: str
    estimate: bool = False
    twin: date | None = None
    name_en: str = ""


class CalendarUnknown(Refused):
    """The day asked lies in a year whose days off the calendar does not know."""

    def __init__(self, year: int, calendar: str = "", known: range | None = None) -> None:
        self.year = year
        years = f"{known[0]}–{known[-1]}" if known else "chưa có năm nào"
        message = (
            "Chưa có lịch nghỉ năm %(year)s (%(calendar)s, mới có: %(known)s) nên không tính được thời hạn. "
            "Hãy bổ sung lịch năm đó vào gói dữ liệu rồi tính lại."
        )
        params = {"year": year, "calendar": calendar, "known": years}
        super().__init__([Problem("calendar.unknown_year", message, params=params)])


def local(instant: datetime) -> datetime:
    """The instant in Vietnam's time. Refuses `clock.naive_instant`: without a zone it is none."""
    if instant.tzinfo is None:
        raise refusal(
            "clock.naive_instant",
            "Thời điểm %(instant)s thiếu múi giờ. Hãy ghi rõ, ví dụ %(instant)s+07:00.",
            instant=instant.isoformat(timespec="minutes"),
        )
    return instant.astimezone(VIETNAM)


def floor_minute(instant: datetime) -> datetime:
    """The instant in Vietnam's time without its seconds."""
    return local(instant).replace(second=0, microsecond=0)


def ceil_minute(instant: datetime) -> datetime:
    """The first whole minute not before the instant, in Vietnam's time."""
    floor = floor_minute(instant)
    return floor if floor == instant else floor + _MINUTE


class Calendar:
    """The open minutes of every day of the known years.

    `week`: one week for ever, or a timeline of weeks (summer and winter hours); a mapping of windows will do.
    `special`: the days against the week. `years`: the known years, without a gap.
    `estimates`: the years among them whose days off are not decided yet.
    ValueError when the data contradict themselves.
    """

    def __init__(
        self,
        name: str,
        week: Timeline[Week] | Week | Mapping[int, tuple[tuple[int, int], ...]],
        special: Mapping[date, SpecialDay],
        years: Collection[int],
        estimates: Collection[int] = (),
    ) -> None:
        self.name = name
        self.years = _without_gap(years)
        self.estimates = frozenset(estimates)
        self.first_day = date(self.years[0], 1, 1)
        self.last_day = date(self.years[-1], 12, 31)
        self._special = {self._known(day): what for day, what in special.items()}
        self._weeks = _as_timeline(week, self.first_day)
        self._reasons: dict[date, DayReason] = {}
        self._base = self.first_day.toordinal()
        self._windows = [
            self._windows_of(date.fromordinal(ordinal)) for ordinal in range(self._base, self.last_day.toordinal() + 1)
        ]
        lengths = (sum(window.closes - window.opens for window in windows) for windows in self._windows)
        self._before = list(accumulate(lengths, initial=0))  # open minutes before each day

    def require(self, day: date) -> None:
        """Refuse with CalendarUnknown a day outside the known years."""
        self._index(day)

    def windows(self, day: date) -> Windows:
        """The open windows of a day, in order; () when it is closed. Refuses with CalendarUnknown."""
        return self._windows[self._index(day)]

    def is_open_day(self, day: date) -> bool:
        """Whether the day has any open minute."""
        return bool(self.windows(day))

    def reason(self, day: date) -> DayReason:
        """Why the day is open or closed; a named day off goes before the weekend it may fall on."""
        if day not in self._reasons:
            self._reasons[day] = self._reason(day)
        return self._reasons[day]

    def is_estimate(self, day: date) -> bool:
        """Whether what the calendar says of this day may still change."""
        what = self._special.get(day)
        return day.year in self.estimates or (what is not None and what.estimate)

    def next_open_day(self, day: date) -> date:
        """The first open day not before `day`."""
        before = self._before
        index = self._index(day)
        found = bisect_right(before, before[index]) - 1
        return self._day(found)

    def opening_of(self, day: date) -> datetime:
        """The first open minute of an open day."""
        return _instant(day, self.windows(day)[0].opens)

    def closing_of(self, day: date) -> datetime:
        """The end of the last window of an open day."""
        return _instant(day, self.windows(day)[-1].closes)

    def position(self, instant: datetime) -> int:
        """How many open minutes of the known years lie before the instant."""
        here = local(instant)
        index = self._index(here.date())
        minute = here.hour * 60 + here.minute
        open_before = self._before[index]
        for opens, closes in self._windows[index]:
            if opens < minute:
                open_before += min(minute, closes) - opens
        return open_before

    def instant_after(self, position: int) -> datetime:
        """The first instant that has `position` (at least 1) open minutes before it: never a closed minute,
        but it may be the closing time itself."""
        if position < 1:
            raise ValueError("the known years begin with a closed minute: nothing lies before it")
        index = bisect_left(self._before, position) - 1
        left = position - self._before[index]
        for window in self._windows_at(index):
            if left <= window.closes - window.opens:
                return _instant(self._day(index), window.opens + left)
            left -= window.closes - window.opens
        raise AssertionError("the table of open minutes contradicts itself")

    def next_opening(self, instant: datetime) -> datetime:
        """The instant (whole minute) if it is open, else the next moment the doors open."""
        position = self.position(instant)
        index = bisect_right(self._before, position) - 1
        left = position - self._before[index]
        for window in self._windows_at(index):
            if left < window.closes - window.opens:
                return _instant(self._day(index), window.opens + left)
            left -= window.closes - window.opens
        raise AssertionError("the table of open minutes contradicts itself")

    def __repr__(self) -> str:
        return f"Calendar({self.name!r}, {self.years[0]}–{self.years[-1]})"

    def _reason(self, day: date) -> DayReason:
        is_open = self.is_open_day(day)
        what = self._special.get(day)
        if what is None:
            return DayReason("open" if is_open else "weekend", "", self._weeks.at(day).source)
        off: Kind = "swap_off" if what.twin else "holiday"
        kind: Kind = "swap_work" if is_open else off
        return DayReason(kind, what.name, what.source, what.estimate, what.twin, what.name_en)

    def _windows_of(self, day: date) -> Windows:
        what = self._special.get(day)
        if what is not None and what.kind == "off":
            return ()
        week = self._weeks.at(day)
        if what is None:
            return _checked(week.days.get(day.weekday(), ()), day)
        by_order = week.swap_day if what.as_weekday is None else week.days.get(what.as_weekday, ())
        windows = _checked(week.days.get(MONDAY, ()) if by_order is None else by_order, day)
        if not windows:
            raise ValueError(f"{self.name}: {day} is to be worked, but its week gives it no hours")
        return windows

    def _known(self, day: date) -> date:
        if day.year not in self.years:
            raise ValueError(f"{self.name}: {day} is marked, but {day.year} is not a known year")
        return day

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._base
        if not 0 <= index < len(self._windows):
            raise CalendarUnknown(day.year, self.name, self.years)
        return index

    def _windows_at(self, index: int) -> Windows:
        if index >= len(self._windows):
            raise CalendarUnknown(self.years[-1] + 1, self.name, self.years)
        return self._windows[index]

    def _day(self, index: int) -> date:
        if index >= len(self._windows):
            raise CalendarUnknown(self.years[-1] + 1, self.name, self.years)
        return date.fromordinal(self._base + index)


def _instant(day: date, minute: int) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return midnight + timedelta(minutes=minute)


def _without_gap(years: Collection[int]) -> range:
    if not years:
        raise ValueError("a calendar needs at least one known year")
    known = range(min(years), max(years) + 1)
    if set(known) != set(years):
        raise ValueError(f"the known years {sorted(years)} leave a gap")
    return known


def _as_timeline(
    week: Timeline[Week] | Week | Mapping[int, tuple[tuple[int, int], ...]], first_day: date
) -> Timeline[Week]:
    if isinstance(week, Timeline):
        return week
    return Timeline([(first_day, Week(week) if isinstance(week, Mapping) else week)])


def _checked(windows: tuple[tuple[int, int], ...], day: date) -> Windows:
    end = -1
    for opens, closes in windows:
        if not max(end, 0) <= opens < closes <= _DAY_END:
            raise ValueError(f"the windows of {day} are not in order within the day: {windows}")
        end = closes
    return tuple(Window(opens, closes) for opens, closes in windows)
