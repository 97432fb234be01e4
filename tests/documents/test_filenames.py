"""Names of files, whatever people and machines put into them."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.documents.filenames import MOST_BYTES, MOST_LETTERS, clean_name, extension

NAMES = st.text() | st.text(alphabet='../\\:*?"<>|CON.nulá\u0301đ \u202e\t\n\x00…', max_size=40) | st.text(min_size=100)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Đơn đề nghị.pdf", "Đơn đề nghị.pdf"),
        (unicodedata.normalize("NFD", "Đơn đề nghị.pdf"), "Đơn đề nghị.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\cccd.jpg", "cccd.jpg"),
        ("..\\..\\", "tep"),
        ("", "tep"),
        ("...", "tep"),
        ("a\x00b\x01\x7f.pdf", "ab.pdf"),
        ("tờ\r\nSet-Cookie: a.pdf", "tờ Set-Cookie_ a.pdf"),
        ("cccd\u202efdp.exe", "cccdfdp.exe"),
        ('a<b>"c|d?*.png', "a_b__c_d__.png"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.pdf", "console.pdf"),
        (" .htaccess ", "htaccess"),
        ("a  b\u00a0c.pdf", "a b c.pdf"),
    ],
)
def test_names_become_harmless(given_name, kept):
    assert clean_name(given_name) == kept


def test_a_very_long_name_keeps_its_extension():
    kept = clean_name("Nguyễn " * 2000 + ".pdf")
    assert kept.endswith("….pdf")
    assert len(kept) <= MOST_LETTERS
    assert len(kept.encode()) <= MOST_BYTES


@given(NAMES)
@example("é" * 500 + ".PDF")
@example("a" * 119 + ".b")
def test_clean_names_are_clean(name):
    kept = clean_name(name)
    assert kept
    assert not set(kept) & set('/\\:*?"<>|\x00\r\n\t')
    assert kept == kept.strip(". ")
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in kept)
    assert len(kept) <= MOST_LETTERS
    assert len(kept.encode()) <= MOST_BYTES
    assert clean_name(kept) == kept


@given(NAMES, st.sampled_from(["pdf", "JPG", "png"]))
def test_the_extension_survives(name, ending):
    assert extension(clean_name(f"{name}x.{ending}")) == ending.lower()


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("Tờ trình 12.2026", ""), ("a.b c", ""), (".x", "x")],
)
def test_extension(name, ending):
    assert extension(name) == ending
