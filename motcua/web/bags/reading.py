"""One bag as its page shows it: its lines, how they add up, and what each side may do now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from motcua.acts.handover import giver_roles, taker_roles
from motcua.acts.listing import closed_problems, other_lists
from motcua.custody.lifecycle import DIFFERENCES, MANIFEST, Finding, ManifestState
from motcua.custody.models import Discrepancy, Line, Manifest
from motcua.journal.queries import entries_of
from motcua.looks.access import local_day
from motcua.looks.bags import Reckoning, lines_of, reckon
from motcua.looks.destinations import heaps
from motcua.looks.discrepancies import discrepancies_of
from motcua.looks.duties import to_assign
from motcua.looks.story import tell
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.shared.case_parts import story_of
from motcua.web.shared.door import new_key
from motcua.web.shared.rows import tone_of

_FORMS = ("scan", "add", "seal", "cancel", "over", "park", "close", "bulk", "readdress")
_MARKS = {"": "waiting", Finding.RECEIVED: "in_time", Finding.NOT_EXAMINED: "soon"}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: the paper, what the taker found, and the discrepancy that came of it."""

    line: Line
    kind: str
    mark: str
    words: str
    tone: str
    case: Discrepancy | None
    also_on: list[str]
    key: str


def bag_context(actor: Actor, manifest: Manifest, now: datetime) -> dict[str, Any]:
    """Everything the page of a bag shows."""
    law = current_law()
    lines = lines_of(manifest)
    numbers = reckon(lines)
    state = ManifestState(manifest.state)
    giving, taking = giver_roles(actor, manifest), taker_roles(actor, manifest)
    can = {t.action for roles in (giving, taking) for t in MANIFEST.allowed(state, roles)}
    ready = heaps(actor, manifest.giver_id, law, local_day(now)) if "add" in can and giving else []
    page_key, found = UUID(new_key()), [] if state is ManifestState.OPEN else discrepancies_of(manifest)
    other = other_lists(manifest)
    of_line = {d.line_id: d for d in found if d.line_id}
    return {
        "manifest": manifest,
        "state": _(state.label),
        "lines": [_line(line, page_key, of_line.get(line.pk), other.get(line.paper_id, [])) for line in lines],
        "numbers": numbers,
        "merged": list(closed_problems(manifest.taker_id, local_day(now))) if "readdress" in can else [],
        "seal_case": next((d for d in found if not d.line_id), None),
        "said": _differences(numbers),
        "unseen": numbers.blank + numbers.differences.get(Finding.NOT_EXAMINED, 0),
        "can": {"examine": "examine" in can and bool(taking), "add": "add" in can and bool(giving)},
        "parkable": state is ManifestState.SEALED,
        "ready": next((heap.papers for heap in ready if heap.to == manifest.taker_id), []),
        "findings": [(f.value, _(f.label)) for f in Finding if f is not Finding.OVER],
        "assignable": _to_assign(actor, manifest, state),
        "entries": story_of(tell(entries_of(manifest.pk), law)),
        "keys": {name: str(uuid5(page_key, name)) for name in _FORMS},
    }


def _line(line: Line, page_key: UUID, case: Discrepancy | None, also_on: list[str]) -> LineShown:
    open_difference = line.finding in DIFFERENCES and (case is None or case.ended_at is None)
    mark = _MARKS.get(line.finding, "late") if open_difference or line.finding not in DIFFERENCES else "info"
    words = _(Finding(line.finding).label) if line.finding else _("chưa kiểm")
    kind = _(line.paper.get_kind_display())
    return LineShown(line, kind, mark, words, tone_of(mark), case, also_on, str(uuid5(page_key, f"{line.pk}:say")))


def _differences(numbers: Reckoning) -> list[tuple[str, int]]:
    return [(_(Finding(name).label), n) for name, n in numbers.differences.items()]


def _to_assign(actor: Actor, manifest: Manifest, state: ManifestState) -> int:
    """How many dossiers wait at the taker for a handler, once the bag is received."""
    if state is not ManifestState.CLOSED or Role.RECEIVER not in actor.roles_at(manifest.taker_id):
        return 0
    return len(to_assign(actor, manifest.taker_id))
