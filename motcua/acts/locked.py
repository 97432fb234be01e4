"""A dossier under lock, for acts that find it through one of its parts; and what of it travels home together."""

from typing import Any
from uuid import UUID

from django.db import connection

from motcua.custody.models import Paper
from motcua.dossiers.models import Dossier
from motcua.looks.access import Case
from motcua.procedures.queries import current_law


def case_of(dossier_id: UUID) -> Case:
    """The dossier, locked, with each of its parts pointing at this one object, so that all entries share one chain."""
    rows: Any = Dossier.objects.select_related("applicant").filter(pk=dossier_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return Case(rows.get(), current_law())


def going_home(case: Case, holder: str) -> list[Paper]:
    """What travels with the result: itself and the originals to be given back that lie at the same place."""
    return [p for p in case.papers if p.to_return and p.holder == holder]
