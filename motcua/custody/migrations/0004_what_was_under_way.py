"""Bags that were sealed before offers were known: their papers are on their way; their differences become cases.

Every change is an entry like any other, by nobody, so that replaying the journal still arrives at the rows.
"""

from uuid import uuid4

from django.db import migrations

from motcua.journal.canonical import plain
from motcua.journal.ids import uuid7
from motcua.journal.models import Entry as Written
from motcua.kernel.calendar import local

_MISSING = ("", "short", "not_examined")


def carry_over(apps, schema_editor):
    Line = apps.get_model("custody", "Line")
    lines = Line.objects.filter(removed=False).select_related("manifest", "paper__dossier").order_by("id")
    for line in lines.filter(manifest__state__in=["sealed", "parked", "closed"], finding__in=_MISSING):
        _offer(apps, line)
    for line in lines.exclude(finding__in=["", "received"]):
        _open_case(apps, line)


def _offer(apps, line):
    """Nothing for what was explained or moved since, or stands on a newer list."""
    paper, bag = line.paper, line.manifest
    newer = type(line).objects.filter(paper=paper, removed=False, id__gt=line.pk).exists()
    if newer or line.settled_at or paper.offered_to or paper.holder != f"office:{bag.giver_id}":
        return
    paper.offered_to, paper.offered_at = f"office:{bag.taker_id}", bag.sealed_at
    paper.save(update_fields=["offered_to", "offered_at"])
    told = {"offered_to": paper.offered_to, "offered_at": paper.offered_at}
    _tell(apps, paper.dossier, "dossier", paper, "paper", "paper.offered", told, why="sealed", manifest=bag.number)


def _open_case(apps, line):
    Discrepancy = apps.get_model("custody", "Discrepancy")
    bag = line.manifest
    if Discrepancy.objects.filter(line=line).exists():
        return
    taker_owns = line.finding in ("misrouted", "not_examined")
    ended = {"state": "ended", "outcome": "written_off", "outcome_note": line.settlement, "ended_at": line.settled_at}
    case = Discrepancy.objects.create(
        id=uuid7(), manifest=bag, line=line, number=_number(apps, line.found_at), kind=line.finding,
        owner_id=bag.taker_id if taker_owns else bag.giver_id, note=line.note, opened_at=line.found_at,
        opened_by_id=line.found_by_id, due_at=line.found_at, **(ended if line.settled_at else {"state": "open"}),
    )
    columns = {f.attname: getattr(case, f.attname) for f in case._meta.concrete_fields if f.attname != "id"}
    _tell(apps, bag, "manifest", case, "discrepancy", "discrepancy.opened", columns)


def _number(apps, at):
    day = f"{local(at):%y%m%d}"
    counter, _made = apps.get_model("dossiers", "CodeCounter").objects.get_or_create(
        scope=f"discrepancy:{day}", defaults={"last": 0}
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"CL-{day}-{counter.last:04d}"


def _tell(apps, chain, chain_kind, subject, subject_kind, kind, columns, **data):
    """One more entry of a chain, hashed as the journal hashes."""
    chain.refresh_from_db(fields=["seq", "head"])
    Entry = apps.get_model("journal", "Entry")
    last = Entry.objects.filter(chain_id=chain.pk).order_by("-seq")[0]
    written = Written(
        chain_kind=chain_kind, chain_id=chain.pk, seq=chain.seq + 1, subject_kind=subject_kind, subject_id=subject.pk,
        kind=kind, command=uuid4(), happened_at=last.recorded_at, recorded_at=last.recorded_at,
        data=plain({**data, "set": columns}),
    )
    written.hash = written.hash_after(bytes(chain.head))
    Entry.objects.create(**{f.attname: getattr(written, f.attname) for f in Entry._meta.concrete_fields if f.attname != "id"})
    chain.seq, chain.head = written.seq, written.hash
    chain.save(update_fields=["seq", "head"])


class Migration(migrations.Migration):
    dependencies = [("custody", "0003_delivery"), ("journal", "0002_append_only"), ("dossiers", "0001_initial")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
