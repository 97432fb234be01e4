from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.jobs.actions import LEASE, Lost, claim, enqueue, give_back, revive, run
from motcua.jobs.models import Job
from motcua.jobs.queries import counts, dead_jobs, last_heartbeat
from motcua.jobs.registry import kind_of
from motcua.jobs.rules import wait_before

pytestmark = pytest.mark.django_db


class Boom(Exception):
    pass


def test_a_job_is_done_once_and_its_row_goes_with_it(hands):
    done = []

    @hands.job("note")
    def note(payload, now):
        done.append((payload, now))

    enqueue("note", {"dossier": "H27.14-20260609-0000001"})
    assert hands.work() == 1
    assert hands.work() == 0
    assert done == [({"dossier": "H27.14-20260609-0000001"}, hands.now)]
    assert not Job.objects.exists()


def test_a_rolled_back_transaction_leaves_no_job():
    with pytest.raises(Boom), transaction.atomic():
        enqueue("note")
        raise Boom
    assert not Job.objects.exists()


def test_a_job_waits_for_its_time(hands):
    hands.job("note")(lambda payload, now: None)
    enqueue("note", run_at=hands.now + timedelta(hours=3))
    assert hands.work() == 0
    hands.later(hours=3)
    assert hands.work() == 1


def test_a_failure_keeps_the_row_and_undoes_what_the_handler_wrote(hands):
    @hands.job("fragile")
    def fragile(payload, now):
        enqueue("trace")
        raise Boom("the printer is on fire")

    enqueue("fragile")
    hands.work()
    (job,) = Job.objects.all()
    assert (job.name, job.attempts, job.dead, job.lease) == ("fragile", 1, False, None)
    assert job.run_at == hands.now + wait_before(2)
    assert "the printer is on fire" in job.last_error


def test_a_database_error_in_a_handler_keeps_the_row_too(hands):
    @hands.job("clash")
    def clash(payload, now):
        Job.objects.create(id=payload["id"], name="x", run_at=now, queued_at=now)
        Job.objects.create(id=payload["id"], name="x", run_at=now, queued_at=now)

    enqueue("clash", {"id": 77_000})
    hands.work()
    assert [(job.name, job.attempts) for job in Job.objects.all()] == [("clash", 1)]


def test_it_is_tried_again_ever_more_rarely_then_given_up_and_can_be_revived(hands):
    broken, done = [True], []

    @hands.job("post", max_attempts=3)
    def post(payload, now):
        if broken[0]:
            raise Boom("no answer")
        done.append(now)

    enqueue("post")
    for attempt in (1, 2, 3):
        assert hands.work() == 1, attempt
        assert hands.work() == 0, "not before its time"
        hands.now += wait_before(attempt + 1)
    assert counts() == {"waiting": 0, "running": 0, "dead": 1}
    (dead,) = dead_jobs()
    assert dead.last_error.strip().endswith("Boom: no answer")

    broken[0] = False
    assert revive([dead.pk], hands.now) == 1
    assert hands.work() == 1
    assert (len(done), Job.objects.count()) == (1, 0)


def test_one_waiting_job_for_a_unique_key():
    enqueue("sum", {"n": 1}, unique_key="sum:june")
    enqueue("sum", {"n": 2}, unique_key="sum:june")
    enqueue("sum", {"n": 3}, unique_key="sum:july")
    enqueue("sum", {"n": 4})
    enqueue("sum", {"n": 5})
    assert sorted(job.payload["n"] for job in Job.objects.all()) == [1, 3, 4, 5]


def test_a_unique_job_being_done_does_not_swallow_a_new_wish(hands):
    seen = []

    @hands.job("sum")
    def add_up(payload, now):
        if not seen:
            with transaction.atomic():
                enqueue("sum", {"n": "after the look"}, unique_key="sum:june")
        seen.append(payload["n"])

    enqueue("sum", {"n": "first"}, unique_key="sum:june")
    hands.work()
    hands.work()
    assert seen == ["first", "after the look"]


def test_a_failed_unique_job_gives_way_to_the_younger_one(hands):
    hands.job("sum")(lambda payload, now: None)
    enqueue("sum", {"n": "old"}, unique_key="sum:june")
    (old,) = claim(uuid4(), hands.now)
    enqueue("sum", {"n": "young"}, unique_key="sum:june")
    give_back([old])
    assert [job.payload["n"] for job in Job.objects.all()] == ["young"]


def test_work_of_a_killed_worker_is_taken_again_when_its_lease_ends(hands):
    done = []
    hands.job("note")(lambda payload, now: done.append(now))
    enqueue("note")
    claim(uuid4(), hands.now)  # and nothing more is ever heard of that worker
    assert hands.work() == 0
    hands.now += LEASE + timedelta(seconds=1)
    assert hands.work() == 1
    assert len(done) == 1


def test_a_worker_that_comes_back_too_late_does_nothing(hands):
    done = []
    hands.job("note")(lambda payload, now: done.append(now))
    enqueue("note")
    (slow,) = claim(uuid4(), hands.now)
    hands.now += LEASE + timedelta(seconds=1)
    hands.work()
    with pytest.raises(Lost):
        run(slow, kind_of("note"), hands.now)
    assert len(done) == 1


def test_a_job_that_takes_every_worker_down_is_given_up(hands):
    hands.job("bomb", max_attempts=3)(lambda payload, now: pytest.fail("it must not be begun a fourth time"))
    enqueue("bomb")
    for _ in range(3):
        claim(uuid4(), hands.now)
        hands.now += LEASE + timedelta(seconds=1)
    hands.work()
    assert [job.name for job in dead_jobs()] == ["bomb"]


def test_unknown_work_is_kept_for_a_person_to_look_at(hands):
    enqueue("from.another.version")
    hands.work()
    (job,) = Job.objects.all()
    assert "no handler is declared" in job.last_error


def test_a_stopping_worker_gives_back_what_it_has_not_begun(hands):
    @hands.job("first")
    def first(payload, now):
        hands.worker.stop()

    enqueue("first", run_at=hands.now - timedelta(seconds=1))
    enqueue("second")
    hands.work()
    (left,) = Job.objects.all()
    assert (left.name, left.attempts, left.lease) == ("second", 0, None)


def test_scheduled_work_queues_itself_and_outlives_its_failures(hands):
    runs = []

    @hands.job("tidy", schedule=timedelta(minutes=1), max_attempts=1)
    def tidy(payload, now):
        runs.append(now)
        if len(runs) == 2:
            raise Boom

    for _ in range(5):
        hands.work()
        hands.later(minutes=1)
    assert len(runs) >= 4
    assert Job.objects.filter(dead=False, name="tidy").count() == 1


def test_work_outside_a_transaction_may_be_slow_without_holding_the_database(hands):
    inside = []

    @hands.job("send", inside=False)
    def send(payload, now):
        inside.append(len(connection.savepoint_ids))

    depth = len(connection.savepoint_ids)
    enqueue("send")
    hands.work()
    assert inside == [depth]


def test_a_worker_is_heard_of(hands):
    hands.work()
    assert last_heartbeat() == hands.now
    hands.later(seconds=5)
    hands.work()
    assert last_heartbeat() == hands.now - timedelta(seconds=5), "not at every turn"


def test_what_the_queue_costs(hands):
    hands.job("note")(lambda payload, now: None)
    with CaptureQueriesContext(connection) as queueing:
        enqueue("note", unique_key="a")
    assert len(queueing) == 1
    hands.work()
    with CaptureQueriesContext(connection) as idle:
        hands.work()
    assert len(idle) == 1, "an idle worker looks once and takes no lock"


def test_two_handlers_for_one_name_are_a_mistake(hands):
    hands.job("note")(lambda payload, now: None)

    def other(payload, now):
        pass

    with pytest.raises(ValueError, match="two handlers"):
        hands.job("note")(other)


def test_the_database_itself_refuses_two_waiting_jobs_with_one_key(hands):
    enqueue("sum", unique_key="sum:june")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="sum", unique_key="sum:june", run_at=hands.now, queued_at=hands.now)
