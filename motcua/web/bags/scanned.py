"""One thing said at the scanner's screen, by a sticker, an order's code or a button: what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.acts import handover, scanning
from motcua.custody.models import Line, Manifest
from motcua.journal.actions import Answer
from motcua.journal.rules import Command
from motcua.kernel.keys import normal_reference
from motcua.kernel.problems import Problem, refusal
from motcua.looks.scanning import lines_told
from motcua.web.bags.orders import BY_CODE, Order
from motcua.web.shared.door import command
from motcua.web.shared.shown import problem_text

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """`tone` good, again, bad or undone: its colour, shape and sound; `word` the huge one, `name` what it is about.

    `last` are the lines a mark would concern now; `over` a code that may be recorded as over; `leave` another page.
    """

    tone: str
    word: str
    name: str = ""
    about: str = ""
    lines: list[Line] = field(default_factory=list)
    last: str = ""
    over: str = ""
    leave: str = ""


def say(request: HttpRequest, manifest: Manifest, *, taking: bool) -> Outcome:
    """Does what was scanned or pressed. Raises Refused."""
    code = (request.POST.get("order") or request.POST.get("code", "")).strip()[:LONGEST]
    order = BY_CODE.get(code)
    if order is not None:
        return _obey(request, manifest, order, taking=taking)
    if not code:
        raise refusal("paper.nothing_named", "Hãy quét mã dán trên giấy tờ, hoặc gõ mã hồ sơ.", field="scan")
    _refuse_torn(code)
    return _receive(request, manifest, code) if taking else _put_in(request, manifest, code)


def refused(request: HttpRequest, problems: Iterable[Problem]) -> Outcome:
    """A refusal as the screen shows it; a paper that is not on the list may be recorded as over."""
    problems = list(problems)
    code = (request.POST.get("order") or request.POST.get("code", "")).strip()[:LONGEST]
    unlisted = any(p.code == "paper.not_on_list" for p in problems)
    word = _("Không có trong bảng kê") if unlisted else _("Chưa ghi được")
    over = code if unlisted and normal_reference(code) else request.POST.get("over", "")
    why = " ".join(problem_text(p) for p in problems)
    return Outcome("bad", word, code if unlisted else "", why, last=request.POST.get("last", ""), over=over)


def _receive(request: HttpRequest, manifest: Manifest, code: str) -> Outcome:
    wish = _wish(request, "scan", manifest, code=code)
    done = handover.examine_by_sticker(wish, _actor(request), manifest.number, code)
    word, tone = (_("Nhận"), "good") if done["received"] else (_("Đã quét rồi"), "again")
    return _told(manifest, done, tone, word, last=done["lines"])


def _put_in(request: HttpRequest, manifest: Manifest, code: str) -> Outcome:
    wish = _wish(request, "add", manifest, named=[code])
    done = handover.add_to_manifest(wish, _actor(request), manifest.number, code)
    word, tone = (_("Đã thêm"), "good") if done["added"] else (_("Đã có trong túi"), "again")
    return _told(manifest, done, tone, word)


def _obey(request: HttpRequest, manifest: Manifest, order: Order, *, taking: bool) -> Outcome:
    if order.what == "undo":
        undo = scanning.undo_scan if taking else scanning.undo_add
        done = undo(_wish(request, "undo", manifest), _actor(request), manifest.number)
        return _told(manifest, done, "undone", _("Đã hoàn tác"))
    if not taking:
        raise refusal("scan.not_here", "Mã lệnh này chỉ dùng khi nhận túi.", field="scan")
    return _TAKING[order.what](request, manifest, order)


def _damaged(request: HttpRequest, manifest: Manifest, order: Order) -> Outcome:
    lines = _ids(request.POST.get("last", ""))
    if len(lines) != 1:
        raise refusal(
            "scan.which_paper", "Chưa rõ tờ nào hư hỏng. Hãy quét mã dán của tờ đó rồi ghi hư hỏng.", field="scan"
        )
    named = [str(n) for n in lines]
    wish = _wish(request, "examine", manifest, lines=named, finding="damaged", note=order.note)
    done = handover.examine(wish, _actor(request), manifest.number, lines, "damaged", order.note)
    return _told(manifest, {**done, "lines": named}, "bad", _("Hư hỏng"), order.note, last=named)


def _rest(request: HttpRequest, manifest: Manifest, order: Order) -> Outcome:
    done = scanning.short_rest(_wish(request, "short_rest", manifest), _actor(request), manifest.number, order.note)
    return _told(manifest, done, "bad", _("Ghi thiếu"), order.note)


def _over(request: HttpRequest, manifest: Manifest, order: Order) -> Outcome:
    given = {"sticker": request.POST.get("over", "")[:LONGEST], "note": order.note}
    done = handover.add_over(_wish(request, "add_over", manifest, **given), _actor(request), manifest.number, **given)
    return _told(manifest, done, "bad", _("Thừa"), order.note)


def _close(request: HttpRequest, manifest: Manifest, order: Order) -> Outcome:
    intact = order.what == "close"
    wish = _wish(request, "close", manifest, seal_intact=intact)
    handover.close_manifest(wish, _actor(request), manifest.number, intact)
    return Outcome("good", _("Đã nhận xong"), manifest.number, leave=reverse("bags:bag", args=[manifest.number]))


def _park(request: HttpRequest, manifest: Manifest, order: Order) -> Outcome:
    wish = _wish(request, "park", manifest, reason=order.note)
    handover.park_manifest(wish, _actor(request), manifest.number, order.note)
    return Outcome("again", _("Đã tạm gác"), manifest.number, leave=reverse("bags:home"))


_TAKING = {
    "damaged": _damaged, "rest": _rest, "over": _over, "close": _close, "close_broken": _close, "park": _park,
}  # fmt: skip


def _told(
    manifest: Manifest, done: Answer, tone: str, word: str, note: str = "", last: Iterable[str] = ()
) -> Outcome:
    lines = lines_told(manifest, done["lines"])
    names = [line.paper.name for line in lines]
    more = _(" và %d giấy tờ khác") % (len(names) - 2) if len(names) > 2 else ""
    about = [note] if note else []
    if len({line.paper.dossier_id for line in lines}) == 1:
        dossier = lines[0].paper.dossier
        about = [dossier.code or dossier.reference, dossier.applicant.name, *about]
    return Outcome(tone, word, ", ".join(names[:2]) + more, " · ".join(about), lines, ",".join(last))


def _refuse_torn(code: str) -> None:
    """A scanner types plain letters: others mean that an input method stood between."""
    if not code.isascii():
        raise refusal(
            "scan.input_method",
            "Bộ gõ tiếng Việt đã đổi mã vừa quét. Hãy tắt bộ gõ (thường là Ctrl+Shift) rồi quét lại.",
            field="scan",
        )


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(one) for one in text.split(",") if one]
    except ValueError:
        return []


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _wish(request: HttpRequest, name: str, manifest: Manifest, **given: Any) -> Command:
    return command(request, f"manifest.{name}", {"manifest": manifest.number, **given})
