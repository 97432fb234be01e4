"""When a dossier is due and when it is home, in legs, each with its owner.

Swapped days bind the agency, not the post, so the two calendars are never mixed: the way to the agency and
the way home run on the post's, the legal term on the agency's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from motcua.kernel.calendar import CalendarUnknown, floor_minute, local
from motcua.kernel.clock import ClockRules, Deadline, Language, Leg, Pause, SkippedDay, Step, due
from motcua.law.legwords import LEG_NAMES, told
from motcua.law.model.competence import receive_refusal
from motcua.law.model.procedures import Version
from motcua.law.reader.values import minute_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motcua.kernel.calendar import Calendar
    from motcua.law.model import Office, Pack

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LegDeadline:
    """A dossier's whole way in time.

    `clock_starts_at` begins the legal term; it is an estimate (`clock_estimated`) where the post first has
    to carry the dossier to the agency. `due_at` is the legal due instant, None while a pause is open.
    `home_by` is the post's promise at the door, None when the result does not travel by post or the post's
    year is not known.
    """

    procedure: Version
    channel: str
    received_at: datetime
    place: Office | None
    place_source: str
    agency: Office | None
    clock_starts_at: datetime
    clock_estimated: bool
    deadline: Deadline
    legs: tuple[Leg, ...]
    home_unknown_year: int | None

    @property
    def due_at(self) -> datetime | None:
        """The legal due instant."""
        return self.deadline.due_at

    @property
    def home_by(self) -> datetime | None:
        """By when the post promises the result at the door."""
        last = self.legs[-1]
        return last.due if last.name == LEG_NAMES["home"]["vi"] else None

    @property
    def skipped(self) -> tuple[SkippedDay, ...]:
        """The days on which the legal clock did not run because the agency is closed, in order, each once."""
        return tuple({day.day: day for day in self.deadline.skipped}.values())

    @property
    def explanation(self) -> list[str]:
        """The whole derivation in Vietnamese, line by line."""
        return told(self, "vi")

    def explain(self, lang: Language = "vi") -> list[str]:
        """The whole derivation, line by line."""
        return told(self, lang)

    def as_dict(self, lang: Language = "vi") -> dict[str, Any]:
        """For JSON: instants in ISO form with their offset."""
        return {
            "procedure": self.procedure.code,
            "version_from": self.procedure.valid_from.isoformat(),
            "channel": self.channel,
            "place": self.place.code if self.place else None,
            "agency": self.agency.code if self.agency else None,
            "received_at": self.received_at.isoformat(),
            "clock_starts_at": self.clock_starts_at.isoformat(),
            "clock_estimated": self.clock_estimated,
            "due_at": _iso(self.due_at),
            "home_by": _iso(self.home_by),
            "estimate": self.deadline.estimate or self.clock_estimated,
            "minutes_left": self.deadline.minutes_left,
            "days_left": self.deadline.days_left,
            "allowance": self.deadline.as_dict()["allowance"],
            "source": self.procedure.term_for(self.channel).source,
            "legs": [leg.as_dict() for leg in self.legs],
            "skipped": [day.as_dict() for day in self.skipped],
            "explanation": self.explain(lang),
        }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def clock_rules(pack: Pack, day: date) -> ClockRules:
    """The numbers the clock needs, as the law had them on the day of receipt. Refuses `rule.unknown`."""
    length, cutoff = pack.rule_entry("day_minutes", day), pack.rule_entry("same_day_cutoff", day)
    return ClockRules(
        day_minutes=int(str(length.value)),
        same_day_cutoff=minute_of(str(cutoff.value)),
        day_minutes_source=length.source,
        same_day_source=cutoff.source,
    )


def deadline_for(
    pack: Pack,
    procedure: Version | str,
    received_at: datetime,
    place: str | None = None,
    pauses: Iterable[Pause] = (),
    channel: str = "counter",
    unit: str | None = None,
) -> LegDeadline:
    """When a dossier received at `received_at` is due, and the legs of its way.

    `place`: code of the office that takes it; None = the agency's own reception (online: its acceptance).
    `unit`: the applicant's commune, where the agency depends on it; without it that of `place`.
    Refuses an unknown procedure, place or year (never guessed) and a place that may not take this dossier.
    """
    received = floor_minute(received_at)
    day = received.date()
    version = procedure if isinstance(procedure, Version) else pack.procedure(procedure, day)
    office = pack.office(place) if place else None
    agency = _agency(pack, version, unit, day, office)
    if office and (problem := _refused(pack, version, agency, office, day)):
        raise problem
    carried = office is not None and not office.starts_clock(day)
    legs = list(_to_agency(pack, received, office, agency, day))
    start = pack.calendar("agency").next_opening(_due(legs[0])) if carried else received
    allowance = version.allowance_for(channel)
    deadline = due(start, allowance, pack.calendar("agency"), tuple(pauses), clock_rules(pack, day))
    legs.append(Leg("agency", LEG_NAMES["handling"]["vi"], deadline.started_at, deadline.due_at, deadline.steps))
    home, unknown_year = _home(pack, version, deadline.due_at)
    return LegDeadline(
        procedure=version,
        channel=channel,
        received_at=received,
        place=office,
        place_source=_designation_source(office, day),
        agency=agency,
        clock_starts_at=deadline.started_at,
        clock_estimated=carried,
        deadline=deadline,
        legs=(*legs, *home),
        home_unknown_year=unknown_year,
    )


def _agency(pack: Pack, version: Version, unit: str | None, day: date, office: Office | None) -> Office | None:
    """The competent agency where it can be told: a commune's procedure without a commune leaves it open."""
    if version.agency.kind != "office" and not unit and office is None:
        return None
    if unit or version.agency.kind == "office":
        return pack.agency_for(version, unit or "", day)
    where = pack.unit_of_office(office.code, day) if office else ""
    is_commune = pack.has_unit(where, day) and pack.unit(where, day).is_commune
    return pack.agency_for(version, where, day) if is_commune else None


def _refused(pack: Pack, version: Version, agency: Office | None, office: Office, day: date) -> Exception | None:
    return receive_refusal(pack, version, agency or office, office, day)


def _designation_source(office: Office | None, day: date) -> str:
    found = office.designations.get(day) if office else None
    return found.source if found else ""


def _to_agency(pack: Pack, received: datetime, office: Office | None, agency: Office | None, day: date) -> list[Leg]:
    """The post's way from where the dossier was taken to the agency: from points, and between communes."""
    if office is None or office.kind == "agency":
        return []
    elsewhere = agency is not None and pack.unit_of_office(office.code, day) != pack.unit_of_office(agency.code, day)
    own_desk = agency is not None and office.code == agency.one_stop
    if office.kind == "one_stop" and (own_desk or not elsewhere):
        return []
    arrival, skipped = _arrival(pack, received)
    return [_post_leg("to_agency", received, arrival, skipped)]


def _arrival(pack: Pack, received: datetime) -> tuple[datetime, list[SkippedDay]]:
    """When the post promises the bag at the agency's desk: some post days after the day it is taken along."""
    day = received.date()
    days = int(str(pack.rule("post_to_agency_days", day)))
    taken, skipped = _taken_along(pack, received, day)
    last, more = _post_days(pack.calendar("post"), taken, days)
    at = minute_of(str(pack.rule("post_arrival_time", day)))
    arrival = datetime.combine(last, datetime.min.time(), received.tzinfo) + timedelta(minutes=at)
    if arrival < received:
        arrival = pack.calendar("post").closing_of(last)
    return max(arrival, received), skipped + more


def _taken_along(pack: Pack, instant: datetime, day: date) -> tuple[date, list[SkippedDay]]:
    """The post day on which something ready at `instant` is taken along: the same one up to the cut-off."""
    calendar = pack.calendar("post")
    cutoff = minute_of(str(pack.rule("post_pickup_cutoff", day)))
    here = local(instant)
    if calendar.is_open_day(here.date()) and here.hour * 60 + here.minute <= cutoff:
        return here.date(), []
    first = here.date() if not calendar.is_open_day(here.date()) else here.date() + _DAY
    taken = calendar.next_open_day(first)
    return taken, _closed(calendar, first, taken)


def _post_days(calendar: Calendar, start: date, days: int) -> tuple[date, list[SkippedDay]]:
    """The post day so many post days after `start`, and the closed days in between."""
    here, skipped = start, list[SkippedDay]()
    for _ in range(days):
        after = calendar.next_open_day(here + _DAY)
        skipped += _closed(calendar, here + _DAY, after)
        here = after
    return here, skipped


def _closed(calendar: Calendar, first: date, until: date) -> list[SkippedDay]:
    days = (first + timedelta(days=number) for number in range((until - first).days))
    reasons = ((day, calendar.reason(day)) for day in days)
    return [
        SkippedDay(day, why.kind, why.name, why.source, calendar.is_estimate(day), why.name_en) for day, why in reasons
    ]


def _post_leg(name: str, start: datetime, until: datetime, skipped: list[SkippedDay]) -> Leg:
    closed = (
        Step("closed", params={"why": day.kind, "name": day.name}, source=day.source, skipped=(day,)) for day in skipped
    )
    steps = (Step("received", start), *closed, Step("due", until))
    return Leg("post", LEG_NAMES[name]["vi"], start, until, steps)


def _due(leg: Leg) -> datetime:
    assert leg.due is not None, "the post always promises"
    return leg.due


def _home(pack: Pack, version: Version, due_at: datetime | None) -> tuple[list[Leg], int | None]:
    """The way home: the post fetches the result when it is due, and brings it. A year the post does not know
    leaves the legal date standing and the way home unpromised."""
    if due_at is None or version.post == "none":
        return [], None
    try:
        return _home_legs(pack, due_at), None
    except CalendarUnknown as unknown:
        return [], unknown.year


def _home_legs(pack: Pack, due_at: datetime) -> list[Leg]:
    calendar, day = pack.calendar("post"), local(due_at).date()
    taken, waiting = _taken_along(pack, due_at, day)
    fetched = max(calendar.closing_of(taken), due_at)
    last, skipped = _post_days(calendar, taken, int(str(pack.rule("post_home_days", day))))
    home = calendar.closing_of(last)
    return [_post_leg("collect", due_at, fetched, waiting), _post_leg("home", fetched, home, skipped)]
