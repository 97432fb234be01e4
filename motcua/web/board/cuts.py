"""What an address of the province's list asks for, and how such an address is written: one vocabulary both ways."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from motcua.dossiers.lifecycle import OPEN, State
from motcua.dossiers.models import Channel, ReturnBy
from motcua.kernel.clock import add_minutes
from motcua.law.model import Pack
from motcua.looks.deadlines import calendar_of
from motcua.looks.worklists import Cut
from motcua.stats.figures import Figure, Urgency
from motcua.web.shared.rows import SOON

S = State
# The columns of the load: states that wait for the same side.
GROUPS: dict[str, tuple[str, frozenset[State]]] = {
    "cho-tiep-nhan": (noop("Chờ tiếp nhận"), frozenset({S.FILED, S.TAKEN, S.INCOMPLETE})),
    "da-tiep-nhan": (noop("Đã tiếp nhận"), frozenset({S.ACCEPTED})),
    "dang-giai-quyet": (noop("Đang giải quyết"), frozenset({S.PROCESSING})),
    "cho-bo-sung": (noop("Chờ bổ sung"), frozenset({S.SUPPLEMENT})),
    "cho-ky": (noop("Chờ ký, vào số, phát hành"), frozenset({S.DECIDED, S.SIGNED, S.NUMBERED})),
    "cho-tra": (noop("Có kết quả, chờ trả"), frozenset({S.PUBLISHED})),
    "dang-mo": (noop("Còn mở"), OPEN),
}
FIGURES = {
    Figure.FILED: noop("Tiếp nhận"),
    Figure.CLOSED: noop("Đã giải quyết"),
    Figure.ON_TIME: noop("Đúng hạn"),
    Figure.LATE: noop("Trễ hạn"),
}
URGENCIES = {
    Urgency.LATE: noop("Đang trễ hạn"),
    Urgency.SOON: noop("Sắp đến hạn"),
    Urgency.IN_TIME: noop("Còn hạn"),
}
MONEY = {
    "hand": noop("Tiền còn trong tay người, nơi giữ"),
    "people": noop("Tiền còn trong tay từng người"),
    "remitted": noop("Tiền đã nộp"),
    "all": noop("Có thu tiền"),
}
PURSES = {"state": noop("phí, lệ phí nhà nước"), "post": noop("cước bưu chính")}


def list_url(**asked: Any) -> str:
    """The address of the list behind a figure: agency, group, figure, month, channel, return_by, urgency, money,
    purse, money_at, after."""
    named = {
        _NAMES[key]: f"{value:%Y-%m}" if isinstance(value, date) else str(value)
        for key, value in asked.items()
        if value
    }
    query = urlencode(named)
    return f"{reverse('board:dossiers')}?{query}" if query else reverse("board:dossiers")


_NAMES = {
    "agency": "co-quan",
    "group": "nhom",
    "figure": "so-lieu",
    "month": "thang",
    "channel": "kenh",
    "return_by": "tra",
    "urgency": "han",
    "money": "tien",
    "purse": "quy",
    "money_at": "noi",
    "after": "sau",
}


def asked_of(query: Mapping[str, str]) -> dict[str, Any]:
    """What an address asks for, in the words of `list_url`; whatever cannot be read is as if not asked."""
    given = {key: query.get(name, "")[:100] for key, name in _NAMES.items()}
    known: dict[str, Any] = {
        "group": GROUPS, "figure": set(Figure), "channel": Channel.values, "return_by": ReturnBy.values,
        "urgency": set(Urgency), "money": MONEY, "purse": PURSES,
    }  # fmt: skip
    asked: dict[str, Any] = {
        key: value for key, value in given.items() if value and (key not in known or value in known[key])
    }
    if month := read_month(given["month"]):
        asked["month"] = month
    else:
        asked.pop("month", None)
        asked.pop("figure", None)
    return asked


def cut_of(asked: Mapping[str, Any], law: Pack, now: datetime) -> Cut:
    """The same for the look."""
    own = ("agency", "figure", "month", "channel", "return_by", "urgency", "money", "purse", "money_at")
    named = {key: asked[key] for key in own if key in asked}
    group = asked.get("group")
    return Cut(
        **named, states=frozenset(GROUPS[group][1]) if group else frozenset(), now=now, soon=soon_after(law, now)
    )


def soon_after(law: Pack, now: datetime) -> datetime:
    """Up to when a date due counts as near: one working day on."""
    return add_minutes(now, SOON, calendar_of(law))


def read_month(text: str) -> date | None:
    """A month written 2026-07."""
    year, _dash, month = text.partition("-")
    if (
        year.isdecimal()
        and month.isdecimal()
        and len(year) == 4
        and 2000 <= int(year) <= 2100
        and 1 <= int(month) <= 12
    ):
        return date(int(year), int(month), 1)
    return None


def words_of(asked: Mapping[str, Any], law: Pack) -> list[str]:
    """What the list is narrowed to, in words."""
    parts = []
    if "month" in asked:
        figure = _(FIGURES[Figure(asked.get("figure", Figure.FILED))])
        parts.append(_("%(figure)s trong tháng %(month)s") % {"figure": figure, "month": f"{asked['month']:%m/%Y}"})
    if "urgency" in asked:
        parts.append(_(URGENCIES[Urgency(asked["urgency"])]))
    if "group" in asked:
        parts.append(_(GROUPS[asked["group"]][0]))
    if "agency" in asked:
        parts.append(office_name(asked["agency"], law))
    if "channel" in asked:
        parts.append(_(Channel(asked["channel"]).label))
    if "return_by" in asked:
        parts.append(_(ReturnBy(asked["return_by"]).label))
    if "money" in asked:
        parts.append(_(MONEY[asked["money"]]))
    if "purse" in asked:
        parts.append(_(PURSES[asked["purse"]]))
    if "money_at" in asked:
        parts.append(office_name(asked["money_at"], law))
    return parts


def office_name(code: str, law: Pack) -> str:
    """An office as a table names it."""
    return law.office(code).short if code in law.office_map else code
