"""What can be said with the scanner alone: each order has a code of six digits, on a printed card and on a button.

Digits, because a Vietnamese input method leaves a row of digits as it is; six, because no sticker has six.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Order:
    """`what` is done with the note `note`; `label` is on the button and on the card."""

    code: str
    what: str
    label: Any
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A key that opens a few numbered orders."""

    key: str
    label: Promise | str
    orders: tuple[Order, ...]


UNDO = Order("900010", "undo", _("Hoàn tác lần quét cuối"))
OVER = Order("900030", "over", _("Ghi là giấy tờ thừa"), "Có trong túi, không có trong bảng kê")
TAKING = (
    Choice("F4", _("Giấy vừa quét bị hư hỏng"), (
        Order("900021", "damaged", _("Rách, thủng"), "Rách, thủng"),
        Order("900022", "damaged", _("Ướt, nhoè chữ"), "Ướt, nhoè chữ"),
        Order("900023", "damaged", _("Thiếu trang"), "Thiếu trang"),
        Order("900024", "damaged", _("Nhàu nát"), "Nhàu nát"),
        Order("900025", "damaged", _("Mờ dấu, mờ chữ ký"), "Mờ dấu, mờ chữ ký"),
    )),
    Choice("F7", _("Túi đã hết"), (
        Order("900040", "rest", _("Ghi thiếu mọi giấy tờ còn lại"), "Túi đã hết, không thấy giấy tờ này"),
    )),
    Choice("F8", _("Xác nhận nhận bàn giao"), (
        Order("900051", "close", _("Niêm phong nguyên vẹn")),
        Order("900052", "close_broken", _("Niêm phong không nguyên vẹn")),
    )),
    Choice("F10", _("Tạm gác, kiểm sau"), (
        Order("900061", "park", _("Hết giờ làm việc"), "Hết giờ làm việc"),
        Order("900062", "park", _("Chờ đối chiếu với bên giao"), "Chờ đối chiếu với bên giao"),
    )),
)  # fmt: skip

BY_CODE = {order.code: order for order in (UNDO, OVER, *(o for choice in TAKING for o in choice.orders))}
