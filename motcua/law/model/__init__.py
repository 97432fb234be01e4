"""What a pack holds, as frozen values. Days are plain dates, money is whole đồng, weight is grams."""

from motcua.law.model.offices import Designation, Office, Succession
from motcua.law.model.pack import Pack
from motcua.law.model.places import Unit
from motcua.law.model.procedures import (
    AgencyRef,
    Fee,
    FeeExemption,
    Paper,
    Question,
    Repeal,
    Result,
    StepPlan,
    Term,
    Version,
)
from motcua.law.model.tables import CalendarDay, CalendarYear, FormNumber, RequiredHolidays, Rule
from motcua.law.model.tariff import Area, Exemption, PriceTable, Service, Tariff, ZoneRule
from motcua.law.model.values import LawValue

__all__ = [
    "AgencyRef",
    "Area",
    "CalendarDay",
    "CalendarYear",
    "Designation",
    "Exemption",
    "Fee",
    "FeeExemption",
    "FormNumber",
    "LawValue",
    "Office",
    "Pack",
    "Paper",
    "PriceTable",
    "Question",
    "Repeal",
    "RequiredHolidays",
    "Result",
    "Rule",
    "Service",
    "StepPlan",
    "Succession",
    "Tariff",
    "Term",
    "Unit",
    "Version",
    "ZoneRule",
]
