"""Bars and squares, read back by another program than the one that drew them."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from motcua.documents.codes import BARS_QUIET, bars_svg, code128, qr_matrix, qr_svg

ASCII = st.text(alphabet=[chr(n) for n in range(32, 127)], min_size=1, max_size=40)


def picture_of_bars(text, scale=3):
    widths = code128(text)
    image = Image.new("L", ((sum(widths) + 2 * BARS_QUIET) * scale, 80), 255)
    draw, x = ImageDraw.Draw(image), BARS_QUIET * scale
    for place, width in enumerate(widths):
        if place % 2 == 0:
            draw.rectangle((x, 0, x + width * scale - 1, 79), fill=0)
        x += width * scale
    return image


def picture_of_squares(text, scale=6):
    matrix = qr_matrix(text)
    side = (len(matrix) + 8) * scale
    image = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(matrix, start=4):
        for x, dark in enumerate(row, start=4):
            if dark:
                draw.rectangle((x * scale, y * scale, (x + 1) * scale - 1, (y + 1) * scale - 1), fill=0)
    return image


@pytest.mark.parametrize(
    "text", ["H27.14-20260609-0000001", "000.00.14.H56-200203-0118", "RA473124829VN", "1", "12345", " ~"]
)
def test_codes_of_the_house_read_back(text):
    found = zxingcpp.read_barcodes(picture_of_bars(text))
    assert [(str(code.format), code.text) for code in found] == [("Code 128", text)]


@settings(max_examples=60, deadline=None)
@given(ASCII)
def test_any_printable_text_reads_back(text):
    found = zxingcpp.read_barcodes(picture_of_bars(text), text_mode=zxingcpp.TextMode.Plain)
    assert [code.text for code in found] == [text]


@given(ASCII)
def test_bars_are_well_formed(text):
    widths = code128(text)
    assert len(widths) % 2 == 1  # begins and ends with a bar
    assert sum(widths) % 11 == 2  # eleven modules a character, thirteen for the stop
    assert set(widths) <= {1, 2, 3, 4}


def test_digits_are_packed():
    assert len(code128("1234567890123456")) < len(code128("ABCDEFGHIJKLMNOP"))


@pytest.mark.parametrize("text", ["", "Đơn", "a\n", "\x7f"])
def test_what_bars_cannot_say_is_refused(text):
    with pytest.raises(ValueError, match="ASCII"):
        code128(text)


@pytest.mark.parametrize("text", ["https://motcua.example.vn/tra-cuu/K7Q2-9MXD", "Đặng Thị Ngọc Ánh", "0"])
def test_squares_read_back(text):
    assert [code.text for code in zxingcpp.read_barcodes(picture_of_squares(text))] == [text]


def test_svg_is_plain_and_repeatable():
    for svg in (bars_svg("H27.14-20260609-0000001"), qr_svg("https://a.vn/K7Q2-9MXD")):
        assert svg.startswith("<svg ")
        assert "script" not in svg
        assert "style" not in svg
    assert qr_svg("a") == qr_svg("a")
