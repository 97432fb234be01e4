"""The only writer of the custody ledger. Acts call these inside an open command."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

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
from motcua.custody.models import DeliveryCode, ItemRange, Line, Manifest, Paper, Parcel, Pickup
from motcua.custody.rules import add_problems, finding_problems, range_problems
from motcua.dossiers.actions import next_number
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act
from motcua.kernel.codes import s10
from motcua.kernel.problems import Problem, Refused, refuse_if
from motcua.people.holders import APPLICANT, Holder
from motcua.people.rules import Role


def take_papers(act: Act, dossier: Dossier, holder: Holder, papers: Iterable[dict[str, Any]]) -> list[Paper]:
    """Does: enters papers that the applicant hands over; the taker counted them. Records: paper.taken each."""
    taken = []
    for columns in papers:
        paper = Paper(
            dossier=dossier, sticker=act.reference(), holder=str(holder), held_since=act.at, **columns
        )
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


def move_paper(act: Act, paper: Paper, to: Holder, why: str, **data: Any) -> None:
    """Does: a paper changes hands by the taker's act. Records: paper.moved with the giver."""
    giver = paper.holder
    act.change(paper, "paper.moved", {"holder": str(to), "held_since": act.at}, giver=giver, why=why, **data)


def open_manifest(act: Act, giver: str, taker: str, day: date) -> Manifest:
    """Does: an empty list from one office to another. Records: manifest.opened."""
    if giver == taker:
        raise Refused(
            [Problem("manifest.same_office", "Nơi giao và nơi nhận phải khác nhau.", field="taker")]
        )
    number = f"BK-{giver}-{day:%y%m%d}-{next_number(f'manifest:{giver}:{day}'):03d}"
    manifest = Manifest(
        number=number, giver_id=giver, taker_id=taker, opened_at=act.at, opened_by_id=act.command.actor_id
    )
    act.create(manifest, "manifest.opened")
    return manifest


def step_manifest(act: Act, manifest: Manifest, action: str, roles: frozenset[Role], **changes: Any) -> None:
    """Does: one transition of a manifest. Refuses machine.*. Records: manifest.<action>."""
    target = MANIFEST.step(ManifestState(manifest.state), action, roles)
    if action == "settle":
        target = ManifestState(manifest.state)
    act.change(manifest, f"manifest.{action}", {**changes, "state": target})


def add_line(act: Act, manifest: Manifest, paper: Paper, place: int, open_line: str) -> Line:
    """Does: puts a paper on the list. Refuses: a paper held elsewhere or on another open list."""
    refuse_if(add_problems(paper.holder, manifest.giver_id, open_line))
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
    taker = Holder("office", line.manifest.taker_id)
    act.change(
        line,
        "line.examined",
        {"finding": finding, "note": note, "found_at": act.at, "found_by_id": act.command.actor_id},
        sticker=line.paper.sticker,
    )
    giver = Holder("office", line.manifest.giver_id)
    if finding in IN_HAND and line.paper.holder != str(taker):
        move_paper(act, line.paper, taker, finding, manifest=line.manifest.number)
    elif finding not in IN_HAND and line.paper.holder == str(taker):
        move_paper(act, line.paper, giver, finding, manifest=line.manifest.number)


def settle_line(act: Act, line: Line, settlement: str) -> None:
    """Does: how a difference ended. Records: line.settled."""
    act.change(line, "line.settled", {"settled_at": act.at, "settlement": settlement})


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
        raise Refused(
            [Problem("parcel.no_numbers", "Dải số bưu gửi đã dùng hết. Quản trị viên hãy nhập dải số mới.")]
        )
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
    """Does: remembers the digest of the code that the recipient is told. Not a ledger: the proof says what came of it."""
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
