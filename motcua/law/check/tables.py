"""Checks of form numbers, code layouts and limits: every known day has an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.law.check.findings import Finding, Name

if TYPE_CHECKING:
    from datetime import date

    from motcua.law.model import Pack

FORM_KINDS = ("receipt", "supplement", "refusal", "apology", "stop", "control_slip", "register")
WHOLE, TIME = "a whole number of 0 or more", 'a time of day in quotes, "15:00"'
WINDOWS = 'windows of a day, earliest first, "08:00–10:00 13:30–15:30"'
KINDS = 'kinds of files that can be verified, "pdf jpeg png"'
RULES = {
    "day_minutes": WHOLE,
    "same_day_cutoff": TIME,
    "handover_cutoff": TIME,
    "online_answer_minutes": WHOLE,
    "supplement_limit": WHOLE,
    "extension_limit": WHOLE,
    "post_pickup_cutoff": TIME,
    "post_to_agency_days": WHOLE,
    "post_arrival_time": TIME,
    "post_home_days": WHOLE,
    "delivery_attempts": WHOLE,
    "delivery_code_hours": WHOLE,
    "delivery_code_tries": WHOLE,
    "result_hold_days": WHOLE,
    "unclaimed_months": WHOLE,
    "compensation_times": WHOLE,
    "discrepancy_days": WHOLE,
    "compensation_days": WHOLE,
    "loss_claim_months": WHOLE,
    "damage_claim_months": WHOLE,
    "retention_years": WHOLE,
    "upload_max_bytes": WHOLE,
    "upload_kinds": KINDS,
    "pickup_windows": WINDOWS,
}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_forms(pack: Pack, first: date) -> Iterator[Finding]:
    """All kinds of forms, from the first known day on; no number used twice on one day."""
    for kind in FORM_KINDS:
        line = pack.forms.get(kind)
        if line is None or line.starts[0] > first:
            since = f"begins only on {line.starts[0]}" if line else "is missing"
            mend = f"add what it was from {first} (number: null if there was no such form)"
            name = ("form", kind, line.starts[0]) if line else None
            yield Finding(f"the form {kind} {since}", mend, name, file="forms.yaml", about="" if line else "form")
    told: set[Name] = set()
    for day in sorted({day for line in pack.forms.values() for day in line.starts}):
        used: dict[str, str] = {}
        for kind, line in pack.forms.items():
            form = line.get(day)
            name = ("form", kind, line.entry_at(day).valid_from) if form else None
            if form and name and used.setdefault(form.number, kind) != kind and name not in told:
                told.add(name)
                what = f"number {form.number} is also that of {used[form.number]} on {day}"
                yield Finding(what, "correct one of them", name, ("number",))


def check_codes(pack: Pack, first: date) -> Iterator[Finding]:
    """A layout of dossier codes and a prefix of tracked items for every known day."""
    for part, starts in (("dossier", pack.layouts.starts), ("tracking", pack.tracking.starts)):
        if not starts or starts[0] > first:
            what = f"{part} has nothing for {first}, the first known day"
            yield Finding(what, "add what was in force then", file="codes.yaml", about=f"code.{part}")


def check_rules(pack: Pack, first: date) -> Iterator[Finding]:
    """Every limit the process needs, from the first known day on, and of the right shape."""
    for name, shape in RULES.items():
        line = pack.rules.get(name)
        if line is None or line.get(first) is None:
            what = f"the rule {name} has no value on {first}, the first known day"
            yield Finding(what, f"add it from {first} or before, with {shape}", file="rules.yaml", about="rule")
        for entry in line or ():
            value = entry.value.value if entry.value else None
            if not _SHAPES[shape](value):
                what = f"{name} is {value!r}"
                yield Finding(what, f"write {shape}", ("rule", name, entry.valid_from), ("value",))


def _is_time(value: object) -> bool:
    return isinstance(value, str) and bool(_TIME.fullmatch(value))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_kinds(value: object) -> bool:
    return isinstance(value, str) and bool(value.split()) and set(value.split()) <= {"pdf", "jpeg", "png"}


def _is_windows(value: object) -> bool:
    """Each from an earlier to a later time, one after the other."""
    if not isinstance(value, str) or not value.split():
        return False
    times = [time for window in value.split() for time in window.split("–")]
    return len(times) == 2 * len(value.split()) and all(map(_is_time, times)) and times == sorted(times)


_SHAPES = {WHOLE: _is_whole, TIME: _is_time, KINDS: _is_kinds, WINDOWS: _is_windows}
