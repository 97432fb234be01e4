"""Every bad upload is refused for its own reason, in words one can act on; every honest one is taken."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.checks import DEFAULT_LIMITS, MIMES, Limits, check_upload
from motcua.documents.wording import MESSAGES
from tests.documents import uploads as u

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OBJECTS = pikepdf.ObjectStreamMode.generate

BAD = {
    "nothing in it": ("don.pdf", "application/pdf", lambda: b"", "empty"),
    "too heavy": ("don.pdf", "application/pdf", lambda: b"%PDF-" + b"0" * 10 * 2**20, "too_large"),
    "windows program": ("cccd.pdf", "application/pdf", lambda: b"MZ\x90\x00" + b"\0" * 60, "executable"),
    "linux program": ("cccd", "", lambda: b"\x7fELF\x02\x01\x01", "executable"),
    "shell script": ("cccd.jpg", "image/jpeg", lambda: b"#!/bin/sh\nrm -rf /\n", "executable"),
    "picture called program": ("cccd.png.exe", "", u.image, "executable"),
    "picture called php": ("cccd.php", "image/png", u.image, "executable"),
    "zip": ("giay-to.zip", "application/zip", u.zipped, "archive"),
    "zip called pdf": ("giay-to.pdf", "application/pdf", u.zipped, "archive"),
    "rar": ("a.rar", "", lambda: b"Rar!\x1a\x07\x01\x00", "archive"),
    "7z": ("a.7z", "", lambda: b"7z\xbc\xaf\x27\x1c\x00", "archive"),
    "gzip": ("a.gz", "", lambda: b"\x1f\x8b\x08\x00", "archive"),
    "tar": ("a.tar", "", lambda: b"a" * 257 + b"ustar\x0000" + b"\0" * 200, "archive"),
    "broken zip": ("a.pdf", "", lambda: b"PK\x03\x04" + b"\0" * 30, "archive"),
    "word": ("don.docx", "", lambda: u.zipped("[Content_Types].xml"), "office"),
    "old word": ("don.doc", "", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "office"),
    "rtf": ("don.rtf", "", lambda: b"{\\rtf1 }", "office"),
    "svg with script": ("anh.svg", "image/svg+xml", lambda: SVG, "svg"),
    "svg called png": ("anh.png", "image/png", lambda: SVG, "svg"),
    "svg in two-byte letters": ("anh.png", "image/png", lambda: "\ufeff<svg/>".encode("utf-16-le"), "svg"),
    "web page": ("anh.jpg", "image/jpeg", lambda: b"\n <!DOCTYPE html><script>1</script>", "html"),
    "page with a mark first": ("a.jpg", "", lambda: b"\xef\xbb\xbf<html>", "html"),
    "heic": ("IMG_0001.HEIC", "image/heic", lambda: HEIC, "heic"),
    "film": ("a.mp4", "video/mp4", lambda: b"\x00\x00\x00\x18ftypmp42", "kind"),
    "gif": ("a.gif", "image/gif", lambda: b"GIF89a" + b"\0" * 20, "kind"),
    "webp": ("a.webp", "image/webp", lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 ", "kind"),
    "tiff": ("a.tif", "", lambda: b"II*\x00" + b"\0" * 20, "kind"),
    "plain text": ("a.txt", "text/plain", "Đơn đề nghị".encode, "kind"),
    "text cut in a letter": ("a.txt", "", lambda: ("đ" * 4096 + "a").encode()[1:8193], "kind"),
    "noise": ("a.pdf", "application/pdf", lambda: bytes(range(128, 256)), "kind"),
    "pdf called jpg": ("don.jpg", "", u.pdf, "mislabelled"),
    "jpeg called pdf": ("don.pdf", "", lambda: u.image("JPEG"), "mislabelled"),
    "png called word": ("don.docx", "", u.image, "mislabelled"),
    "png said to be pdf": ("don", "application/pdf", u.image, "mislabelled"),
    "pdf said to be a page": ("don.pdf", "text/html; charset=utf-8", u.pdf, "mislabelled"),
    "pdf with password": ("don.pdf", "", lambda: u.encrypted(owner_only=False), "pdf_encrypted"),
    "pdf with rights taken": ("don.pdf", "", lambda: u.encrypted(owner_only=True), "pdf_encrypted"),
    "pdf with javascript": ("don.pdf", "", lambda: u.pdf(u.with_script), "pdf_script"),
    "pdf with packed javascript": (
        "don.pdf",
        "",
        lambda: u.pdf(u.with_hidden_script, object_stream_mode=OBJECTS),
        "pdf_script",
    ),
    "pdf with escaped javascript": (
        "don.pdf",
        "",
        lambda: (
            u.pdf(u.with_script, object_stream_mode=pikepdf.ObjectStreamMode.disable)
            .replace(b"/JavaScript", b"/JavaScrip#74")
            .replace(b"/JS ", b"/#4aS ")
        ),
        "pdf_script",
    ),
    "pdf with dynamic form": ("don.pdf", "", lambda: u.pdf(u.with_dynamic_form), "pdf_script"),
    "pdf that starts programs": ("don.pdf", "", lambda: u.pdf(u.with_launch), "pdf_action"),
    "pdf with a file inside": ("don.pdf", "", lambda: u.pdf(u.with_attachment), "pdf_attachment"),
    "pdf with a film": ("don.pdf", "", lambda: u.pdf(u.with_media), "pdf_media"),
    "pdf of endless parts": ("don.pdf", "", u.pdf_of_endless_parts, "pdf_complex"),
    "pdf cut short": ("don.pdf", "", lambda: u.pdf()[:-40], "pdf_damaged"),
    "pdf without pages": ("don.pdf", "", lambda: b"%PDF-1.4\nkhong co gi\n%%EOF\n", "pdf_damaged"),
    "pdf that is a zip too": ("don.pdf", "", lambda: u.pdf() + u.zipped() + b"\n%%EOF", "polyglot"),
    "png cut short": ("anh.png", "", lambda: u.image()[:-30], "image_damaged"),
    "png with a wrong sum": ("anh.png", "", lambda: u.image().replace(b"IDAT", b"IDAU", 1), "image_damaged"),
    "jpeg cut short": ("anh.jpg", "", lambda: u.image("JPEG", (400, 300))[:4000], "image_damaged"),
    "jpeg head only": ("anh.jpg", "", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image_damaged"),
    "jpeg made to be slow": ("anh.jpg", "", u.jpeg_of_many_scans, "image_damaged"),
    "png of 400 million points": ("anh.png", "", u.huge_png, "image_huge"),
    "jpeg that is a zip too": ("anh.jpg", "", lambda: u.image("JPEG") + u.zipped(), "polyglot"),
    "png that is a page too": ("anh.png", "", lambda: u.image() + b"<ScRipt>alert(1)</script>", "polyglot"),
    "jpeg with php in its note": ("anh.jpg", "", lambda: u.image("JPEG", comment=b"<?php 1;"), "polyglot"),
    "jpeg that is a pdf too": ("anh.jpg", "", lambda: u.image("JPEG", comment=b"%PDF-1.4"), "polyglot"),
}

GOOD = {
    "pdf": ("Đơn đề nghị.pdf", "application/pdf", u.pdf, "pdf"),
    "pdf that talks of scripts": ("don.pdf", "application/pdf", u.pdf_of_another_reader, "pdf"),
    "jpeg": ("IMG_1.JPG", "image/jpeg", lambda: u.image("JPEG", (300, 200)), "jpeg"),
    "progressive jpeg": ("a.jpeg", "image/jpeg", lambda: u.image("JPEG", (300, 200), progressive=True), "jpeg"),
    "phone's jpeg with a film behind": (
        "a.jpg",
        "image/jpeg",
        lambda: u.image("JPEG") + b"\x00\x00\x00\x18ftypmp42",
        "jpeg",
    ),
    "png": ("cccd.png", "image/png", u.image, "png"),
    "browser that does not say": ("cccd.png", "application/octet-stream", u.image, "png"),
    "no extension": ("cccd", "", u.image, "png"),
    "year at the end of the name": ("Tờ trình số 12.2026", "", u.pdf, "pdf"),
    "an odd extension": ("scan.001a", "", u.pdf, "pdf"),
}


@pytest.mark.parametrize(("name", "mime", "make", "fault"), BAD.values(), ids=BAD.keys())
def test_bad_uploads_are_refused_for_their_own_reason(name, mime, make, fault):
    checked = check_upload(name, mime, make())
    assert [problem.code for problem in checked.problems] == [f"upload.{fault}"]
    problem = checked.problems[0]
    assert problem.blocks
    assert problem.field == "file"
    assert "%(" not in problem.text
    assert "Hãy" in problem.text  # what next
    assert checked.mime == MIMES.get(checked.kind, "")


@pytest.mark.parametrize(("name", "mime", "make", "kind"), GOOD.values(), ids=GOOD.keys())
def test_honest_uploads_are_taken(name, mime, make, kind):
    checked = check_upload(name, mime, make())
    assert checked.problems == ()
    assert (checked.kind, checked.mime) == (kind, MIMES[kind])


def test_every_refusal_there_is_has_a_bad_upload():
    assert {fault for *_, fault in BAD.values()} == MESSAGES.keys()


def test_several_faults_are_told_at_once():
    def both(document):
        u.with_launch(document)
        u.with_attachment(document)

    codes = [problem.code for problem in check_upload("a.pdf", "", u.pdf(both)).problems]
    assert sorted(codes) == ["upload.pdf_action", "upload.pdf_attachment"]


def test_limits_come_from_the_pack():
    small = Limits.of(1000, "pdf")
    heavy = check_upload("a.pdf", "", b"%PDF-" + b"0" * 1000, small).problems[0]
    assert heavy.code == "upload.too_large"
    assert "1 KB" in heavy.text
    other = check_upload("a.png", "", u.image(size=(8, 8)), small).problems[0]
    assert other.code == "upload.kind"
    assert "không phải PDF nên" in other.text
    with pytest.raises(ValueError, match="upload_kinds"):
        Limits.of(1000, "pdf docx")
    with pytest.raises(ValueError, match="upload_kinds"):
        Limits.of(1000, "")


def test_the_message_shows_the_cleaned_name():
    text = check_upload("C:\\giay to\\..\\a\u202egpj.exe", "", b"MZ").problems[0].text
    assert "“agpj.exe”" in text


def test_a_weight_just_over_the_limit_is_not_shown_as_the_limit():
    content = b"%PDF-" + b"0" * DEFAULT_LIMITS.max_bytes
    text = check_upload("a.pdf", "", content).problems[0].text
    assert "nặng 10,1 MB" in text
    assert "mức 10 MB" in text


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.4\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]),
)
def test_no_bytes_make_the_check_fall_over(tail, head):
    content = head + tail + b"\n%%EOF" * (head == b"%PDF-1.4\n")
    checked = check_upload("giay-to", "", content)
    assert all(problem.blocks and problem.text for problem in checked.problems)
