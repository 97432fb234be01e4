"""Every paper, at its least, its usual and its most: what is on it, what must never be on it, and that it is the same twice."""

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
import zxingcpp

from motcua.documents.forms import KINDS, render
from motcua.documents.forms.data import FeeLine, Form
from motcua.documents.forms.engine import TEMPLATES
from motcua.documents.forms.fonts import font_folders, printable
from motcua.documents.forms.view import cut, view
from motcua.kernel.problems import Refused
from motcua.law.reader import read_pack
from tests.documents import samples as s

ALL = list(s.SAMPLES)
SHOWN = [name for name in ALL if name[1] != "extreme"]
ROOT = Path(__file__).parents[2]


@cache
def made(kind: str, case: str) -> bytes:
    return render(kind, s.SAMPLES[kind, case]())


def pages(pdf: bytes) -> list[str]:
    """The text of each page, blanks and line ends squeezed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text_of(kind: str, case: str) -> str:
    return " ".join(pages(made(kind, case)))


def codes_on(pdf: bytes, dpi: int = 300) -> list[tuple[str, str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    return [(str(code.format), code.text) for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings_in(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from strings_in(one)


def as_json(paper: Any) -> Any:
    def plain(value: Any) -> str:
        assert isinstance(value, (datetime, date))
        return value.isoformat()

    return json.loads(json.dumps(asdict(paper), default=plain))


def test_every_kind_has_its_least_its_usual_and_its_most():
    assert {kind for kind, _ in ALL} == KINDS.keys()
    for kind in KINDS:
        assert {(kind, case) for case in ("minimal", "typical", "extreme")} <= set(ALL)
        assert (TEMPLATES / f"{kind}.typ").is_file()


@pytest.mark.parametrize(("kind", "case"), ALL)
def test_every_paper_is_an_archive_pdf_with_its_own_letters(kind, case):
    pdf = made(kind, case)
    assert pdf.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        fonts = {
            str(obj.FontName)
            for obj in document.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == pikepdf.Name.FontDescriptor
        }
    assert fonts
    assert all("NotoSerif" in name or "BeVietnamPro" in name for name in fonts)


@pytest.mark.parametrize(("kind", "case"), SHOWN)
def test_the_same_data_give_the_same_bytes(kind, case):
    assert render(kind, s.SAMPLES[kind, case]()) == made(kind, case)


@pytest.mark.parametrize("kind", KINDS)
def test_kept_as_json_the_data_give_the_same_bytes(kind):
    assert render(kind, as_json(s.SAMPLES[kind, "typical"]())) == made(kind, "typical")


def test_another_process_gives_the_same_bytes():
    code = (
        "import sys; from motcua.documents.forms import render; from tests.documents.samples import SAMPLES;"
        "sys.stdout.buffer.write(render('receipt', SAMPLES['receipt', 'typical']()))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout == made("receipt", "typical")


@pytest.mark.parametrize(("kind", "case"), SHOWN)
def test_the_engine_has_nothing_to_complain_about(kind, case):
    _, warnings = typst.compile_with_warnings(
        str(TEMPLATES / f"{kind}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(view(s.SAMPLES[kind, case]()))},
        pdf_standards="a-2b",
    )
    assert [str(warning.message) for warning in warnings] == []


@pytest.mark.parametrize(("kind", "case"), SHOWN)
def test_every_text_that_was_given_is_on_the_paper(kind, case):
    """Word by word, since words wrap; letters composed, as they were given."""
    text = text_of(kind, case)
    assert unicodedata.is_normalized("NFC", text)
    text = text.casefold().replace("-\u2010", "-")
    paper = s.SAMPLES[kind, case]()
    unshown = {"lookup", "source", "ground", "outcome", "result", "id_kind", "id_number", "email"}
    given = {name: value for name, value in asdict(paper).items() if name not in unshown and value}
    for name in ("party", "payer", "sender", "receiver"):
        if isinstance(given.get(name), dict):
            given[name] = {"name": given[name]["name"]}
    given.pop("form", None)
    for row in (*given.get("moves", ()), *given.get("stickers", ())):
        row.pop("result", None)  # a mark in its column
        row.pop("square", None)  # what only a scanner reads
    words = {word for string in strings_in(given) for word in string.casefold().split()}
    squeezed = text.replace(" ", "")
    assert [word for word in sorted(words) if word not in squeezed] == []


@pytest.mark.parametrize(
    ("kind", "case", "wanted"),
    [
        ("receipt", "typical", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("receipt", "typical", "Độc lập - Tự do - Hạnh phúc"),
        ("receipt", "typical", "Hà Tĩnh, ngày 27 tháng 02 năm 2026"),
        ("receipt", "typical", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
        ("receipt", "typical", "Mẫu số 01 – Thông tư 03/2025/TT-VPCP Phụ lục I"),
        ("receipt", "typical", "Thời gian nhận hồ sơ: 14 giờ 30 phút, thứ Sáu, ngày 27 tháng 02 năm 2026."),
        ("receipt", "typical", "17 giờ 00 phút, thứ Sáu, ngày 06 tháng 3 năm 2026"),
        ("receipt", "typical", "Thời gian giải quyết theo quy định: 10 ngày."),
        ("receipt", "typical", "Phí, lệ phí (thu nộp ngân sách): Lệ phí cấp Phiếu lý lịch tư pháp 200.000 đ (đã nộp)."),
        ("receipt", "typical", "Chuyển trả kết quả tận nhà 30.000 đ (chưa nộp). Cộng 56.000 đ."),
        ("receipt", "typical", "Số định danh cá nhân: 042190001234"),
        ("receipt", "typical", "Cộng 2 1 2 1"),
        ("receipt", "typical", "Người nhận thay mang theo giấy ủy quyền"),
        ("receipt", "minimal", "Phí, lệ phí: không."),
        ("receipt", "twelve", "(In lại lần 1)"),
        ("receipt", "twelve", "Vào Sổ theo dõi hồ sơ, quyển số: 01/2026; số thứ tự: 118."),
        ("receipt", "twelve", "Số lượng hồ sơ: 2 (bộ)."),
        ("supplement", "typical", "Số: 12/HDHS"),
        ("supplement", "typical", "đến hết thứ Sáu, ngày 20 tháng 3 năm 2026."),
        ("supplement", "typical", "Thời hạn giải quyết tạm dừng từ 14 giờ 30 phút, ngày 27 tháng 02 năm 2026"),
        ("refusal", "typical", "1. Giấy phép lái xe hạng A1"),
        ("refusal", "typical", "Đã ký trên hệ thống lúc 14:30 27/02/2026"),
        ("apology", "slip", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
        ("apology", "slip", "hẹn lại thời gian trả kết quả giải quyết hồ sơ vào: 17 giờ 00 phút, thứ Tư"),
        ("apology", "slip", "Mẫu số 04 – Thông tư 01/2018/TT-VPCP ỦY BAN"),
        ("apology", "typical", "XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
        ("apology", "typical", "Đây là lần gia hạn thứ 1; theo quy định, số lần gia hạn không quá 1 lần."),
        ("apology", "typical", "- Lưu: VT."),
        ("stop", "typical", "1. Căn cứ dừng: theo đề nghị của người nộp hồ sơ. Người nộp đề nghị rút hồ sơ"),
        ("stop", "typical", "2. Giai đoạn của hồ sơ khi dừng: Thẩm định hồ sơ; hồ sơ chưa có quyết định giải quyết."),
        ("stop", "minimal", "5. Giấy tờ trả lại người nộp: không có."),
        ("control_slip", "typical", f"Bưu gửi {s.ITEM}"),
        ("control_slip", "typical", "Đúng hạn"),
        ("control_slip", "typical", "Quá hạn"),
        ("postal_slip", "typical", "Bưu điện kiểm đếm giấy tờ, không thẩm định nội dung"),
        ("postal_slip", "typical", "Số niêm phong: HT-000123"),
        ("manifest", "typical", "Liên 1: bên giao giữ"),
        ("manifest", "typical", "Liên 2: bên nhận giữ"),
        ("manifest", "typical", "Cộng: 18 hồ sơ 27 27 3"),
        ("guidance", "typical", "không phải phiếu yêu cầu bổ sung hay văn bản từ chối"),
        ("result_letter", "typical", "Kết quả giải quyết hồ sơ: không chấp thuận."),
        ("result_letter", "minimal", "Kết quả giải quyết hồ sơ: chấp thuận."),
        ("money_receipt", "typical", "Bằng chữ: Hai trăm nghìn đồng"),
        ("money_receipt", "typical", "Bằng chữ: Năm mươi sáu nghìn đồng"),
        ("money_receipt", "typical", "Tổng số tiền nhận: 256.000 đ (Hai trăm năm mươi sáu nghìn đồng)."),
        ("parcel_label", "typical", "Thu khi phát: 230.000 đ"),
    ],
)  # fmt: skip
def test_what_must_be_read_can_be_read(kind, case, wanted):
    assert wanted in text_of(kind, case)


def test_the_two_layouts_of_the_apology_do_not_mix():
    assert "gia hạn" not in text_of("apology", "slip")
    assert "hẹn lại thời gian" not in text_of("apology", "typical")


def test_a_receipt_of_twelve_papers_is_one_page_and_more_have_a_head_again():
    assert len(pages(made("receipt", "twelve"))) == 1
    twelve = s.SAMPLES["receipt", "twelve"]()
    more = pages(render("receipt", replace(twelve, papers=s.MANY_PAPERS * 5)))
    assert len(more) == 2
    assert more[1].startswith("Giấy tiếp nhận hồ sơ và hẹn trả kết quả – H27.14-20260227-0000001 Trang 2/2")
    assert "TT Thành phần hồ sơ" in more[1]
    assert "NGƯỜI NỘP HỒ SƠ" in more[1]


@pytest.mark.parametrize(
    ("kind", "most"),
    [("postal_slip", 1), ("money_receipt", 1), ("parcel_label", 1), ("supplement", 1), ("refusal", 1), ("stop", 1)],
)
def test_usual_papers_are_one_page(kind, most):
    assert len(pages(made(kind, "typical"))) == most


def test_a_label_never_runs_on_to_a_second():
    assert len(pages(made("parcel_label", "extreme"))) == 1


def test_each_side_of_a_manifest_counts_its_own_pages():
    shown = pages(made("manifest", "typical"))
    assert len(shown) == 4
    for page, head in zip(shown, ["Liên 1", "Liên 1", "Liên 2", "Liên 2"], strict=True):
        assert page.startswith(head)
    assert ["Trang 1/2" in page for page in shown] == [True, False, True, False]
    assert ["Trang 2/2" in page for page in shown] == [False, True, False, True]
    assert shown[0].partition("giữ")[2] == shown[2].partition("giữ")[2]


@pytest.mark.parametrize(
    ("kind", "case", "wanted"),
    [
        ("receipt", "typical", {("Code 128", s.CODE), ("QR Code", s.LOOKUP)}),
        ("receipt", "twelve", {("Code 128", s.CODE), ("QR Code", s.LOOKUP)}),
        ("receipt", "minimal", {("Code 128", s.OLD_CODE), ("QR Code", s.LOOKUP)}),
        ("receipt", "extreme", {("Code 128", s.CODE), ("QR Code", s.LOOKUP)}),
        ("supplement", "typical", {("Code 128", s.CODE)}),
        ("control_slip", "typical", {("Code 128", s.CODE)}),
        ("postal_slip", "typical", {("Code 128", s.ITEM), ("QR Code", s.LOOKUP)}),
        ("manifest", "typical", {("Code 128", "BK-H27-20260227-0007")}),
        ("result_letter", "typical", {("QR Code", s.LOOKUP)}),
        ("money_receipt", "typical", {("Code 128", "BL-H27-20260227-0042")}),
        ("parcel_label", "extreme", {("Code 128", s.ITEM)}),
        ("stickers", "roll", {("QR Code", "0123-4567-89012")}),
        ("stickers", "typical", {("QR Code", f"P7K2-{n:04}") for n in range(70)}),
    ],
)
def test_a_scanner_reads_the_codes_off_the_page(kind, case, wanted):
    assert set(codes_on(made(kind, case))) == wanted


@pytest.mark.parametrize(("kind", "case"), SHOWN)
def test_no_code_carries_a_persons_number(kind, case):
    for _, text in codes_on(made(kind, case), dpi=200):
        assert s.ID_NUMBER not in text
        assert text == s.ITEM or not re.search(r"(?<!\d)(\d{9}|\d{12})(?!\d)", text)


@pytest.mark.parametrize("number", [s.ID_NUMBER, "183000001", "0912000001", "3000000001"])
def test_a_qr_with_a_persons_number_is_refused(number):
    paper = replace(s.receipt_typical(), lookup=f"https://a.example/?id={number}")
    with pytest.raises(ValueError, match="no number of a person"):
        render("receipt", paper)


@pytest.mark.parametrize("kind", KINDS)
def test_very_long_texts_are_cut_with_a_mark(kind):
    if kind != "stickers":
        assert "…" in text_of(kind, "extreme")


def test_nothing_in_the_data_is_run():
    """Markup of the engine, of pages and of printers is only text; what no letter can show becomes a mark."""
    text = text_of("receipt", "extreme")
    assert "<script>#pagebreak() $x$ \\ *đậm* @a <b> //" in text
    assert "株" not in text
    assert "\ufffd" in text


def test_decomposed_names_come_out_composed():
    paper = s.receipt_typical()
    party = replace(paper.party, name=unicodedata.normalize("NFD", paper.party.name))
    assert render("receipt", replace(paper, party=party)) == made("receipt", "typical")


def test_numbers_and_titles_of_forms_are_not_written_in_the_templates():
    pack = read_pack(ROOT / "packs" / "ha-tinh")
    day = date(2026, 2, 27)
    templates = {path.name: path.read_text() for path in TEMPLATES.glob("*.typ")}
    for kind in ("receipt", "supplement", "refusal", "apology", "stop", "control_slip"):
        found = pack.form(kind, day)
        assert Form.of(found).title == found.title
        assert [name for name, text in templates.items() if found.title.casefold() in text.casefold()] == []
    assert [name for name, text in templates.items() if re.search(r"Mẫu số \d", text)] == []


def test_the_form_of_the_day_is_printed():
    pack = read_pack(ROOT / "packs" / "ha-tinh")
    slip = s.control_slip_typical()
    before = render("control_slip", replace(slip, form=Form.of(pack.form("control_slip", date(2025, 9, 14)))))
    after = render("control_slip", replace(slip, form=Form.of(pack.form("control_slip", date(2025, 9, 15)))))
    assert "Mẫu số 05" in pages(before)[0]
    assert "Mẫu số 06" in pages(after)[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"receiver": None}, "Receipt.receiver: str"),
        ({"sets": "1"}, "Receipt.sets: int"),
        ({"sets": True}, "Receipt.sets: int"),
        ({"papers": "a"}, "Receipt.papers: a list"),
        ({"papers": [{"name": "a", "original": 1}]}, r"PaperLine: unknown \['original'\]"),
        ({"party": "Lê A"}, "Receipt.party: an object"),
        ({"party": {}}, r"missing \['name'\]"),
        ({"colour": "red"}, r"Receipt: unknown \['colour'\]"),
    ],
)
def test_wrong_data_name_their_field(change, said):
    data = {**as_json(s.receipt_typical()), **change}
    with pytest.raises(TypeError, match=said):
        render("receipt", data)


def test_wrong_choices_kinds_and_instants_are_told():
    with pytest.raises(TypeError, match=r"Stop\.ground: one of"):
        render("stop", {**as_json(s.stop_typical()), "ground": "nobody"})
    with pytest.raises(KeyError):
        render("poster", {})
    with pytest.raises(Refused) as refused:
        render("receipt", replace(s.receipt_typical(), received_at=datetime(2026, 2, 27, 14, 30)))
    assert refused.value.codes == ("clock.naive_instant",)
    with pytest.raises(TypeError, match="whole number"):
        render("receipt", replace(s.receipt_typical(), state_fees=(FeeLine(name="a", amount=1.5),)))


def test_sheets_of_labels_that_cannot_be():
    for change in ({"columns": 0}, {"rows": 99}, {"skip": 65}, {"margins": (99, 0)}, {"stickers": (s.d.Sticker(square="X" * 41, text="X"),)}):
        with pytest.raises(ValueError, match=r"sheet|sticker"):
            replace(s.stickers_minimal(), **change)


def test_a_process_forked_too_late_says_so_instead_of_hanging():
    code = """
import os
from motcua.documents.forms import ForkedTooLate, render
from tests.documents.samples import SAMPLES
paper = SAMPLES["money_receipt", "minimal"]()
early = os.fork()
if early == 0:
    render("money_receipt", paper)
    os._exit(0)
assert os.waitpid(early, 0)[1] == 0
render("money_receipt", paper)
late = os.fork()
if late == 0:
    try:
        render("money_receipt", paper)
    except ForkedTooLate:
        os._exit(42)
    os._exit(1)
print(os.waitstatus_to_exitcode(os.waitpid(late, 0)[1]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert done.stdout == b"42\n"


def test_importing_the_forms_does_not_start_the_engine():
    code = "import sys; import motcua.documents.forms; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"False\n"


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a  b", 9, "a b"), ("ab cd", 4, "ab…"), ("a\x00b", 9, "ab")],
)
def test_cut(text, most, kept):
    assert cut(text, most) == kept


def test_lines_are_kept_only_where_wanted():
    assert cut("a\nb", 9, lines=True) == "a\nb"
    assert cut("a\nb", 9) == "a b"


def test_every_vietnamese_letter_has_its_glyph():
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    everything = "".join(
        unicodedata.normalize("NFC", letter + mark) for letter in letters for mark in marks if letter not in "đĐ"
    )
    everything += "đĐ₫–—“”…·"
    assert all(len(unicodedata.normalize("NFC", letter)) == 1 for letter in everything)
    assert printable(everything) == everything
    assert printable("株a") == "\ufffda"
