"""Receiving: online, at a post counter, at a one-stop desk. What each needs of papers, money, code and clock."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from motcua.custody.actions import move_paper, take_papers
from motcua.custody.lifecycle import PickupState
from motcua.custody.models import Paper
from motcua.dossiers.actions import count_filed, next_number
from motcua.journal.actions import Act
from motcua.kernel.codes import format_code
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Fee, Pack, Version
from motcua.law.postage import postage
from motcua.looks import deadlines
from motcua.looks.access import Case, local_day
from motcua.money.actions import collect, open_shift
from motcua.money.models import Payment, Shift
from motcua.people.holders import office, parse_holder
from motcua.people.rules import Actor, Role

_ORIGINAL_KINDS = {"original"}


def missing_papers(case: Case, given: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Names of required papers of which too few have been counted, uploads counting for an online filing."""
    counted: dict[str, int] = {}
    for paper in case.papers:
        counted[paper.component] = counted.get(paper.component, 0) + paper.quantity
    for row in given:
        counted[row["component"]] = counted.get(row["component"], 0) + row["quantity"]
    for file in case.files:
        counted.setdefault(file.component, 1)
    return missing_of(case.version, counted)


def missing_of(version: Version, counted: dict[str, int]) -> tuple[str, ...]:
    """Required papers with nothing counted, by name. Papers asked for only in some cases are the clerk's judgement."""
    return tuple(p.name for p in version.papers if p.required and not p.when and not counted.get(p.key, 0))


def apply_papers(act: Act, actor: Actor, case: Case, given: Sequence[dict[str, Any]]) -> None:
    """Does: papers that the desk took just now, and those a postman fetched, are in the desk's hands."""
    here = actor.office_as(Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.RECEIVER)
    if not here:
        return
    for paper in case.papers:
        if parse_holder(paper.holder).kind == "person":
            move_paper(act, paper, office(here), "brought_in")
    case.papers.extend(
        take_papers(act, case.dossier, office(here), [paper_columns(case.version, row) for row in given])
    )


def paper_columns(version: Version, row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a paper for one counted row. Refuses a component the procedure does not ask for."""
    plan = next((p for p in version.papers if p.key == row["component"]), None)
    if plan is None and row["component"] != "other":
        raise Refused(
            [
                Problem(
                    "paper.not_in_list",
                    "Thủ tục này không yêu cầu “%(component)s”. Hãy chọn trong danh sách thành phần hồ sơ.",
                    field="papers",
                    params={"component": row["component"]},
                )
            ]
        )
    name = plan.name if plan else "Giấy tờ khác"
    to_return = bool(plan and plan.return_original and row["kind"] in _ORIGINAL_KINDS)
    return {**row, "name": name[:250], "to_return": to_return}


def accept_changes(act: Act, actor: Actor, case: Case, at: datetime) -> dict[str, Any]:
    """The columns an acceptance sets: the official code, the clock's start, the date due. The number is taken here,
    last of all, so that a refused acceptance leaves no gap."""
    d, day = case.dossier, local_day(at)
    if d.accepting_id not in actor.offices() and d.agency_id not in actor.offices():
        raise Refused([Problem("dossier.not_your_desk", "Việc tiếp nhận thuộc bộ phận một cửa khác.")])
    due = deadlines.due_with(case, at, [])
    count_filed(act, d)
    return {
        "code": official_code(case.law, d.accepting_id, d.agency_id, day),
        "accepted_at": at,
        "clock_at": at,
        "due_at": due,
        "promised_at": due,
    }


def official_code(law: Pack, desk: str, agency: str, day: date) -> str:
    """Does: the next dossier code of the receiving unit on that day, in the layout in force (facts §5.1)."""
    for place in (desk, agency):
        ident = law.ident_of(place, day)
        if ident:
            layout = law.code_layout(day)
            return format_code(layout, ident, day, next_number(f"code:{ident}:{day}"))
    raise Refused([Problem("office.no_ident", "Cơ quan tiếp nhận chưa có mã định danh trong gói quy định.")])


def fee_charges(
    version: Version, *, optional: Sequence[str] = (), quantities: dict[str, int] | None = None,
    exemption: str = "", proof: str = "", online: bool = False, stage: str = "reception",
) -> list[dict[str, Any]]:  # fmt: skip
    """What the state asks for one dossier of this version: obligatory fees and the optional ones that were chosen."""
    charges = []
    for fee in version.fees:
        if fee.optional and fee.key not in optional:
            continue
        if fee.when and fee.key not in optional:
            continue
        full = _fee_amount(fee, (quantities or {}).get(fee.key, 1), online)
        exempt = next((e for e in fee.exempt if e.key == exemption), None)
        charges.append(
            {
                "purse": "state",
                "key": fee.key,
                "label": fee.name[:250],
                "amount": min(full, exempt.amount) if exempt else full,
                "full_amount": full,
                "exemption": exemption if exempt else "",
                "exemption_proof": proof if exempt else "",
                "citation": fee.source[:250],
                "stage": stage,
            }
        )
    return charges


def _fee_amount(fee: Fee, quantity: int, online: bool) -> int:
    return fee.total(quantity, online=online)


def postage_charge(
    law: Pack,
    *,
    day: date,
    from_unit: str,
    to_unit: str,
    grams: int,
    exemption: str,
    proof: str,
    stage: str,
    service: str,
) -> dict[str, Any]:
    """The post's charge for one way, by the tariff of the day."""
    price = postage(law, day, from_unit, to_unit, grams, exemption or None, service)
    return {
        "purse": "post",
        "key": service,
        "label": price.label[:250],
        "amount": price.amount,
        "full_amount": price.base,
        "exemption": exemption,
        "exemption_proof": proof[:250] if exemption else "",
        "citation": price.source[:250],
        "stage": stage,
    }


def collect_now(act: Act, actor: Actor, case: Case, stage: str) -> list[Payment]:
    """Does: takes what is due at this stage ('' = everything) into the actor's till, opening it if need be."""
    due = [
        c for c in case.charges
        if not c.payment_id and not c.cancelled_at and (not stage or c.stage == stage)
    ]  # fmt: skip
    if not due:
        return []
    return collect(act, due, shift_of(act, actor), local_day(act.at))


def shift_of(act: Act, actor: Actor) -> Shift:
    """The actor's open till; the first money of the day opens it."""
    shift = Shift.objects.filter(account=actor.id, counted_at=None).first()
    if shift:
        return shift
    place = actor.office_as(Role.CLERK_POSTAL, Role.CLERK_CIVIL, Role.POSTMAN, Role.DISPATCHER, Role.RECEIVER)
    if not place:
        raise Refused(
            [
                Problem(
                    "till.none",
                    "Bạn không giữ két nên không thu tiền được. Hãy để người nhận hồ sơ của cơ quan thu trước.",
                    field="collect",
                )
            ]
        )
    return open_shift(act, actor.id, place)


def papers_with_people(case: Case) -> list[Paper]:
    """Papers a postman carries in from somebody's home."""
    return [p for p in case.papers if parse_holder(p.holder).kind == "person"]


def open_errands() -> Q:
    return Q(state__in=[PickupState.ORDERED, PickupState.ASSIGNED, PickupState.FAILED])
