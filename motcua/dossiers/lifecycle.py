"""The life of a dossier as one table: buttons, server checks, API answers, the role matrix and the diagram read it.

The wall between post and agency stands here: no postal role appears in a row that decides.
"""

from enum import StrEnum

from motcua.kernel.machine import Machine, Transition
from motcua.people.rules import Role


class State(StrEnum):
    NEW = "new"
    FILED = "filed"
    TAKEN = "taken"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    DECIDED = "decided"
    SIGNED = "signed"
    NUMBERED = "numbered"
    PUBLISHED = "published"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def national(self) -> int:
        """The national status code (TrangThaiHoSo, facts §5.4); 0 before there is a dossier."""
        return _LABELS[self][1]


_LABELS: dict[State, tuple[str, int]] = {
    State.NEW: ("Chưa nộp", 0),
    State.FILED: ("Mới đăng ký, chờ tiếp nhận", 1),
    State.TAKEN: ("Bưu điện đã nhận giấy tờ", 1),
    State.INCOMPLETE: ("Chờ bổ sung để tiếp nhận", 5),
    State.ACCEPTED: ("Đã tiếp nhận", 2),
    State.PROCESSING: ("Đang giải quyết", 4),
    State.SUPPLEMENT: ("Chờ bổ sung, tạm dừng thời hạn", 5),
    State.DECIDED: ("Đã quyết định, chờ ký", 4),
    State.SIGNED: ("Đã ký, chờ vào số", 4),
    State.NUMBERED: ("Đã vào số, chờ phát hành", 4),
    State.PUBLISHED: ("Đã có kết quả", 9),
    State.CLOSED: ("Đã trả kết quả", 10),
    State.REJECTED: ("Không được tiếp nhận", 3),
    State.WITHDRAWN: ("Người nộp đã rút hồ sơ", 8),
    State.STOPPED: ("Đã dừng giải quyết", 8),
}

S, R = State, Role
BEFORE_ACCEPTANCE = frozenset({S.FILED, S.TAKEN, S.INCOMPLETE})
AT_THE_AGENCY = frozenset({S.PROCESSING, S.SUPPLEMENT, S.DECIDED, S.SIGNED, S.NUMBERED})
OPEN = BEFORE_ACCEPTANCE | AT_THE_AGENCY | {S.ACCEPTED, S.PUBLISHED}
ENDED = frozenset({S.CLOSED, S.REJECTED, S.WITHDRAWN, S.STOPPED})
# States in which the legal clock runs against the agency.
ON_THE_CLOCK = frozenset({S.ACCEPTED, S.PROCESSING, S.DECIDED, S.SIGNED, S.NUMBERED})
DESK = frozenset({R.CLERK_CIVIL, R.RECEIVER})
COUNTERS = frozenset({R.CLERK_CIVIL, R.CLERK_POSTAL, R.RECEIVER})


def _row(
    action: str,
    label: str,
    sources: set[State] | frozenset[State],
    target: State,
    roles: set[Role] | frozenset[Role],
) -> Transition[State]:
    return Transition(
        action=action, sources=frozenset(sources), target=target, roles=frozenset(roles), label=label
    )


DOSSIER = Machine(
    "dossier",
    State,
    (
        _row("submit", "Nộp hồ sơ", {S.NEW}, S.FILED, {R.CITIZEN}),
        _row("take", "Nhận giấy tờ tại bưu điện", {S.NEW, S.FILED, S.INCOMPLETE}, S.TAKEN, {R.CLERK_POSTAL}),
        _row("accept", "Tiếp nhận hồ sơ", {S.NEW} | BEFORE_ACCEPTANCE, S.ACCEPTED, COUNTERS),
        _row(
            "ask_complete",
            "Yêu cầu bổ sung trước tiếp nhận",
            {S.NEW, S.FILED, S.TAKEN},
            S.INCOMPLETE,
            COUNTERS,
        ),
        _row("complete", "Nộp phần còn thiếu", {S.INCOMPLETE}, S.FILED, {R.CITIZEN} | COUNTERS),
        _row("reject", "Từ chối tiếp nhận", BEFORE_ACCEPTANCE, S.REJECTED, DESK),
        _row("assign", "Phân công thụ lý", {S.ACCEPTED, S.PROCESSING}, S.PROCESSING, {R.RECEIVER, R.LEADER}),
        _row("finish_step", "Hoàn thành bước", {S.PROCESSING}, S.PROCESSING, {R.HANDLER}),
        _row("ask_supplement", "Yêu cầu bổ sung hồ sơ", {S.PROCESSING}, S.SUPPLEMENT, {R.HANDLER, R.LEADER}),
        _row("supply", "Nhận phần bổ sung", {S.SUPPLEMENT}, S.PROCESSING, {R.CITIZEN} | COUNTERS),
        _row(
            "reschedule", "Xin lỗi và hẹn lại ngày trả", {S.ACCEPTED, S.PROCESSING}, S.PROCESSING, {R.LEADER}
        ),
        _row("decide", "Quyết định", {S.PROCESSING}, S.DECIDED, {R.LEADER}),
        _row("sign", "Ký", {S.DECIDED}, S.SIGNED, {R.LEADER}),
        _row("number", "Vào số", {S.SIGNED}, S.NUMBERED, {R.RECORDS}),
        _row("publish", "Phát hành kết quả", {S.NUMBERED}, S.PUBLISHED, {R.RECORDS}),
        _row(
            "withdraw",
            "Rút hồ sơ",
            BEFORE_ACCEPTANCE | {S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT},
            S.WITHDRAWN,
            {R.CITIZEN, R.CLERK_CIVIL, R.RECEIVER},
        ),
        _row("stop", "Dừng giải quyết", {S.PROCESSING, S.SUPPLEMENT}, S.STOPPED, {R.LEADER}),
        _row(
            "close",
            "Trả kết quả",
            {S.PUBLISHED},
            S.CLOSED,
            {R.CLERK_CIVIL, R.CLERK_POSTAL, R.DISPATCHER, R.POSTMAN, R.RECORDS},
        ),
        _row("rate", "Đánh giá", {S.CLOSED}, S.CLOSED, {R.CITIZEN}),
    ),
)
