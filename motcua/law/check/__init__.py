"""Whether a pack makes sense, and whether it may follow the one that is published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from motcua.law.check.calendars import check_calendars
from motcua.law.check.findings import Finding
from motcua.law.check.offices import check_offices
from motcua.law.check.procedures import check_procedures
from motcua.law.check.published import Difference, compare_published, difference
from motcua.law.check.tables import check_codes, check_forms, check_rules
from motcua.law.check.tariff import check_tariff
from motcua.law.check.units import check_units

if TYPE_CHECKING:
    from motcua.law.model import Pack

__all__ = ["Difference", "Finding", "check_pack", "compare_published", "difference"]


def check_pack(pack: Pack) -> list[Finding]:
    """Every fault of meaning in a pack; [] = it can be published."""
    years = [year.year for year in pack.calendar_tables.latest_years(None)]
    first = date(min(years), 1, 1) if years else pack.starts_on
    return [
        *check_units(pack),
        *check_offices(pack),
        *check_calendars(pack),
        *check_procedures(pack),
        *check_tariff(pack, first),
        *check_forms(pack, first),
        *check_codes(pack, first),
        *check_rules(pack, first),
    ]
