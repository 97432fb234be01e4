from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.card import CardPerson, parse_card_qr
from motcua.kernel.codes import is_citizen_id
from motcua.kernel.problems import Refused
from motcua.kernel.text import squeeze

TEXT = "042099001234|183123456|Nguyễn Văn An|05081999|Nam|Thôn Đông, Thạch Hà, Hà Tĩnh|25122021"
PERSON = CardPerson(
    id_number="042099001234",
    old_id="183123456",
    name="Nguyễn Văn An",
    birth=date(1999, 8, 5),
    sex="male",
    address="Thôn Đông, Thạch Hà, Hà Tĩnh",
    issued_on=date(2021, 12, 25),
)


def test_the_seven_parts():
    assert parse_card_qr(TEXT) == PERSON


def test_an_empty_old_number_and_what_scanners_add():
    text = "\ufeff042304001234||Lê Thị Bé|01012004|Nữ|Cẩm Xuyên|02032024|||\r\n"
    person = parse_card_qr(text)
    assert (person.old_id, person.sex, person.issued_on, person.doubtful) == (
        "",
        "female",
        date(2024, 3, 2),
        (),
    )


def test_six_parts_are_enough():
    person = parse_card_qr(TEXT.rsplit("|", 1)[0])
    assert person.issued_on is None
    assert person.doubtful == ()


def test_names_are_stored_composed():
    assert parse_card_qr(TEXT.replace("Nguyễn", "Nguyê\u0303n")) == PERSON


def test_what_a_keyboard_spoilt_is_pointed_out():
    text = "042099001234||Nguye64n Va8n An|00001999|Nuwx|Th\ufffdn Đông|31022021"
    person = parse_card_qr(text)
    assert person.doubtful == ("name", "birth", "address", "issued_on")
    assert (person.birth, person.issued_on, person.sex) == (None, None, "male")


def test_a_sex_against_the_number_is_doubtful():
    assert parse_card_qr(TEXT.replace("|Nam|", "|Nữ|")).doubtful == ("sex",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card.unreadable"),
        ("https://example.vn/042099001234", "card.unreadable"),
        ("042099001234||A|05081999|Nam", "card.unreadable"),
        ("04209900123||A|05081999|Nam|B|", "card.bad_number"),
        ("abc|||||", "card.bad_number"),
    ],
)
def test_what_is_no_card_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        parse_card_qr(text)
    assert refused.value.codes == (code,)
    assert refused.value.problems[0].field == "card"


@given(st.lists(st.one_of(st.text(), st.just("042099001234")), max_size=10).map("|".join))
def test_any_text_is_read_or_refused(text):
    numbered = text.count("|") >= 5 and is_citizen_id(squeeze(text.split("|")[0]))
    if numbered:
        assert parse_card_qr(text).id_number == squeeze(text.split("|")[0])
    else:
        with pytest.raises(Refused):
            parse_card_qr(text)
