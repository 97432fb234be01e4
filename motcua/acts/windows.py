"""When the post fetches papers from a home: days it is open, and the windows the pack offers."""

from datetime import date

from motcua.acts.inputs import Invalid
from motcua.kernel.problems import Problem
from motcua.law.model import Pack


def windows_on(law: Pack, day: date) -> list[str]:
    """The windows offered on a day, earliest first, as the pack writes them: "08:00–10:00"."""
    return str(law.rule("pickup_windows", day)).split()


def refuse_pickup_day(law: Pack, wanted: date, today: date) -> None:
    """Raises Invalid for a day that is past or on which the post is closed; Refused for a year it does not know."""
    if wanted < today:
        raise Invalid([Problem("pickup.past", "Ngày nhận tại nhà đã qua. Hãy chọn ngày khác.", field="pickup_on")])
    calendar = law.calendar("post")
    reason = calendar.reason(wanted)
    if calendar.is_open_day(wanted):
        return
    why = f" ({reason.name})" if reason.name else ""
    raise Invalid(
        [
            Problem(
                "pickup.closed",
                "Bưu điện nghỉ ngày %(day)s%(why)s. Hãy chọn ngày khác.",
                field="pickup_on",
                params={"day": f"{wanted:%d/%m/%Y}", "why": why},
            )
        ]
    )


def refuse_window(law: Pack, window: str, day: date) -> None:
    """Raises Invalid for a window the post does not offer on that day; none at all means any time."""
    offered = windows_on(law, day)
    if window and window not in offered:
        raise Invalid(
            [
                Problem(
                    "pickup.window",
                    "Bưu tá không đến vào khung giờ “%(window)s”. Hãy chọn: %(offered)s.",
                    field="pickup_window",
                    params={"window": window[:20], "offered": ", ".join(offered)},
                )
            ]
        )
