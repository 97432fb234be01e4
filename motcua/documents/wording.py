"""What is said when an upload is not kept: what, why, what to do. %-templates by fault."""

_AGAIN = "Hãy lưu hoặc quét thành PDF, hoặc chụp thành ảnh JPEG, rồi gửi lại."
_REPRINT = "Hãy mở tệp, chọn In → Lưu thành PDF, rồi gửi tệp vừa lưu."

MESSAGES = {
    "empty": "Tệp “%(name)s” trống, không có nội dung. Hãy mở lại tệp gốc, lưu lại rồi gửi.",
    "too_large": (
        "Tệp “%(name)s” nặng %(size)s, quá mức %(most)s cho một tệp. "
        "Hãy quét ở 200–300 dpi hoặc tách thành nhiều tệp rồi gửi lại."
    ),
    "executable": (
        "Tệp “%(name)s” là chương trình hoặc kịch bản chạy được, không phải giấy tờ, nên không nhận. " + _AGAIN
    ),
    "archive": (
        "Tệp “%(name)s” là tệp nén; cơ quan không mở tệp nén. Hãy giải nén rồi gửi từng giấy tờ (PDF hoặc ảnh)."
    ),
    "office": (
        "Tệp “%(name)s” là tệp văn phòng (Word, Excel…), có thể bị sửa và có thể chứa macro. "
        "Hãy lưu thành PDF rồi gửi lại."
    ),
    "svg": "Tệp “%(name)s” là ảnh SVG, loại ảnh có thể chứa mã chạy, nên không nhận. " + _AGAIN,
    "html": "Tệp “%(name)s” là trang web, có thể chứa mã chạy, nên không nhận. " + _AGAIN,
    "heic": (
        "Tệp “%(name)s” là ảnh HEIC của điện thoại, nhiều máy không mở được. Hãy đổi sang JPEG "
        "(iPhone: Cài đặt → Camera → Định dạng → Tương thích nhất) rồi chụp và gửi lại."
    ),
    "kind": "Tệp “%(name)s” không phải %(kinds)s nên không nhận. " + _AGAIN,
    "mislabelled": (
        "Tệp “%(name)s” mang tên hoặc khai là “%(said)s” nhưng nội dung là %(kind)s. "
        "Hãy kiểm tra có chọn đúng tệp không, đổi lại đuôi tên cho đúng rồi gửi lại."
    ),
    "polyglot": (
        "Tệp “%(name)s” có giấu một tệp khác bên trong (trang web, mã chạy hoặc tệp nén), nên không nhận. " + _REPRINT
    ),
    "pdf_damaged": (
        "Tệp PDF “%(name)s” bị hỏng hoặc tải lên chưa trọn. Hãy mở thử tệp gốc; nếu mở được thì lưu lại và gửi lần nữa."
    ),
    "pdf_encrypted": (
        "Tệp PDF “%(name)s” bị khóa bằng mật khẩu hoặc bị hạn chế quyền nên không lưu trữ, ký số được. " + _REPRINT
    ),
    "pdf_script": ("Tệp PDF “%(name)s” có chứa mã chạy (JavaScript hoặc biểu mẫu động) nên không nhận. " + _REPRINT),
    "pdf_action": ("Tệp PDF “%(name)s” có lệnh tự mở chương trình hoặc tự gửi dữ liệu nên không nhận. " + _REPRINT),
    "pdf_attachment": (
        "Tệp PDF “%(name)s” có tệp khác đính kèm bên trong nên không nhận. Hãy gửi riêng từng giấy tờ; "
        "hoặc mở tệp, chọn In → Lưu thành PDF, rồi gửi tệp vừa lưu."
    ),
    "pdf_media": (
        "Tệp PDF “%(name)s” có âm thanh, phim hoặc vật thể ba chiều, không lưu trữ như giấy tờ được. " + _REPRINT
    ),
    "pdf_complex": "Tệp PDF “%(name)s” quá phức tạp, không kiểm tra được. " + _REPRINT,
    "image_damaged": "Ảnh “%(name)s” bị hỏng hoặc tải lên chưa trọn. Hãy chụp lại hoặc gửi lần nữa.",
    "image_huge": (
        "Ảnh “%(name)s” quá lớn (trên %(pixels)s triệu điểm ảnh). "
        "Hãy chụp hoặc quét lại ở độ phân giải vừa phải rồi gửi lại."
    ),
}
