"""What anyone may see who has a code and the last digits of the phone. A wrong guess learns nothing."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel
from motcua.documents.models import Notice
from motcua.dossiers.lifecycle import State
from motcua.dossiers.models import Dossier
from motcua.kernel.clock import explain
from motcua.looks.access import Case, NotFound, named
from motcua.looks.deadlines import legal_deadline
from motcua.looks.journey import Journey, journey
from motcua.people.actions import count_try
from motcua.procedures.queries import current_law

DIGITS = 4
# Guesses allowed from one address, and for one code, in one window.
LIMIT, CODE_LIMIT, WINDOW_SECONDS = 20, 10, 600


class TooMany(Exception):
    """Too many guesses; try again when the window is over."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """No name, no address, no identity number: only where it is and when it will be ready, and why then."""

    name: str
    reference: str
    code: str | None
    state: State
    way: Journey
    due_at: datetime | None
    why: list[str]
    parcel: str
    parcel_state: str
    return_by: str
    notices: list[Notice]
    asked_for: list[str]


def track(key: str, digits: str, now: datetime, source: str, lang: str = "vi") -> Tracked:
    """The public view. Raises TooMany, or NotFound alike for an unknown code and for wrong digits."""
    if count_try(f"track:{source}", now, WINDOW_SECONDS) > LIMIT:
        raise TooMany
    if count_try(f"track-code:{key.strip()[:60]}", now, WINDOW_SECONDS) > CODE_LIMIT:
        raise TooMany
    dossier = Dossier.objects.select_related("applicant").filter(named(key)).first()
    phone = dossier.applicant.phone if dossier else ""
    right = hmac.compare_digest(phone[-DIGITS:].encode(), digits.strip()[-DIGITS:].encode())
    if dossier is None or not right or len(digits.strip()) < DIGITS or len(phone) < DIGITS:
        raise NotFound(key)
    return tracked(Case(dossier, current_law()), now, lang)


def tracked(case: Case, now: datetime, lang: str = "vi") -> Tracked:
    """The public view of a dossier that somebody may see."""
    d = case.dossier
    parcel = Parcel.objects.filter(dossier=d).order_by("-id").first()
    waiting = [r for r in d.requests if not r["answered_at"]]
    return Tracked(
        name=case.version.name,
        reference=d.reference,
        code=d.code,
        state=State(d.state),
        way=journey(d, case.law, now),
        due_at=d.due_at,
        why=why_due(case, lang),
        parcel=parcel.item if parcel else "",
        parcel_state=ParcelState(parcel.state).label if parcel else "",
        return_by=d.return_by,
        notices=list(Notice.objects.filter(dossier=d).order_by("-id")[:10]),
        asked_for=[item for r in waiting for item in r["items"]],
    )


def why_due(case: Case, lang: str = "vi") -> list[str]:
    """Why the date due is what it is, in words anyone can check. Empty before the clock runs."""
    d = case.dossier
    if d.clock_at is None:
        return []
    lines = explain(legal_deadline(case, d.clock_at, d.pauses), lang)
    if d.rescheduled:
        until = datetime.fromisoformat(d.rescheduled["until"])
        lines.append(f"Cơ quan đã xin lỗi và hẹn lại {until:%H:%M %d/%m/%Y}: {d.rescheduled['reason']}")
    return lines
