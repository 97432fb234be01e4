"""People find a procedure by the words they have."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.law.model import Pack
from motcua.law.reader import read_pack
from motcua.law.search import ALIAS, CODE, CODE_PART, FIELD, NAME, SOME, Index, search, search_procedures
from motcua.law.spelling import one_edit
from tests.law.conftest import MINI, change

DAY, BEFORE = date(2026, 3, 10), date(2026, 2, 10)
MARRIAGE, COPY, RECORD = "1.004873", "2.000815", "3.000333"


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(read_pack(MINI))


def codes(index: Index, words: str, day: date = DAY) -> list[str]:
    return [hit.version.code for hit in index.search(words, day)]


@pytest.mark.parametrize(
    ("words", "first", "rank"),
    [
        ("1.004873", MARRIAGE, CODE),
        ("1004873", MARRIAGE, CODE),
        ("004873", MARRIAGE, CODE_PART),
        ("4873", MARRIAGE, CODE_PART),
        ("2.000488", RECORD, CODE_PART),
        ("xác nhận tình trạng hôn nhân", MARRIAGE, NAME),
        ("xac nhan tinh trang hon nhan", MARRIAGE, NAME),
        ("XAC NHAN TINH TRANG", MARRIAGE, NAME),
        ("  hôn   nhân ", MARRIAGE, NAME),
        ("nhân hôn", MARRIAGE, NAME),
        ("lý lịch tư ph", RECORD, NAME),
        ("ly lich", RECORD, NAME),
        ("LLTP", RECORD, ALIAS),
        ("lltp", RECORD, ALIAS),
        ("giấy độc thân", MARRIAGE, ALIAS),
        ("giay doc than", MARRIAGE, ALIAS),
        ("xác nhận độc thân", MARRIAGE, ALIAS),
        ("công chứng", COPY, ALIAS),
        ("hộ tịch", MARRIAGE, FIELD),
        ("công an", RECORD, FIELD),
        ("tình trạng hộ tịch", MARRIAGE, FIELD),
        ("tinh trang hom nhan", MARRIAGE, NAME),
        ("tinh trnag hon nhan", MARRIAGE, NAME),
        ("ly lihc", RECORD, NAME),
        ("chugn thuc", COPY, NAME),
        ("tôi muốn xin giấy xác nhận độc thân để vay vốn ngân hàng", MARRIAGE, SOME),
    ],
)
def test_what_is_found_first_and_why(index: Index, words: str, first: str, rank: int) -> None:
    hit = index.search(words, DAY)[0]
    assert (hit.version.code, hit.rank) == (first, rank)


@pytest.mark.parametrize("words", ["", "   ", "zzz", "…", "😀", "đ", "%", "9.999999", "12", "a" * 10_000, "x " * 5_000])
def test_what_finds_nothing_or_little_is_no_accident(index: Index, words: str) -> None:
    assert len(index.search(words, DAY)) <= 3


@pytest.mark.parametrize("words", ["hôn nhân", "lý lịch", "độc thân", "chứng thực"])
def test_composed_and_decomposed_letters_find_the_same(index: Index, words: str) -> None:
    decomposed = unicodedata.normalize("NFD", words)
    assert codes(index, decomposed) == codes(index, words) != []


def test_only_what_is_in_force_is_found(index: Index) -> None:
    assert codes(index, "lý lịch tư pháp", BEFORE) == ["2.000488"]
    assert codes(index, "lý lịch tư pháp", DAY) == [RECORD]
    assert codes(index, "hôn nhân", date(2024, 1, 1)) == []
    assert codes(index, "2.000488", BEFORE) == ["2.000488"]
    assert codes(index, "3.000333", BEFORE) == []


def test_a_typo_is_forgiven_only_when_nothing_else_fits(index: Index) -> None:
    """“sao” is a word of the catalogue; it never stands for “sau” or “bao” while it finds something itself."""
    assert codes(index, "sao") == [COPY]
    assert codes(index, "hôn") == [MARRIAGE]


def test_two_wrong_letters_are_another_word(index: Index) -> None:
    assert codes(index, "lichhy") == []


def test_accents_decide_between_words_that_look_alike_without(copy: Path) -> None:
    """“sổ đỏ” must not bring everything with “so” and “do” to the top."""
    change(copy, "procedures/tu-phap.yaml", "aliases: [sao y, công chứng bản sao]", "aliases: [sao y, sổ đỏ]")
    change(
        copy,
        "procedures/tu-phap.yaml",
        "    name: Cấp giấy xác nhận tình trạng hôn nhân",
        "    name: Cấp giấy do hồ sơ thay đổi",
    )
    index = Index(read_pack(copy))
    assert codes(index, "sổ đỏ")[0] == COPY
    assert codes(index, "do hồ sơ")[0] == MARRIAGE
    assert set(codes(index, "so do")) == {COPY, MARRIAGE}


def test_a_pack_keeps_its_index(mini: Pack) -> None:
    assert [hit.version for hit in search(mini, "hôn nhân", DAY)] == search_procedures(mini, "hôn nhân", DAY)
    assert mini.index is mini.index
    assert read_pack(MINI) == mini  # the index is no part of the law


def test_the_limit_is_kept(index: Index) -> None:
    assert len(index.search("cấp", DAY, 1)) == 1
    assert index.search("cấp", DAY, 0) == []


def test_the_whole_catalogue_is_within_reach_by_name_code_and_alias() -> None:
    """Every procedure of Hà Tĩnh comes first for its own code, and among the first for its name."""
    pack: Pack = read_pack(MINI.parents[3] / "packs" / "ha-tinh")
    index = Index(pack)
    for version in pack.procedures(DAY):
        assert codes(index, version.code)[0] == version.code
        assert version.code in codes(index, version.name)[:3], version.name
        for alias in version.aliases:
            assert version.code in codes(index, alias), alias


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_search(text: str) -> None:
    for hit in _INDEX.search(text, DAY):
        assert hit.version.valid_from <= DAY


_INDEX = Index(read_pack(MINI))


@settings(deadline=None)
@given(st.text("abc", min_size=1, max_size=6), st.data())
def test_one_edit_is_what_one_hand_does(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcd"))
    for other in (
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
    ):
        assert one_edit(word, other)
        assert one_edit(other, word)


@pytest.mark.parametrize(
    ("one", "other"), [("abc", "cba"), ("abcd", "ab"), ("abcd", "badc"), ("a", "bcd"), ("sinh", "linx")]
)
def test_two_edits_are_not_one(one: str, other: str) -> None:
    assert not one_edit(one, other)
