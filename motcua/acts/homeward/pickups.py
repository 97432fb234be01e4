"""Papers fetched from a home: the order, its day and window, the postman who goes, and what he brings."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from motcua.acts.homeward.common import find_pickup, postman_of, reason_of
from motcua.acts.homeward.proof import kept_proof
from motcua.acts.reception import paper_columns
from motcua.acts.windows import refuse_pickup_day, refuse_window
from motcua.custody.actions import step_pickup, take_papers
from motcua.custody.models import Pickup
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import Case, NotFound, local_day
from motcua.people.holders import person
from motcua.people.rules import Actor, Role

_POSTMAN = frozenset({Role.POSTMAN})


def assign_pickup(command: Command, actor: Actor, pickup_id: UUID, postman: str) -> Answer:
    """Does: a postman is asked to fetch papers. Refuses: not a postman of this office."""

    def do(act: Act) -> Answer:
        return {"state": _assign_one(act, actor, pickup_id, postman).state}

    return once(command, do)


def assign_pickups(command: Command, actor: Actor, pickup_ids: Sequence[UUID], postman: str) -> Answer:
    """Does: a postman is asked to fetch papers from several homes, all or none. Refuses: not a postman here."""

    def do(act: Act) -> Answer:
        assigned = [_assign_one(act, actor, pickup_id, postman) for pickup_id in pickup_ids]
        return {"pickups": len(assigned), "postman": postman}

    return once(command, do)


def _assign_one(act: Act, actor: Actor, pickup_id: UUID, postman: str) -> Pickup:
    pickup, _ = find_pickup(actor, pickup_id)
    account = postman_of(pickup.office_id, postman)
    act.acting_as(Role.DISPATCHER, pickup.office_id)
    roles = actor.roles_at(pickup.office_id) & {Role.DISPATCHER}
    step_pickup(act, pickup, "assign", frozenset(roles), postman_id=account.pk)
    return pickup


def collect_pickup(
    command: Command, actor: Actor, pickup_id: UUID, papers: list[dict[str, Any]], proofs: Sequence[dict[str, Any]] = ()
) -> Answer:
    """Does: the postman counts the papers at the door and holds them from now on; pictures of them become the
    dossier's. Refuses: nothing counted."""

    def do(act: Act) -> Answer:
        pickup, case = _mine(actor, pickup_id)
        if not papers:
            raise Refused([Problem("pickup.nothing", "Chưa đếm giấy tờ nào. Hãy ghi số bản đã nhận.", field="papers")])
        act.acting_as(Role.POSTMAN, pickup.office_id)
        step_pickup(act, pickup, "collect", _POSTMAN, attempts=pickup.attempts + 1, ended_at=act.at)
        rows = [paper_columns(case.version, row) for row in papers]
        take_papers(act, case.dossier, person(actor.id), rows)
        kept_proof(act, case, proofs)
        return {"state": pickup.state, "papers": len(rows)}

    return once(command, do)


def fail_pickup(command: Command, actor: Actor, pickup_id: UUID, reason: str, note: str = "") -> Answer:
    """Does: a visit that brought nothing, with its reason."""

    def do(act: Act) -> Answer:
        pickup, _ = _mine(actor, pickup_id)
        words = f"{reason_of(reason)}. {note}".strip(". ")[:300]
        act.acting_as(Role.POSTMAN, pickup.office_id)
        step_pickup(act, pickup, "fail", _POSTMAN, attempts=pickup.attempts + 1, last_reason=words)
        return {"state": pickup.state}

    return once(command, do)


def move_pickup(command: Command, actor: Actor, pickup_id: UUID, wanted_on: date, window: str) -> Answer:
    """Does: another day or window for the visit, by the applicant or the post office; whoever was asked to go is
    asked anew. Refuses: a day the post is closed, a window that is not offered."""

    def do(act: Act) -> Answer:
        pickup, case = find_pickup(actor, pickup_id)
        day = local_day(act.at)
        refuse_pickup_day(case.law, wanted_on, day)
        refuse_window(case.law, window, wanted_on)
        roles = frozenset(case.roles(actor) | actor.roles_at(pickup.office_id))
        act.acting_as(min(roles, default=""), pickup.office_id)
        step_pickup(act, pickup, "move", roles, wanted_on=wanted_on, window=window, postman_id=None)
        return {"state": pickup.state, "wanted_on": wanted_on, "window": window}

    return once(command, do)


def cancel_pickup(command: Command, actor: Actor, pickup_id: UUID) -> Answer:
    """Does: an order to fetch papers falls away, by the applicant or the post office."""

    def do(act: Act) -> Answer:
        pickup, case = find_pickup(actor, pickup_id)
        roles = frozenset(case.roles(actor) | actor.roles_at(pickup.office_id))
        act.acting_as(min(roles, default=""), pickup.office_id)
        step_pickup(act, pickup, "cancel", roles, ended_at=act.at)
        return {"state": pickup.state}

    return once(command, do)


def _mine(actor: Actor, pickup_id: UUID) -> tuple[Pickup, Case]:
    """A home this very postman is to visit. Raises NotFound for every other."""
    pickup, case = find_pickup(actor, pickup_id)
    if pickup.postman_id is None or pickup.postman_id != actor.id:
        raise NotFound(str(pickup_id))
    return pickup, case
