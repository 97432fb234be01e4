"""What can be posted on a bag's page: each name leads to one act and to the words said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.messages import INFO, SUCCESS
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.acts import handover
from motcua.custody.lifecycle import Finding
from motcua.journal.rules import Command
from motcua.kernel.problems import refusal
from motcua.looks.access import NotFound
from motcua.procedures.queries import current_law
from motcua.web.shared.action_forms import seen_of
from motcua.web.shared.door import command

MOST = 300


@dataclass(frozen=True, slots=True)
class Done:
    """What to say, how loudly, and whether the page is left."""

    words: str
    level: int = SUCCESS
    leave: bool = False


def _wish(request: HttpRequest, name: str, number: str, **given: Any) -> Command:
    return command(request, f"manifest.{name}", {"manifest": number, **given})


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:500]


def _line(request: HttpRequest) -> UUID:
    return _lines(request)[0]


def _lines(request: HttpRequest) -> list[UUID]:
    """The lines posted, at least one."""
    try:
        lines = [UUID(text) for text in request.POST.getlist("line")[:MOST]]
    except ValueError:
        raise NotFound("line") from None
    if not lines:
        raise refusal("manifest.no_line", "Chưa chọn dòng nào. Hãy đánh dấu các dòng cần ghi.", field="line")
    return lines


def add(request: HttpRequest, number: str) -> Done:
    """A scan, or the papers ticked, go on the list."""
    named = [_text(request, "code")] if "code" in request.POST else request.POST.getlist("paper")[:MOST]
    named = [name for name in named if name]
    if not named:
        raise refusal("paper.nothing_named", "Hãy quét mã dán trên giấy tờ, hoặc gõ mã hồ sơ.", field="scan")
    wish = _wish(request, "add", number, named=named)
    done = handover.add_to_manifest(wish, request.actor, number, *named)  # type: ignore[attr-defined]
    if not done["added"]:
        return Done(_("Đã có trong túi rồi, không thêm lần nữa."), INFO)
    return Done(_counted_words(_("Đã thêm vào túi: %s."), done["papers"]))


def remove(request: HttpRequest, number: str) -> Done:
    line = _line(request)
    wish = _wish(request, "remove", number, line=str(line))
    handover.remove_from_manifest(wish, request.actor, number, line)  # type: ignore[attr-defined]
    return Done(_("Đã bỏ khỏi túi."))


def seal(request: HttpRequest, number: str) -> Done:
    seal, carrier, seen = _text(request, "seal"), _text(request, "carrier"), seen_of(request)
    wish = _wish(request, "seal", number, seal=seal, carrier=carrier, seen=seen)
    handover.seal_manifest(wish, request.actor, number, seal, carrier, seen)  # type: ignore[attr-defined]
    return Done(_("Đã niêm phong. In bảng kê, ký và giao cho người vận chuyển."))


def cancel(request: HttpRequest, number: str) -> Done:
    handover.cancel_manifest(_wish(request, "cancel", number), request.actor, number)  # type: ignore[attr-defined]
    return Done(_("Đã huỷ bảng kê %s; giấy tờ vẫn ở đây.") % number, leave=True)


def readdress(request: HttpRequest, number: str) -> Done:
    done = handover.readdress(_wish(request, "readdress", number), request.actor, number)  # type: ignore[attr-defined]
    return Done(_("Túi đổi nơi nhận: %s.") % current_law().office(done["taker"]).name)


def scan(request: HttpRequest, number: str) -> Done:
    """One scan at the taker's desk."""
    code = _text(request, "code")
    if not code:
        raise refusal("paper.nothing_named", "Hãy quét mã dán trên giấy tờ, hoặc gõ mã hồ sơ.", field="scan")
    wish = _wish(request, "scan", number, code=code)
    done = handover.examine_by_sticker(wish, request.actor, number, code)  # type: ignore[attr-defined]
    if not done["received"]:
        return Done(_counted_words(_("Đã ghi từ trước: %s."), done["papers"]), INFO)
    return Done(_counted_words(_("Đã nhận: %s."), done["papers"]))


def examine(request: HttpRequest, number: str) -> Done:
    """What was found for one line, or for all that are ticked."""
    lines, note = _lines(request), _text(request, "note")
    finding = request.POST.get("finding", "")
    if not finding:
        raise refusal("manifest.no_finding", "Hãy chọn kết quả kiểm: đủ, thiếu, hư hỏng…", field="finding")
    was = request.POST.get("was") if len(lines) == 1 else None
    wish = _wish(request, "examine", number, lines=[str(n) for n in lines], finding=finding, note=note, was=was)
    handover.examine(wish, request.actor, number, lines, finding, note, was)  # type: ignore[attr-defined]
    n = len(lines)
    words = ngettext("Đã ghi “%(what)s” cho %(n)d dòng.", "Đã ghi “%(what)s” cho %(n)d dòng.", n)
    return Done(words % {"what": _(Finding(finding).label), "n": n})


def add_over(request: HttpRequest, number: str) -> Done:
    given = {"sticker": _text(request, "sticker"), "note": _text(request, "note")}
    handover.add_over(_wish(request, "add_over", number, **given), request.actor, number, **given)  # type: ignore[attr-defined]
    return Done(_("Đã ghi giấy tờ thừa; nơi đang đứng tên giữ thấy ngay."))


def park(request: HttpRequest, number: str) -> Done:
    reason = _text(request, "reason")
    handover.park_manifest(_wish(request, "park", number, reason=reason), request.actor, number, reason)  # type: ignore[attr-defined]
    return Done(_("Đã tạm gác bảng kê %s.") % number, leave=True)


def close(request: HttpRequest, number: str) -> Done:
    intact = {"1": True, "0": False}.get(request.POST.get("seal_intact", ""))
    seen = seen_of(request)
    wish = _wish(request, "close", number, seal_intact=intact, seen=seen)
    handover.close_manifest(wish, request.actor, number, intact, seen)  # type: ignore[attr-defined]
    return Done(_("Đã xác nhận nhận bàn giao."))


def _counted_words(sentence: str, names: list[str]) -> str:
    shown = ", ".join(names[:3]) + (_(" và %d giấy tờ khác") % (len(names) - 3) if len(names) > 3 else "")
    return sentence % shown


ACTS: dict[str, Callable[[HttpRequest, str], Done]] = {
    "them": add,
    "bo": remove,
    "niem-phong": seal,
    "huy": cancel,
    "doi-noi": readdress,
    "nhan": scan,
    "kiem": examine,
    "thua": add_over,
    "gac": park,
    "xong": close,
}
