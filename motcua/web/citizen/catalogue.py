"""The catalogue of procedures as a citizen reads it: found by plain words, told in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar

from django.utils.translation import gettext as _

from motcua.kernel.clock import Deadline, due
from motcua.kernel.problems import Problem, Refused
from motcua.kernel.text import fold
from motcua.law.model import Office, Pack, Version
from motcua.law.model.procedures import Fee, Term
from motcua.law.postage import Postage, postage
from motcua.law.search import Hit, Index
from motcua.looks.deadlines import calendar_of, rules_on
from motcua.web.words import dong

T = TypeVar("T")
RESULTS = 30
# A thin result in an envelope: what the estimate is made for.
LETTER_GRAMS = 100


class _Kept:
    """One index for one law object: a new release brings a new one."""

    law: Pack | None = None
    index: Index | None = None


def find(law: Pack, words: str, day: date, limit: int = RESULTS) -> list[Hit]:
    """Procedures by plain words, with or without accents, best first."""
    if _Kept.law is not law or _Kept.index is None:
        _Kept.law, _Kept.index = law, Index(law)
    return _Kept.index.search(words, day, limit)


def by_field(law: Pack, day: date) -> list[tuple[str, list[Version]]]:
    """All procedures in force, in the order of their fields and names."""
    rows = sorted(law.procedures(day), key=lambda v: (fold(v.field), fold(v.name)))
    return [(name, list(versions)) for name, versions in groupby(rows, key=lambda v: v.field)]


def term_words(law: Pack, term: Term, day: date) -> str:
    """How long it takes, in plain words."""
    if term.kind == "same_day":
        cutoff = law.rule("same_day_cutoff", day)
        return _("Trong ngày; nhận sau %(cutoff)s thì trả ngày làm việc tiếp theo") % {"cutoff": cutoff}
    unit = {"working_days": _("ngày làm việc"), "working_hours": _("giờ làm việc"), "days": _("ngày")}[term.kind]
    return f"{term.amount} {unit}"


def fee_words(fee: Fee, *, online: bool = False) -> str:
    """The price: "2.000 đ mỗi trang, từ trang thứ 3: 1.000 đ, không quá 200.000 đ"."""
    unit = {"page": _("trang"), "copy": _("bản"), "paper": _("giấy"), "dossier": _("hồ sơ")}.get(fee.per, fee.per)
    amount = fee.online_amount if online and fee.online_amount is not None else fee.amount
    parts = [dong(amount) if fee.per == "dossier" else _("%(sum)s mỗi %(unit)s") % {"sum": dong(amount), "unit": unit}]
    if fee.over is not None:
        more = {"unit": unit, "from": fee.over + 1, "sum": dong(fee.over_amount)}
        parts.append(_("từ %(unit)s thứ %(from)s: %(sum)s") % more)
    if fee.maximum is not None:
        parts.append(_("không quá %s") % dong(fee.maximum))
    if not online and fee.online_amount is not None and fee.online_amount != fee.amount:
        parts.append(_("nộp trực tuyến: %s") % dong(fee.online_amount))
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Place:
    """A counter that may take the dossier; `is_reception`: the clock starts when it accepts."""

    office: Office
    unit: str
    is_reception: bool
    near: bool


def places(law: Pack, version: Version, agency: Office, unit: str, day: date) -> list[Place]:
    """Counters in force that may take a dossier of this procedure for this agency; the nearest first."""
    found = []
    for office in (*law.offices("one_stop", day), *law.offices("post_point", day)):
        if law.may_receive(version, agency, office, day):
            at = law.unit_of_office(office.code, day)
            name = law.unit(at, day).name if law.has_unit(at, day) else ""
            found.append(Place(office, name, office.starts_clock(day), at == unit))
    return sorted(found, key=lambda p: (not p.near, not p.is_reception, fold(p.unit), fold(p.office.name)))


@dataclass(frozen=True, slots=True)
class Local:
    """What a procedure means for somebody of one commune; what cannot be told is None, `problems` says why."""

    agency: Office | None
    places: list[Place]
    to_home: Postage | None
    from_home: Postage | None
    problems: tuple[Problem, ...]


def local_view(law: Pack, version: Version, unit: str, day: date) -> Local:
    """Who decides, which counters take it and what the post charges, for a person of a commune ('' = not said)."""
    problems: list[Problem] = []
    agency = None
    if unit or version.agency.kind == "office":
        agency = _try(lambda: law.agency_for(version, unit, day), problems)
    if agency is None:
        return Local(None, [], None, None, tuple(problems))
    there, home, out = law.unit_of_office(agency.code, day), None, None
    if unit and version.post != "none":
        home = _try(lambda: postage(law, day, there, unit, LETTER_GRAMS, service="return"), problems)
    if unit and version.post == "full":
        out = _try(lambda: postage(law, day, unit, there, LETTER_GRAMS, service="collect"), problems)
    return Local(agency, places(law, version, agency, unit, day), home, out, tuple(problems))


def _try(reckon: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return reckon()
    except Refused as refused:
        problems += [p for p in refused.problems if p not in problems]
        return None


def ready_by(law: Pack, version: Version, now: datetime, channel: str, day: date) -> Deadline | None:
    """When the result would be ready if the dossier were accepted now; None where the pack does not know the year."""
    try:
        return due(now, version.allowance_for(channel), calendar_of(law), (), rules_on(law, day))
    except Refused:
        return None


def can_file_online(version: Version) -> bool:
    return version.online != "none"


def can_be_fetched(version: Version) -> bool:
    """Whether a postman may bring the papers in."""
    return version.post == "full"
