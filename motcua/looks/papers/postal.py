"""The post's papers, the money receipt, and what is stuck on papers and parcels."""

from datetime import datetime

from motcua.documents.forms import data as papers
from motcua.looks.access import Case, NotFound, local_day
from motcua.looks.papers.common import (
    contact_of,
    fee_lines,
    paper_lines,
    party_of,
    place_of,
    postal_head,
    receiver_of,
    return_way,
    who_did,
)
from motcua.looks.papers.labels import labels
from motcua.money.models import Payment

_METHODS = {"cash": "Tiền mặt", "transfer": "Chuyển khoản", "qr": "Chuyển khoản bằng mã QR"}
_POSTAL_SERVICES = {"collect": "Nhận gửi hồ sơ", "return": "Chuyển trả kết quả"}


def postal_slip(case: Case, site: str) -> papers.PostalSlip:
    """The slip both sign when the post takes papers. NotFound where no post counter took any."""
    d = case.dossier
    at = d.taken_at or d.accepted_at
    if d.channel not in {"post", "pickup"} or at is None:
        raise NotFound("postal_slip")
    agency = case.law.office(d.agency_id)
    return papers.PostalSlip(
        **postal_head(case.law, case.law.office(d.reception_id), at),
        number=d.reference,
        sender=party_of(case),
        agency=agency.name,
        agency_address=agency.address,
        procedure=case.version.name,
        procedure_code=d.procedure,
        papers=paper_lines(case),
        services=tuple(
            _POSTAL_SERVICES[c.key] for c in case.charges if c.key in _POSTAL_SERVICES and not c.cancelled_at
        ),
        state_fees=fee_lines(case.charges, "state"),
        post_charges=fee_lines(case.charges, "post"),
        lookup=f"{site}/tra-cuu?ma={d.reference}",
        lookup_site=f"{site}/tra-cuu",
        clerk=who_did(case, "dossier.take", "dossier.accept"),
        notes=(f"Trả kết quả: {return_way(case)}.",),
    )


def guidance(case: Case, site: str) -> papers.Guidance:
    """What a post counter tells the person to add; no refusal. NotFound where it asked for nothing."""
    d = case.dossier
    asked = [r for r in d.requests if case.law.office(r["office"]).kind in {"post_point", "post_office"}]
    if not asked:
        raise NotFound("guidance")
    request = asked[-1]
    at = datetime.fromisoformat(request["asked_at"])
    office = case.law.office(request["office"])
    return papers.Guidance(
        **postal_head(case.law, office, at),
        party=party_of(case),
        agency=case.law.office(d.agency_id).name,
        procedure=case.version.name,
        procedure_code=d.procedure,
        missing=tuple(papers.PaperLine(name=item) for item in request["items"]),
        notes=tuple(note for note in (request.get("note", ""), f"Mã tra cứu {d.reference}: {site}/tra-cuu") if note),
        contact=contact_of(case.law, office.code),
        clerk=request.get("asked_by", ""),
    )


def money_receipt(case: Case, site: str, number: str = "") -> papers.MoneyReceipt:
    """One receipt, the last unless a number is named. NotFound where nothing was collected."""
    rows = Payment.objects.filter(dossier=case.dossier).select_related("shift__account")
    payments = list(rows.filter(receipt=number) if number else rows.order_by("taken_at", "id"))
    if not payments:
        raise NotFound("money_receipt")
    last = payments[-1]
    mine = {p.pk for p in payments if p.receipt == last.receipt}
    lines = [c for c in case.charges if c.payment_id in mine]
    office = case.law.office(last.shift.office_id)
    return papers.MoneyReceipt(
        **postal_head(case.law, office, last.taken_at),
        number=last.receipt,
        payer=party_of(case),
        dossier=str(case.dossier),
        procedure=case.version.name,
        agency=case.law.office(case.dossier.agency_id).name,
        state_fees=fee_lines(lines, "state"),
        post_charges=fee_lines(lines, "post"),
        method=_METHODS.get(last.method, last.method),
        collector=last.shift.account.name,
        notes=(f"Phí, lệ phí được nộp đủ cho cơ quan. Tra cứu tại {site}/tra-cuu.",),
    )


def parcel_label(case: Case, site: str, item: str = "") -> papers.ParcelLabel:
    """The label of a tracked item, the last unless one is named. NotFound where there is none."""
    found = [p for p in case.parcels if not item or p.item == item.upper()]
    if not found:
        raise NotFound("parcel_label")
    parcel, d = found[-1], case.dossier
    agency, day = case.law.office(d.agency_id), local_day(parcel.made_at)
    due = sum(c.amount for c in case.charges if not c.payment_id and not c.cancelled_at)
    sender = papers.Party(
        name=agency.name, address=agency.address or place_of(case.law, agency.code, day), phone=agency.phone
    )
    return papers.ParcelLabel(
        number=parcel.item,
        service="Chuyển trả kết quả thủ tục hành chính",
        sender=sender,
        receiver=receiver_of(case),
        dossier=str(d),
        collect=due,
        note="Chỉ giao khi người nhận xuất trình giấy tờ tuỳ thân.",
        issued_at=parcel.made_at,
    )


def stickers(case: Case, skip: int = 0) -> papers.Stickers:
    """A sticker for each paper of the dossier and each envelope. NotFound where no paper has come yet."""
    if not case.papers:
        raise NotFound("stickers")
    return labels(case.papers, "5x13", skip, min(p.held_since for p in case.papers))
