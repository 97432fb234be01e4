"""Many at once: numbers without gap or double, one answer a key, one winner a dossier. Real commits, real threads."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from motcua.acts import homeward
from motcua.acts.casework import act_on
from motcua.acts.intake import receive_at_counter
from motcua.acts.verify import verify_all
from motcua.custody.models import DeliveryCode
from motcua.documents.models import Notice
from motcua.dossiers.models import Dossier
from motcua.journal.rules import Command, Stale
from motcua.kernel.problems import Refused
from tests import make
from tests.people import account, actor

pytestmark = pytest.mark.usefixtures("real_transactions")
COUNTERS = 4
EACH = 6


def together(do, times):
    """Runs `do(n)` in threads of their own, each with its own connection; answers results or exceptions."""

    def one(n):
        try:
            return do(n)
        except Exception as error:  # noqa: BLE001 - the test looks at every outcome
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(COUNTERS) as pool:
        return list(pool.map(one, range(times)))


def test_codes_are_given_without_gap_or_double_under_concurrent_counters():
    lan, given = actor("lan"), make.filing()

    def receive(n):
        if n % 5 == 4:  # some are refused: their number must not be lost
            with pytest.raises(Refused):
                receive_at_counter(command(n), lan, "bd-thanh-sen", make.filing(papers=[]))
            return None
        return receive_at_counter(command(n), lan, "bd-thanh-sen", given)

    def command(n):
        return Command(uuid4(), "dossier.new", lan.id, make.START, {"n": n})

    answers = [a for a in together(receive, COUNTERS * EACH) if a]
    assert all(isinstance(a, dict) for a in answers), [a for a in answers if not isinstance(a, dict)]
    numbers = sorted(int(a["code"].rpartition("-")[2]) for a in answers)
    assert numbers == list(range(1, len(answers) + 1))
    assert list(verify_all()) == []


def test_one_key_from_many_sides_makes_one_dossier():
    lan, given = actor("lan"), make.filing()
    command = Command(uuid4(), "dossier.new", lan.id, make.START, {"same": True})
    answers = together(lambda n: receive_at_counter(command, lan, "bd-thanh-sen", given), 8)
    assert all(a == answers[0] for a in answers)
    assert Dossier.objects.count() == 1


def test_of_two_people_acting_on_what_they_both_saw_one_wins_and_the_other_is_told():
    clock = make.Clock()
    d = make.processing(clock)
    son, at = actor("son"), clock()

    def act(n):
        command = Command(uuid4(), "dossier.finish_step", account("son").pk, at, {"n": n})
        return act_on(command, son, d.reference, "finish_step", {}, seen=d.seq)

    answers = together(act, 4)
    assert sum(isinstance(a, dict) for a in answers) == 1
    told = [a for a in answers if not isinstance(a, dict)]
    assert all(isinstance(a, Stale) or (isinstance(a, Refused) and a.codes == ("dossier.stale",)) for a in told)


def test_a_code_is_guessed_at_no_more_often_than_allowed_however_many_guess_at_once():
    d, item = make.on_the_way_home(make.Clock())
    told = Notice.objects.exclude(secret="").get(dossier=d).secret
    minh, wrong = actor("minh"), f"{(int(told) + 1) % 10**6:06d}"

    def guess(n):
        command = Command(uuid4(), "parcel.deliver", minh.id, make.START, {"n": n})
        return homeward.deliver(command, minh, item, make.proof(signed=False, code=wrong))

    answers = together(guess, 8)
    assert {code for answer in answers for code in answer.codes} <= {"parcel.code_wrong", "parcel.code_over"}
    assert DeliveryCode.objects.get().tries == 5
    last = Command(uuid4(), "parcel.deliver", minh.id, make.START, {})
    assert homeward.deliver(last, minh, item, make.proof())["state"] == "delivered"
