import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.kernel.keys import ALPHABET, RANDOM_BYTES, digits_of, new_reference, normal_reference

REFERENCES = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES).map(new_reference)


def test_the_alphabet_has_no_letters_that_look_alike():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_too_few_random_bytes():
    with pytest.raises(ValueError, match="5 random bytes"):
        new_reference(b"1234")


def test_all_35_random_bits_are_used():
    bits = [new_reference((1 << bit).to_bytes(RANDOM_BYTES, "big")) for bit in range(35)]
    assert len({*bits, new_reference(bytes(RANDOM_BYTES))}) == 36


@pytest.mark.parametrize("text", ["", "K7Q2", "K7Q2-9MXD-1", "UUUU-UUUU", "ĐĐĐĐ-ĐĐĐĐ", "K7Q2_9MXD"])
def test_what_is_no_reference_is_none(text):
    assert normal_reference(text) is None


@given(REFERENCES)
def test_a_reference_reads_back_however_it_is_typed(reference):
    assert len(reference) == 9
    assert set(reference) <= {*ALPHABET, "-"}
    assert normal_reference(reference) == reference
    assert normal_reference(f" {reference.lower().replace('-', '  ')} ") == reference
    assert normal_reference(reference.replace("0", "o").replace("1", "l")) == reference
    assert normal_reference(reference.replace("1", "I")) == reference


@given(REFERENCES)
def test_the_digits_of_a_reference_are_digits_in_short_groups_and_read_back(reference):
    digits = digits_of(reference)
    assert [len(group) for group in digits.split("-") if group.isdecimal()] == [4, 4, 5]
    assert normal_reference(digits) == normal_reference(digits.replace("-", "")) == reference


@pytest.mark.parametrize("text", ["9999-9999-99999", "1099511627776", "٠١٢٣٤٥٦٧٨٩٠١٢", "012345678901", "01234567890123"])
def test_digits_that_are_no_reference_are_none(text):
    assert normal_reference(text) is None


@given(REFERENCES, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(reference, place, char):
    typed = list(reference.replace("-", ""))
    assume(typed[place] != char)
    typed[place] = char
    assert normal_reference("".join(typed)) is None


@given(REFERENCES, st.integers(0, 7), st.integers(0, 7))
def test_every_swap_is_found(reference, one, two):
    typed = list(reference.replace("-", ""))
    assume(typed[one] != typed[two])
    typed[one], typed[two] = typed[two], typed[one]
    assert normal_reference("".join(typed)) is None
