"""Tracking without a log-in: guessing is counted, limited, and learns nothing."""

import hmac
from datetime import datetime

from motcua.looks.access import Case, NotFound, dossier_named
from motcua.looks.tracking import Tracked, tracked
from motcua.people.actions import count_try
from motcua.procedures.queries import current_law

DIGITS = 4
# Guesses allowed from one address, and for one code, in one window.
LIMIT, CODE_LIMIT, WINDOW_SECONDS = 20, 10, 600


class TooMany(Exception):
    """Too many guesses; try again when the window is over."""


def track(key: str, digits: str, now: datetime, source: str, lang: str = "vi") -> Tracked:
    """The public view. Raises TooMany, or NotFound alike for an unknown code and for wrong digits."""
    if count_try(f"track:{source}", now, WINDOW_SECONDS) > LIMIT:
        raise TooMany
    if count_try(f"track-code:{key.strip()[:60]}", now, WINDOW_SECONDS) > CODE_LIMIT:
        raise TooMany
    dossier = dossier_named(key)
    phone = dossier.applicant.phone if dossier else ""
    right = hmac.compare_digest(phone[-DIGITS:].encode(), digits.strip()[-DIGITS:].encode())
    if dossier is None or not right or len(digits.strip()) < DIGITS or len(phone) < DIGITS:
        raise NotFound(key)
    return tracked(Case(dossier, current_law()), now, lang)
