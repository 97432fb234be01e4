import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import fold, nfc, squeeze, squeeze_lines

DECOMPOSED = unicodedata.normalize("NFD", "Nguyễn Thị Đào")


def test_one_normal_form_is_stored():
    assert DECOMPOSED != "Nguyễn Thị Đào"
    assert nfc(DECOMPOSED) == squeeze(DECOMPOSED) == "Nguyễn Thị Đào"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Trần \t Văn\n\nBình ", "Trần Văn Bình"),
        ("a\x00b\u200bc\ufeffd", "abcd"),
        ("a \x00 b", "a b"),
        ("e\u200d\u0301", "é"),
        ("Hà\u00a0Tĩnh", "Hà Tĩnh"),
        ("\ud800x", "x"),
        ("\u202egnouhp", "gnouhp"),
        ("", ""),
    ],
)
def test_squeeze_leaves_one_clean_line(typed, kept):
    assert squeeze(typed) == kept


def test_squeeze_lines_keeps_paragraphs():
    assert squeeze_lines("\n Lý do:\r\n\r\n\r\n\r\n  thiếu   giấy \n") == "Lý do:\n\nthiếu giấy"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("GIẤY PHÉP LÁI XE", "giay phep lai xe"),
        ("  Thị trấn   Đồng Lộc ", "thi tran dong loc"),
        ("ĐƯỜNG Ngô Quyền", "duong ngo quyen"),
        ("Ðăng ký", "dang ky"),
        ("ｃｃｃｄ №1", "cccd no1"),
        ("plain  ASCII", "plain ascii"),
    ],
)
def test_fold_is_what_people_type_without_accents(text, plain):
    assert fold(text) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_does_not_see_the_unicode_form(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵ ĐÂĂ"))
def test_fold_of_vietnamese_is_plain_ascii(text):
    assert fold(text).isascii()
    assert fold(text) == fold(text.upper())


@given(st.text(st.characters(codec="utf-8")))
def test_squeezed_text_is_stable_and_can_be_stored(text):
    clean = squeeze(text)
    assert squeeze(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert "\x00" not in clean
    assert clean == clean.strip()
