"""What a new dossier is made from, and everything about it that can be wrong before anything is done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.acts.inputs import Invalid
from motcua.dossiers.models import ReturnBy
from motcua.kernel.codes import citizen_id_problems, phone_ok, tax_code_ok
from motcua.kernel.problems import Problem
from motcua.kernel.text import squeeze
from motcua.law.model import Pack, Version

NAME_LIMIT = 250


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as typed or read from the card."""

    name: str
    kind: str = "citizen"
    id_number: str = ""
    tax_code: str = ""
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    unit_code: str = ""
    proxy_name: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the result goes when the post brings it."""

    name: str = ""
    phone: str = ""
    address: str = ""
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything a new dossier is made from. `papers` rows: {component, kind, quantity, pages, condition}.
    `files` rows: {component, title, mime, size, sha256, kind}, already in the store."""

    procedure: str
    person: Person
    form: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[dict[str, Any]] = ()
    files: Sequence[dict[str, Any]] = ()
    return_by: str = ReturnBy.POST
    delivery: Delivery = Delivery()
    pay: str = "reception"
    fees: Sequence[str] = ()
    quantities: Mapping[str, int] = field(default_factory=dict)
    fee_exemption: str = ""
    postage_exemption: str = ""
    exemption_proof: str = ""
    grams: int = 100
    incomplete: Sequence[str] = ()
    note: str = ""
    pickup_on: date | None = None
    pickup_window: str = ""


def check_filing(law: Pack, filing: Filing, day: date) -> Version:
    """The version that applies. Raises Invalid naming each field that cannot be right; Refused by the law."""
    problems = list(_person_problems(filing.person, law, day))
    if filing.return_by not in ReturnBy.values:
        problems.append(Problem("filing.return_by", "Hãy chọn cách nhận kết quả.", field="return_by"))
    version = law.procedure(filing.procedure, day)
    if filing.return_by == ReturnBy.POST and version.post == "none":
        problems.append(
            Problem(
                "filing.no_post",
                "Kết quả thủ tục này không trả qua bưu điện được. Hãy chọn cách nhận khác.",
                field="return_by",
            )
        )
    problems += _form_problems(version, filing.form)
    if filing.return_by == ReturnBy.POST:
        problems += _delivery_problems(filing, law, day)
    problems += _money_problems(filing, version)
    if len(filing.note) > 500:
        problems.append(_too_long("note"))
    if any(p.blocks for p in problems):
        raise Invalid(problems)
    return version


def _too_long(field_name: str) -> Problem:
    return Problem("person.too_long", "Nội dung quá dài. Hãy rút gọn.", field=field_name)


def _no_unit(field_name: str) -> Problem:
    return Problem("unit.unknown", "Không có xã, phường này. Hãy chọn trong danh sách.", field=field_name)


def _no_phone(field_name: str) -> Problem:
    return Problem("person.phone", "Số điện thoại không đúng. Hãy nhập 10 số, ví dụ 0912345678.", field=field_name)


def _delivery_problems(filing: Filing, law: Pack, day: date) -> Iterator[Problem]:
    to = filing.delivery
    for name, text in (("address", to.address), ("unit_code", to.unit_code)):
        if not text and not getattr(filing.person, name):
            yield Problem("filing.no_delivery", "Hãy nhập địa chỉ phát kết quả.", field=f"delivery.{name}")
    if to.unit_code and not law.has_unit(to.unit_code, day):
        yield _no_unit("delivery.unit_code")
    if to.phone and not phone_ok(to.phone):
        yield _no_phone("delivery.phone")
    for key, limit in (("name", NAME_LIMIT), ("address", 300)):
        if len(getattr(to, key)) > limit:
            yield _too_long(f"delivery.{key}")


def _money_problems(filing: Filing, version: Version) -> Iterator[Problem]:
    if (filing.fee_exemption or filing.postage_exemption) and not squeeze(filing.exemption_proof):
        yield Problem(
            "filing.no_proof",
            "Miễn, giảm phải có giấy tờ chứng minh. Hãy ghi giấy tờ đã xem.",
            field="exemption_proof",
        )
    if len(filing.exemption_proof) > 250:
        yield _too_long("exemption_proof")
    known = {e.key for fee in version.fees for e in fee.exempt}
    if filing.fee_exemption and filing.fee_exemption not in known:
        yield Problem(
            "filing.exemption_unknown",
            "Thủ tục này không miễn, giảm phí cho đối tượng đó. Hãy chọn trong danh sách.",
            field="fee_exemption",
        )
    for key in {*filing.fees, *filing.quantities} - {fee.key for fee in version.fees}:
        yield Problem(
            "filing.fee_unknown",
            "Thủ tục này không có khoản thu “%(key)s”. Hãy chọn trong danh sách.",
            field="fees",
            params={"key": key[:60]},
        )
    if any(not 0 <= n <= 9999 for n in filing.quantities.values()):
        yield Problem("filing.quantity", "Số lượng phải từ 0 đến 9999. Hãy nhập lại.", field="quantities")


def _person_problems(person: Person, law: Pack, day: date) -> Iterator[Problem]:
    name = squeeze(person.name)
    if not name:
        yield Problem("person.no_name", "Hãy nhập họ tên người nộp.", field="person.name")
    elif len(name) > NAME_LIMIT:
        yield Problem(
            "person.long_name", "Họ tên dài quá %(limit)s ký tự. Hãy kiểm tra lại.", field="person.name",
            params={"limit": NAME_LIMIT},
        )  # fmt: skip
    if person.id_number:
        for p in citizen_id_problems(person.id_number, person.born_on, person.sex or None):
            yield Problem(p.code, p.message, p.blocks, "person.id_number", p.params)
    if person.tax_code and not tax_code_ok(person.tax_code):
        yield Problem("person.tax_code", "Mã số thuế không đúng số kiểm tra. Hãy xem lại.", field="person.tax_code")
    if person.phone and not phone_ok(person.phone):
        yield _no_phone("person.phone")
    if not person.phone:
        yield Problem("person.no_phone", "Hãy nhập số điện thoại để báo tin và tra cứu.", field="person.phone")
    if person.unit_code and not law.has_unit(person.unit_code, day):
        yield _no_unit("person.unit_code")
    for key, limit in (("address", 300), ("email", 120), ("proxy_name", 250)):
        if len(getattr(person, key)) > limit:
            yield _too_long(f"person.{key}")
    if person.born_on and person.born_on > day:
        yield Problem("person.born_later", "Ngày sinh ở tương lai. Hãy xem lại.", field="person.born_on")


def _form_problems(version: Version, form: Mapping[str, Any]) -> Iterator[Problem]:
    asked = {q.key: q for q in version.form}
    for key in form.keys() - asked.keys():
        yield Problem("form.unknown", "Tờ khai không có mục này.", field=f"form.{key}")
    for key, question in asked.items():
        value = form.get(key)
        if value in (None, ""):
            if question.required:
                yield Problem(
                    "form.missing",
                    "Hãy trả lời: %(label)s.",
                    field=f"form.{key}",
                    params={"label": question.label},
                )
        elif not isinstance(value, str | int | bool) or len(str(value)) > 4000:
            yield Problem("form.too_long", "Câu trả lời quá dài hoặc không phải chữ.", field=f"form.{key}")
        elif question.type == "date" and not _is_date(value):
            yield Problem("form.date", "Hãy nhập ngày có thật (năm-tháng-ngày).", field=f"form.{key}")
        elif question.type == "number" and not str(value).lstrip("-").isdigit():
            yield Problem("form.number", "Hãy nhập một số nguyên.", field=f"form.{key}")
        elif question.type == "choice" and str(value) not in question.choices:
            yield Problem("form.choice", "Hãy chọn một mục trong danh sách.", field=f"form.{key}")


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
