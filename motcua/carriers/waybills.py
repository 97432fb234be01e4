"""What a carrier is told of a parcel, from the dossier as it is now."""

from datetime import date

from motcua.carriers.interface import Party, Waybill
from motcua.carriers.models import CarrierOrder
from motcua.kernel.calendar import local
from motcua.law.model import Pack
from motcua.law.model.places import district_of, province_of

CONTENTS = "Kết quả giải quyết thủ tục hành chính"


def waybill_of(order: CarrierOrder, law: Pack) -> Waybill:
    """The order's waybill: from the office that sends to whoever the applicant named. No identity number goes along."""
    d, day = order.dossier, local(order.asked_at).date()
    to, a = d.delivery, d.applicant
    office, unit = law.office(order.office_id), to.get("unit_code") or a.unit_code
    return Waybill(
        number=order.number,
        item=order.parcel.item,
        cod=order.cod,
        sender=_party(law, law.unit_of_office(office.code, day), day, office.name, "", office.name),
        receiver=_party(
            law, unit, day, to.get("name") or a.name, to.get("phone") or a.phone,
            to.get("address") or a.address, a.email,
        ),
        contents=CONTENTS,
        note=str(to.get("note", "")),
    )  # fmt: skip


def _party(law: Pack, unit: str, day: date, name: str, phone: str, address: str, email: str = "") -> Party:
    """Where districts are no more, the commune stands in their place: the carrier sorts by it."""
    commune = _name(law, unit)
    province = _name(law, province_of(law.unit_lines, unit, day))
    district = _name(law, district_of(law.unit_lines, unit, day)) or commune
    where = address if not commune or commune in address else f"{address}, {commune}"
    return Party(name=name, phone=phone, address=where, province=province, district=district, email=email)


def _name(law: Pack, code: str) -> str:
    return law.unit(code).name if code in law.unit_lines else ""
