"""The log cannot be changed, a command is done once, and the verifier names the first thing that does not agree."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.acts.verify import verify_all
from motcua.dossiers.models import Dossier
from motcua.journal import triggers
from motcua.journal.actions import drop_anchor, once
from motcua.journal.models import Command as CommandRow
from motcua.journal.models import Entry
from motcua.journal.rules import Command, KeyReused
from motcua.money.models import Payment
from tests import make
from tests.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded():
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        for sql in triggers.drop_sql(connection.vendor):
            cursor.execute(sql)


def faults() -> list[str]:
    return [str(f) for f in verify_all()]


@pytest.mark.parametrize("table", [*triggers.GUARDED, "procedures_lawvalue"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_refuses_to_change_history(clock, table, verb):
    make.received(clock=clock)
    drop_anchor(clock(), settled_before=clock())
    column = {"journal_anchor": "count", "journal_command": "name", "procedures_lawvalue": "source"}.get(table, "kind")
    sql = f"UPDATE {table} SET {column} = {column}" if verb == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_changed_entry_is_found_by_its_place(clock, unguarded):
    d = make.processing(clock)
    assert faults() == []
    third = Entry.objects.get(chain_id=d.pk, seq=3)
    Entry.objects.filter(pk=third.pk).update(data={**third.data, "from": "accepted"})
    assert faults()[0] == f"dossier {d.pk} #3: the entry was changed after it was written"


def test_a_removed_last_entry_is_missed_by_its_row(clock, unguarded):
    d = make.processing(clock)
    Entry.objects.filter(chain_id=d.pk, seq=d.seq).delete()
    assert faults()[0] == f"dossier {d.pk} #{d.seq}: the row counts {d.seq} entries, the journal holds {d.seq - 1}"


def test_a_whole_chain_removed_is_missed_by_the_anchor(clock, unguarded):
    d = make.received(clock=clock)
    drop_anchor(clock(), settled_before=clock())
    assert faults() == []
    Entry.objects.filter(chain_id=d.pk).delete()
    assert any(fault.startswith("anchor") for fault in faults())


@pytest.mark.parametrize(
    ("column", "value"), [("state", "closed"), ("due_at", make.START), ("code", "H27.50.01-20260706-0000099")]
)
def test_a_row_changed_behind_the_journal_is_found(clock, column, value):
    d = make.processing(clock)
    Dossier.objects.filter(pk=d.pk).update(**{column: value})
    assert any(f"dossier {d.pk}: {column} is" in fault for fault in faults())


def test_money_that_vanished_from_a_hand_is_found(clock):
    make.received(clock=clock)
    payment = Payment.objects.first()
    Payment.objects.filter(pk=payment.pk).update(hand="")
    found = faults()
    assert any("≠" in fault for fault in found)
    assert any("hand is ''" in fault for fault in found)


def wish(key, payload=None, name="test.note"):
    return Command(key, name, account("lan").pk, make.START, payload or {})


def test_a_repeated_key_does_nothing_and_gets_the_first_answer(clock):
    d, key, done = make.received(clock=clock), uuid4(), []

    def do(act):
        done.append(1)
        dossier = Dossier.objects.get(pk=d.pk)
        act.change(dossier, "applicant.id_opened")
        return {"seq": dossier.seq}

    first, again = once(wish(key), do), once(wish(key), do)
    assert first == again == {"seq": d.seq + 1}
    assert done == [1]
    for other in (wish(key, {"x": 1}), wish(key, name="test.other")):
        with pytest.raises(KeyReused):
            once(other, do)


def test_an_act_that_fails_leaves_nothing_behind(clock):
    d, key = make.received(clock=clock), uuid4()
    before = Entry.objects.count()

    def do(act):
        act.change(Dossier.objects.get(pk=d.pk), "applicant.id_opened")
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        once(wish(key), do)
    assert Entry.objects.count() == before
    assert not CommandRow.objects.filter(key=key).exists()


def test_the_journal_keeps_digests_of_personal_data_not_the_data(clock):
    d = make.received(clock=clock)
    text = "\n".join(str(e.data) for e in Entry.objects.filter(chain_id=d.pk))
    for secret in ("Trần Thị Bưởi Mẫu", "042190000016", "0912345678", "Thử Nghiệm"):
        assert secret not in text
