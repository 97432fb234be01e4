"""What agencies, desks and applicants do with one dossier: one door, `act_on`, over the table of transitions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.acts.inputs import Input, read_inputs
from motcua.acts.reception import missing_papers
from motcua.acts.works import RELATIONS, WORK, Doing
from motcua.dossiers.actions import advance, refuse_stale
from motcua.dossiers.lifecycle import DOSSIER, State
from motcua.dossiers.rules import Facts, problems, roles_for
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import Case, find_case, local_day
from motcua.looks.arrivals import still_away
from motcua.people.rules import Actor

__all__ = ["RELATIONS", "act_on", "answer_of", "facts_of", "inputs_of", "perform", "standing_problems"]


def inputs_of(action: str) -> tuple[Input, ...]:
    """What an action asks for. KeyError for an unknown action."""
    return WORK[action].inputs


def act_on(
    command: Command, actor: Actor, key: str, action: str, given: Mapping[str, Any], seen: int | None = None
) -> Answer:
    """Does: one action of the table on one dossier, with all its effects.

    `seen` is the version of the dossier the actor looked at. Raises NotFound, Invalid (input), Refused (rules),
    Stale, KeyReused. Answers {code, reference, state, version, due_at}.
    """
    if action not in WORK:
        raise Refused([Problem("machine.unknown_action", "Không có việc này với hồ sơ.")])
    values = read_inputs(WORK[action].inputs, given)

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        refuse_stale(case.dossier, seen)
        perform(act, actor, case, action, values)
        return answer_of(case)

    return once(command, do)


def perform(act: Act, actor: Actor, case: Case, action: str, given: dict[str, Any]) -> None:
    """Does: one action inside an open command (acts that do more in one go call this)."""
    # The table is asked first: nobody learns from a guard what their role may not do.
    places = case.places(actor)
    DOSSIER.step(State(case.dossier.state), action, roles_for(action, case.roles(actor), places))
    doing = Doing(act, actor, case, given, lambda further, more: perform(act, actor, case, further, more))
    work = WORK[action]
    facts = facts_of(case, actor, action, given, act.at)
    changes, data = work.prepare(doing)
    advance(act, case.dossier, action, actor=actor, places=places, facts=facts, changes=changes, data=data)
    work.after(doing)


def answer_of(case: Case) -> Answer:
    d = case.dossier
    return {"code": d.code, "reference": d.reference, "state": d.state, "version": d.seq, "due_at": d.due_at}


def standing_problems(case: Case, actor: Actor, action: str, at: datetime) -> list[Problem]:
    """What stands in the way of an action before anything is typed, so what no field of its form can mend."""
    found = problems(action, facts_of(case, actor, action, {}, at))
    return [problem for problem in found if problem.blocks and problem.field is None]


def facts_of(case: Case, actor: Actor, action: str, given: Mapping[str, Any], at: datetime) -> Facts:
    """What the guards of one action look at; only what they need is fetched."""
    d, day = case.dossier, local_day(at)
    missing: tuple[str, ...] = ()
    papers_away, unpaid = False, 0
    if action == "accept":
        missing = missing_papers(case, given.get("papers") or [])
        unpaid = sum(
            c.amount for c in case.charges if c.stage == "reception" and not c.payment_id and not c.cancelled_at
        )
    if action == "assign" and d.state == State.ACCEPTED:
        papers_away = still_away().filter(dossier=d).exists()
    return Facts(
        now=at,
        due_at=d.due_at,
        missing_papers=missing,
        unpaid_now=unpaid,
        papers_away=papers_away,
        steps_left=_steps_left(case) if action in {"finish_step", "decide"} else (),
        supplement_rounds=sum(1 for r in d.requests if r["kind"] == "supplement"),
        supplement_limit=int(case.law.rule("supplement_limit", day)),
        reschedules=1 if d.rescheduled else 0,
        reschedule_limit=int(case.law.rule("extension_limit", day)),
        handler=d.handler_id,
        actor=actor.id,
        given=given,
    )


def _handler_steps(case: Case):  # type: ignore[no-untyped-def]
    return [s for s in case.version.steps if s.role == "handler"]


def _steps_left(case: Case) -> tuple[str, ...]:
    names = list(_handler_steps(case))
    keys = [s.key for s in names]
    if case.dossier.step not in keys:
        return ()
    return tuple(s.name for s in names[keys.index(case.dossier.step) :])
