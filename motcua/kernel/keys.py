"""Short references that people read aloud and type: `K7Q2-9MXD`.

Eight characters of Crockford's base 32 (no I, L, O, U): seven random ones (35 bits) and a check character.
A reference names a draft or a request before it has an official code; it is no secret.

The same 40 bits as thirteen decimal digits, `0123-4567-89012`, are what a sticker's square holds: a scanner types what
it reads, and of all that a Vietnamese input method (Telex changes letters, VNI letters before digits) leaves a row of
digits alone. In groups, so that nobody takes it for the number of a person.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 5
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_LENGTH = 8
_DIGITS = 13


def new_reference(random_bytes: bytes) -> str:
    """The reference made of at least 5 random bytes (`secrets.token_bytes(RANDOM_BYTES)`)."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a reference needs {RANDOM_BYTES} random bytes, got {len(random_bytes)}")
    number = int.from_bytes(random_bytes[:RANDOM_BYTES], "big")
    values = [number >> (5 * place) & 31 for place in range(_LENGTH - 1)]
    return _written([*values, _check(values)])


def normal_reference(text: str) -> str | None:
    """The one way to write the reference typed as `text`, or None when it is mistyped.

    Small letters, blanks, missing dashes and O for 0, I or L for 1 are forgiven. The check character finds
    every single wrong character and every swap of two.
    """
    typed = [char for char in text.strip().upper() if char not in " -–—"]
    if len(typed) == _DIGITS and all(char in "0123456789" for char in typed):
        return _from_number(int("".join(typed)))
    if len(typed) != _LENGTH or any(char not in _VALUES for char in typed):
        return None
    return _checked([_VALUES[char] for char in typed])


def digits_of(reference: str) -> str:
    """The thirteen digits that mean this reference; `normal_reference` reads them back."""
    number = 0
    for char in reference.replace("-", ""):
        number = number << 5 | _VALUES[char]
    digits = f"{number:0{_DIGITS}d}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def _from_number(number: int) -> str | None:
    if number >> (5 * _LENGTH):
        return None
    return _checked([number >> (5 * place) & 31 for place in reversed(range(_LENGTH))])


def _checked(values: list[int]) -> str | None:
    return _written(values) if _check(values[:-1]) == values[-1] else None


def _written(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return f"{text[:4]}-{text[4:]}"


def _check(values: list[int]) -> int:
    """Σ 2^place · value in the field of 32 elements: all weights differ, so one wrong or two swapped show."""
    total = 0
    for value in values:
        total = _double(total ^ value)
    return total


def _double(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
