"""What an act asks for, described once: pages draw it, the API documents it, both check it here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from motcua.kernel.calendar import VIETNAM
from motcua.kernel.problems import Problem
from motcua.kernel.text import squeeze


class Invalid(Exception):
    """What was typed cannot be read; each problem names its field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(p.text for p in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to give. `kind`: text, longtext, lines, date, datetime, choice, flag, number, account, papers."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    limit: int = 500


def read_inputs(inputs: Sequence[Input], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values in their types. Raises Invalid naming each field; unknown names are refused too."""
    unknown = sorted(given.keys() - {i.name for i in inputs})
    problems = [Problem("input.unknown", "Không có mục này trong biểu mẫu.", field=name) for name in unknown]
    values: dict[str, Any] = {}
    for item in inputs:
        raw = given.get(item.name)
        if raw in (None, "", []):
            if item.required and item.kind != "flag":
                problems.append(
                    Problem("input.missing", "Hãy nhập: %(label)s.", field=item.name, params={"label": item.label})
                )
            values[item.name] = _EMPTY.get(item.kind)
            continue
        try:
            values[item.name] = _READERS[item.kind](item, raw)
        except (ValueError, TypeError, KeyError, AttributeError):
            problems.append(
                Problem("input.unreadable", "%(label)s: %(why)s", field=item.name,
                        params={"label": item.label, "why": _WHY[item.kind]})
            )  # fmt: skip
    if problems:
        raise Invalid(problems)
    return values


def _text(item: Input, raw: Any) -> str:
    if not isinstance(raw, str | int) or len(str(raw)) > item.limit:
        raise ValueError
    return squeeze(str(raw))


def _longtext(item: Input, raw: Any) -> str:
    return "\n".join(_text(Input(item.name, item.label, limit=4000), line) for line in str(raw).splitlines()).strip()


def _lines(item: Input, raw: Any) -> list[str]:
    rows = raw.splitlines() if isinstance(raw, str) else list(raw)
    return [line for row in rows if (line := _text(item, row))]


def _date(item: Input, raw: Any) -> date:
    return raw if type(raw) is date else date.fromisoformat(str(raw)[:10])


def _datetime(item: Input, raw: Any) -> datetime:
    at = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    if len(str(raw)) == 10:
        at = datetime.combine(at.date(), time(17))
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _choice(item: Input, raw: Any) -> str:
    if raw not in {value for value, _ in item.choices}:
        raise ValueError
    return str(raw)


def _flag(item: Input, raw: Any) -> bool:
    return raw is True or str(raw).lower() in {"1", "true", "on", "yes", "co"}


def _number(item: Input, raw: Any) -> int:
    value = int(str(raw).replace(".", "").replace(" ", ""))
    if not 0 <= value <= 1_000_000_000:
        raise ValueError
    return value


def _papers(item: Input, raw: Any) -> list[dict[str, Any]]:
    """[{component, kind, quantity, pages, condition}]; kind original|certified|copy|photo."""
    rows = []
    for row in raw:
        quantity, pages = int(row.get("quantity", 1)), int(row.get("pages", 1))
        if row.get("kind", "original") not in {"original", "certified", "copy", "photo"}:
            raise ValueError
        if not (0 <= quantity <= 999 and 1 <= pages <= 9999):
            raise ValueError
        if quantity:
            rows.append(
                {
                    "component": _text(item, row["component"])[:60],
                    "kind": row.get("kind", "original"),
                    "quantity": quantity,
                    "pages": pages,
                    "condition": squeeze(str(row.get("condition", "")))[:200],
                }
            )
    return rows


_READERS: dict[str, Callable[[Input, Any], Any]] = {
    "text": _text,
    "account": _text,
    "longtext": _longtext,
    "lines": _lines,
    "date": _date,
    "datetime": _datetime,
    "choice": _choice,
    "flag": _flag,
    "number": _number,
    "papers": _papers,
}
_EMPTY = {"lines": [], "papers": [], "flag": False, "text": "", "longtext": "", "choice": "", "account": ""}
_WHY = {
    "text": "quá dài hoặc không phải chữ. Hãy rút gọn.",
    "account": "không đọc được tên người. Hãy chọn trong danh sách.",
    "longtext": "quá dài hoặc không phải chữ. Hãy rút gọn.",
    "lines": "hãy ghi mỗi mục một dòng, không quá dài.",
    "date": "hãy nhập ngày có thật, ví dụ 2026-02-27.",
    "datetime": "hãy nhập ngày giờ có thật, ví dụ 2026-02-27T17:00.",
    "choice": "hãy chọn một mục trong danh sách.",
    "flag": "hãy chọn có hoặc không.",
    "number": "hãy nhập một số nguyên không âm.",
    "papers": "danh sách giấy tờ không đúng dạng; mỗi giấy tờ cần mã thành phần, loại bản và số lượng.",
}
