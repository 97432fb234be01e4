"""Which papers an agency still waits for."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from motcua.custody.lifecycle import Finding
from motcua.custody.models import Line, Paper
from motcua.people.holders import APPLICANT


def still_away() -> "QuerySet[Paper]":
    """Papers that are with neither their agency nor the applicant. One that came short, and of which both sides
    have written how that ended, is waited for no longer."""
    given_up = Line.objects.filter(
        paper=OuterRef("pk"), finding=Finding.SHORT, settled_at__isnull=False, removed=False
    )
    at_agency = Concat(Value("office:"), F("dossier__agency_id"))
    return Paper.objects.exclude(holder=str(APPLICANT)).exclude(holder=at_agency).exclude(Exists(given_up))


def all_there() -> Q:
    """Dossiers whose agency waits for no paper."""
    return ~Q(Exists(still_away().filter(dossier=OuterRef("pk"))))
