"""What may happen to a dossier, decided from plain facts. No database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from motcua.dossiers.lifecycle import DOSSIER, State
from motcua.kernel.machine import Transition
from motcua.kernel.problems import Problem
from motcua.people.rules import AGENCY, Actor, Role


@dataclass(frozen=True, slots=True)
class Places:
    """Where a dossier stands in relation to offices and people: all that row-level rights look at.

    `held_at` are the offices that hold one of its papers, `postmen` the accounts with an open errand for it.
    """

    state: str
    account: UUID | None
    agency: str
    reception: str
    accepting: str
    designated: bool = False
    held_at: frozenset[str] = frozenset()
    postmen: frozenset[UUID] = frozenset()


def roles_on(actor: Actor, places: Places) -> frozenset[Role]:
    """The roles in which an actor may deal with one dossier; empty means it does not exist for them."""
    roles = set()
    for role, office in actor.appointments:
        if (
            (role in AGENCY and office == places.agency)
            or (role is Role.RECEIVER and office == places.accepting)
            or (role is Role.CLERK_CIVIL and office in {places.reception, places.accepting, *places.held_at})
            or (
                role in {Role.CLERK_POSTAL, Role.DISPATCHER} and office in {places.reception, *places.held_at}
            )
        ):
            roles.add(role)
    if actor.id is not None:
        if actor.id == places.account and actor.has(Role.CITIZEN):
            roles.add(Role.CITIZEN)
        if actor.id in places.postmen:
            roles.add(Role.POSTMAN)
    if actor.has(Role.PROVINCE):
        roles.add(Role.PROVINCE)
    return frozenset(roles)


def roles_for(action: str, roles: frozenset[Role], places: Places) -> frozenset[Role]:
    """Narrows roles to those that may do one action here: the post accepts only where it is itself the one-stop."""
    return roles - {Role.CLERK_POSTAL} if action == "accept" and not places.designated else roles


def allowed(actor: Actor, places: Places) -> tuple[Transition[State], ...]:
    """The transitions the actor may make now: the buttons of every face and the actions of the API."""
    roles = roles_on(actor, places)
    rows = DOSSIER.allowed(State(places.state), roles)
    return tuple(row for row in rows if not row.roles.isdisjoint(roles_for(row.action, roles, places)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards ask of a dossier at one instant."""

    now: datetime
    due_at: datetime | None = None
    missing_papers: tuple[str, ...] = ()
    unpaid_now: int = 0
    papers_away: bool = False
    steps_left: tuple[str, ...] = ()
    supplement_rounds: int = 0
    supplement_limit: int = 1
    reschedules: int = 0
    reschedule_limit: int = 1
    handler: UUID | None = None
    decided_by: UUID | None = None
    actor: UUID | None = None
    given: Mapping[str, object] = field(default_factory=dict)


def problems(action: str, facts: Facts) -> list[Problem]:
    """What stands in the way of one action, beyond state and role."""
    check = _GUARDS.get(action)
    return list(check(facts)) if check else []


def _accept(facts: Facts) -> Iterable[Problem]:
    for name in facts.missing_papers:
        yield Problem(
            "dossier.paper_missing",
            "Thiếu giấy tờ: %(name)s. Hãy nhận đủ, hoặc lập phiếu yêu cầu bổ sung.",
            field="papers",
            params={"name": name},
        )
    if facts.unpaid_now:
        yield Problem(
            "dossier.unpaid",
            "Còn %(amount)s đồng phải thu khi nộp. Hãy thu tiền, hoặc chọn thu khi trả kết quả.",
            blocks=False,
            field="fees",
            params={"amount": facts.unpaid_now},
        )


def _assign(facts: Facts) -> Iterable[Problem]:
    if facts.papers_away:
        yield Problem(
            "dossier.papers_away",
            "Giấy tờ chưa về đủ cơ quan. Hãy xác nhận bảng kê bàn giao, hoặc ghi cách xử lý giấy tờ thiếu.",
        )


def _finish_step(facts: Facts) -> Iterable[Problem]:
    if not facts.steps_left:
        yield Problem("dossier.no_step", "Các bước thụ lý đã xong. Hồ sơ đang chờ lãnh đạo quyết định.")
    if facts.handler != facts.actor:
        yield Problem(
            "dossier.not_handler",
            "Hồ sơ được phân công cho người khác. Hãy đề nghị phân công lại nếu cần.",
        )


def _ask_supplement(facts: Facts) -> Iterable[Problem]:
    if facts.supplement_rounds >= facts.supplement_limit:
        yield Problem(
            "dossier.supplement_used",
            "Chỉ được yêu cầu bổ sung %(limit)s lần trong quá trình giải quyết. "
            "Hãy giải quyết theo hồ sơ đã có hoặc quyết định từ chối có lý do.",
            params={"limit": facts.supplement_limit},
        )


def _reschedule(facts: Facts) -> Iterable[Problem]:
    if facts.reschedules >= facts.reschedule_limit:
        yield Problem(
            "dossier.rescheduled_before", "Chỉ được hẹn lại ngày trả một lần. Hãy giải quyết hồ sơ ngay."
        )
    until = facts.given.get("until")
    if isinstance(until, datetime) and facts.due_at and until <= facts.due_at:
        yield Problem(
            "dossier.until_too_early", "Ngày hẹn mới phải sau ngày hẹn cũ. Hãy chọn ngày khác.", field="until"
        )


def _decide(facts: Facts) -> Iterable[Problem]:
    if facts.steps_left:
        yield Problem(
            "dossier.steps_left",
            "Còn bước chưa hoàn thành: %(steps)s. Hãy chờ người thụ lý hoàn thành.",
            params={"steps": ", ".join(facts.steps_left)},
        )
    if facts.given.get("outcome") == "refused" and not facts.given.get("ground"):
        yield Problem(
            "dossier.ground_missing", "Từ chối phải nêu lý do và căn cứ. Hãy ghi lý do.", field="ground"
        )


_GUARDS = {
    "accept": _accept,
    "assign": _assign,
    "finish_step": _finish_step,
    "ask_supplement": _ask_supplement,
    "reschedule": _reschedule,
    "decide": _decide,
}
