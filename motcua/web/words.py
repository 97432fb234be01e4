"""How values are written on a page: money, instants, time left, numbers that are hidden."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from motcua.kernel import money

DAY_MINUTES = 480


def when(value: date | None) -> str:
    """An instant as 27/02/2026 14:30 in the office's time zone, a day as 27/02/2026, nothing as an empty text."""
    if value is None:
        return ""
    return f"{local(value):%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"


def promise(value: date | None) -> str:
    """`when` with the weekday before it, for a day that somebody is promised."""
    if value is None:
        return ""
    day = local(value) if isinstance(value, datetime) else value
    return f"{weekday(day)}, {when(value)}"


def local(instant: datetime) -> datetime:
    """The instant as the office's clock shows it."""
    return timezone.localtime(instant) if timezone.is_aware(instant) else instant


def weekday(day: date) -> str:
    """The name of the weekday as Vietnamese writes it inside a sentence."""
    names = (
        _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"),
    )  # fmt: skip
    return names[day.weekday()]


def span(minutes: int, day_minutes: int = DAY_MINUTES) -> str:
    """Working minutes in the two largest units that say something: "2 ngày 3 giờ", "45 phút"."""
    days, rest = divmod(abs(minutes), day_minutes)
    hours, odd = divmod(rest, 60)
    parts = [
        ngettext("%d ngày", "%d ngày", days) % days if days else "",
        ngettext("%d giờ", "%d giờ", hours) % hours if hours else "",
        ngettext("%d phút", "%d phút", odd) % odd if odd and not days else "",
    ]
    return " ".join(part for part in parts if part) or _("0 phút")


def left(minutes: int | None, day_minutes: int = DAY_MINUTES) -> str:
    """Working time left or overrun: "còn 2 ngày 3 giờ", "trễ 1 ngày", "đến hạn" at nought; None is no clock."""
    if minutes is None:
        return _("chưa tính hạn")
    if minutes == 0:
        return _("đến hạn")
    text = span(minutes, day_minutes)
    return _("còn %s") % text if minutes > 0 else pgettext("quá hạn bao lâu", "trễ %s") % text


def masked(number: str) -> str:
    """A citizen number with only its province and last two digits: 042•••••••34. Short numbers vanish wholly."""
    plain = re.sub(r"\s", "", number or "")
    if len(plain) < 7:
        return "•" * len(plain)
    return plain[:3] + "•" * (len(plain) - 5) + plain[-2:]


def dong(amount: int) -> str:
    """26.000 đ as the kernel writes it, with a space that does not break and a true minus."""
    return money.dong(amount).replace(" ", "\u00a0").replace("-", "−")
