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
    ASSIGNED = "assigned"
    OUT = "out"
    FAILED = "failed"
    HELD = "held"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"
    DAMAGED = "damaged"

    @property
    def label(self) -> str:
        return {
            "ready": "Chờ phát tại bưu cục",
            "assigned": "Đã phân, chờ bưu tá nhận",
            "out": "Bưu tá đang phát",
            "failed": "Phát chưa được, bưu tá đang giữ",
            "held": "Lưu tại bưu cục",
            "delivered": "Đã phát",
            "returned": "Đã chuyển hoàn",
            "lost": "Thất lạc",
            "damaged": "Hư hỏng",
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
    action: str, label: str, sources: set[Any] | frozenset[Any], target: StrEnum, roles: set[Role] | frozenset[Role]
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
        _row("readdress", "Đổi nơi nhận đã sáp nhập", {M.OPEN}, M.OPEN, GIVERS),
        _row("readdress", "Đổi nơi nhận đã sáp nhập", {M.SEALED}, M.SEALED, GIVERS),
        _row("readdress", "Đổi nơi nhận đã sáp nhập", {M.PARKED}, M.PARKED, GIVERS),
        _row("examine", "Kiểm dòng", {M.SEALED, M.PARKED}, M.SEALED, TAKERS),
        _row("unexamine", "Hoàn tác kiểm dòng", {M.SEALED, M.PARKED}, M.SEALED, TAKERS),
        _row("add_over", "Ghi giấy tờ thừa", {M.SEALED, M.PARKED}, M.SEALED, TAKERS),
        _row("park", "Tạm gác", {M.SEALED}, M.PARKED, TAKERS),
        _row("close", "Xác nhận nhận bàn giao", {M.SEALED, M.PARKED}, M.CLOSED, TAKERS),
    ),
)

# An item on its way; a dossier has at most one.
LIVE_PARCEL = frozenset({P.READY, P.ASSIGNED, P.OUT, P.FAILED, P.HELD})
# An item that is some postman's business: offered to him, in his bag, or tried and still with him.
WITH_POSTMAN = frozenset({P.ASSIGNED, P.OUT, P.FAILED})
_OFFICE = frozenset({R.DISPATCHER, R.CLERK_POSTAL})

PARCEL = Machine(
    "parcel",
    P,
    (
        _row("dispatch", "Phân bưu tá phát", {P.READY}, P.ASSIGNED, _OFFICE),
        _row("withdraw", "Thôi phân bưu tá", {P.ASSIGNED}, P.READY, _OFFICE),
        _row("take_out", "Nhận đi phát", {P.ASSIGNED, P.FAILED}, P.OUT, {R.POSTMAN}),
        _row("deliver", "Phát thành công", {P.OUT}, P.DELIVERED, {R.POSTMAN}),
        _row("fail", "Phát chưa được", {P.OUT}, P.FAILED, {R.POSTMAN}),
        _row("bring_back", "Nhận lại từ bưu tá", {P.OUT, P.FAILED}, P.READY, _OFFICE),
        _row("hold", "Lưu tại bưu cục", {P.READY}, P.HELD, _OFFICE),
        _row("collect", "Trả tại bưu cục", {P.HELD}, P.DELIVERED, _OFFICE),
        _row("send_back", "Chuyển hoàn", {P.READY, P.HELD}, P.RETURNED, _OFFICE),
        _row("lose", "Báo thất lạc", LIVE_PARCEL, P.LOST, {R.DISPATCHER}),
        _row("damage", "Báo hư hỏng", LIVE_PARCEL, P.DAMAGED, {R.DISPATCHER}),
    ),
)

OPEN_PICKUP = frozenset({K.ORDERED, K.ASSIGNED, K.FAILED})

PICKUP = Machine(
    "pickup",
    K,
    (
        _row("assign", "Phân bưu tá", OPEN_PICKUP, K.ASSIGNED, {R.DISPATCHER}),
        _row("collect", "Đã nhận giấy tờ", {K.ASSIGNED}, K.COLLECTED, {R.POSTMAN}),
        _row("fail", "Chưa nhận được", {K.ASSIGNED}, K.FAILED, {R.POSTMAN}),
        _row("move", "Đổi ngày, khung giờ", OPEN_PICKUP, K.ORDERED, {R.CITIZEN, R.DISPATCHER}),
        _row("cancel", "Huỷ yêu cầu", OPEN_PICKUP, K.CANCELLED, {R.CITIZEN, R.DISPATCHER}),
    ),
)
