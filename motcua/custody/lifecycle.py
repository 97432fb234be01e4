"""The lives of a manifest, a parcel and a home pick-up, each as one table."""

from enum import StrEnum
from typing import Any

from motcua.kernel.machine import Machine, Transition
from motcua.people.rules import Role

R = Role
GIVERS = frozenset({R.CLERK_CIVIL, R.CLERK_POSTAL, R.RECEIVER, R.RECORDS, R.DISPATCHER})
TAKERS = frozenset({R.CLERK_CIVIL, R.CLERK_POSTAL, R.RECEIVER, R.DISPATCHER})


class ManifestState(StrEnum):
    OPEN = "open"
    SEALED = "sealed"
    PARKED = "parked"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "open": "Đang lập",
            "sealed": "Đã niêm phong, chờ nhận",
            "parked": "Tạm gác, còn dòng chưa kiểm",
            "closed": "Đã nhận xong",
            "cancelled": "Đã huỷ",
        }[self.value]


class Finding(StrEnum):
    """What the taker found for one line."""

    RECEIVED = "received"
    SHORT = "short"
    OVER = "over"
    DAMAGED = "damaged"
    MISROUTED = "misrouted"
    NOT_EXAMINED = "not_examined"

    @property
    def label(self) -> str:
        return {
            "received": "Nhận đủ",
            "short": "Thiếu",
            "over": "Thừa",
            "damaged": "Hư hỏng",
            "misrouted": "Nhầm nơi nhận",
            "not_examined": "Chưa kiểm",
        }[self.value]


# Findings after which the paper is in the taker's hands.
IN_HAND = frozenset({Finding.RECEIVED, Finding.OVER, Finding.DAMAGED, Finding.MISROUTED})
DIFFERENCES = frozenset(
    {Finding.SHORT, Finding.OVER, Finding.DAMAGED, Finding.MISROUTED, Finding.NOT_EXAMINED}
)


class ParcelState(StrEnum):
    READY = "ready"
    OUT = "out"
    FAILED = "failed"
    HELD = "held"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {
            "ready": "Chờ phát",
            "out": "Bưu tá đang phát",
            "failed": "Phát chưa được",
            "held": "Lưu tại bưu cục",
            "delivered": "Đã phát",
            "returned": "Đã chuyển hoàn",
            "lost": "Thất lạc",
        }[self.value]


class PickupState(StrEnum):
    ORDERED = "ordered"
    ASSIGNED = "assigned"
    COLLECTED = "collected"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "ordered": "Chờ phân bưu tá",
            "assigned": "Bưu tá đang đến",
            "collected": "Đã nhận giấy tờ",
            "failed": "Chưa nhận được",
            "cancelled": "Đã huỷ",
        }[self.value]


def _row(
    action: str, label: str, sources: set[StrEnum], target: StrEnum, roles: set[Role] | frozenset[Role]
) -> Transition[Any]:
    return Transition(
        action=action, sources=frozenset(sources), target=target, roles=frozenset(roles), label=label
    )


M, P, K = ManifestState, ParcelState, PickupState

MANIFEST = Machine(
    "manifest",
    M,
    (
        _row("add", "Thêm giấy tờ", {M.OPEN}, M.OPEN, GIVERS),
        _row("remove", "Bỏ khỏi bảng kê", {M.OPEN}, M.OPEN, GIVERS),
        _row("seal", "Niêm phong túi", {M.OPEN}, M.SEALED, GIVERS),
        _row("cancel", "Huỷ bảng kê", {M.OPEN}, M.CANCELLED, GIVERS),
        _row("examine", "Kiểm dòng", {M.SEALED, M.PARKED}, M.SEALED, TAKERS),
        _row("unexamine", "Hoàn tác kiểm dòng", {M.SEALED, M.PARKED}, M.SEALED, TAKERS),
        _row("add_over", "Ghi giấy tờ thừa", {M.SEALED, M.PARKED}, M.SEALED, TAKERS),
        _row("park", "Tạm gác", {M.SEALED}, M.PARKED, TAKERS),
        _row("close", "Xác nhận nhận bàn giao", {M.SEALED, M.PARKED}, M.CLOSED, TAKERS),
    ),
)

PARCEL = Machine(
    "parcel",
    P,
    (
        _row("dispatch", "Giao bưu tá phát", {P.READY, P.FAILED}, P.OUT, {R.DISPATCHER, R.CLERK_POSTAL}),
        _row("deliver", "Phát thành công", {P.OUT}, P.DELIVERED, {R.POSTMAN}),
        _row("fail", "Phát chưa được", {P.OUT}, P.FAILED, {R.POSTMAN}),
        _row("hold", "Lưu tại bưu cục", {P.FAILED}, P.HELD, {R.DISPATCHER, R.CLERK_POSTAL}),
        _row("collect", "Trả tại bưu cục", {P.HELD}, P.DELIVERED, {R.CLERK_POSTAL, R.DISPATCHER}),
        _row("send_back", "Chuyển hoàn", {P.FAILED, P.HELD}, P.RETURNED, {R.DISPATCHER, R.CLERK_POSTAL}),
        _row("lose", "Báo thất lạc", {P.READY, P.OUT, P.FAILED, P.HELD}, P.LOST, {R.DISPATCHER}),
    ),
)

PICKUP = Machine(
    "pickup",
    K,
    (
        _row("assign", "Phân bưu tá", {K.ORDERED, K.ASSIGNED, K.FAILED}, K.ASSIGNED, {R.DISPATCHER}),
        _row("collect", "Đã nhận giấy tờ", {K.ASSIGNED}, K.COLLECTED, {R.POSTMAN}),
        _row("fail", "Chưa nhận được", {K.ASSIGNED}, K.FAILED, {R.POSTMAN}),
        _row(
            "cancel", "Huỷ yêu cầu", {K.ORDERED, K.ASSIGNED, K.FAILED}, K.CANCELLED, {R.CITIZEN, R.DISPATCHER}
        ),
    ),
)
