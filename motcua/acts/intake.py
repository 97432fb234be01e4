"""A new dossier: filed by its applicant, or received at a counter for them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from motcua.acts.casework import answer_of, perform
from motcua.acts.filing import Delivery, Filing, Person, check_filing
from motcua.acts.reception import collect_now, fee_charges, missing_of, postage_charge
from motcua.acts.scans import attach_scans
from motcua.acts.windows import refuse_pickup_day, refuse_window
from motcua.custody.actions import order_pickup
from motcua.documents.actions import attach, attach_drafted
from motcua.documents.models import DraftFile
from motcua.dossiers.actions import drop_draft, open_dossier
from motcua.dossiers.models import Channel, Draft, ReturnBy
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.codes import normal_phone
from motcua.kernel.problems import Problem, Refused
from motcua.kernel.text import squeeze
from motcua.law.model import Pack, Version
from motcua.law.model.competence import receive_refusal
from motcua.looks.access import Case, local_day
from motcua.money.actions import set_charges
from motcua.people.rules import COUNTER, Actor, Role
from motcua.procedures.queries import current_law

__all__ = [
    "Delivery",
    "Filing",
    "Person",
    "charges_of",
    "check_filing",
    "file_online",
    "receive_at_counter",
    "reception_action",
]


def file_online(command: Command, actor: Actor, filing: Filing, draft: Draft | None = None) -> Answer:
    """Does: files a dossier for the person who is logged in; with `pickup_on` the papers are fetched from home.

    Refuses: a procedure that is not offered online, missing uploads, unreadable fields.
    Records: dossier.opened, dossier.submit, file.attached, charge.set, pickup.ordered.
    """

    def do(act: Act) -> Answer:
        law, day = current_law(), local_day(act.at)
        version = check_filing(law, filing, day)
        files = list(DraftFile.objects.filter(draft=draft)) if draft else []
        _refuse_missing_uploads(version, filing, files)
        case = _open(act, law, version, filing, day, channel=Channel.PICKUP if filing.pickup_on else Channel.ONLINE,
                     reception=None, account=actor.id)  # fmt: skip
        perform(act, actor, case, "submit", {})
        attach_drafted(act, case.dossier, files)
        for row in filing.files:
            attach(act, case.dossier, **{"kind": "upload", **row})
        if draft:
            drop_draft(draft)
        return answer_of(case)

    return once(command, do)


def _refuse_missing_uploads(version: Version, filing: Filing, files: Sequence[DraftFile]) -> None:
    if filing.pickup_on or version.online == "none":
        if version.online == "none" and not filing.pickup_on:
            raise Refused(
                [
                    Problem(
                        "procedure.not_online",
                        "Thủ tục này không nộp trực tuyến được. Hãy đến quầy hoặc đăng ký nhận hồ sơ tại nhà.",
                    )
                ]
            )
        return
    counted = {f.component: 1 for f in files} | {str(f["component"]): 1 for f in filing.files}
    missing = missing_of(version, counted)
    if missing:
        raise Refused(
            [
                Problem(
                    "dossier.upload_missing",
                    "Chưa có tệp cho: %(name)s. Hãy tải lên rồi nộp.",
                    field="files",
                    params={"name": name},
                )
                for name in missing
            ]
        )


def receive_at_counter(command: Command, actor: Actor, place: str, filing: Filing) -> Answer:
    """Does: a clerk receives a dossier for the person in front of them.

    At a designated point or a one-stop it is accepted (code, clock, receipt); at another post point it is taken and
    travels on; with `incomplete` it becomes one supplement request and the papers stay with the applicant.
    Refuses: a place that may not receive, papers missing without a supplement request, unreadable fields.
    """

    def do(act: Act) -> Answer:
        law, day = current_law(), local_day(act.at)
        if place not in actor.offices(*COUNTER, Role.RECEIVER):
            raise Refused([Problem("place.not_yours", "Bạn không làm việc tại điểm tiếp nhận này.")])
        version = check_filing(law, filing, day)
        _refuse_wrong_place(law, version, filing, place, day)
        # Papers and money go to this counter, also where the clerk works at several.
        here = actor.at(place)
        postal = here.has(Role.CLERK_POSTAL)
        case = _open(act, law, version, filing, day, channel=Channel.POST if postal else Channel.COUNTER,
                     reception=place, account=None)  # fmt: skip
        if filing.incomplete:
            perform(act, here, case, "ask_complete", {"items": list(filing.incomplete), "note": filing.note})
            return answer_of(case)
        _refuse_missing(version, filing)
        action = reception_action(case.designated, postal)
        given = {"papers": list(filing.papers), "collect": filing.pay == "reception", "note": filing.note}
        perform(act, here, case, action, given)
        if action == "take" and filing.pay == "reception":
            collect_now(act, here, case, "reception")
        attach_scans(act, case, filing.files)
        return answer_of(case)

    return once(command, do)


def reception_action(designated: bool, postal: bool) -> str:
    """The wall at the counter: a postal clerk accepts only where the point is itself the one-stop; elsewhere the post
    takes the papers and the competent desk accepts."""
    return "accept" if designated or not postal else "take"


def _refuse_wrong_place(law: Pack, version: Version, filing: Filing, place: str, day: date) -> None:
    unit = filing.person.unit_code or filing.delivery.unit_code
    agency = law.agency_for(version, unit, day, place)
    if refusal := receive_refusal(law, version, agency, law.office(place), day):
        raise refusal


def _refuse_missing(version: Version, filing: Filing) -> None:
    counted: dict[str, int] = {}
    for row in filing.papers:
        counted[row["component"]] = counted.get(row["component"], 0) + row["quantity"]
    missing = missing_of(version, counted)
    if missing:
        raise Refused(
            [
                Problem(
                    "dossier.paper_missing",
                    "Thiếu giấy tờ: %(name)s. Hãy nhận đủ, hoặc lập phiếu yêu cầu bổ sung.",
                    field="papers",
                    params={"name": name},
                )
                for name in missing
            ]
        )


def _open(
    act: Act,
    law: Pack,
    version: Version,
    filing: Filing,
    day: date,
    *,
    channel: str,
    reception: str | None,
    account: Any,
) -> Case:
    person = filing.person
    unit = person.unit_code or filing.delivery.unit_code
    agency = law.agency_for(version, unit, day, place=reception)
    accepting = law.accepting_office(version, agency.code, reception, day)
    to = filing.delivery
    delivery = {
        "name": squeeze(to.name or person.name),
        "phone": normal_phone(to.phone or person.phone),
        "address": squeeze(to.address or person.address),
        "unit_code": to.unit_code or person.unit_code,
    }
    dossier = open_dossier(
        act,
        applicant={
            "name": person.name,
            "kind": person.kind,
            "id_number": person.id_number,
            "tax_code": person.tax_code,
            "born_on": person.born_on,
            "sex": person.sex,
            "phone": normal_phone(person.phone) if person.phone else "",
            "email": person.email,
            "address": squeeze(person.address),
            "unit_code": person.unit_code,
            "proxy_name": squeeze(person.proxy_name),
        },
        procedure=filing.procedure,
        version_on=day,
        agency_id=agency.code,
        reception_id=reception or accepting,
        accepting_id=accepting,
        account_id=account,
        channel=channel,
        return_by=filing.return_by,
        delivery=delivery if filing.return_by == ReturnBy.POST else {},
        form=dict(filing.form),
    )
    case = Case(dossier, law)
    case.papers = []
    case.files = []
    charges = charges_of(law, version, filing, day, channel, agency.code, str(delivery["unit_code"]))
    case.charges = set_charges(act, dossier, charges)
    if filing.pickup_on:
        _order_pickup(act, law, case, filing, day)
    return case


def charges_of(
    law: Pack, version: Version, filing: Filing, day: date, channel: str, agency: str, to_unit: str
) -> list[dict[str, Any]]:
    """Everything a dossier costs, both purses: what an intake sets down and what a page says before."""
    online = channel in {Channel.ONLINE, Channel.PICKUP}
    stage = "door" if online or filing.pay == "door" else "reception"
    charges = fee_charges(
        version, optional=filing.fees, quantities=dict(filing.quantities), exemption=filing.fee_exemption,
        proof=filing.exemption_proof, online=channel == Channel.ONLINE, stage=stage,
    )  # fmt: skip
    post: dict[str, Any] = {
        "exemption": filing.postage_exemption,
        "proof": filing.exemption_proof,
        "day": day,
        "grams": filing.grams,
    }
    if filing.return_by == ReturnBy.POST:
        charges.append(
            postage_charge(law, from_unit=_unit_of(law, agency, day), to_unit=to_unit, stage=stage,
                           service="return", **post)
        )  # fmt: skip
    if filing.pickup_on:
        charges.append(
            postage_charge(law, from_unit=filing.person.unit_code, to_unit=_unit_of(law, agency, day), stage=stage,
                           service="collect", **post)
        )  # fmt: skip
    return charges


def _unit_of(law: Pack, office: str, day: date) -> str:
    return law.unit_of_office(office, day)


def _order_pickup(act: Act, law: Pack, case: Case, filing: Filing, day: date) -> None:
    assert filing.pickup_on is not None
    refuse_pickup_day(law, filing.pickup_on, day)
    refuse_window(law, filing.pickup_window, filing.pickup_on)
    order_pickup(
        act,
        case.dossier,
        office_id=law.post_office_for(filing.person.unit_code, day),
        wanted_on=filing.pickup_on,
        window=filing.pickup_window,
        address=squeeze(filing.person.address)[:300],
        unit_code=filing.person.unit_code,
        phone=normal_phone(filing.person.phone),
        note=squeeze(filing.note)[:300],
    )
