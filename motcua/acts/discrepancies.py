"""Discrepancies: opened by what a taker finds or an office reports, seen through by one office until they end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from motcua.custody.actions import (
    examine_line,
    find_paper_again,
    give_paper_up,
    move_paper,
    open_discrepancy,
    step_discrepancy,
    take_paper_over,
    unexamine_line,
    withdraw_offer,
)
from motcua.custody.discrepancies import (
    GIVEN_UP,
    MISSING,
    DiscrepancyKind,
    Outcome,
    admit_problems,
    compensation,
    end_problems,
    find_problems,
    owner_of,
    pay_problems,
)
from motcua.custody.lifecycle import DIFFERENCES, GIVERS, TAKERS, Finding
from motcua.custody.models import Discrepancy, Line, Manifest, Parcel
from motcua.documents.actions import tell
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.money import dong
from motcua.kernel.problems import refusal, refuse_if
from motcua.looks import deadlines
from motcua.looks.access import NotFound, local_day
from motcua.looks.discrepancies import (
    charge_paid_for,
    compensated_before,
    discrepancy_named,
    dossier_id_of,
    papers_missed,
)
from motcua.people.holders import office
from motcua.people.queries import office_exists
from motcua.people.rules import Actor, Role
from motcua.procedures.queries import current_law

_SIDES = GIVERS | TAKERS


def report(
    act: Act,
    of: Manifest | Dossier,
    kind: DiscrepancyKind,
    owner: str,
    note: str,
    *,
    line: Line | None = None,
    parcel: Parcel | None = None,
) -> Discrepancy:
    """Does: opens a discrepancy with the clock the pack sets for it; every side sees it with the act that caused it.
    To be called inside an act, e.g. `report(act, case.dossier, DiscrepancyKind.LOST, parcel.office_id, words,
    parcel=parcel)`; where an item is lost the applicant is told."""
    law = current_law()
    due = deadlines.post_days(law, act.at, int(law.rule("discrepancy_days", local_day(act.at))))
    found = open_discrepancy(act, kind, of, owner, note, due, line=line, parcel=parcel)
    if kind is DiscrepancyKind.LOST and isinstance(of, Dossier):
        item = parcel.item if parcel else ""
        _tell(act, of, f"Bưu gửi {item} chưa tìm thấy. Bưu điện đang tìm, vụ việc {found.number}.")
    return found


def examine_lines(act: Act, lines: Iterable[Line], finding: Finding, note: str = "") -> None:
    """Does: what the taker found for these lines; a difference opens a discrepancy, a paper found ends its own."""
    lines, note = list(lines), note.strip()[:500]
    known = _open_of([line for line in lines if line.finding in DIFFERENCES])
    for line in lines:
        examine_line(act, line, finding, note)
        found = known.get(line.pk)
        if finding is Finding.RECEIVED:
            if found:
                _end(act, found, TAKERS, Outcome.FOUND, "Đã nhận khi kiểm lại.")
        elif found:
            act.change(found, "discrepancy.changed", {"kind": DiscrepancyKind(finding)}, note=note)
        else:
            kind, bag = DiscrepancyKind(finding), line.manifest
            report(act, bag, kind, owner_of(kind, bag.giver_id, bag.taker_id), note, line=line)


def unexamine_lines(act: Act, lines: Iterable[Line], on_their_way: Iterable[Any] = ()) -> None:
    """Does: takes findings back; a discrepancy they opened is over. Refuses: one that came to an end already."""
    lines, gone = list(lines), set(on_their_way)
    differing = [line for line in lines if line.finding in DIFFERENCES]
    known = _open_of(differing)
    for line in differing:
        if line.pk not in known and line.finding != Finding.OVER:
            raise refusal(
                "manifest.undo_ended",
                "Chênh lệch của “%(paper)s” đã xử lý xong, không hoàn tác được. Hãy kiểm lại dòng này.",
                paper=line.paper.name,
            )
    for line in lines:
        unexamine_line(act, line, on_its_way=line.paper_id in gone)
        if line.pk in known:
            _end(act, known[line.pk], TAKERS, Outcome.FOUND, "Bên nhận rút lại kết quả kiểm.")


def _open_of(lines: list[Line]) -> dict[Any, Discrepancy]:
    """The open discrepancy of each line, pointing at the same objects."""
    if not lines:
        return {}
    by_id = {line.pk: line for line in lines}
    found = {}
    for discrepancy in Discrepancy.objects.filter(line__in=lines, ended_at=None):
        line = by_id[discrepancy.line_id]  # type: ignore[index]
        discrepancy.line, discrepancy.manifest = line, line.manifest
        found[line.pk] = discrepancy
    return found


def act_on_discrepancy(command: Command, actor: Actor, key: str, action: str, given: dict[str, Any]) -> Answer:
    """Does: one action of its table: note, hand_to (office), admit, help, pay, end (outcome, at), find (at); all with
    a note. Refuses: no words, an outcome that does not fit, money not due, somebody else's side."""

    def do(act: Act) -> Answer:
        found = discrepancy_named(actor, key)
        if found is None:
            raise NotFound(key)
        work = _WORK.get(action)
        if work is None:
            raise refusal("machine.unknown_action", "Không có việc này với chênh lệch.", field="action")
        place, roles = _hat(actor, found)
        act.acting_as(min(roles, default=""), place)
        note = str(given.get("note", "")).strip()[:500]
        if not note:
            raise refusal("discrepancy.no_words", "Hãy ghi rõ sự việc hoặc lý do.", field="note")
        work(Doing(act, actor, found, roles, place, note, given))
        return {
            "number": found.number, "state": found.state, "outcome": found.outcome, "compensation": found.compensation,
        }  # fmt: skip

    return once(command, do)


@dataclass(frozen=True, slots=True)
class Doing:
    """One action on one discrepancy, on its way."""

    act: Act
    actor: Actor
    found: Discrepancy
    roles: frozenset[Role]
    place: str
    note: str
    given: dict[str, Any]

    def step(self, action: str, data: dict[str, Any] | None = None, **changes: Any) -> None:
        step_discrepancy(self.act, self.found, action, self.roles, {"note": self.note, **(data or {})}, **changes)


def places_of(found: Discrepancy) -> tuple[str, ...]:
    """The offices that have to do with it: who sees it through, and both sides of the bag."""
    sides = (found.manifest.giver_id, found.manifest.taker_id) if found.manifest else ()
    return tuple(dict.fromkeys((found.owner_id, *sides)))


def _hat(actor: Actor, found: Discrepancy) -> tuple[str, frozenset[Role]]:
    """The office the actor speaks for, the owner's first, and its roles there."""
    for place in places_of(found):
        if roles := actor.roles_at(place) & _SIDES:
            return place, frozenset(roles)
    return "", frozenset()


def _note(doing: Doing) -> None:
    doing.step("note")


def _hand_to(doing: Doing) -> None:
    to = str(doing.given.get("office", ""))
    law = current_law()
    if not office_exists(to) or to not in law.office_map:
        raise refusal("office.unknown", "Không có nơi này. Hãy chọn trong danh sách.", field="office")
    doing.step("hand_to", owner_id=law.office(to).code)


def _admit(doing: Doing) -> None:
    """The liability record: its day, what is due by law, and until when."""
    found, day, law = doing.found, local_day(doing.act.at), current_law()
    refuse_if(admit_problems(DiscrepancyKind(found.kind)))
    paid = 0 if compensated_before(found) else charge_paid_for(dossier_id_of(found))
    due = compensation(paid, int(law.rule("compensation_times", day)))
    until = deadlines.days_later(doing.act.at, int(law.rule("compensation_days", day)))
    doing.step("admit", liable_on=day, charge_paid=paid, compensation=due, pay_by=until if due else None)
    for paper in papers_missed(found)[:1]:
        money = f"bồi thường {dong(due)} trước hết ngày {until:%d/%m/%Y} và " if due else ""
        what = f"“{paper.name[:120]}” bị mất hoặc hỏng khi chuyển."
        _tell(doing.act, paper.dossier, f"{what} Bưu điện {money}hỗ trợ làm lại giấy tờ.")


def _help(doing: Doing) -> None:
    doing.step("help", help_note=doing.note)


def _pay(doing: Doing) -> None:
    found, at = doing.found, doing.act.at
    refuse_if(pay_problems(found.compensation))
    doing.step(
        "pay", paid_at=at, outcome=Outcome.COMPENSATED, outcome_note=doing.note, ended_at=at, ended_by_id=doing.actor.id
    )
    _give_up(doing.act, found, Outcome.COMPENSATED)


def _finish(doing: Doing) -> None:
    found, kind = doing.found, DiscrepancyKind(doing.found.kind)
    try:
        outcome = Outcome(doing.given.get("outcome", ""))
    except ValueError:
        raise refusal("discrepancy.no_outcome", "Hãy chọn kết quả xử lý.", field="outcome") from None
    still = bool(found.line and found.manifest and found.line.paper.holder == str(office(found.manifest.taker_id)))
    refuse_if(end_problems(kind, outcome, owed=found.compensation if not found.paid_at else 0, still_here=still))
    if outcome is Outcome.FOUND:
        _found_at(doing, _place_found(doing))
    _end(doing.act, found, doing.roles, outcome, doing.note)
    if outcome in GIVEN_UP:
        _give_up(doing.act, found, outcome)


def _find(doing: Doing) -> None:
    """Long given up, here after all."""
    refuse_if(find_problems(doing.found.outcome))
    _found_at(doing, _place_found(doing))
    doing.step("find", outcome=Outcome.FOUND, outcome_note=doing.note)


def _end(act: Act, found: Discrepancy, roles: frozenset[Role], outcome: Outcome, note: str) -> None:
    step_discrepancy(
        act, found, "end", roles, {"note": note},
        outcome=outcome, outcome_note=note, ended_at=act.at, ended_by_id=act.command.actor_id,
    )  # fmt: skip


def _place_found(doing: Doing) -> str:
    """Whose hands it is in: said only by that office itself."""
    at = str(doing.given.get("at", "")) or doing.place
    if at not in places_of(doing.found) or not doing.actor.roles_at(at) & _SIDES:
        raise refusal("discrepancy.not_your_place", "Chỉ nơi đang cầm giấy tờ mới ghi là đã tìm thấy ở đó.", field="at")
    return at


def _found_at(doing: Doing, place: str) -> None:
    """A missing paper turned up: with the taker it is his now; with the giver it never left."""
    found, act = doing.found, doing.act
    if not found.line or not found.manifest or found.kind not in MISSING:
        for paper in papers_missed(found):
            find_paper_again(act, paper, "found", discrepancy=found.number)
        return
    paper, here, number = found.line.paper, office(place), found.manifest.number
    if paper.holder == str(here):
        find_paper_again(act, paper, "found", discrepancy=found.number)
        if not Line.objects.filter(paper=paper, removed=False, id__gt=found.line.pk).exists():
            withdraw_offer(act, paper, "found", manifest=number)
    elif paper.offered_to == str(here):
        take_paper_over(act, paper, here, "found", manifest=number)
    elif paper.holder == str(office(found.manifest.giver_id)):
        move_paper(act, paper, here, "found", seen=True, manifest=number)


def _give_up(act: Act, found: Discrepancy, outcome: Outcome) -> None:
    """A paper nobody has any more: it stays in the ledger with the one who answered for it."""
    if found.kind not in MISSING:
        return
    answerable = {str(office(found.manifest.giver_id))} if found.manifest else None
    for paper in papers_missed(found):
        if paper.lost_at is None and (answerable is None or paper.holder in answerable):
            give_paper_up(act, paper, outcome, discrepancy=found.number)
            if not found.liable_on:
                words = f"Không tìm thấy “{paper.name[:120]}”. Mời liên hệ bưu điện để được hỗ trợ làm lại."
                _tell(act, paper.dossier, words)


def _tell(act: Act, dossier: Dossier, text: str) -> None:
    tell(act, dossier, dossier.applicant.phone, text)


_WORK: dict[str, Callable[[Doing], None]] = {
    "note": _note,
    "hand_to": _hand_to,
    "admit": _admit,
    "help": _help,
    "pay": _pay,
    "end": _finish,
    "find": _find,
}
