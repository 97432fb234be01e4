"""The state's own papers: forms 01 to 06 and the answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.documents.forms import data as papers
from motcua.dossiers.lifecycle import State
from motcua.journal.models import Entry
from motcua.law.model import Pack
from motcua.looks.access import Case, NotFound, local_day
from motcua.looks.papers.common import (
    acts_of,
    answers_of,
    contact_of,
    fee_lines,
    form_of,
    head_of,
    name_of,
    paper_lines,
    party_of,
    return_way,
    term_words,
    who_did,
)
from motcua.people.holders import parse_holder
from motcua.people.queries import names_of


def receipt(case: Case, site: str) -> papers.Receipt:
    """Form 01 as of the acceptance. NotFound before it."""
    d = case.dossier
    if d.accepted_at is None or d.code is None:
        raise NotFound("receipt")
    term = case.version.term_for("online" if d.channel == "online" else "counter")
    return papers.Receipt(
        **head_of(case, d.agency_id, d.accepted_at),
        form=form_of(case, "receipt", d.accepted_at),
        code=d.code,
        unit=case.law.office(d.accepting_id).name,
        party=party_of(case),
        procedure=case.version.name,
        procedure_code=d.procedure,
        request=answers_of(case),
        papers=paper_lines(case),
        allowance=term_words(term),
        received_at=d.accepted_at,
        due_at=d.promised_at or d.due_at,
        clock_note=f"Thời hạn tính từ khi {case.law.office(d.accepting_id).name} tiếp nhận.",
        return_way=return_way(case),
        state_fees=fee_lines(case.charges, "state"),
        post_charges=fee_lines(case.charges, "post"),
        lookup=f"{site}/tra-cuu?ma={d.reference}",
        lookup_site=f"{site}/tra-cuu",
        receiver=who_did(case, "dossier.accept"),
    )


def supplement(case: Case, site: str, number: str = "") -> papers.Supplement:
    """Form 02 for one request, the last unless a number is named. NotFound where nothing was asked."""
    d = case.dossier
    asked = [r for r in d.requests if not number or r["number"] == number]
    if not asked:
        raise NotFound("supplement")
    request = asked[-1]
    at, office = datetime.fromisoformat(request["asked_at"]), request["office"]
    running = request["kind"] == "supplement"
    until = datetime.fromisoformat(request["until"]).date() if request.get("until") else None
    how = f"Nộp phần bổ sung tại {case.law.office(d.reception_id).name}"
    return papers.Supplement(
        **head_of(case, office, at),
        document_number=request["number"],
        form=form_of(case, "supplement", at),
        code=d.code or d.reference,
        party=party_of(case),
        procedure=case.version.name,
        request=answers_of(case),
        received_at=d.accepted_at or d.filed_at,
        missing=tuple(papers.PaperLine(name=item) for item in request["items"]),
        reason=request.get("note", ""),
        how=f"{how}, nêu mã {d.code or d.reference}; hoặc gửi qua {site}/tra-cuu.",
        deadline_on=until,
        paused_from=at if running else None,
        contact=contact_of(case.law, office, request.get("asked_by", "")),
        signer=papers.Signer(
            position="Người thụ lý hồ sơ" if running else "Người tiếp nhận hồ sơ", name=request.get("asked_by", "")
        ),
    )


def refusal(case: Case, site: str) -> papers.Refusal:
    """Form 03: a dossier that was not accepted. NotFound for any other."""
    d = case.dossier
    if d.state != State.REJECTED or d.closed_at is None:
        raise NotFound("refusal")
    return papers.Refusal(
        **head_of(case, d.accepting_id, d.closed_at),
        form=form_of(case, "refusal", d.closed_at),
        reference=d.reference,
        party=party_of(case),
        procedure=case.version.name,
        request=answers_of(case),
        received_at=d.taken_at or d.filed_at,
        reasons=(d.ground,),
        bases=(case.version.source,) if case.version.source else (),
        advice=f"Giấy tờ đã nộp được trả lại. Tra cứu tại {site}/tra-cuu.",
        contact=contact_of(case.law, d.accepting_id),
        signer=papers.Signer(position="Người tiếp nhận hồ sơ", name=who_did(case, "dossier.reject")),
    )


def apology(case: Case, site: str) -> papers.Apology:
    """Form 04 for the one new date. NotFound where none was given."""
    d = case.dossier
    if not d.rescheduled or d.code is None or d.accepted_at is None:
        raise NotFound("apology")
    told = d.rescheduled
    at = datetime.fromisoformat(told["at"])
    first = datetime.fromisoformat(told["was_due"]) if told.get("was_due") else d.promised_at
    return papers.Apology(
        **head_of(case, d.agency_id, at),
        document_number=told["number"],
        form=form_of(case, "apology", at),
        code=d.code,
        party=party_of(case),
        procedure=case.version.name,
        received_at=d.accepted_at,
        first_due_at=first or at,
        new_due_at=datetime.fromisoformat(told["until"]),
        reason=told["reason"],
        extension_limit=int(case.law.rule("extension_limit", local_day(at))),
        contact=contact_of(case.law, d.agency_id),
        signer=papers.Signer(position="Thủ trưởng cơ quan", name=told.get("by", "")),
        recipients=("Như trên", f"{case.law.office(d.accepting_id).name}", "Lưu hồ sơ"),
    )


def stop(case: Case, site: str) -> papers.Stop:
    """Form 05 since Thông tư 03/2025: withdrawn by the applicant or stopped by the agency. NotFound otherwise."""
    d = case.dossier
    if d.state not in {State.STOPPED, State.WITHDRAWN} or d.closed_at is None:
        raise NotFound("stop")
    action = "stop" if d.state == State.STOPPED else "withdraw"
    entry = acts_of(case, f"dossier.{action}")[-1]
    paid = [c for c in case.charges if c.purse == "state" and c.payment_id]
    return papers.Stop(
        **head_of(case, d.agency_id if action == "stop" else d.accepting_id, d.closed_at),
        document_number=str(entry.data.get("number", "")),
        form=form_of(case, "stop", d.closed_at),
        code=d.code or d.reference,
        party=party_of(case),
        procedure=case.version.name,
        received_at=d.accepted_at or d.filed_at,
        ground="agency" if action == "stop" else "applicant",
        reason=d.ground,
        stage=State(entry.data["from"]).label,
        settlements=tuple(
            papers.Settlement(name=c.label, paid=c.amount, refund=0, how="Theo quy định về phí, lệ phí") for c in paid
        ),
        papers_returned=paper_lines(case),
        advice=f"Muốn tiếp tục, nộp hồ sơ mới. Tra cứu tại {site}/tra-cuu.",
        contact=contact_of(case.law, d.agency_id),
        signer=papers.Signer(
            position="Thủ trưởng cơ quan" if action == "stop" else "Người tiếp nhận", name=name_of(entry.actor_id)
        ),
        recipients=("Như trên", "Lưu hồ sơ"),
    )


def result_letter(case: Case, site: str) -> papers.ResultLetter:
    """The agency's answer, once published. NotFound before."""
    d = case.dossier
    if d.published_at is None or d.code is None:
        raise NotFound("result_letter")
    refused = d.outcome == "refused"
    name = case.version.result.name
    body = f"{case.law.office(d.agency_id).name} {'từ chối' if refused else 'đồng ý'} giải quyết: {case.version.name}."
    return papers.ResultLetter(
        **head_of(case, d.agency_id, d.numbered_at or d.published_at),
        document_number=d.result_number,
        title="THÔNG BÁO" if refused else "KẾT QUẢ GIẢI QUYẾT",
        about=f"Về việc {'không giải quyết' if refused else 'giải quyết'} hồ sơ {d.code}: {name}",
        addressee=case.applicant.name,
        code=d.code,
        outcome="refused" if refused else "granted",
        bases=(case.version.source,) if case.version.source else (),
        body=tuple(part for part in (body, d.ground) if part),
        remedy="Không đồng ý, có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật." if refused else "",
        recipients=("Như trên", "Lưu: văn thư, hồ sơ"),
        signer=papers.Signer(position="Thủ trưởng cơ quan", name=name_of(d.signed_by_id), signed_at=d.signed_at),
        lookup=f"{site}/tra-cuu?ma={d.reference}",
        lookup_site=f"{site}/tra-cuu",
    )


def control_slip(case: Case, site: str) -> papers.ControlSlip:
    """Form 06 (05 before 2025): every hand-over so far, of the papers and of the matter. NotFound before acceptance."""
    d = case.dossier
    if d.accepted_at is None or d.code is None:
        raise NotFound("control_slip")
    last = case.entries[-1].happened_at if case.entries else d.accepted_at
    return papers.ControlSlip(
        **head_of(case, d.agency_id, last),
        form=form_of(case, "control_slip", last),
        code=d.code,
        party=party_of(case),
        procedure=case.version.name,
        received_at=d.accepted_at,
        due_at=d.due_at or d.promised_at,
        lead=case.law.office(d.agency_id).name,
        moves=tuple(_moves(case)),
    )


_STEPS = {
    "dossier.assign": "Phân công thụ lý",
    "dossier.finish_step": "Xong bước thụ lý, chuyển bước sau",
    "dossier.decide": "Quyết định, chuyển ký",
    "dossier.sign": "Ký, chuyển văn thư",
    "dossier.number": "Vào số",
    "dossier.publish": "Phát hành kết quả",
}


def _moves(case: Case) -> Iterable[papers.Move]:
    """One row a hand-over: papers that moved in one act are one row; the agency's own steps are rows too."""
    people = names_of({e.actor_id for e in case.entries if e.actor_id} | _carriers(case.entries))
    done: set[Any] = set()
    given: dict[UUID, Entry] = {}
    for entry in case.entries:
        if entry.kind == "paper.offered":
            given[entry.subject_id] = entry
        elif entry.kind in _HANDED and "holder" in entry.data["set"]:
            ends = (entry.command, _giver(entry), entry.data["set"]["holder"])
            offer = given.pop(entry.subject_id, None)
            if ends not in done:
                done.add(ends)
                yield _paper_move(entry, offer, case.law, people)
        elif entry.kind in _STEPS:
            yield _step_move(entry, case, people)


# What the journal calls a paper that changed hands: counted by its taker, or taken over from a giver who said so.
_HANDED = {"paper.taken", "paper.moved", "paper.taken_over", "paper.given_back_in_doubt"}


def _giver(entry: Entry) -> str:
    return str(entry.data.get("giver") or entry.data.get("taker") or "applicant")


def _carriers(entries: Iterable[Entry]) -> set[UUID]:
    found = set()
    for entry in entries:
        for text in (_giver(entry), entry.data.get("set", {}).get("holder", "")):
            if isinstance(text, str) and text.startswith("person:"):
                found.add(UUID(parse_holder(text).name))
    return found


def _paper_move(entry: Entry, offer: Entry | None, law: Pack, people: dict[UUID, str]) -> papers.Move:
    """A row with both statements; where the taker's alone moved the paper, it stands for both."""
    bill = entry.data.get("manifest") or entry.data.get("item") or ""
    return papers.Move(
        giver=_holder(_giver(entry), law, people),
        giver_person=people.get(offer.actor_id, "") if offer and offer.actor_id else "",
        taker=_holder(str(entry.data["set"]["holder"]), law, people),
        taker_person=people.get(entry.actor_id, "") if entry.actor_id else "",
        given_at=offer.happened_at if offer else entry.happened_at,
        taken_at=entry.happened_at,
        evidence=f"Số {bill}" if bill else "",
    )


def _step_move(entry: Entry, case: Case, people: dict[UUID, str]) -> papers.Move:
    d = case.dossier
    here = case.law.office(d.agency_id).short
    result = ""
    if entry.kind == "dossier.publish" and d.due_at:
        result = "early" if local_day(entry.happened_at) < local_day(d.due_at) else "on_time"
        result = "late" if entry.happened_at > d.due_at else result
    return papers.Move(
        giver=here,
        giver_person=people.get(entry.actor_id, "") if entry.actor_id else "",
        taker=here,
        taker_person=str(entry.data.get("handler", "")),
        given_at=entry.happened_at,
        taken_at=entry.happened_at,
        result=result,  # type: ignore[arg-type]
        note=_STEPS[entry.kind],
    )


def _holder(text: str, law: Pack, people: dict[UUID, str]) -> str:
    holder = parse_holder(text)
    if holder.kind == "office":
        return law.office(holder.name).short if holder.name in law.office_map else holder.name
    if holder.kind == "person":
        return f"Bưu tá {people.get(UUID(holder.name), '')}".strip()
    return holder.carrier_name or "Người nộp"
