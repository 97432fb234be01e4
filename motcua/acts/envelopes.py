"""Envelopes: papers of one dossier lie in one cover with a sticker of its own, and move by one scan."""

from collections.abc import Collection, Sequence

from motcua.custody.actions import enclose_papers
from motcua.custody.models import Paper
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.keys import normal_reference
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.looks.access import Case, find_case
from motcua.people.holders import office
from motcua.people.rules import Actor


def enclose(command: Command, actor: Actor, key: str, stickers: Sequence[str] = ()) -> Answer:
    """Does: papers of a dossier that lie at one of the actor's offices go into a new envelope; all of them when none is
    named. Refuses: papers elsewhere or on their way, none here. Answers the envelope's reference."""

    def do(act: Act) -> Answer:
        case, papers = _here(act, actor, key, stickers)
        envelope = act.reference()
        enclose_papers(act, papers, envelope)
        return {"dossier": case.dossier.reference, "envelope": envelope, "papers": [p.sticker for p in papers]}

    return once(command, do)


def open_envelope(command: Command, actor: Actor, key: str, envelope: str) -> Answer:
    """Does: the papers of an envelope are loose again, where they lie."""

    def do(act: Act) -> Answer:
        case, _papers = _here(act, actor, key, ())
        inside = [p for p in case.papers if p.envelope == (normal_reference(envelope) or "-")]
        refuse_if(_away(inside, {str(office(code)) for code in actor.offices()}))
        enclose_papers(act, inside, "")
        return {"dossier": case.dossier.reference, "papers": [p.sticker for p in inside]}

    return once(command, do)


def _here(act: Act, actor: Actor, key: str, stickers: Sequence[str]) -> tuple[Case, list[Paper]]:
    case = find_case(actor, key, lock=True)
    places = {str(office(code)): code for code in actor.offices()}
    act.acting_as(min(case.roles(actor), default=""))
    wanted = {normal_reference(s) or s for s in stickers}
    if unknown := wanted - {p.sticker for p in case.papers}:
        raise Refused([_unknown(min(unknown))])
    chosen = [p for p in case.papers if p.sticker in wanted or (not wanted and p.holder in places and not p.offered_to)]
    if not chosen:
        raise Refused([Problem("paper.none_here", "Không còn giấy tờ nào của hồ sơ này tại đây.")])
    refuse_if(_away(chosen, places.keys() & {chosen[0].holder}))
    act.acting_as(min(case.roles(actor), default=""), places.get(chosen[0].holder, ""))
    return case, chosen


def _away(papers: Sequence[Paper], here: Collection[str]) -> list[Problem]:
    """What keeps papers out of one envelope: they do not all lie in one place that is the actor's."""
    return [
        Problem(
            "envelope.paper_away",
            "“%(paper)s” không ở đây hoặc đang trên đường. Chỉ cho vào phong bì giấy tờ đang nằm tại chỗ.",
            params={"paper": paper.name},
        )
        for paper in papers
        if paper.holder not in here or paper.offered_to
    ]


def _unknown(sticker: str) -> Problem:
    return Problem(
        "envelope.unknown_paper",
        "Hồ sơ này không có giấy tờ mang mã %(sticker)s. Hãy quét lại.",
        field="papers",
        params={"sticker": sticker[:40]},
    )
