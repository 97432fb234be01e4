"""What the page of components is drawn from: made-up people and papers, every component in every state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.kernel.problems import Problem
from motcua.web import charts
from motcua.web.marks import status_mark
from motcua.web.ui import (
    Act,
    Cell,
    Column,
    Entry,
    MoneyLine,
    NavItem,
    Pager,
    PaperLine,
    Person,
    Purse,
    Row,
    Step,
    Table,
    Who,
)  # fmt: skip
from motcua.web.way import Station, Way
from motcua.web.words import dong, when

START = datetime(2026, 2, 27, 1, 15, tzinfo=UTC)
COMMUNES = (
    "Phường Thành Sen", "Phường Trần Phú", "Phường Hà Huy Tập", "Xã Thạch Lạc", "Xã Đồng Tiến", "Xã Thạch Khê",
    "Xã Cẩm Bình", "Phường Sông Trí", "Phường Hải Ninh", "Xã Kỳ Anh", "Xã Can Lộc", "Xã Đức Thọ", "Xã Hương Sơn",
    "Xã Vũ Quang",
)  # fmt: skip


def after(days: int, hours: int = 0) -> datetime:
    """An instant so long after the samples begin."""
    return START + timedelta(days=days, hours=hours)


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label=gettext_lazy("Họ và tên"), help_text=gettext_lazy("Như trên thẻ căn cước."))
    phone = forms.CharField(
        label=gettext_lazy("Điện thoại"), widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    born_on = forms.CharField(
        label=gettext_lazy("Ngày sinh"), required=False, help_text=gettext_lazy("Ngày/tháng/năm, như 27/02/1990.")
    )
    commune = forms.ChoiceField(
        label=gettext_lazy("Xã, phường"), choices=[("", "–"), *((name, name) for name in COMMUNES)]
    )
    return_by = forms.ChoiceField(
        label=gettext_lazy("Nhận kết quả"),
        widget=forms.RadioSelect,
        choices=[("post", gettext_lazy("Bưu tá phát tận nhà")), ("counter", gettext_lazy("Tại quầy"))],
    )
    fields_served = forms.MultipleChoiceField(
        label=gettext_lazy("Lĩnh vực"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("civil", gettext_lazy("Hộ tịch")), ("land", gettext_lazy("Đất đai"))],
    )
    agreed = forms.BooleanField(label=gettext_lazy("Đồng ý thu cước khi phát"), required=False)
    scan = forms.FileField(
        label=gettext_lazy("Bản quét"), required=False, help_text=gettext_lazy("PDF, PNG hoặc JPEG.")
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class SampleFilter(forms.Form):
    """What a list is narrowed by."""

    office = forms.ChoiceField(
        label=gettext_lazy("Nơi"), required=False,
        choices=[("", gettext_lazy("Tất cả")), ("a", "Bưu cục Thành Sen"), ("b", "Bưu cục Đức Thọ")],
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("Mã, tên, điện thoại"), required=False)


def ways() -> list[tuple[str, Way]]:
    """The picture at the start, on the way, late, standing still, skipping and at the end."""
    names = (
        ("filed", _("Nộp hồ sơ"), _("Người nộp")),
        ("taken", _("Bưu điện nhận"), "Bưu cục Đức Thọ"),
        ("accepted", _("Tiếp nhận"), "TTPVHCC tỉnh"),
        ("arrived", _("Đến cơ quan"), _("Bưu điện")),
        ("decided", _("Quyết định"), "Sở Tư pháp"),
        ("published", _("Có kết quả"), "Sở Tư pháp"),
        ("closed", _("Phát tận nhà"), _("Bưu điện")),
    )
    due = after(9, 8)

    def made(here: int, **changed: dict[str, Any]) -> Way:
        stations = []
        for place, (key, label, owner) in enumerate(names):
            state = "done" if place < here else "current" if place == here else "todo"
            at = after(place, place) if place <= here else None
            facts: dict[str, Any] = {"state": state, "at": at, "due": due if key == "decided" else None}
            stations.append(Station(key, label, owner, **{**facts, **changed.get(key, {})}))
        return Way(stations, due)

    note = _("Tạm dừng tính giờ: chờ người nộp bổ sung")
    return [
        (_("vừa nộp"), made(0)),
        (_("đang giải quyết"), made(4)),
        (_("trễ ở cơ quan"), made(4, taken={"late": True}, decided={"late": True})),
        (_("đang chờ bổ sung"), made(4, decided={"note": note})),
        (
            _("không qua bưu điện"),
            made(4, taken={"state": "skipped", "at": None}, arrived={"state": "skipped", "at": None}),
        ),
        (_("đã xong"), made(7)),
        (_("chưa hẹn"), Way(made(1).stations)),
    ]


def table(way: Way) -> Table:
    """A worklist with a row in time, one soon, one late, one ended."""
    columns = [
        Column(_("Hồ sơ")), Column(_("Thủ tục")), Column(_("Hành trình"), "way"), Column(_("Hẹn"), "when"),
        Column(_("Còn lại"), "status"), Column(_("Phí"), "number"),
    ]  # fmt: skip
    rows = [
        _row("H27.14-20260227-0000041", "Nguyễn Thị Hoa", way, "in_time", _("còn 4 ngày 3 giờ"), 200000),
        _row("H27.14-20260227-0000038", "Trần Văn Sơn", way, "soon", _("còn 5 giờ"), 0),
        _row("H27.14-20260225-0000007", "Lê Thị Lan", way, "late", _("trễ 1 ngày"), 1250000),
        _row("H27.14-20260220-0000113", "Phan Đình Minh", way, "done", _("đã trả"), 26000),
    ]
    totals = [Cell(_("Cộng 4 hồ sơ")), Cell(), Cell(), Cell(), Cell(), Cell("1.476.000\u00a0đ")]
    return Table(_("Hồ sơ đang giải quyết"), columns, rows, pick="picked", totals=totals, show_caption=True)


def _row(code: str, name: str, way: Way, tone: str, words: str, fee: int) -> Row:
    kind = {"done": "stopped"}.get(tone, tone)
    edge: Any = tone if tone != "in_time" else ""
    cells = [
        Cell(code, "#bang", name), Cell(_("Cấp phiếu lý lịch tư pháp số 1")), Cell(html=way.small),
        Cell(when(way.promised_at)), Cell(html=status_mark(kind, words)), Cell(dong(fee)),
    ]  # fmt: skip
    return Row(cells, edge, pick=code)


def papers() -> list[PaperLine]:
    """A checklist with a paper that is there, one that is short, one that need not be."""
    return [
        PaperLine("application", _("Tờ khai yêu cầu cấp phiếu"), 1, 0, 1, 0, note=_("Mẫu 03/2024/LLTP")),
        PaperLine("id", _("Bản sao giấy tờ tuỳ thân"), 0, 2, 0, 1, scans=1),
        PaperLine("proxy", _("Văn bản uỷ quyền"), 1, 0, required=False, note=_("Khi nộp thay người khác")),
    ]


def purses() -> list[Purse]:
    """The two purses, filled."""
    return [
        Purse("state", [MoneyLine(_("Phí cung cấp thông tin lý lịch tư pháp"), 200000)]),
        Purse(
            "post",
            [MoneyLine(_("Cước nhận hồ sơ"), 26000), MoneyLine(_("Cước phát kết quả"), 30000, _("thu khi phát"))],
        ),
    ]


def problems() -> list[Problem]:
    """A reason that blocks, one that leads to its field, one that is only worth a look."""
    return [
        Problem("paper.missing", "Thiếu 1 bản sao giấy tờ tuỳ thân: hãy nhận thêm hoặc lập phiếu yêu cầu bổ sung."),
        Problem("phone.bad", "Số điện thoại chưa đủ 10 chữ số: hãy hỏi lại người nộp.", field="phone"),
        Problem("proxy.look", "Người nộp không phải người được cấp: hãy xem văn bản uỷ quyền.", blocks=False),
    ]


def acts() -> list[Act]:
    """A main act, plain ones, one that asks why, one that can not be taken back."""
    return [
        Act("decide", _("Ký quyết định"), "F8", "main"),
        Act("forward", _("Chuyển bước"), "F9"),
        Act("supplement", _("Yêu cầu bổ sung"), reason=_("Cần bổ sung những gì, vì sao")),
        Act(
            "refuse", _("Từ chối hồ sơ"), kind="danger", reason=_("Lý do từ chối"),
            consequence=_("Hồ sơ kết thúc và giấy tờ được trả lại; không hoàn tác được."),
        ),
    ]  # fmt: skip


def journal() -> list[Entry]:
    """Some entries, one written down later than it happened."""
    return [
        Entry(after(2, 3), _("Yêu cầu bổ sung"), "Trần Văn Sơn", "Sở Tư pháp", _("Bản sao giấy tờ tuỳ thân"), "paused"),
        Entry(after(1), _("Giao túi TUI-000012"), "Võ Minh", _("Bưu điện"), recorded_at=after(1, 4)),
        Entry(after(0), _("Nhận hồ sơ"), "Lê Thị Lan", "Bưu cục Đức Thọ", kind="in_time"),
    ]


def drawn() -> list[charts.Chart]:
    """Each kind of chart, and one without figures."""
    loads = (41, 38, 52, 47, 12, 0, 0, 63, 49, 44, 51, 40, 9, 0, 0, 58, 46, 1204, 39, 37)
    days = [(f"{day:02d}/11", load) for day, load in enumerate(loads, 1)]
    on_time = [
        ("Sở Tư pháp", (412, 31, 9)),
        ("Sở Nông nghiệp và Môi trường", (280, 64, 57)),
        ("UBND xã Đức Thọ", (0, 0, 0)),
    ]
    lie = [
        charts.Spread("Bưu cục Thành Sen", 3, 7, 11, 18, 64, 15),
        charts.Spread("Bưu cục Đức Thọ", 2, 5, 8, 12, 31, 9),
    ]
    minutes = _("phút")
    return [
        charts.bars_by_day(_("Hồ sơ nhận theo ngày"), _("Tháng 11, mọi quầy"), days, _("Hồ sơ")),
        charts.stacked(_("Đúng hạn theo cơ quan"), _("Hồ sơ đã và đang giải quyết"), on_time, _("Tổng")),
        charts.spread(_("Thời gian tại quầy"), _("Từ lúc gọi số đến lúc in giấy hẹn"), lie, minutes),
        charts.bars_by_day(_("Chưa có gì"), _("Kỳ mới bắt đầu"), [], _("Hồ sơ")),
    ]


def steps() -> list[Step]:
    """A task of three pages, on its second."""
    return [Step(_("Người nộp"), "done", "#buoc"), Step(_("Giấy tờ"), "current"), Step(_("Nhận kết quả"), "todo")]


def everything() -> dict[str, Any]:
    """The context of the page of components."""
    good = SampleForm(initial={"name": "Nguyễn Thị Hoa", "return_by": "post"})
    bad = SampleForm({"phone": "0912", "commune": "Xã Đức Thọ"}, prefix=None, auto_id="wrong_%s")
    bad.add_error("phone", _("Số điện thoại chưa đủ 10 chữ số."))
    seven = ways()
    person = Person("Nguyễn Thị Hoa", "042187003134", "12/08/1987", _("Nữ"), "Thôn 3, xã Đức Thọ", "0912 345 678")
    return {
        "who": Who("Lê Thị Lan", _("Giao dịch viên bưu điện"), "Bưu cục Đức Thọ"),
        "nav": [NavItem(_("Kiểu dáng"), "/kieu-dang", "Alt+1", current=True), NavItem(_("Trang chủ"), "/", "Alt+2")],
        "ways": seven,
        "kinds": ("in_time", "soon", "late", "paused", "waiting", "info", "stopped"),
        "form": good, "bad": bad, "filter": SampleFilter(), "table": table(seven[2][1]),
        "none": Table(_("Trống"), [Column(_("Hồ sơ"))], []),
        "person": person, "opened": replace(person, opened=True),
        "papers": papers(), "enough": papers()[:1], "purses": purses(), "nothing_due": [Purse("state"), Purse("post")],
        "problems_found": problems(), "acts": acts(), "entries": journal(), "charts": drawn(),
        "steps": steps(),
        "pager": Pager(50, "#sau", "#truoc", _("hồ sơ")), "last_pager": Pager(7, "", "#truoc", _("túi")),
        "facts": [(_("Mã hồ sơ"), "H27.14-20260227-0000041"), (_("Thủ tục"), _("Cấp phiếu lý lịch tư pháp số 1"))],
        "amount": 1476000, "instant": after(0), "minutes": (1140, 45, 0, -530, None),
    }  # fmt: skip
