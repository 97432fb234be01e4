"""Dossiers in any state, reached only by performing the real acts, at instants the test chooses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from motcua.acts import handover, homeward
from motcua.acts.casework import act_on
from motcua.acts.intake import Delivery, Filing, Person, file_online, receive_at_counter
from motcua.dossiers.models import Dossier
from motcua.journal.rules import Command
from motcua.kernel.calendar import VIETNAM
from tests.people import account, actor

# A Monday morning with no holiday near: 6 July 2026.
START = datetime(2026, 7, 6, 8, 0, tzinfo=VIETNAM)
COMMUNE = "18073"  # Phường Thành Sen
QUICK = "2.000635"  # same day, commune: a copy of a civil-status extract
THREE_DAYS = "1.004873"  # three working days, commune: marital status
ONLINE = THREE_DAYS


class Clock:
    """Each act a minute after the one before."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def command(who: str, name: str, at: datetime, payload: dict[str, Any] | None = None) -> Command:
    return Command(uuid4(), name, account(who).pk, at, payload or {})


def person(**more: Any) -> Person:
    return Person(
        **{
            "name": "Trần Thị Bưởi Mẫu",
            "id_number": "042190000016",
            "phone": "0912345678",
            "address": "Số 1 đường Thử Nghiệm",
            "unit_code": COMMUNE,
            **more,
        }
    )


def papers_for(procedure: str, day: Any = None) -> list[dict[str, Any]]:
    """One original (or copy) of everything the procedure requires."""
    from motcua.procedures.queries import current_law

    version = current_law().procedure(procedure, day or START.date())
    return [
        {"component": p.key, "kind": "original" if p.original else "copy", "quantity": max(p.original, p.copies, 1),
         "pages": 1, "condition": ""}
        for p in version.papers
    ]  # fmt: skip


def form_for(procedure: str) -> dict[str, Any]:
    """An answer to every obligatory question."""
    from motcua.procedures.queries import current_law

    answers = {"text": "mẫu", "textarea": "mẫu", "date": "1990-01-02", "number": "1"}
    version = current_law().procedure(procedure, START.date())
    return {
        q.key: q.choices[0] if q.type == "choice" else answers[q.type] for q in version.form if q.required
    }


def filing(procedure: str = THREE_DAYS, **more: Any) -> Filing:
    person_given = more.pop("person", None) or person()
    return Filing(
        **{
            "procedure": procedure,
            "person": person_given,
            "form": form_for(procedure),
            "papers": papers_for(procedure),
            "return_by": "post",
            "delivery": Delivery(address="Số 1 đường Thử Nghiệm", unit_code=COMMUNE),
            "pay": "reception",
            **more,
        }
    )


def received(
    who: str = "lan", place: str = "bd-thanh-sen", *, clock: Clock | None = None, **more: Any
) -> Dossier:
    """A dossier received at a counter (accepted where the point is the one-stop, taken elsewhere)."""
    at = (clock or Clock())()
    wish = command(who, "dossier.new", at)
    answer = receive_at_counter(wish, actor(who), place, filing(**more))
    return Dossier.objects.get(reference=answer["reference"])


def filed(who: str = "hoa", *, clock: Clock | None = None, **more: Any) -> Dossier:
    """A dossier filed online with its uploads."""
    at = (clock or Clock())()
    given = filing(papers=[], **more)
    files = [
        {
            "component": p["component"],
            "title": "quet.pdf",
            "mime": "application/pdf",
            "size": 10,
            "sha256": "0" * 64,
        }
        for p in papers_for(given.procedure)
    ]
    answer = file_online(
        command(who, "dossier.new", at), actor(who), Filing(**{**_fields(given), "files": files})
    )
    return Dossier.objects.get(reference=answer["reference"])


def _fields(given: Filing) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__dataclass_fields__}


def do(who: str, dossier: Dossier, action: str, clock: Clock, **data: Any) -> Dossier:
    """One action of the table."""
    act_on(command(who, f"dossier.{action}", clock(), data), actor(who), dossier.reference, action, data)
    dossier.refresh_from_db()
    return dossier


def bagged(
    giver: str, taker: str, giver_office: str, taker_office: str, dossiers: list[Dossier], clock: Clock
) -> str:
    """Papers of these dossiers go from one office to another and are received in full. Answers the list's number."""
    opened = handover.start_manifest(
        command(giver, "manifest.open", clock()),
        actor(giver),
        giver_office,
        taker_office,
        [d.reference for d in dossiers],
    )
    number = str(opened["number"])
    handover.seal_manifest(command(giver, "manifest.seal", clock()), actor(giver), number, "NP-0001")
    for d in dossiers:
        handover.examine_by_sticker(
            command(taker, "manifest.scan", clock()), actor(taker), number, d.reference
        )
    handover.close_manifest(command(taker, "manifest.close", clock()), actor(taker), number, True)
    return number


def processing(clock: Clock, **more: Any) -> Dossier:
    """Received at the designated post point, carried to the commune, assigned to ông Sơn."""
    d = received(clock=clock, **more)
    bagged("lan", "cuong", "bd-thanh-sen", "ubnd-thanh-sen", [d], clock)
    d.refresh_from_db()
    return do("cuong", d, "assign", clock, handler="son")


def handled(clock: Clock, **more: Any) -> Dossier:
    """All of the handler's steps are done."""
    from motcua.dossiers.rules import Facts  # noqa: F401 - the steps come from the version
    from motcua.procedures.queries import current_law

    d = processing(clock, **more)
    version = current_law().procedure(d.procedure, d.version_on)
    for _step in [s for s in version.steps if s.role == "handler"]:
        do("son", d, "finish_step", clock)
    return d


def published(clock: Clock, outcome: str = "granted", **more: Any) -> Dossier:
    """Decided, signed, numbered, published."""
    d = handled(clock, **more)
    do(
        "dung",
        d,
        "decide",
        clock,
        outcome=outcome,
        ground="Đủ điều kiện" if outcome == "granted" else "Không đủ",
    )
    do("dung", d, "sign", clock)
    do("thu", d, "number", clock)
    return do("thu", d, "publish", clock)


def assigned(clock: Clock, **more: Any) -> tuple[Dossier, str]:
    """The result is a tracked item, given out to anh Minh, who has not taken it yet. Answers (dossier, item number)."""
    d = published(clock, **more)
    bagged("thu", "hai", "ubnd-thanh-sen", "buu-cuc-thanh-sen", [d], clock)
    made = homeward.make_parcels(
        command("hai", "parcel.make", clock()), actor("hai"), "buu-cuc-thanh-sen", [d.reference]
    )
    item = made["items"][0]
    homeward.dispatch(command("hai", "parcel.dispatch", clock()), actor("hai"), [item], "minh")
    d.refresh_from_db()
    return d, item


def on_the_way_home(clock: Clock, **more: Any) -> tuple[Dossier, str]:
    """The tracked item is in anh Minh's bag. Answers (dossier, item number)."""
    d, item = assigned(clock, **more)
    homeward.take_out(command("minh", "parcel.take_out", clock()), actor("minh"), [item])
    d.refresh_from_db()
    return d, item


def proof(**more: Any) -> dict[str, Any]:
    """Enough to prove a delivery: the applicant, seen on their card, signed for."""
    seen = {"recipient": "Trần Thị Bưởi Mẫu", "relation": "self", "id_checked": True, "id_last4": "0016"}
    return {**seen, "signed": True, "collect": True, **more}


def failed(clock: Clock, reason: str = "absent", **more: Any) -> tuple[Dossier, str]:
    """A try that failed; anh Minh still has the item."""
    d, item = on_the_way_home(clock, **more)
    homeward.fail_attempt(command("minh", "parcel.fail", clock()), actor("minh"), item, reason)
    return d, item


def brought_back(clock: Clock, reason: str = "absent", **more: Any) -> tuple[Dossier, str]:
    """A try that failed; the post office has the item again."""
    d, item = failed(clock, reason, **more)
    homeward.bring_back(command("hai", "parcel.bring_back", clock()), actor("hai"), [item])
    return d, item


def delivered(clock: Clock, **more: Any) -> Dossier:
    """Handed over at the door."""
    d, item = on_the_way_home(clock, **more)
    given = proof(id_last4=d.applicant.id_number[-4:])
    homeward.deliver(command("minh", "parcel.deliver", clock()), actor("minh"), item, given)
    d.refresh_from_db()
    return d


STAGES: dict[str, Callable[[Clock], Dossier]] = {
    "filed": lambda clock: filed(clock=clock),
    "accepted": lambda clock: received(clock=clock),
    "processing": processing,
    "published": published,
    "closed": delivered,
}


def copies_of(d: Dossier, count: int, first: int = 0) -> None:
    """More rows like this one, for tests of lists that only count queries. They have no history of their own."""
    from motcua.journal.ids import uuid7

    applicant = d.applicant
    dossiers, applicants = [], []
    for n in range(first, first + count):
        columns = {f.attname: getattr(d, f.attname) for f in d._meta.concrete_fields}
        twin = Dossier(**{**columns, "id": uuid7(), "reference": f"T{n:08d}", "code": f"T-{n:08d}"})
        person_columns = {f.attname: getattr(applicant, f.attname) for f in applicant._meta.concrete_fields}
        dossiers.append(twin)
        applicants.append(type(applicant)(**{**person_columns, "id": uuid7(), "dossier_id": twin.pk}))
    Dossier.objects.bulk_create(dossiers)
    type(applicant).objects.bulk_create(applicants)
