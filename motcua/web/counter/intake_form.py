"""The page of a new dossier: one form for the person, the papers, the questions, the money, the way home."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.acts.intake import Delivery, Filing, Person
from motcua.dossiers.models import ReturnBy
from motcua.kernel.card import parse_card_qr
from motcua.kernel.problems import Problem, Refused
from motcua.kernel.text import squeeze
from motcua.law.model import Fee, Pack, Question, Version
from motcua.web.shared.communes import commune_in_address, commune_label, read_commune
from motcua.web.shared.paper_counts import PaperCounts
from motcua.web.shared.shown import ShownForm, lines, one_of, read_day, typed
from motcua.web.words import dong

T = TypeVar("T")
GRAMS = 100
_NAMES = {
    "person.name": "name",
    "person.id_number": "id_number",
    "person.tax_code": "tax_code",
    "person.phone": "phone",
    "person.email": "email",
    "person.address": "address",
    "person.unit_code": "commune",
    "person.proxy_name": "proxy_name",
    "person.born_on": "born_on",
    "unit": "commune",
    "unit_code": "commune",
    "delivery.name": "to_name",
    "delivery.phone": "to_phone",
    "delivery.address": "to_address",
    "delivery.unit_code": "to_commune",
    "items": "incomplete",
}
_DOUBTS = {
    "name": ("name", _("Tên trên mã QR có chữ lạ. Hãy so với thẻ.")),
    "birth": ("born_on", _("Không đọc được ngày sinh. Hãy nhập theo thẻ.")),
    "sex": ("sex", _("Giới tính không khớp số định danh. Hãy so với thẻ.")),
    "address": ("address", _("Địa chỉ có chữ lạ do bộ gõ tiếng Việt. Hãy so với thẻ.")),
}


class IntakeForm(ShownForm):
    """Draws the form and reads a `Filing` from it, with what of it cannot be read; the act checks the rest."""

    named = _NAMES

    def __init__(self, law: Pack, version: Version, day: date, data: QueryDict | None = None) -> None:
        self.law, self.version, self.day = law, version, day
        self.counts = PaperCounts(version, data)
        self.doubts: list[str] = []
        super().__init__(data)
        self.fields |= dict(_person_fields()) | dict(_way_fields(version)) | dict(_money_fields(law, version, day))
        self.fields |= {f"form-{q.key}": _question_field(q) for q in version.form}
        for field in self.fields.values():
            # A counter's form is dense: what must be there is starred, instead of naming all that may be left out.
            field.label = f"{field.label} *" if field.required else field.label
        self._begin_with_usual()
        self.fees = [FeeLine(fee, self) for fee in version.fees]

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"form-{q.key}"] for q in self.version.form]

    def _begin_with_usual(self) -> None:
        """A form that came with a card alone begins with the usual answers, as an empty one does."""
        missing = {n: str(f.initial) for n, f in self.fields.items() if f.initial and n not in self.data}
        if self.is_bound and missing:
            self.data = self._with(missing)

    def focus_first_blank(self) -> None:
        """The cursor begins where typing is needed next: the card, then what must be there and is not."""
        names = ["name", "phone", *(f"form-{q.key}" for q in self.version.form if q.required)]
        blank = next((name for name in names if not self.text(name)), "name")
        self.fields[blank if self.is_bound else "card"].widget.attrs["autofocus"] = True

    def fill_from_card(self) -> list[Problem]:
        """Puts what the card says into the person's fields; what was typed there gives way to the card."""
        try:
            card = parse_card_qr(self.text("card"))
        except Refused as refused:
            return list(refused.problems)
        born = f"{card.birth:%d/%m/%Y}" if card.birth else ""
        found = commune_in_address(self.law, card.address, self.day)
        values = {
            "name": card.name,
            "id_number": card.id_number,
            "born_on": born,
            "sex": card.sex,
            "card": "",
        }
        values |= {"address": card.address, "kind": "citizen"}
        if found:
            values["commune"] = commune_label(self.law, found, self.day)
        self.data = self._with(values)
        self.doubts = [name for name in card.doubtful if name in _DOUBTS]
        for name in self.doubts:
            self.add_error(*_DOUBTS[name])
        return []

    def _with(self, values: Mapping[str, str]) -> QueryDict:
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # a bound form's data is a QueryDict
        for name, value in values.items():
            data[name] = value
        return data

    def filing(self) -> tuple[Filing, list[Problem]]:
        """The filing typed, and what of it could not be read (days, communes, numbers)."""
        unread: list[Problem] = []

        def read(reader: Callable[[], T], instead: T) -> T:
            try:
                return reader()
            except Refused as refused:
                unread.extend(refused.problems)
                return instead

        text, law, day = self.text, self.law, self.day
        person = Person(
            name=squeeze(text("name")),
            kind="business" if text("kind") == "business" else "citizen",
            id_number="".join(text("id_number").split()),
            tax_code="".join(text("tax_code").split()),
            born_on=read(lambda: read_day(text("born_on"), "person.born_on"), None),
            sex=text("sex") if text("sex") in {"male", "female"} else "",
            phone=text("phone"),
            email=squeeze(text("email")),
            address=squeeze(text("address")),
            unit_code=read(lambda: read_commune(law, text("commune"), day, "person.unit_code"), ""),
            proxy_name=squeeze(text("proxy_name")),
        )
        delivery = Delivery(
            name=squeeze(text("to_name")),
            phone=text("to_phone"),
            address=squeeze(text("to_address")),
            unit_code=read(lambda: read_commune(law, text("to_commune"), day, "delivery.unit_code"), ""),
        )
        filing = Filing(
            procedure=self.version.code,
            person=person,
            form={q.key: read(lambda q=q: self._answer(q), "") for q in self.version.form},  # type: ignore[misc]
            papers=read(self._papers, []),
            return_by=text("return_by"),
            delivery=delivery,
            pay="door" if text("pay") == "door" else "reception",
            fees=[line.fee.key for line in self.fees if line.chosen],
            quantities={line.fee.key: read(line.read_quantity, 1) for line in self.fees if line.counted},
            fee_exemption=text("fee_exemption"),
            postage_exemption=text("postage_exemption"),
            exemption_proof=squeeze(text("exemption_proof")),
            grams=read(lambda: read_number(text("grams") or str(GRAMS), "grams", 1, 30_000), GRAMS),
            note=squeeze(text("note")),
        )
        return filing, unread

    def _papers(self) -> list[dict[str, Any]]:
        rows = self.counts.rows
        for row in rows:
            row["quantity"] = read_number(row["quantity"], "papers", 0, 999)
            row["pages"] = read_number(row["pages"], "papers", 1, 9999)
            row["condition"] = squeeze(row["condition"])[:200]
        return rows

    def _answer(self, question: Question) -> str:
        name = f"form-{question.key}"
        if question.type == "date":
            found = read_day(self.text(name), f"form.{question.key}")
            return found.isoformat() if found else ""
        raw = str(self.data.get(name, "")).strip()
        return "\n".join(squeeze(line) for line in raw.splitlines()) if question.type == "textarea" else squeeze(raw)

    def show(self, problems: Any) -> None:
        """As everywhere, and answers to questions go beside their question."""
        ours = []
        for p in problems:
            field = f"form-{p.field.removeprefix('form.')}" if (p.field or "").startswith("form.") else p.field
            ours.append(Problem(p.code, p.message, p.blocks, field, p.params))
        super().show(ours)

    def items_asked(self) -> list[str]:
        """What the supplement slip asks for: the lines typed, or else the papers that are short."""
        asked = [squeeze(line)[:500] for line in self.text("incomplete").splitlines()]
        return [line for line in asked if line] or [lacking_words(line) for line in self.counts.short]


class FeeLine:
    """One state fee on the form: fixed, chosen by a tick, or counted by pages, copies or papers."""

    def __init__(self, fee: Fee, form: IntakeForm) -> None:
        self.fee, self.form = fee, form
        self.tick, self.quantity = f"fee-{fee.key}", f"qty-{fee.key}"

    @property
    def choosable(self) -> bool:
        return self.fee.optional or bool(self.fee.when)

    @property
    def chosen(self) -> bool:
        return self.choosable and bool(self.form.data.get(self.tick))

    @property
    def counted(self) -> bool:
        return self.fee.per != "dossier"

    @property
    def number(self) -> str:
        return str(self.form.data.get(self.quantity, "1"))

    @property
    def count_label(self) -> str:
        return str(COUNT_LABELS.get(self.fee.per, _("Số lượng")))

    @property
    def price(self) -> str:
        """The price in words: "2.000 đ mỗi trang, từ trang 3: 1.000 đ, không quá 200.000 đ"."""
        fee, unit = self.fee, PER_WORDS.get(self.fee.per, self.fee.per)
        parts = [f"{dong(fee.amount)} {_('mỗi')} {unit}" if self.counted else dong(fee.amount)]
        if fee.over is not None:
            parts.append(f"{_('từ')} {unit} {fee.over + 1}: {dong(fee.over_amount)}")
        if fee.maximum is not None:
            parts.append(f"{_('không quá')} {dong(fee.maximum)}")
        return ", ".join(parts)

    def read_quantity(self) -> int:
        return read_number(self.number or "1", self.quantity, 0, 9999)


COUNT_LABELS: dict[str, Any] = {"page": _("Số trang"), "copy": _("Số bản"), "paper": _("Số giấy tờ")}
PER_WORDS: dict[str, Any] = {"page": _("trang"), "copy": _("bản"), "paper": _("giấy"), "dossier": _("hồ sơ")}


def lacking_words(line: Any, said: Callable[[str], Any] = str) -> str:
    """ "Đơn đề nghị (thiếu 1 bản chính, 2 bản sao)": as an official slip says it; `said` puts it otherwise."""
    originals, copies = line.lacking
    parts = [said("%d bản chính") % originals] * bool(originals) + [said("%d bản sao") % copies] * bool(copies)
    return str(said("%(name)s (thiếu %(what)s)") % {"name": line.name, "what": ", ".join(parts)})


def read_number(text: str, field: str, least: int, most: int) -> int:
    """A whole number typed with or without dots. Refuses `input.number`."""
    bare = str(text).replace(".", "").replace(" ", "")
    if bare.isascii() and bare.isdecimal() and len(bare) < 12 and least <= int(bare) <= most:
        return int(bare)
    message = "“%(text)s” không phải số nguyên từ %(least)s đến %(most)s. Hãy nhập lại."
    params = {"text": str(text)[:20], "least": least, "most": most}
    raise Refused([Problem("input.number", message, field=field, params=params)])


def _person_fields() -> Iterator[tuple[str, forms.Field]]:
    kinds = (("citizen", _("Cá nhân")), ("business", _("Doanh nghiệp, tổ chức")))
    yield "kind", one_of(_("Người nộp là"), kinds, initial="citizen", radio=True)
    yield "name", typed(_("Họ tên hoặc tên tổ chức"), required=True)
    yield "id_number", typed(_("Số định danh"), inputmode="numeric", help_text=_("12 số trên thẻ căn cước."))
    yield "tax_code", typed(_("Mã số thuế"), inputmode="numeric", help_text=_("Của doanh nghiệp, tổ chức."))
    yield "born_on", typed(_("Ngày sinh"), inputmode="numeric", help_text=_("Gõ 27021990 hoặc 27/02/1990."))
    yield "sex", one_of(_("Giới tính"), (("", _("Không ghi")), ("male", _("Nam")), ("female", _("Nữ"))))
    yield (
        "phone",
        typed(_("Điện thoại"), required=True, inputmode="tel", help_text=_("Để báo tin và tra cứu.")),
    )
    yield "email", typed(_("Thư điện tử"), inputmode="email")
    yield "address", typed(_("Địa chỉ"))
    commune_help = _("Gõ một phần tên, không cần dấu, hoặc mã.")
    yield "commune", typed(_("Xã, phường nơi ở"), list="communes", help_text=commune_help)
    yield "proxy_name", typed(_("Người nộp thay"), help_text=_("Nếu người đứng tại quầy được uỷ quyền."))


def _way_fields(version: Version) -> Iterator[tuple[str, forms.Field]]:
    yield "card", typed(_("Mã QR trên thẻ căn cước"), help_text=_("Quét thẻ; Enter để điền."), data_scan="1")
    yield (
        "return_by",
        one_of(_("Nhận kết quả"), _ways_home(version), required=True, radio=True, initial=_usual(version)),
    )
    same = _("Để trống nếu như người nộp.")
    yield "to_name", typed(_("Người nhận"), help_text=same)
    yield "to_phone", typed(_("Điện thoại người nhận"), inputmode="tel", help_text=same)
    yield "to_address", typed(_("Địa chỉ phát"), help_text=same)
    yield "to_commune", typed(_("Xã, phường nơi phát"), list="communes", help_text=same)
    yield "note", typed(_("Ghi chú của quầy"))
    yield (
        "incomplete",
        lines(
            _("Nội dung cần bổ sung"),
            help_text=_("Mỗi mục một dòng; để trống thì phiếu ghi các giấy tờ còn thiếu."),
        ),
    )


def _ways_home(version: Version) -> list[tuple[str, Any]]:
    ways = []
    if version.post != "none" and version.result.paper:
        ways.append((ReturnBy.POST.value, _("Bưu điện phát tận nhà")))
    if version.result.paper:
        ways.append((ReturnBy.COUNTER.value, _("Nhận tại nơi nộp")))
    ways.append((ReturnBy.ELECTRONIC.value, _("Bản điện tử")))
    return ways


def _usual(version: Version) -> str:
    return _ways_home(version)[0][0]


def _money_fields(law: Pack, version: Version, day: date) -> Iterator[tuple[str, forms.Field]]:
    when = (("reception", _("Thu ngay tại quầy")), ("door", _("Thu khi trả kết quả")))
    yield "pay", one_of(_("Trả tiền"), when, initial="reception", radio=True)
    fee = {e.key: e.name for f in version.fees for e in f.exempt}
    none = ("", _("Không miễn, giảm"))
    if fee:
        yield "fee_exemption", one_of(_("Miễn, giảm phí, lệ phí"), [none, *fee.items()])
    post = [(key, e.name) for key, line in sorted(law.tariff.exemptions.items()) if (e := line.get(day))]
    if post and version.post != "none":
        yield "postage_exemption", one_of(_("Miễn, giảm cước"), [none, *post])
    yield "exemption_proof", typed(_("Giấy tờ chứng minh miễn, giảm"), help_text=_("Loại giấy và số đã xem."))
    yield "grams", typed(_("Khối lượng kết quả (gam)"), initial=str(GRAMS), inputmode="numeric")


def _question_field(question: Question) -> forms.Field:
    help_text: Any = question.help
    if question.type == "choice":
        choices = [("", _("Chọn trong danh sách")), *((c, c) for c in question.choices)]
        return one_of(question.label, choices, required=question.required, help_text=help_text)
    if question.type == "textarea":
        return lines(question.label, required=question.required, help_text=help_text)
    kind = {"number": "numeric", "date": "numeric"}.get(question.type, "text")
    help_text = help_text or (_("Gõ 27021990 hoặc 27/02/1990.") if question.type == "date" else "")
    return typed(question.label, required=question.required, help_text=help_text, inputmode=kind)
