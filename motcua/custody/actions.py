"""The only writer of the custody ledger. Acts call these inside an open command."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from motcua.custody.discrepancies import DISCREPANCY, DiscrepancyKind, DiscrepancyState
from motcua.custody.lifecycle import (
    IN_HAND,
    MANIFEST,
    PARCEL,
    PICKUP,
    Finding,
    ManifestState,
    ParcelState,
    PickupState,
)
from motcua.custody.models import DeliveryCode, Discrepancy, ItemRange, Line, Manifest, Paper, Parcel, Pickup
from motcua.custody.rules import (
    add_problems,
    correction_problems,
    finding_problems,
    move_problems,
    offer_problems,
    range_problems,
    take_problems,
    undo_problems,
)
from motcua.dossiers.actions import next_number
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act
from motcua.kernel.calendar import local
from motcua.kernel.codes import s10
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.people.holders import APPLICANT, Holder
from motcua.people.rules import Role

_NO_OFFER = {"offered_to": "", "offered_at": None}


def take_papers(act: Act, dossier: Dossier, holder: Holder, papers: Iterable[dict[str, Any]]) -> list[Paper]:
    """Does: enters papers that the applicant hands over; the taker counted them. Records: paper.taken each."""
    taken = []
    for columns in papers:
        paper = Paper(dossier=dossier, sticker=act.reference(), holder=str(holder), held_since=act.at, **columns)
        act.create(paper, "paper.taken", giver=str(APPLICANT))
        taken.append(paper)
    return taken


def make_result_paper(act: Act, dossier: Dossier, name: str, office: Holder) -> Paper:
    """Does: the paper result, born in the agency's hands. Records: paper.made."""
    paper = Paper(
        dossier=dossier,
        component="result",
        name=name[:250],
        kind="result",
        sticker=act.reference(),
        holder=str(office),
        held_since=act.at,
        to_return=True,
    )
    act.create(paper, "paper.made")
    return paper


def move_paper(act: Act, paper: Paper, to: Holder, why: str, *, seen: bool = False, **data: Any) -> None:
    """Does: a paper changes hands by the taker's act alone, no offer before it: counted at a counter, handed back to
    the applicant. Refuses: a paper that was sent to somebody else, unless the taker says that he has `seen` it in his
    own hands. Records: paper.moved with the giver."""
    if not seen:
        refuse_if(move_problems(paper.name, paper.offered_to, str(to)))
    changes = {"holder": str(to), "held_since": act.at, **_NO_OFFER, "lost_at": None}
    act.change(paper, "paper.moved", _fresh(paper, changes), giver=paper.holder, why=why, **data)


def offer_paper(act: Act, paper: Paper, to: Holder, why: str, **data: Any) -> None:
    """Does: the giver's statement: the paper is on its way to `to`; its holder stays, and it is in doubt from now on.
    Refuses: an offer to the holder itself, a paper offered to somebody else, a paper given up. Records: paper.offered.
    """
    if paper.offered_to == str(to):
        return
    refuse_if(offer_problems(paper.name, paper.holder, paper.offered_to, str(to), lost=paper.lost_at is not None))
    act.change(paper, "paper.offered", {"offered_to": str(to), "offered_at": act.at}, why=why, **data)


def take_paper_over(act: Act, paper: Paper, taker: Holder, why: str, condition: str = "", **data: Any) -> None:
    """Does: the taker's statement, which completes a transfer: he holds the paper now, in this condition.
    Refuses: a paper that was not offered to him. Records: paper.taken_over with the giver and the giver's instant."""
    refuse_if(take_problems(paper.name, paper.offered_to, str(taker)))
    said = {"giver": paper.holder, "offered_at": paper.offered_at, "why": why, "condition": condition}
    changes = {"holder": str(taker), "held_since": act.at, **_NO_OFFER, "lost_at": None}
    if condition:
        changes["condition"] = condition[:200]
    act.change(paper, "paper.taken_over", _fresh(paper, changes), **said, **data)


def withdraw_offer(act: Act, paper: Paper, why: str, **data: Any) -> None:
    """Does: the giver takes his statement back: the paper never left. Nothing where none stands.
    Records: paper.offer_withdrawn."""
    if paper.offered_to:
        act.change(paper, "paper.offer_withdrawn", _NO_OFFER, to=paper.offered_to, why=why, **data)


def untake_paper(act: Act, paper: Paper, giver: Holder, offered_at: datetime, why: str, **data: Any) -> None:
    """Does: the taker corrects himself: he never had the paper; it is with its giver, on its way since `offered_at`.
    Records: paper.given_back_in_doubt."""
    taker = paper.holder
    changes = {"holder": str(giver), "held_since": act.at, "offered_to": taker, "offered_at": offered_at}
    act.change(paper, "paper.given_back_in_doubt", changes, taker=taker, why=why, **data)


def give_paper_up(act: Act, paper: Paper, why: str, **data: Any) -> None:
    """Does: nobody looks for the paper any more; its last holder answered for it. Records: paper.given_up."""
    act.change(paper, "paper.given_up", _fresh(paper, {**_NO_OFFER, "lost_at": act.at}), why=why, **data)


def find_paper_again(act: Act, paper: Paper, why: str, **data: Any) -> None:
    """Does: a paper given up is here after all, with the same holder. Nothing where it was not given up.
    Records: paper.found_again."""
    if paper.lost_at is not None:
        act.change(paper, "paper.found_again", {"lost_at": None}, why=why, **data)


def enclose_papers(act: Act, papers: Iterable[Paper], envelope: str) -> None:
    """Does: these papers lie in one cover with this sticker ('' takes them out). Records: paper.enclosed each."""
    for paper in papers:
        act.change(paper, "paper.enclosed", {"envelope": envelope}, before=paper.envelope)


def _fresh(paper: Paper, changes: dict[str, Any]) -> dict[str, Any]:
    """Only what becomes different, so that an entry tells no more than what happened."""
    return {column: value for column, value in changes.items() if getattr(paper, column) != value}


def open_manifest(act: Act, giver: str, taker: str, day: date) -> Manifest:
    """Does: an empty list from one office to another. Records: manifest.opened."""
    if giver == taker:
        raise Refused([Problem("manifest.same_office", "Nơi giao và nơi nhận phải khác nhau.", field="taker")])
    number = f"BK-{giver}-{day:%y%m%d}-{next_number(f'manifest:{giver}:{day}'):03d}"
    manifest = Manifest(
        number=number, giver_id=giver, taker_id=taker, opened_at=act.at, opened_by_id=act.command.actor_id
    )
    act.create(manifest, "manifest.opened")
    return manifest


def step_manifest(act: Act, manifest: Manifest, action: str, roles: frozenset[Role], **changes: Any) -> None:
    """Does: one transition of a manifest. Refuses machine.*. Records: manifest.<action>."""
    target = MANIFEST.step(ManifestState(manifest.state), action, roles)
    act.change(manifest, f"manifest.{action}", {**changes, "state": target})


def add_line(act: Act, manifest: Manifest, paper: Paper, place: int, open_line: str) -> Line:
    """Does: puts a paper on the list. Refuses: a paper held elsewhere or on another open list."""
    refuse_if(add_problems(paper.holder, manifest.giver_id, open_line, lost=paper.lost_at is not None))
    line = Line(manifest=manifest, paper=paper, place=place)
    act.create(line, "line.added", sticker=paper.sticker)
    return line


def remove_line(act: Act, line: Line) -> None:
    """Does: takes a paper off an open list. Records: line.removed."""
    act.change(line, "line.removed", {"removed": True})


def add_over_line(act: Act, manifest: Manifest, paper: Paper, place: int, note: str) -> Line:
    """Does: a paper that lay in the bag but not on the list; the taker has it now. Records: line.over."""
    line = Line(
        manifest=manifest, paper=paper, place=place, finding=Finding.OVER, note=note,
        found_at=act.at, found_by_id=act.command.actor_id,
    )  # fmt: skip
    act.create(line, "line.over", sticker=paper.sticker)
    return line


def examine_line(act: Act, line: Line, finding: Finding, note: str) -> None:
    """Does: what the taker found; a paper in hand changes hands by this. Records: line.examined, paper.moved.

    Looking again may correct an earlier finding; the earlier one stays in the journal.
    """
    refuse_if(finding_problems(finding, note))
    taker, before = Holder("office", line.manifest.taker_id), line.finding
    act.change(
        line,
        "line.examined",
        {"finding": finding, "note": note, "found_at": act.at, "found_by_id": act.command.actor_id},
        sticker=line.paper.sticker,
    )
    _follow_finding(act, line, before, finding, note, taker)


def _follow_finding(act: Act, line: Line, before: str, finding: Finding, note: str, taker: Holder) -> None:
    """The paper goes where the finding says: a paper in hand is the taker's, one that is not stays with its giver."""
    paper, number = line.paper, line.manifest.number
    if finding in IN_HAND and paper.offered_to == str(taker):
        damage = note if finding is Finding.DAMAGED else ""
        take_paper_over(act, paper, taker, finding, damage, manifest=number)
    elif finding in IN_HAND and before not in IN_HAND and paper.holder != str(taker):
        move_paper(act, paper, taker, finding, seen=True, manifest=number)
    elif finding not in IN_HAND and before in IN_HAND:
        refuse_if(correction_problems(paper.name, paper.holder == str(taker) and not paper.offered_to))
        _back_on_its_way(act, line, finding)


def _back_on_its_way(act: Act, line: Line, why: str) -> None:
    manifest = line.manifest
    giver, since = Holder("office", manifest.giver_id), manifest.sealed_at or act.at
    untake_paper(act, line.paper, giver, since, why, manifest=manifest.number)


def unexamine_line(act: Act, line: Line, *, on_its_way: bool) -> None:
    """Does: takes a finding back: nobody has looked at the line, its paper is with the giver again and in doubt.
    Refuses: a paper recorded as over, one that has left the taker since (`on_its_way`: lies in his next bag).
    Records: line.unexamined with the finding that was, and where the paper is."""
    paper, taker, was = line.paper, Holder("office", line.manifest.taker_id), line.finding
    in_hand, still_here = was in IN_HAND, paper.holder == str(taker)
    refuse_if(undo_problems(paper.name, was, in_hand=in_hand, still_here=still_here, on_its_way=on_its_way))
    blank = {"finding": "", "note": "", "found_at": None, "found_by_id": None}
    act.change(line, "line.unexamined", blank, sticker=paper.sticker, was=was)
    if in_hand:
        _back_on_its_way(act, line, "undone")


def next_item_number() -> str:
    """Does: takes the next S10 number of the post's ranges; each is used once. Refuses when they are used up."""
    table = ItemRange._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET next = next + 1 WHERE id = (SELECT id FROM {table} WHERE next <= last "  # noqa: S608
            "ORDER BY id LIMIT 1) AND next <= last RETURNING prefix, next - 1"
        )
        row = cursor.fetchone()
    if row is None:
        raise Refused([Problem("parcel.no_numbers", "Dải số bưu gửi đã dùng hết. Quản trị viên hãy nhập dải số mới.")])
    return s10(row[0], int(row[1]))


def add_item_range(prefix: str, first: int, last: int) -> ItemRange:
    """Does: a new range of S10 numbers, both ends included. Refuses: not readable, or numbers of another range."""
    refuse_if(range_problems(prefix, first, last, ItemRange.objects.values_list("prefix", "first", "last")))
    return ItemRange.objects.create(prefix=prefix, first=first, last=last, next=first)


def make_parcel(act: Act, dossier: Dossier, office: str, due_on: date | None, outside: str = "") -> Parcel:
    """Does: a tracked item for the result of a dossier, `outside` its number with another carrier.
    Records: parcel.made."""
    number = next_item_number()
    parcel = Parcel(
        dossier=dossier, item=number, outside=outside, office_id=office, made_at=act.at, due_on=due_on
    )
    act.create(parcel, "parcel.made")
    return parcel


def number_parcel(act: Act, parcel: Parcel, outside: str) -> None:
    """Does: another carrier's number on an item, '' takes it off. Records: parcel.numbered."""
    act.change(parcel, "parcel.numbered", {"outside": outside}, before=parcel.outside)


def keep_code(act: Act, parcel: Parcel, code: str, until: datetime) -> None:
    """Does: remembers the digest of the code the recipient is told. Not a ledger: the proof says what came of it."""
    salt = secrets.token_hex(16)
    act.add_plain(DeliveryCode(parcel=parcel, salt=salt, digest=code_digest(salt, code), until=until))


def count_code_try(code_id: int, limit: int) -> bool:
    """Does: one try of a code is used up, whatever else becomes of the act. False where none was left."""
    return bool(DeliveryCode.objects.filter(pk=code_id, tries__lt=limit).update(tries=F("tries") + 1))


def code_digest(salt: str, code: str) -> str:
    """What is kept of a code: nothing from which it could be found without the site's secret."""
    return salted_hmac(f"motcua.delivery.{salt}", code, algorithm="sha256").hexdigest()


def step_parcel(act: Act, parcel: Parcel, action: str, roles: frozenset[Role], **changes: Any) -> None:
    """Does: one transition of a parcel. Refuses machine.*. Records: parcel.<action>."""
    target = PARCEL.step(ParcelState(parcel.state), action, roles)
    act.change(parcel, f"parcel.{action}", {**changes, "state": target})


def order_pickup(act: Act, dossier: Dossier, **columns: Any) -> Pickup:
    """Does: an order to fetch papers at home. Records: pickup.ordered."""
    pickup = Pickup(dossier=dossier, ordered_at=act.at, **columns)
    act.create(pickup, "pickup.ordered")
    return pickup


def step_pickup(act: Act, pickup: Pickup, action: str, roles: frozenset[Role], **changes: Any) -> None:
    """Does: one transition of a pick-up. Refuses machine.*. Records: pickup.<action>."""
    target = PICKUP.step(PickupState(pickup.state), action, roles)
    act.change(pickup, f"pickup.{action}", {**changes, "state": target})


def open_discrepancy(
    act: Act,
    kind: DiscrepancyKind,
    of: Manifest | Dossier,
    owner: str,
    note: str,
    due_at: datetime,
    *,
    line: Line | None = None,
    parcel: Parcel | None = None,
) -> Discrepancy:
    """Does: a small case about papers that did not come out right, of a bag (and its line) or of a dossier (and its
    item), for one office to see through until `due_at`. Records: discrepancy.opened."""
    day = f"{local(act.at):%y%m%d}"
    bag = of if isinstance(of, Manifest) else None
    found = Discrepancy(
        manifest=bag, dossier=None if isinstance(of, Manifest) else of, line=line, parcel=parcel,
        number=f"CL-{day}-{next_number(f'discrepancy:{day}'):04d}", kind=kind, owner_id=owner, note=note[:500],
        opened_at=act.at, opened_by_id=act.command.actor_id, due_at=due_at,
    )  # fmt: skip
    act.create(found, "discrepancy.opened")
    return found


def step_discrepancy(
    act: Act,
    found: Discrepancy,
    action: str,
    roles: frozenset[Role],
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Does: one transition of a discrepancy. Refuses machine.*. Records: discrepancy.<action>."""
    target = DISCREPANCY.step(DiscrepancyState(found.state), action, roles)
    act.change(found, f"discrepancy.{action}", {**changes, "state": target}, **(data or {}))
