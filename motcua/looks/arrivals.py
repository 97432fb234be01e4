"""Which papers an agency still waits for."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from motcua.custody.models import Paper
from motcua.people.holders import APPLICANT


def still_away() -> "QuerySet[Paper]":
    """Papers that are with neither their agency nor the applicant. One that was given up is waited for no longer."""
    at_agency = Concat(Value("office:"), F("dossier__agency_id"))
    return Paper.objects.exclude(holder=str(APPLICANT)).exclude(holder=at_agency).filter(lost_at=None)


def all_there() -> Q:
    """Dossiers whose agency waits for no paper."""
    return ~Q(Exists(still_away().filter(dossier=OuterRef("pk"))))
