"""What each action of the table does beyond the change of state: the columns it sets, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.acts.inputs import Input
from motcua.acts.reception import accept_changes, apply_papers, collect_now
from motcua.custody.actions import make_result_paper, move_paper
from motcua.custody.lifecycle import LIVE_PARCEL
from motcua.documents.actions import tell
from motcua.dossiers.actions import count_ended, next_number
from motcua.dossiers.lifecycle import State
from motcua.jobs.actions import enqueue
from motcua.journal.actions import Act
from motcua.kernel.calendar import local
from motcua.kernel.money import dong
from motcua.kernel.problems import Problem, Refused
from motcua.looks import deadlines
from motcua.looks.access import Case, local_day
from motcua.money.actions import cancel_charge
from motcua.people.holders import APPLICANT, office
from motcua.people.queries import account_by_username
from motcua.people.rules import Actor, Role

_NOTE = Input("note", "Ghi chú", "longtext", required=False)
_PAPERS = Input("papers", "Giấy tờ nhận thêm", "papers", required=False)
_GROUND = Input("ground", "Lý do và căn cứ", "longtext")
_ITEMS = Input("items", "Nội dung cần bổ sung, mỗi dòng một mục", "lines")


@dataclass(frozen=True, slots=True)
class Work:
    """One action: what it asks for and what it does beyond the change of state.

    `prepare` answers the columns to change and the data to record; `after` runs once the state has changed.
    """

    inputs: tuple[Input, ...]
    prepare: Callable[["Doing"], tuple[dict[str, Any], dict[str, Any]]]
    after: Callable[["Doing"], None] = lambda doing: None


@dataclass(slots=True)
class Doing:
    """One action under way; `go_on` does a further one in the same command."""

    act: Act
    actor: Actor
    case: Case
    given: dict[str, Any]
    go_on: Callable[[str, dict[str, Any]], None]

    @property
    def at(self) -> datetime:
        return self.act.at


def _next_step(case: Case, at: datetime, after: str) -> dict[str, Any]:
    """The columns for the step that follows; the leader's and the clerk's steps come after the handler's."""
    steps = [s for s in case.version.steps if s.role != "receiver"]
    keys = [s.key for s in steps]
    place = keys.index(after) + 1 if after in keys else 0
    if place >= len(steps):
        return {"step": "", "step_due_at": None}
    return {"step": steps[place].key, "step_due_at": deadlines.step_due(case, at, steps[place].hours)}


def _accept(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return accept_changes(doing.act, doing.actor, doing.case, doing.at), {}


def _after_accept(doing: Doing) -> None:
    apply_papers(doing.act, doing.actor, doing.case, doing.given.get("papers") or [])
    if doing.given.get("collect"):
        collect_now(doing.act, doing.actor, doing.case, "reception")
    d = doing.case.dossier
    due = local(d.due_at).strftime("%H:%M %d/%m/%Y") if d.due_at else ""
    _say(doing, f"Hồ sơ {d.code} đã được tiếp nhận. Hẹn trả kết quả: {due}.")


def _take(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    changes: dict[str, Any] = {"taken_at": doing.at}
    if doing.case.dossier.state != State.NEW:
        changes["reception_id"] = doing.actor.office_as(Role.CLERK_POSTAL)
    return changes, {}


def _after_take(doing: Doing) -> None:
    apply_papers(doing.act, doing.actor, doing.case, doing.given.get("papers") or [])


def _request(doing: Doing, kind: str, series: str) -> dict[str, Any]:
    d, day = doing.case.dossier, local_day(doing.at)
    where = doing.actor.office_as(*AGENCY_OR_DESK) or d.accepting_id
    number = next_number(f"{series}:{where}:{day.year}")
    return {
        "kind": kind,
        "number": f"{number}/{series}",
        "office": where,
        "items": doing.given["items"],
        "note": doing.given.get("note", ""),
        "asked_at": doing.at.isoformat(),
        "asked_by": doing.actor.name,
        "until": doing.given["until"].isoformat() if doing.given.get("until") else None,
        "answered_at": None,
    }


AGENCY_OR_DESK = (Role.HANDLER, Role.LEADER, Role.RECEIVER, Role.CLERK_CIVIL, Role.CLERK_POSTAL)


def _answered(requests: list[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    return [{**r, "answered_at": r["answered_at"] or at.isoformat()} for r in requests]


def _ask_complete(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    request = _request(doing, "complete", "HDHS")
    return {"requests": [*doing.case.dossier.requests, request]}, {"request": request["number"]}


def _complete(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"requests": _answered(doing.case.dossier.requests, doing.at)}, {"note": doing.given.get("note", "")}


def _ask_supplement(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    d = doing.case.dossier
    request = _request(doing, "supplement", "HDHS")
    pause = {"from": doing.at.isoformat(), "to": None, "ground": f"Yêu cầu bổ sung số {request['number']}"}
    changes = {
        "requests": [*d.requests, request],
        "pauses": [*d.pauses, pause],
        "due_at": None,
        "step_due_at": None,
    }
    return changes, {"request": request["number"]}


def _after_request(doing: Doing) -> None:
    d = doing.case.dossier
    _say(doing, f"Hồ sơ {d.code or d.reference} cần bổ sung: {'; '.join(doing.given['items'])}.")


def _supply(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    d = doing.case.dossier
    pauses = [{**p, "to": p["to"] or doing.at.isoformat()} for p in d.pauses]
    changes: dict[str, Any] = {"requests": _answered(d.requests, doing.at), "pauses": pauses}
    changes["due_at"] = deadlines.due_with(doing.case, d.clock_at, pauses)  # type: ignore[arg-type]
    steps = {s.key: s for s in doing.case.version.steps}
    if d.step in steps:
        changes["step_due_at"] = deadlines.step_due(doing.case, doing.at, steps[d.step].hours)
    return changes, {"note": doing.given.get("note", "")}


def _after_supply(doing: Doing) -> None:
    if not doing.case.roles(doing.actor) <= {Role.CITIZEN}:
        apply_papers(doing.act, doing.actor, doing.case, doing.given.get("papers") or [])


def _reject(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"ground": doing.given["ground"], "closed_at": doing.at, "due_at": None}, {}


def _withdraw(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"ground": doing.given["ground"], "closed_at": doing.at}, {}


def _after_end(doing: Doing) -> None:
    """A dossier that ends without a result: what is unpaid falls away, and the figures learn of it."""
    d = doing.case.dossier
    for charge in doing.case.charges:
        if not charge.payment_id and not charge.cancelled_at:
            cancel_charge(doing.act, charge, d.state)
    if d.accepted_at:
        count_ended(doing.act, d, doing.at)
    _say(doing, f"Hồ sơ {d.code or d.reference}: {State(d.state).label}. Lý do: {d.ground}")


def _assign(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    d = doing.case.dossier
    account = account_by_username(doing.given["handler"])
    if (
        account is None
        or not account.appointments.filter(role=Role.HANDLER, office=d.agency_id, ended_at=None).exists()
    ):
        raise Refused(
            [
                Problem(
                    "dossier.not_a_handler",
                    "Người được chọn không phải chuyên viên thụ lý của cơ quan. Hãy chọn trong danh sách.",
                    field="handler",
                )
            ]
        )
    changes: dict[str, Any] = {"handler_id": account.pk}
    if d.state == State.ACCEPTED:
        changes |= {"arrived_at": d.arrived_at or doing.at, **_next_step(doing.case, doing.at, "")}
    return changes, {"handler": account.name, "note": doing.given.get("note", "")}


def _finish_step(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    done = doing.case.dossier.step
    return _next_step(doing.case, doing.at, done), {"step": done, "note": doing.given.get("note", "")}


def _reschedule(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    d, day = doing.case.dossier, local_day(doing.at)
    number = f"{next_number(f'PXL:{d.agency_id}:{day.year}')}/PXL"
    promise = {
        "number": number,
        "at": doing.at.isoformat(),
        "was_due": d.due_at.isoformat() if d.due_at else None,
        "until": doing.given["until"].isoformat(),
        "reason": doing.given["reason"],
        "by": doing.actor.name,
    }
    return {"rescheduled": promise, "due_at": doing.given["until"]}, {"number": number}


def _after_reschedule(doing: Doing) -> None:
    until = local(doing.given["until"]).strftime("%H:%M %d/%m/%Y")
    _say(
        doing,
        f"Xin lỗi vì chậm trả hồ sơ {doing.case.dossier.code}. Lý do: {doing.given['reason']}. Hẹn lại: {until}.",
    )


def _decide(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    changes = {
        "outcome": doing.given["outcome"],
        "ground": doing.given["ground"],
        "decided_at": doing.at,
        "decided_by_id": doing.actor.id,
        **_next_step(doing.case, doing.at, doing.case.dossier.step),
    }
    return changes, {}


def _sign(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"signed_at": doing.at, "signed_by_id": doing.actor.id}, {}


def _number(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    d, day = doing.case.dossier, local_day(doing.at)
    number = f"{next_number(f'result:{d.agency_id}:{day.year}'):05d}/{day.year}/KQ"
    return {"result_number": number, "numbered_at": doing.at}, {}


def _publish(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"published_at": doing.at, "step": "", "step_due_at": None}, {}


def _after_publish(doing: Doing) -> None:
    d, case = doing.case.dossier, doing.case
    count_ended(doing.act, d, doing.at)
    enqueue("acts.keep_result", {"dossier": str(d.pk)}, unique_key=f"result:{d.pk}")
    way = {
        "post": "Bưu điện sẽ phát tận nhà.",
        "counter": "Mời nhận tại nơi nộp.",
        "electronic": "Mời xem bản điện tử.",
    }
    _say(doing, f"Hồ sơ {d.code} đã có kết quả. {way[d.return_by]}")
    if d.return_by == "electronic":
        doing.go_on("close", {"relation": "self"})
    else:
        paper = make_result_paper(doing.act, d, case.version.result.name, office(d.agency_id))
        case.papers.append(paper)


def _stop(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    day = local_day(doing.at)
    number = f"{next_number(f'TBD:{doing.case.dossier.agency_id}:{day.year}')}/TBD"
    return {"ground": doing.given["ground"], "closed_at": doing.at}, {"number": number}


def _close(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    """Handing the result over: at a counter, or (`by_parcel`, which no face can send) as a tracked item's end."""
    if doing.case.dossier.return_by != "electronic" and not doing.given.get("by_parcel"):
        _refuse_unready_handover(doing)
    return {"closed_at": doing.at}, {"relation": doing.given["relation"]}


def _refuse_unready_handover(doing: Doing) -> None:
    case = doing.case
    mine = {str(office(o)) for o in doing.actor.offices(Role.CLERK_CIVIL, Role.CLERK_POSTAL, Role.RECORDS)}
    results = [p for p in case.papers if p.kind == "result"]
    if any(p.state in LIVE_PARCEL for p in case.parcels):
        raise Refused([Problem("dossier.parcel_under_way", "Kết quả đang đi theo bưu gửi. Hãy trả qua bưu gửi đó.")])
    if any(p.holder not in mine for p in results):
        raise Refused([Problem("dossier.result_elsewhere", "Kết quả chưa về đến quầy này. Hãy xem nơi đang giữ.")])
    if not doing.given.get("signed"):
        raise Refused(
            [
                Problem(
                    "dossier.not_signed_for",
                    "Người nhận phải ký nhận và xuất trình giấy tờ tuỳ thân.",
                    field="signed",
                )
            ]
        )
    unpaid = sum(c.amount for c in case.charges if not c.payment_id and not c.cancelled_at)
    if unpaid and not doing.given.get("collect"):
        raise Refused(
            [
                Problem(
                    "dossier.unpaid_at_return",
                    "Còn %(amount)s phải thu khi trả kết quả. Hãy thu tiền rồi trả.",
                    field="collect",
                    params={"amount": dong(unpaid)},
                )
            ]
        )


def _after_close(doing: Doing) -> None:
    case = doing.case
    if case.dossier.return_by == "electronic" or doing.given.get("by_parcel"):
        return
    if doing.given.get("collect"):
        collect_now(doing.act, doing.actor, case, "")
    mine = {str(office(o)) for o in doing.actor.offices()}
    for paper in case.papers:
        if paper.to_return and paper.holder in mine:
            move_paper(doing.act, paper, APPLICANT, "returned", recipient_relation=doing.given["relation"])


def _rate(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    stars = doing.given["stars"]
    return {"rating": int(stars), "rating_note": doing.given.get("note", "")}, {}


def _submit(doing: Doing) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"filed_at": doing.at}, {}


def _say(doing: Doing, text: str) -> None:
    tell(doing.act, doing.case.dossier, doing.case.applicant.phone, text)


_STARS = tuple((str(n), label) for n, label in enumerate(
    ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"), start=1))  # fmt: skip
RELATIONS = (
    ("self", "Chính người nộp"),
    ("proxy", "Người được uỷ quyền"),
    ("family", "Người trong gia đình"),
    ("colleague", "Người cùng cơ quan"),
)
_HAND_OVER = (
    Input("recipient", "Họ tên người nhận", limit=250),
    Input("relation", "Quan hệ với người nộp", "choice", choices=RELATIONS),
    Input("signed", "Đã ký nhận, đã xem giấy tờ tuỳ thân", "flag"),
    Input("collect", "Đã thu đủ tiền còn phải thu", "flag", required=False),
)

WORK: dict[str, Work] = {
    "submit": Work((), _submit),
    "take": Work((Input("papers", "Giấy tờ nhận", "papers", required=False), _NOTE), _take, _after_take),
    "accept": Work((_PAPERS, Input("collect", "Thu tiền ngay", "flag", required=False)), _accept, _after_accept),
    "ask_complete": Work((_ITEMS, _NOTE), _ask_complete, _after_request),
    "complete": Work((_NOTE,), _complete),
    "reject": Work((_GROUND,), _reject, _after_end),
    "assign": Work((Input("handler", "Chuyên viên thụ lý", "account"), _NOTE), _assign),
    "finish_step": Work((_NOTE,), _finish_step),
    "ask_supplement": Work(
        (_ITEMS, Input("until", "Hạn bổ sung", "date", required=False), _NOTE),
        _ask_supplement,
        _after_request,
    ),
    "supply": Work((_PAPERS, _NOTE), _supply, _after_supply),
    "reschedule": Work(
        (Input("until", "Ngày hẹn mới", "datetime"), Input("reason", "Lý do chậm", "longtext")),
        _reschedule,
        _after_reschedule,
    ),
    "decide": Work(
        (
            Input("outcome", "Quyết định", "choice", choices=(("granted", "Đồng ý"), ("refused", "Từ chối"))),
            Input("ground", "Lý do và căn cứ (bắt buộc khi từ chối)", "longtext", required=False),
        ),
        _decide,
    ),
    "sign": Work((), _sign),
    "number": Work((), _number),
    "publish": Work((), _publish, _after_publish),
    "withdraw": Work((_GROUND,), _withdraw, _after_end),
    "stop": Work((_GROUND,), _stop, _after_end),
    "close": Work(_HAND_OVER, _close, _after_close),
    "rate": Work((Input("stars", "Mức hài lòng", "choice", choices=_STARS), _NOTE), _rate),
}
