"""Papers to look at and to test with: the least, the usual and the most each kind must carry. Nobody here is real."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from motcua.documents.forms import data as d

VN = timezone(timedelta(hours=7))
AT = datetime(2026, 2, 27, 14, 30, tzinfo=VN)
DUE = datetime(2026, 3, 6, 17, 0, tzinfo=VN)
CODE, OLD_CODE = "H27.14-20260227-0000001", "000.00.14.H27-220803-0118"
ITEM = "RA473124829VN"
LOOKUP = "https://motcua.hatinh.example/tra-cuu/K7Q2-9MXD"
ID_NUMBER = "042190001234"
SITE = "motcua.hatinh.example/tra-cuu"
LONG = "Nguyễn Phúc Đặng Thị Ngọc Ánh Quỳnh Hương Giang Thụy Vũ " * 200
UNBROKEN = "Ữ" * 10_000
STRANGE = "Công ty 株式会社 ☎ 🙂 \u0000\u202e<script>#pagebreak() $x$ \\ *đậm* @a <b> // "
PERSON = d.Party(
    name="Trần Thị Mẫu", id_number=ID_NUMBER, address="Thôn Ví Dụ, xã Can Lộc, tỉnh Hà Tĩnh", phone="0912 000 001"
)
FULL_PERSON = d.Party(
    name="Công ty TNHH Thương mại và Dịch vụ Ví Dụ Hồng Lĩnh",
    id_kind="Mã số doanh nghiệp",
    id_number="3000000001",
    address="Số 12, đường Ví Dụ, tổ dân phố 3, phường Bắc Hồng Lĩnh, tỉnh Hà Tĩnh",
    phone="0239 000 0001",
    email="vanthu@vidu-honglinh.example",
    through="Lê Văn Thử",
)
MAX_PERSON = d.Party(
    name=LONG, id_kind=LONG, id_number="9" * 10_000, address=UNBROKEN, phone=LONG, email=UNBROKEN, through=LONG
)
PAPERS = (
    d.PaperLine(name="Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp (mẫu số 03/2024/LLTP)", originals=1),
    d.PaperLine(name="Bản sao thẻ căn cước công dân hoặc hộ chiếu", certified=1),
    d.PaperLine(name="Văn bản ủy quyền có công chứng", originals=1, note="Chỉ khi nộp thay"),
    d.PaperLine(name="Ảnh chụp giấy tờ chứng minh nơi cư trú", copies=2, electronic=1),
)
MANY_PAPERS = tuple(
    d.PaperLine(name=f"Thành phần thứ {n}: đơn đề nghị và giấy tờ kèm theo", originals=1, copies=n % 3)
    for n in range(1, 13)
)
MOST_PAPERS = tuple(d.PaperLine(name=LONG, originals=n, copies=99, note=UNBROKEN) for n in range(60))
FEES = (d.FeeLine(name="Lệ phí cấp Phiếu lý lịch tư pháp", amount=200_000, paid=True),)
CHARGES = (
    d.FeeLine(name="Chuyển hồ sơ đến cơ quan", amount=26_000, paid=True),
    d.FeeLine(name="Chuyển trả kết quả tận nhà", amount=30_000, paid=False),
)
MOST_FEES = tuple(d.FeeLine(name=LONG, amount=999_999_999_999) for _ in range(12))
SIGNER = d.Signer(position="Giám đốc", name="Đặng Văn Ví Dụ")
RECORDED = d.Signer(position="Phó Giám đốc", name="Đặng Văn Ví Dụ", authority="KT. Giám đốc", signed_at=AT)
MAX_SIGNER = d.Signer(position=LONG, name=UNBROKEN, authority=LONG, signed_at=AT)
CONTACT = d.Contact(name="Phan Thị Thí Nghiệm", phone="0239 000 0002")
HEAD: dict[str, Any] = {
    "parent": "Ủy ban nhân dân tỉnh Hà Tĩnh",
    "agency": "Trung tâm Phục vụ hành chính công",
    "place": "Hà Tĩnh",
    "issued_at": AT,
}
SHORT_HEAD: dict[str, Any] = {"agency": "UBND xã Can Lộc", "place": "Can Lộc", "issued_at": AT}
MAX_HEAD: dict[str, Any] = {
    "parent": LONG,
    "agency": UNBROKEN,
    "place": LONG,
    "issued_at": AT,
    "document_number": UNBROKEN,
}
POST: dict[str, Any] = {
    "enterprise": "Bưu điện tỉnh Hà Tĩnh",
    "office": "Bưu cục Can Lộc",
    "place": "Can Lộc",
    "issued_at": AT,
}
MAX_POST: dict[str, Any] = {"enterprise": LONG, "office": UNBROKEN, "place": LONG, "issued_at": AT}
PROCEDURE = "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam"


def form(number: str, title: str, source: str = "Thông tư 03/2025/TT-VPCP Phụ lục I") -> d.Form:
    return d.Form(number=number, title=title, source=source)


RECEIPT = form("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
SUPPLEMENT = form("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
REFUSAL = form("03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ")
APOLOGY_SLIP = form("04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Thông tư 01/2018/TT-VPCP; ghi theo trí nhớ")
APOLOGY_LETTER = form("04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết")
STOP = form("05", "Thông báo dừng giải quyết hồ sơ")
CONTROL_SLIP = form("06", "Phiếu kiểm soát quá trình giải quyết hồ sơ")
MAX_FORM = d.Form(number="9" * 99, title=LONG, source=LONG)


def receipt_minimal() -> d.Receipt:
    return d.Receipt(
        **SHORT_HEAD,
        form=RECEIPT,
        code=OLD_CODE,
        unit="Bộ phận một cửa xã Can Lộc",
        party=d.Party(name="Lê A"),
        procedure="Cấp bản sao trích lục hộ tịch",
        papers=PAPERS[:1],
        allowance="trong ngày",
        received_at=AT,
        due_at=None,
        return_way="Tại một cửa",
        lookup=LOOKUP,
        lookup_site=SITE,
        receiver="Hồ B",
    )


def receipt_typical() -> d.Receipt:
    return d.Receipt(
        **HEAD,
        form=RECEIPT,
        code=CODE,
        unit="Bưu cục Can Lộc (điểm tiếp nhận một cửa)",
        party=PERSON,
        procedure=PROCEDURE,
        procedure_code="3.000333",
        papers=PAPERS,
        allowance="10 ngày",
        received_at=AT,
        due_at=DUE,
        return_way="tại nhà qua dịch vụ bưu chính công ích: Thôn Ví Dụ, xã Can Lộc, tỉnh Hà Tĩnh",
        state_fees=FEES,
        post_charges=CHARGES,
        lookup=LOOKUP,
        lookup_site=SITE,
        receiver="Hoàng Thị Quầy",
    )


def receipt_twelve() -> d.Receipt:
    """The most that still has to fit on one page."""
    return d.Receipt(
        **HEAD,
        form=RECEIPT,
        code=CODE,
        unit="Bộ phận tiếp nhận và trả kết quả phường Bắc Hồng Lĩnh",
        party=FULL_PERSON,
        procedure="Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ",
        procedure_code="1.013225",
        request="xây nhà xưởng hai tầng tại thửa đất số 0, tờ bản đồ số 0",
        papers=MANY_PAPERS,
        sets=2,
        allowance="15 ngày làm việc",
        received_at=AT,
        due_at=DUE,
        clock_note="Thời hạn tính từ khi cơ quan giải quyết nhận hồ sơ.",
        return_way="tại nhà qua dịch vụ bưu chính công ích: " + FULL_PERSON.address,
        state_fees=FEES,
        post_charges=CHARGES,
        lookup=LOOKUP,
        lookup_site=SITE,
        book="01/2026",
        sequence="118",
        receiver="Hoàng Thị Quầy",
        notes=("Nộp nghĩa vụ tài chính (nếu có) theo thông báo của cơ quan thuế.",),
        reprint=1,
    )


def receipt_extreme() -> d.Receipt:
    return d.Receipt(
        **MAX_HEAD,
        form=MAX_FORM,
        code=CODE,
        unit=LONG,
        party=MAX_PERSON,
        procedure=LONG,
        procedure_code=LONG,
        request=STRANGE,
        papers=MOST_PAPERS,
        sets=999,
        allowance=LONG,
        received_at=AT,
        due_at=DUE,
        clock_note=LONG,
        return_way=LONG,
        state_fees=MOST_FEES,
        post_charges=MOST_FEES,
        lookup=LOOKUP,
        lookup_site=UNBROKEN,
        book=LONG,
        sequence=LONG,
        receiver=LONG,
        notes=(LONG,) * 9,
        reprint=99,
    )


def supplement_minimal() -> d.Supplement:
    return d.Supplement(
        **SHORT_HEAD,
        form=SUPPLEMENT,
        code=CODE,
        party=d.Party(name="Lê A"),
        procedure=PROCEDURE,
        received_at=AT,
        missing=(d.PaperLine(name="Tờ khai", originals=1),),
        contact=d.Contact(),
        signer=d.Signer(position="Người hướng dẫn"),
    )


def supplement_typical() -> d.Supplement:
    return d.Supplement(
        **HEAD,
        document_number="12/HDHS",
        form=SUPPLEMENT,
        code=CODE,
        party=PERSON,
        procedure=PROCEDURE,
        request="cấp Phiếu lý lịch tư pháp số 1",
        received_at=AT,
        missing=(
            d.PaperLine(name="Bản sao thẻ căn cước", certified=1, note="Bản đã nộp mờ, không đọc được số"),
            d.PaperLine(name="Văn bản ủy quyền", originals=1, note="Người nộp không phải người đề nghị"),
        ),
        reason="Hồ sơ thiếu giấy tờ theo quyết định công bố thủ tục; thông tin nơi cư trú trên tờ khai chưa khớp.",
        how="Nộp tại bưu cục nơi đã nộp hồ sơ, gửi qua bưu chính, hoặc tải lên trang tra cứu bằng mã hồ sơ.",
        deadline_on=date(2026, 3, 20),
        paused_from=AT,
        contact=CONTACT,
        signer=d.Signer(position="Công chức thụ lý", name="Phan Thị Thí Nghiệm"),
    )


def supplement_extreme() -> d.Supplement:
    return d.Supplement(
        **MAX_HEAD,
        form=MAX_FORM,
        code=CODE,
        party=MAX_PERSON,
        procedure=STRANGE,
        request=LONG,
        received_at=AT,
        missing=MOST_PAPERS,
        reason=LONG * 3,
        how=UNBROKEN,
        deadline_on=date(2026, 3, 20),
        paused_from=AT,
        contact=d.Contact(name=LONG, phone=LONG),
        signer=MAX_SIGNER,
    )


def refusal_minimal() -> d.Refusal:
    return d.Refusal(
        **SHORT_HEAD,
        form=REFUSAL,
        reference="K7Q2-9MXD",
        party=d.Party(name="Lê A"),
        procedure=PROCEDURE,
        received_at=AT,
        reasons=("Không thuộc thẩm quyền.",),
        contact=d.Contact(),
        signer=d.Signer(position="Người tiếp nhận"),
    )


def refusal_typical() -> d.Refusal:
    return d.Refusal(
        **HEAD,
        document_number="07/TCHS",
        form=REFUSAL,
        reference="K7Q2-9MXD",
        party=PERSON,
        procedure="Đổi giấy phép lái xe do ngành Giao thông vận tải cấp",
        request="đổi giấy phép lái xe hạng A1",
        received_at=AT,
        reasons=(
            "Giấy phép lái xe hạng A1 bằng giấy bìa không thuộc trường hợp phải đổi theo thủ tục đã chọn.",
            "Giấy khám sức khỏe đã hết hạn sử dụng vào ngày nộp hồ sơ.",
        ),
        bases=("Quyết định công bố thủ tục hành chính đang có hiệu lực vào ngày nộp hồ sơ (ví dụ).",),
        advice="Khám sức khỏe lại rồi nộp theo thủ tục cấp lại; hồ sơ và tiền đã nộp được trả đủ kèm phiếu này.",
        contact=CONTACT,
        signer=RECORDED,
    )


def refusal_extreme() -> d.Refusal:
    return d.Refusal(
        **MAX_HEAD,
        form=MAX_FORM,
        reference=LONG,
        party=MAX_PERSON,
        procedure=LONG,
        request=STRANGE,
        received_at=AT,
        reasons=(LONG, UNBROKEN) * 5,
        bases=(LONG,) * 20,
        advice=LONG,
        contact=d.Contact(name=LONG, phone=LONG),
        signer=MAX_SIGNER,
    )


def _apology(**changes: Any) -> d.Apology:
    usual: dict[str, Any] = {
        **HEAD,
        "document_number": "03/PXL",
        "form": APOLOGY_LETTER,
        "code": CODE,
        "party": PERSON,
        "procedure": PROCEDURE,
        "received_at": AT,
        "first_due_at": DUE,
        "new_due_at": DUE + timedelta(days=5),
        "reason": "cần xác minh quá trình cư trú tại hai tỉnh, cơ quan phối hợp chưa trả lời đúng hạn",
        "contact": CONTACT,
        "signer": SIGNER,
    }
    return d.Apology(**{**usual, **changes})


def apology_minimal() -> d.Apology:
    return _apology(
        party=d.Party(name="Lê A"), contact=d.Contact(), form=APOLOGY_SLIP, document_number="", reason="Bận."
    )


def apology_slip() -> d.Apology:
    return _apology(form=APOLOGY_SLIP)


def apology_typical() -> d.Apology:
    return _apology(
        extension_limit=1,
        history=(d.Extension(from_at=DUE, to_at=DUE + timedelta(days=5), reason="xác minh", document="03/PXL"),),
        signer=RECORDED,
        recipients=("Như trên", "Trung tâm Phục vụ hành chính công tỉnh", "Lưu: VT"),
    )


def apology_extreme() -> d.Apology:
    return _apology(
        **MAX_HEAD,
        form=d.Form(number="04", title="Văn bản " + LONG, source=LONG),
        party=MAX_PERSON,
        procedure=STRANGE,
        reason=LONG,
        extension_count=99,
        extension_limit=1,
        history=(d.Extension(from_at=AT, to_at=DUE, reason=LONG, document=UNBROKEN),) * 40,
        contact=d.Contact(name=LONG, phone=LONG),
        signer=MAX_SIGNER,
        recipients=(LONG,) * 20,
    )


def _stop(**changes: Any) -> d.Stop:
    usual: dict[str, Any] = {
        **HEAD,
        "document_number": "05/TB-DHS",
        "form": STOP,
        "code": CODE,
        "party": PERSON,
        "procedure": PROCEDURE,
        "received_at": AT,
        "ground": "applicant",
        "reason": "Người nộp đề nghị rút hồ sơ vì đã được cấp Phiếu lý lịch tư pháp tại tỉnh khác.",
        "stage": "Thẩm định hồ sơ",
        "contact": CONTACT,
        "signer": SIGNER,
    }
    return d.Stop(**{**usual, **changes})


def stop_minimal() -> d.Stop:
    return _stop(party=d.Party(name="Lê A"), contact=d.Contact(), document_number="")


def stop_typical() -> d.Stop:
    return _stop(
        decision="Đơn đề nghị rút hồ sơ ngày 26 tháng 02 năm 2026",
        settlements=(
            d.Settlement(name="Lệ phí", paid=200_000, refund=200_000, how="Hoàn qua tài khoản đã nộp"),
            d.Settlement(name="Cước chuyển hồ sơ", paid=26_000, refund=0, how="Dịch vụ đã thực hiện"),
        ),
        papers_returned=PAPERS[:3],
        advice="Ông (bà) có thể nộp lại hồ sơ bất cứ lúc nào; hồ sơ mới được tính thời hạn từ đầu.",
        signer=RECORDED,
        recipients=("Ông (bà) Trần Thị Mẫu", "Bưu cục Can Lộc", "Lưu: VT, hồ sơ"),
    )


def stop_extreme() -> d.Stop:
    return _stop(
        **MAX_HEAD,
        form=MAX_FORM,
        party=MAX_PERSON,
        procedure=STRANGE,
        ground="agency",
        reason=LONG,
        stage=LONG,
        decision=LONG,
        settlements=(d.Settlement(name=LONG, paid=10**12, refund=10**12, how=UNBROKEN),) * 30,
        papers_returned=MOST_PAPERS,
        advice=UNBROKEN,
        signer=MAX_SIGNER,
        recipients=(LONG,) * 20,
    )


def _control_slip(**changes: Any) -> d.ControlSlip:
    usual: dict[str, Any] = {
        **HEAD,
        "form": CONTROL_SLIP,
        "code": CODE,
        "party": PERSON,
        "procedure": PROCEDURE,
        "received_at": AT,
        "due_at": DUE,
        "lead": "Công an tỉnh Hà Tĩnh",
        "moves": (d.Move(giver="Bưu cục Can Lộc", taker="Công an tỉnh", given_at=AT),),
    }
    return d.ControlSlip(**{**usual, **changes})


def control_slip_minimal() -> d.ControlSlip:
    return _control_slip(moves=(), due_at=None, party=d.Party(name="Lê A"))


def control_slip_typical() -> d.ControlSlip:
    post, one_stop, police = "Bưu cục Can Lộc", "Trung tâm Phục vụ hành chính công", "Công an tỉnh – Phòng Hồ sơ"
    return _control_slip(
        coordinating=("Công an phường Thành Sen", "Tòa án nhân dân khu vực 1"),
        moves=(
            d.Move(
                giver=post,
                giver_person="Hoàng Thị Quầy",
                taker=one_stop,
                taker_person="Võ Văn Nhận",
                given_at=AT,
                taken_at=AT + timedelta(hours=18),
                evidence=f"Bưu gửi {ITEM}",
                result="on_time",
            ),
            d.Move(
                giver=one_stop,
                giver_person="Võ Văn Nhận",
                taker=police,
                taker_person="Bùi Thị Xử Lý",
                given_at=AT + timedelta(hours=19),
                taken_at=AT + timedelta(hours=20),
                result="early",
            ),
            d.Move(
                giver=police,
                giver_person="Bùi Thị Xử Lý",
                taker=one_stop,
                given_at=AT + timedelta(days=8),
                result="late",
                note="Quá 1 ngày do chờ xác minh; đã gửi văn bản xin lỗi",
            ),
        ),
    )


def control_slip_extreme() -> d.ControlSlip:
    move = d.Move(
        giver=LONG, giver_person=LONG, taker=UNBROKEN, taker_person=LONG, given_at=AT, taken_at=DUE, evidence=LONG,
        result="late", note=STRANGE,
    )  # fmt: skip
    return _control_slip(
        **MAX_HEAD,
        form=MAX_FORM,
        party=MAX_PERSON,
        procedure=LONG,
        lead=LONG,
        coordinating=(LONG,) * 9,
        moves=(move,) * 40,
    )


def postal_slip_minimal() -> d.PostalSlip:
    return d.PostalSlip(
        **{**POST, "place": ""},
        number=ITEM,
        sender=d.Party(name="Lê A"),
        agency="Sở Nội vụ",
        procedure=PROCEDURE,
        papers=PAPERS[:1],
        lookup=LOOKUP,
        lookup_site=SITE,
        clerk="Hồ B",
    )


def postal_slip_typical() -> d.PostalSlip:
    return d.PostalSlip(
        **POST,
        number=ITEM,
        sender=PERSON,
        agency="Trung tâm Phục vụ hành chính công tỉnh Hà Tĩnh",
        agency_address="Số 02A, đường Ví Dụ, phường Thành Sen, tỉnh Hà Tĩnh",
        procedure=PROCEDURE,
        procedure_code="3.000333",
        papers=PAPERS,
        seal="HT-000123",
        grams=180,
        services=("Gửi hồ sơ đến cơ quan", "Nhận kết quả tại nhà"),
        state_fees=FEES,
        post_charges=CHARGES,
        lookup=LOOKUP,
        lookup_site=SITE,
        clerk="Hoàng Thị Quầy",
    )


def postal_slip_extreme() -> d.PostalSlip:
    return d.PostalSlip(
        **MAX_POST,
        number=ITEM,
        sender=MAX_PERSON,
        agency=LONG,
        agency_address=UNBROKEN,
        procedure=STRANGE,
        procedure_code=LONG,
        papers=MOST_PAPERS,
        seal=LONG,
        grams=10**9,
        services=(LONG,) * 9,
        state_fees=MOST_FEES,
        post_charges=MOST_FEES,
        lookup=LOOKUP,
        lookup_site=LONG,
        clerk=LONG,
        notes=(LONG,) * 9,
        reprint=3,
    )


def _manifest(lines: tuple[d.ManifestLine, ...], **changes: Any) -> d.Manifest:
    usual: dict[str, Any] = {
        **POST,
        "number": "BK-H27-20260227-0007",
        "purpose": "Hồ sơ gửi cơ quan giải quyết",
        "giving_office": "Bưu cục Can Lộc",
        "taking_office": "Trung tâm Phục vụ hành chính công tỉnh Hà Tĩnh",
        "lines": lines,
    }
    return d.Manifest(**{**usual, **changes})


def _manifest_line(n: int) -> d.ManifestLine:
    names = ("Trần Thị Mẫu", "Công ty TNHH Ví Dụ", "Lê Văn Thử", "Nguyễn Đình Thí Nghiệm")
    return d.ManifestLine(
        code=f"H27.14-20260227-{n:07}",
        item=ITEM if n % 2 else "",
        name=names[n % 4],
        what=PROCEDURE if n % 3 else "Đổi giấy phép lái xe",
        originals=1 + n % 2,
        copies=n % 4,
        others=n % 5 // 4,
    )


def manifest_minimal() -> d.Manifest:
    return _manifest((_manifest_line(1),), sides=("Một liên",))


def manifest_typical() -> d.Manifest:
    lines = tuple(_manifest_line(n) for n in range(1, 19))
    return _manifest(lines, seal="HT-000123", giver="Hoàng Thị Quầy", carrier="Lương Văn Bưu", taker="Võ Văn Nhận")


def manifest_extreme() -> d.Manifest:
    line = d.ManifestLine(
        code=LONG, item=LONG, name=LONG, what=UNBROKEN, originals=999, copies=999, others=999, note=LONG
    )
    return _manifest(
        (line,) * 120, **MAX_POST, purpose=LONG, giving_office=LONG, taking_office=UNBROKEN, seal=LONG, giver=LONG,
        carrier=LONG, taker=LONG,
    )  # fmt: skip


def custody_trail_minimal() -> d.CustodyTrail:
    step = d.TrailStep(holder="Bưu điện Thành Sen", since=AT)
    return d.CustodyTrail(
        **POST, sticker="P7K2-4MXD", dossier="K7Q2-9MXD", paper="Tờ khai", kind="Bản chính", quantity=1, pages=1,
        steps=(step,),
    )  # fmt: skip


def custody_trail_typical() -> d.CustodyTrail:
    places = ("Bưu điện Thành Sen", "UBND phường Thành Sen", "Bưu cục Thành Sen", "Bưu tá Lương Văn Bưu", "Người nộp")
    steps = tuple(
        d.TrailStep(
            holder=place, since=AT, until=None if n == 4 else AT, given="Hoàng Thị Quầy, 09:30 27/02/2026" if n else "",
            taken="Võ Văn Nhận, 15:00 27/02/2026", way="BK-bd-thanh-sen-260227-001" if n % 2 else ITEM,
            note="Góc dưới ướt" if n == 2 else "",
        )
        for n, place in enumerate(places)
    )  # fmt: skip
    return d.CustodyTrail(
        **POST, sticker="P7K2-4MXD", dossier="H27.14-20260227-0000001", paper="Giấy chứng nhận quyền sử dụng đất",
        kind="Bản chính", quantity=1, pages=4, condition="Góc dưới ướt", steps=steps, on_its_way_to="Người nộp",
        on_its_way_since=AT,
    )  # fmt: skip


def custody_trail_extreme() -> d.CustodyTrail:
    step = d.TrailStep(holder=LONG, since=AT, until=AT, given=LONG, taken=UNBROKEN, way=LONG, note=LONG)
    return d.CustodyTrail(
        **MAX_POST, sticker="P7K2-4MXD", dossier=LONG, paper=LONG, kind=LONG, quantity=999, pages=9999, condition=LONG,
        steps=(step,) * 80, on_its_way_to=LONG, on_its_way_since=AT,
    )  # fmt: skip


def guidance_minimal() -> d.Guidance:
    return d.Guidance(
        **POST,
        party=d.Party(name="Lê A"),
        agency="Sở Nội vụ",
        procedure=PROCEDURE,
        missing=(d.PaperLine(name="Tờ khai", originals=1),),
        contact=d.Contact(),
    )


def guidance_typical() -> d.Guidance:
    return d.Guidance(
        **POST,
        party=PERSON,
        agency="Trung tâm Phục vụ hành chính công tỉnh Hà Tĩnh",
        procedure=PROCEDURE,
        procedure_code="3.000333",
        missing=(
            d.PaperLine(name="Bản sao thẻ căn cước", certified=1, note="Chưa mang theo"),
            d.PaperLine(name="Tờ khai theo mẫu", originals=1, note="Mẫu đã cũ, dùng mẫu kèm theo"),
        ),
        notes=("Phí 200.000 đ nộp khi gửi hồ sơ.", "Có thể nộp trực tuyến tại nhà."),
        contact=CONTACT,
        clerk="Hoàng Thị Quầy",
    )


def guidance_extreme() -> d.Guidance:
    return d.Guidance(
        **MAX_POST,
        party=MAX_PERSON,
        agency=LONG,
        procedure=STRANGE,
        procedure_code=LONG,
        missing=MOST_PAPERS,
        notes=(LONG,) * 20,
        contact=d.Contact(name=LONG, phone=LONG),
        clerk=LONG,
    )


def _result_letter(**changes: Any) -> d.ResultLetter:
    usual: dict[str, Any] = {
        **HEAD,
        "agency": "Sở Xây dựng",
        "title": "Thông báo",
        "about": "Về việc giải quyết hồ sơ đề nghị cấp giấy phép xây dựng",
        "addressee": "Bà Trần Thị Mẫu",
        "code": CODE,
        "outcome": "granted",
        "body": ("Sở Xây dựng đồng ý cấp giấy phép xây dựng theo hồ sơ đã nộp.",),
        "signer": SIGNER,
        "lookup": LOOKUP,
        "lookup_site": SITE,
    }
    return d.ResultLetter(**{**usual, **changes})


def result_letter_minimal() -> d.ResultLetter:
    return _result_letter()


def result_letter_typical() -> d.ResultLetter:
    return _result_letter(
        title="Quyết định",
        addressee="",
        document_number="118/QĐ-SXD",
        about="Về việc không chấp thuận cấp giấy phép xây dựng",
        outcome="refused",
        bases=(
            "Căn cứ chức năng, nhiệm vụ, quyền hạn của Sở Xây dựng;",
            f"Xét hồ sơ mã số {CODE} nhận ngày 27 tháng 02 năm 2026;",
            "Theo đề nghị của Trưởng phòng Quản lý xây dựng.",
        ),
        body=(
            "Không cấp giấy phép xây dựng. Lý do: công trình nằm trong hành lang an toàn đường bộ đã công bố.",
            "Hồ sơ và giấy tờ bản chính được trả lại người nộp kèm theo Quyết định này.",
            "Chánh Văn phòng, Trưởng phòng Quản lý xây dựng và bà Trần Thị Mẫu chịu trách nhiệm thi hành Quyết định này.",
        ),
        remedy="Trường hợp không đồng ý, người nộp có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật.",
        recipients=("Bà Trần Thị Mẫu", "Trung tâm Phục vụ hành chính công tỉnh", "Lưu: VT, QLXD"),
        signer=RECORDED,
    )


def result_letter_extreme() -> d.ResultLetter:
    return _result_letter(
        **MAX_HEAD, title=LONG, about=STRANGE, addressee=LONG, bases=(LONG,) * 9, body=(LONG, UNBROKEN) * 9, remedy=LONG,
        recipients=(LONG,) * 20, signer=MAX_SIGNER, lookup_site=LONG,
    )  # fmt: skip


def _money_receipt(**changes: Any) -> d.MoneyReceipt:
    usual: dict[str, Any] = {
        **POST,
        "number": "BL-H27-20260227-0042",
        "payer": PERSON,
        "dossier": CODE,
        "procedure": PROCEDURE,
        "agency": "Công an tỉnh Hà Tĩnh",
        "method": "Tiền mặt",
        "collector": "Hoàng Thị Quầy",
    }
    return d.MoneyReceipt(**{**usual, **changes})


def money_receipt_minimal() -> d.MoneyReceipt:
    return _money_receipt(payer=d.Party(name="Lê A"), post_charges=CHARGES[:1])


def money_receipt_typical() -> d.MoneyReceipt:
    return _money_receipt(
        tax_code="0102595740",
        state_fees=FEES,
        post_charges=CHARGES,
        notes=("Hóa đơn cước bưu chính được gửi riêng theo quy định.",),
    )


def money_receipt_extreme() -> d.MoneyReceipt:
    return _money_receipt(
        **MAX_POST, tax_code=LONG, payer=MAX_PERSON, dossier=LONG, procedure=STRANGE, agency=LONG, method=LONG,
        collector=LONG, state_fees=MOST_FEES, post_charges=MOST_FEES, notes=(LONG,) * 9, reprint=7,
    )  # fmt: skip


def _parcel_label(**changes: Any) -> d.ParcelLabel:
    usual: dict[str, Any] = {
        "number": ITEM,
        "service": "Chuyển trả kết quả",
        "sender": d.Party(name="Bưu cục Can Lộc", phone="0239 000 0003"),
        "receiver": PERSON,
        "issued_at": AT,
    }
    return d.ParcelLabel(**{**usual, **changes})


def parcel_label_minimal() -> d.ParcelLabel:
    return _parcel_label(receiver=d.Party(name="Lê A"), sender=d.Party(name="Bưu cục"))


def parcel_label_typical() -> d.ParcelLabel:
    return _parcel_label(dossier=CODE, grams=120, collect=230_000, note="Thu hồi giấy phép cũ khi phát")


def parcel_label_extreme() -> d.ParcelLabel:
    return _parcel_label(
        service=LONG, sender=MAX_PERSON, receiver=MAX_PERSON, dossier=LONG, grams=10**9, collect=10**12, note=STRANGE
    )


def _stickers(*texts: str, **more: Any) -> d.Stickers:
    return d.Stickers(stickers=tuple(d.Sticker(square=t, text=t) for t in texts), issued_at=AT, **more)


def stickers_minimal() -> d.Stickers:
    return replace(_stickers("P7K2-4MXD", margins=(0, 0), columns=3, rows=8), issued_at=AT.astimezone(UTC))


def stickers_typical() -> d.Stickers:
    return _stickers(*(f"P7K2-{n:04}" for n in range(70)), skip=7)


def stickers_roll() -> d.Stickers:
    return replace(
        _stickers("P7K2-4MXD", columns=1, rows=1, roll=True),
        stickers=(d.Sticker(square="0123-4567-89012", text="P7K2-4MXD", note="Phong bì"),) * 2,
    )


def stickers_extreme() -> d.Stickers:
    return _stickers(*(f"https://a.example/{n}/".ljust(40, "X") for n in range(200)), columns=6, rows=15)


def _errand(n: int, **changes: Any) -> d.StopLine:
    usual: dict[str, Any] = {
        "work": "Phát", "code": ITEM, "dossier": f"H27.14-20260227-{n:07}", "name": "Trần Thị Mẫu",
        "address": f"Số {n} đường Thử Nghiệm, Phường Thành Sen", "phone": "0912345678", "papers": ("Trích lục khai sinh",),
        "state": 8000, "post": 26000,
    }  # fmt: skip
    return d.StopLine(**{**usual, **changes})


def stop_list_minimal() -> d.StopList:
    return d.StopList(**POST, postman="Lương Văn Bưu", stops=())


def stop_list_typical() -> d.StopList:
    home: dict[str, Any] = {"work": "Nhận hồ sơ", "code": "K7Q2-9MXD", "window": "08:00–10:00", "state": 0, "post": 0}
    old = {"exchange": ("Giấy phép lái xe đã cấp",), "note": "Đã đến 1 lần. Không có người nhận"}
    stops = (_errand(1, **home), _errand(2, **old), *(_errand(n) for n in range(3, 15)))
    return d.StopList(**POST, postman="Lương Văn Bưu", stops=stops)


def stop_list_extreme() -> d.StopList:
    most = {"name": LONG, "address": UNBROKEN, "phone": LONG, "window": LONG, "papers": (LONG,) * 5, "note": LONG}
    stops = (_errand(1, dossier=LONG, exchange=(UNBROKEN, LONG), **most),) * 60
    return d.StopList(**MAX_POST, postman=LONG, stops=stops)


Sample = Callable[[], Any]
_KINDS = (
    "receipt", "supplement", "refusal", "apology", "stop", "control_slip", "postal_slip", "manifest", "guidance",
    "custody_trail", "result_letter", "money_receipt", "parcel_label", "stickers", "stop_list",
)  # fmt: skip


def _kind_of(name: str) -> str:
    """The longest kind a sample's name begins with: `stop_list_typical` is of the stop list, not of the stop."""
    return max((kind for kind in _KINDS if name.startswith(f"{kind}_")), key=len, default="")


SAMPLES: dict[tuple[str, str], Sample] = {
    (_kind_of(name), name.removeprefix(f"{_kind_of(name)}_")): made
    for name, made in list(globals().items())
    if _kind_of(name) and callable(made)
}
