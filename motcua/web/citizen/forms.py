"""The short pages of filing: each a form over what the draft keeps, read together as one `Filing`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.acts.inputs import Invalid
from motcua.acts.intake import Delivery, Filing, Person
from motcua.acts.windows import refuse_pickup_day, refuse_window
from motcua.dossiers.models import Applicant, ReturnBy
from motcua.kernel.card import parse_card_qr
from motcua.kernel.problems import Problem, Refused
from motcua.kernel.text import squeeze
from motcua.law.model import Pack, Question, Version
from motcua.law.postage import exemptions
from motcua.web.citizen.catalogue import LETTER_GRAMS, can_be_fetched, fee_words
from motcua.web.shared.communes import commune_in_address, commune_label, read_commune
from motcua.web.shared.shown import ShownForm, lines, one_of, read_day, typed

T = TypeVar("T")
Typed = Mapping[str, str]
ONLINE, PICKUP = "online", "pickup"
# Longer than anything that can be right, so that a slip is kept to be mended, and no draft grows without end.
_KEPT = 20_000
_BIRTH_HELP = _("Gõ như 27/02/1990.")


class StepForm(ShownForm):
    """One page. `about` are the beginnings of the names of the problems that belong on it."""

    step = ""
    about: tuple[str, ...] = ()

    def mine(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems that this page can mend."""
        return [p for p in problems if (p.field or "").startswith(self.about)]

    @property
    def kept(self) -> dict[str, str]:
        """What is kept in the draft: exactly what was typed."""
        return {name: str(self.data.get(name, ""))[:_KEPT] for name in self.fields}


class WhoForm(StepForm):
    """Who asks."""

    step = "nguoi-nop"
    about = ("person.", "unit", "card")
    named = {
        **{f"person.{n}": n for n in ("name", "id_number", "tax_code", "born_on", "phone", "email", "address", "sex")},
        "person.unit_code": "commune",
        "unit": "commune",
        "unit_code": "commune",
    }
    kind = one_of(
        _("Người nộp là"), (("citizen", _("Cá nhân")), ("business", _("Doanh nghiệp, tổ chức"))), radio=True,
        required=True, initial="citizen",
    )  # fmt: skip
    card = typed(
        _("Chữ đọc được từ mã QR trên thẻ căn cước"),
        help_text=_("Nếu máy đọc được mã: dán vào đây rồi bấm “Điền từ thẻ”, khỏi gõ các mục dưới."),
    )
    name = typed(_("Họ tên hoặc tên tổ chức"), required=True, autocomplete="name")
    id_number = typed(_("Số định danh"), inputmode="numeric", help_text=_("12 số trên thẻ căn cước."))
    tax_code = typed(_("Mã số thuế"), inputmode="numeric", help_text=_("Chỉ doanh nghiệp, tổ chức."))
    born_on = typed(_("Ngày sinh"), inputmode="numeric", help_text=_BIRTH_HELP, autocomplete="bday")
    sex = one_of(_("Giới tính"), (("", _("Không ghi")), ("male", _("Nam")), ("female", _("Nữ"))))
    phone = typed(
        _("Điện thoại"), required=True, inputmode="tel", autocomplete="tel", help_text=_("Để nhận tin và tra cứu.")
    )
    email = typed(_("Thư điện tử"), inputmode="email", autocomplete="email")
    address = typed(
        _("Địa chỉ nhà"), required=True, help_text=_("Số nhà, đường, thôn, xóm."), autocomplete="street-address"
    )
    commune = typed(
        _("Xã, phường nơi ở"), required=True, list="communes", help_text=_("Gõ một phần tên, không cần dấu.")
    )

    def fill_from_card(self, law: Pack, day: date) -> list[Problem]:
        """Puts what the card says into the fields. Answers what cannot be read."""
        try:
            card = parse_card_qr(self.text("card"))
        except Refused as refused:
            return list(refused.problems)
        found = commune_in_address(law, card.address, day)
        values = {
            "kind": "citizen", "name": card.name, "id_number": card.id_number, "sex": card.sex, "card": "",
            "born_on": f"{card.birth:%d/%m/%Y}" if card.birth else "", "address": card.address,
        }  # fmt: skip
        if found:
            values["commune"] = commune_label(law, found, day)
        self.data = {**self.kept, **values}
        return []


def who_from(last: Applicant | None, name: str, phone: str, law: Pack, day: date) -> dict[str, str]:
    """What a new draft begins with: what the person gave the last time, else their account."""
    if last is None:
        return {"kind": "citizen", "name": name, "phone": phone}
    return {
        "kind": last.kind, "name": last.name, "id_number": last.id_number, "tax_code": last.tax_code,
        "born_on": f"{last.born_on:%d/%m/%Y}" if last.born_on else "", "sex": last.sex, "phone": last.phone,
        "email": last.email, "address": last.address, "commune": commune_label(law, last.unit_code, day),
    }  # fmt: skip


class QuestionsForm(StepForm):
    """The questions of the procedure."""

    step = "to-khai"
    about = ("form.",)

    def __init__(self, version: Version, data: Typed | None = None) -> None:
        super().__init__(data)
        self.fields |= {q.key: _question(q) for q in version.form}
        self.named = {f"form.{q.key}": q.key for q in version.form}


def _question(question: Question) -> forms.Field:
    if question.type == "choice":
        choices = [("", _("Chọn trong danh sách")), *((c, c) for c in question.choices)]
        return one_of(question.label, choices, required=question.required, help_text=question.help)
    if question.type == "textarea":
        return lines(question.label, required=question.required, help_text=question.help)
    numeric = question.type in {"number", "date"}
    help_text = question.help or (_BIRTH_HELP if question.type == "date" else "")
    mode = {"inputmode": "numeric"} if numeric else {}
    return typed(question.label, required=question.required, help_text=help_text, **mode)


class PapersForm(StepForm):
    """How the papers get there: uploaded now, or fetched from home on a day."""

    step = "giay-to"
    about = ("files", "file", "pickup")
    mode = forms.CharField(widget=forms.HiddenInput, required=False, label=_("Cách gửi giấy tờ"))
    pickup_on = typed(_("Ngày bưu tá đến"), required=True, help_text=_("Gõ như 27/02/2026. Ngày bưu điện làm việc."))
    pickup_window = one_of(_("Lúc nào tiện"), (), required=True, radio=True)
    note = typed(_("Dặn bưu tá"), help_text=_("Ví dụ: nhà sau chợ, gọi trước khi đến."))

    def __init__(self, windows: Sequence[str], data: Typed | None = None) -> None:
        super().__init__(data)
        self.first_window = self.fields["pickup_window"].initial = windows[0]
        self.fields["pickup_window"].choices = [(window, window) for window in windows]  # type: ignore[attr-defined]

    @property
    def fetched(self) -> bool:
        return self.text("mode") == PICKUP


class ReturnForm(StepForm):
    """How the result comes, to whom, and whose charges are reduced."""

    step = "nhan-ket-qua"
    about = ("return_by", "delivery.", "exemption_proof", "fee", "postage", "qty-")
    named = {
        "delivery.address": "to_address", "delivery.unit_code": "to_commune", "delivery.name": "to_name",
        "delivery.phone": "to_phone",
    }  # fmt: skip

    def __init__(self, law: Pack, version: Version, day: date, data: Typed | None = None) -> None:
        super().__init__(data)
        self.version = version
        self.fields |= dict(_return_fields(law, version, day))
        self.named = {**self.named, **{f"quantity.{f.key}": f"qty-{f.key}" for f in version.fees}}

    @property
    def ways(self) -> list[forms.BoundField]:
        return [self["return_by"]]

    @property
    def to(self) -> list[forms.BoundField]:
        return [self[name] for name in ("to_name", "to_phone", "to_address", "to_commune")]

    @property
    def money(self) -> list[forms.BoundField]:
        names = ("fee_exemption", "postage_exemption", "exemption_proof")
        chosen = [n for n in self.fields if n.startswith(("fee-", "qty-"))]
        return [self[name] for name in (*chosen, *names) if name in self.fields]


def ways_home(version: Version) -> list[tuple[str, Any]]:
    """How the result can come."""
    ways: list[tuple[str, Any]] = []
    if version.post != "none" and version.result.paper:
        ways.append((ReturnBy.POST.value, _("Bưu điện phát tận nhà")))
    if version.result.paper:
        ways.append((ReturnBy.COUNTER.value, _("Nhận tại nơi tiếp nhận")))
    ways.append((ReturnBy.ELECTRONIC.value, _("Bản điện tử, xem và tải tại đây")))
    return ways


def _return_fields(law: Pack, version: Version, day: date) -> Iterator[tuple[str, forms.Field]]:
    ways = ways_home(version)
    yield "return_by", one_of(_("Nhận kết quả bằng cách nào"), ways, required=True, radio=True, initial=ways[0][0])
    same = _("Để trống nếu như người nộp.")
    yield "to_name", typed(_("Người nhận"), help_text=same)
    yield "to_phone", typed(_("Điện thoại người nhận"), inputmode="tel", help_text=same)
    yield "to_address", typed(_("Địa chỉ phát"), help_text=same)
    yield "to_commune", typed(_("Xã, phường nơi phát"), list="communes", help_text=same)
    for fee in version.fees:
        if fee.optional or fee.when:
            label = f"{fee.name} ({fee_words(fee, online=True)})"
            yield f"fee-{fee.key}", forms.BooleanField(label=label, required=False, help_text=fee.when)
        if fee.per != "dossier":
            yield f"qty-{fee.key}", typed(_("Số lượng để tính “%s”") % fee.name, initial="1", inputmode="numeric")
    none = ("", _("Không"))
    fee_exempt = {e.key: e.name for f in version.fees for e in f.exempt}
    if fee_exempt:
        yield "fee_exemption", one_of(_("Được miễn, giảm phí, lệ phí vì"), [none, *fee_exempt.items()])
    if version.post != "none":
        reduced = [(e.key, f"{e.name} ({e.percent}%)") for e in exemptions(law, day)]
        yield "postage_exemption", one_of(_("Được miễn, giảm cước bưu chính vì"), [none, *reduced])
    yield (
        "exemption_proof",
        typed(
            _("Giấy tờ chứng minh được miễn, giảm"),
            help_text=_("Tên và số giấy. Xuất trình khi bưu tá hoặc quầy hỏi."),
        ),
    )


@dataclass(slots=True)
class Reading:
    """A filing as read from a draft, and what of it could not be read."""

    filing: Filing
    unread: list[Problem] = field(default_factory=list)


class Reader:
    """Reads the whole draft; a value that cannot be read becomes a problem and stays empty."""

    def __init__(self, law: Pack, version: Version, day: date, data: Mapping[str, Any]) -> None:
        self.law, self.version, self.day, self.unread = law, version, day, list[Problem]()
        self.who: Typed = data.get(WhoForm.step, {})
        self.answers: Typed = data.get(QuestionsForm.step, {})
        self.papers: Typed = data.get(PapersForm.step, {})
        self.home: Typed = data.get(ReturnForm.step, {})

    def read(self) -> Reading:
        version, home = self.version, self.home
        fetched = self.papers.get("mode") == PICKUP and can_be_fetched(version)
        filing = Filing(
            procedure=version.code,
            person=self._person(),
            form={q.key: self._answer(q) for q in version.form},
            return_by=home.get("return_by") or ways_home(version)[0][0],
            delivery=self._delivery(),
            pay="door",
            fees=[f.key for f in version.fees if home.get(f"fee-{f.key}")],
            quantities={f.key: self._quantity(f.key) for f in version.fees if f.per != "dossier"},
            fee_exemption=home.get("fee_exemption", ""),
            postage_exemption=home.get("postage_exemption", ""),
            exemption_proof=squeeze(home.get("exemption_proof", ""))[:250],
            grams=LETTER_GRAMS,
            note=squeeze(self.papers.get("note", ""))[:300] if fetched else "",
            pickup_on=self._pickup_day() if fetched else None,
            pickup_window=self._pickup_window() if fetched else "",
        )
        return Reading(filing, self.unread)

    def _try(self, reader: Callable[[], T], instead: T) -> T:
        try:
            return reader()
        except Refused as refused:
            self.unread.extend(refused.problems)
            return instead

    def _commune(self, text: str, name: str) -> str:
        return self._try(lambda: read_commune(self.law, text[:100], self.day, name), "")

    def _person(self) -> Person:
        who = self.who
        if not squeeze(who.get("address", "")):
            self.unread.append(Problem("person.no_address", "Hãy nhập địa chỉ nhà.", field="person.address"))
        if not who.get("commune", "").strip():
            self.unread.append(Problem("person.no_commune", "Hãy nhập xã, phường nơi ở.", field="person.unit_code"))
        return Person(
            name=squeeze(who.get("name", "")),
            kind="business" if who.get("kind") == "business" else "citizen",
            id_number="".join(who.get("id_number", "").split()),
            tax_code="".join(who.get("tax_code", "").split()),
            born_on=self._try(lambda: read_day(who.get("born_on", ""), "person.born_on"), None),
            sex=who.get("sex", "") if who.get("sex") in {"male", "female"} else "",
            phone=who.get("phone", "").strip()[:40],
            email=squeeze(who.get("email", "")),
            address=squeeze(who.get("address", "")),
            unit_code=self._commune(who.get("commune", ""), "person.unit_code"),
        )

    def _delivery(self) -> Delivery:
        home = self.home
        return Delivery(
            name=squeeze(home.get("to_name", ""))[:250],
            phone=home.get("to_phone", "").strip()[:40],
            address=squeeze(home.get("to_address", ""))[:300],
            unit_code=self._commune(home.get("to_commune", ""), "delivery.unit_code"),
        )

    def _answer(self, question: Question) -> str:
        text = self.answers.get(question.key, "")
        if question.type == "date":
            found = self._try(lambda: read_day(text, f"form.{question.key}"), None)
            return found.isoformat() if found else ""
        if question.type == "textarea":
            return "\n".join(squeeze(line) for line in text.splitlines()).strip()
        return squeeze(text)

    def _quantity(self, key: str) -> int:
        text = self.home.get(f"qty-{key}", "1").strip() or "1"
        if text.isascii() and text.isdecimal() and len(text) < 5:
            return int(text)
        what = "“%(text)s” không phải số lượng. Hãy nhập một số nguyên."
        self.unread.append(Problem("input.number", what, field=f"qty-{key}", params={"text": text[:20]}))
        return 1

    def _pickup_day(self) -> date | None:
        found = self._try(lambda: read_day(self.papers.get("pickup_on", ""), "pickup_on"), None)
        if found is None and not any(p.field == "pickup_on" for p in self.unread):
            self.unread.append(Problem("pickup.no_day", "Hãy nhập ngày bưu tá đến.", field="pickup_on"))
        return self._try(lambda: self._open_day(found), None) if found else None

    def _pickup_window(self) -> str:
        window = self.papers.get("pickup_window", "")[:20]
        try:
            refuse_window(self.law, window, self.day)
        except Invalid as invalid:
            self.unread += invalid.problems
            return ""
        return window

    def _open_day(self, wanted: date) -> date:
        try:
            refuse_pickup_day(self.law, wanted, self.day)
        except (Invalid, Refused) as refused:
            raise Refused(
                [Problem(p.code, p.message, field="pickup_on", params=p.params) for p in refused.problems]
            ) from refused
        return wanted
