"""What happens without anybody asking: found by stored dates, decided again from the facts, done once."""

from datetime import datetime, timedelta
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from motcua.acts.tracking import WINDOW_SECONDS
from motcua.documents.actions import forget_secrets, forget_uploads
from motcua.documents.models import Notice
from motcua.dossiers.actions import fold_tallies
from motcua.dossiers.lifecycle import ON_THE_CLOCK
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act, drop_anchor, once
from motcua.journal.rules import Command
from motcua.looks.access import local_day
from motcua.people.actions import forget_tries
from motcua.procedures.queries import current_law


def mark_overdue(now: datetime, limit: int = 500) -> int:
    """Does: records once that a date due has passed while the agency was on the clock. Answers how many."""
    late = Dossier.objects.filter(overdue_at=None, closed_at=None, due_at__lt=now, state__in=sorted(ON_THE_CLOCK))
    ids = list(late.values_list("pk", "due_at")[:limit])
    for pk, due_at in ids:
        # One key per dossier and date due: a second worker, or a second run, changes nothing.
        key = uuid5(NAMESPACE_URL, f"motcua:overdue:{pk}:{due_at}")
        once(Command(key, "dossier.mark_overdue", None, now), partial(_mark, pk=pk, now=now))
    return len(ids)


def _mark(act: Act, pk: UUID, now: datetime) -> dict[str, bool]:
    dossier = Dossier.objects.get(pk=pk)
    still = dossier.due_at is not None and dossier.due_at < now and dossier.state in ON_THE_CLOCK
    if still and dossier.overdue_at is None:
        act.change(dossier, "dossier.overdue", {"overdue_at": now})
    return {"overdue": still}


def send_notices(now: datetime, limit: int = 100) -> int:
    """Does: hands waiting messages to the gateway. Here the gateway is the applicant's own page and the log: they
    count as sent when they can be read there."""
    with transaction.atomic():
        ids = list(Notice.objects.filter(sent_at=None).order_by("id").values_list("id", flat=True)[:limit])
        return Notice.objects.filter(id__in=ids, sent_at=None).update(sent_at=now)


def tidy(now: datetime) -> dict[str, int]:
    """Does: folds tallies, vouches for settled entries with an anchor, forgets old counts of guesses, files nobody
    used and codes that are no longer good at any door."""
    with transaction.atomic():
        folded = fold_tallies()
    with transaction.atomic():
        anchor = drop_anchor(now, settled_before=now - timedelta(minutes=1))
    forgotten = forget_tries(now - timedelta(days=1), WINDOW_SECONDS) + forget_uploads(now - timedelta(days=1))
    hours = int(current_law().rule("delivery_code_hours", local_day(now)))
    forgotten += forget_secrets(made_at__lt=now - timedelta(hours=hours))
    return {"folded": folded, "anchored": anchor.count if anchor else 0, "forgotten": forgotten}
