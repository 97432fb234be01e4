"""The last hour of the month: whatever state nobody happens to be in is reached once, by the acts that lead there."""

from datetime import datetime, timedelta

from motcua.acts import homeward
from motcua.custody.lifecycle import ParcelState
from motcua.custody.models import Parcel
from motcua.demo.life import Life
from motcua.demo.rounds import Rounds
from motcua.demo.stage import Stage
from motcua.dossiers.lifecycle import DOSSIER, State
from motcua.dossiers.models import Dossier
from motcua.kernel.problems import Refused
from motcua.people.rules import Role

# For each state: from which one it is reached, by which action of whom, and what is said.
_WAYS: dict[State, tuple[State, str, Role, dict[str, object]]] = {
    State.INCOMPLETE: (State.FILED, "ask_complete", Role.CLERK_CIVIL, {"items": ["Tờ khai có chữ ký"], "note": ""}),
    State.REJECTED: (State.FILED, "reject", Role.CLERK_CIVIL, {"ground": "Không thuộc thẩm quyền tiếp nhận"}),
    State.SUPPLEMENT: (State.PROCESSING, "ask_supplement", Role.HANDLER, {"items": ["Giấy uỷ quyền hợp lệ"]}),
    State.STOPPED: (
        State.PROCESSING,
        "stop",
        Role.LEADER,
        {"ground": "Có văn bản yêu cầu dừng"},
    ),
    State.WITHDRAWN: (State.PROCESSING, "withdraw", Role.RECEIVER, {"ground": "Người nộp có đơn đề nghị rút"}),
    State.DECIDED: (State.PROCESSING, "decide", Role.LEADER, {"outcome": "granted", "ground": ""}),
    State.SIGNED: (State.DECIDED, "sign", Role.LEADER, {}),
    State.NUMBERED: (State.SIGNED, "number", Role.RECORDS, {}),
    State.PUBLISHED: (State.NUMBERED, "publish", Role.RECORDS, {}),
}


def complete(stage: Stage, life: Life, rounds: Rounds) -> None:
    """Makes sure that every state of the table, and every errand of the post, can be seen somewhere in the demo."""
    at = stage.until - timedelta(minutes=50)
    life.one_more(at)
    rounds.assign_pickups(at)
    rounds.send_home(at)
    _take_out(stage, at + timedelta(minutes=3))
    _leave_errands(stage, rounds, at + timedelta(minutes=5))
    for state in DOSSIER.states:
        if state is not State.NEW and state in _WAYS:
            at = _reach(stage, life, state, at)


def _take_out(stage: Stage, at: datetime) -> None:
    """The postmen take what was given out to them; of several the last still waits, so that the board has a doubt."""
    waiting = list(Parcel.objects.filter(state=ParcelState.ASSIGNED).select_related("postman").order_by("item"))
    for parcel in waiting[: max(len(waiting) - 1, 1)]:
        postman = parcel.postman.username if parcel.postman else ""
        homeward.take_out(stage.command(postman, "parcel.take_out", at), stage.actor(postman), [parcel.item])


def _leave_errands(stage: Stage, rounds: Rounds, at: datetime) -> None:
    """Of what the postmen are out with, one could not be handed over and one is kept for its recipient."""
    under_way = Parcel.objects.filter(state=ParcelState.OUT).select_related("postman")
    out = list(under_way.order_by("item")[:2])
    for n, parcel in enumerate(out):
        postman = parcel.postman.username if parcel.postman else ""
        command = stage.command(postman, "parcel.fail", at)
        homeward.fail_attempt(command, stage.actor(postman), parcel.item, "absent" if n else "asked_later")
    for parcel in out[:1]:
        dispatcher = rounds.dispatcher_of(parcel.office_id)
        homeward.bring_back(stage.command(dispatcher, "parcel.bring_back", at), stage.actor(dispatcher), [parcel.item])
        homeward.hold(stage.command(dispatcher, "parcel.hold", at), stage.actor(dispatcher), parcel.item, asked=True)


def _reach(stage: Stage, life: Life, state: State, at: datetime) -> datetime:
    if Dossier.objects.filter(state=state).exists():
        return at
    source, action, role, given = _WAYS[state]
    if source in _WAYS:
        # The one before it may be the only one of its kind: make another, so that both stay to be seen.
        at = _another(stage, life, source, at)
    for dossier in Dossier.objects.filter(state=source).order_by("-filed_at", "reference")[:20]:
        place = dossier.accepting_id if role is Role.CLERK_CIVIL else dossier.agency_id
        who = life.at(place, role, Role.RECEIVER) if role is Role.CLERK_CIVIL else life.at(place, role)
        if who is None:
            continue
        try:
            at = _finish_steps(life, dossier, at) if action == "decide" else at
            life.act(at, who, dossier.reference, action, **given)
        except Refused:
            continue
        return at + timedelta(minutes=2)
    return at


def _another(stage: Stage, life: Life, state: State, at: datetime) -> datetime:
    """One more dossier in a state that is about to be used up."""
    if Dossier.objects.filter(state=state).count() > 1:
        return at
    source, action, role, given = _WAYS[state]
    at = _another(stage, life, source, at) if source in _WAYS else at
    for dossier in Dossier.objects.filter(state=source).order_by("-filed_at", "reference")[:20]:
        who = life.at(dossier.agency_id, role)
        if who is None:
            continue
        at = _finish_steps(life, dossier, at) if action == "decide" else at
        life.act(at, who, dossier.reference, action, **given)
        return at + timedelta(minutes=2)
    return at


def _finish_steps(life: Life, dossier: Dossier, at: datetime) -> datetime:
    version = life.law.procedure(dossier.procedure, dossier.version_on)
    keys = [s.key for s in version.steps if s.role == "handler"]
    left = keys[keys.index(dossier.step) :] if dossier.step in keys else []
    for _key in left:
        handler = dossier.handler.username if dossier.handler else ""
        life.act(at, handler, dossier.reference, "finish_step")
        at += timedelta(minutes=1)
    return at
