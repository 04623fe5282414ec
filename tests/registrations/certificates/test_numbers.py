"""The number of a certificate is read however somebody types it, and a slip is found."""

import math

import pytest

from registrations.certificates import numbers


def mistyped(text):
    with pytest.raises(numbers.Mistyped):
        numbers.read(text)
    return True


def test_number_has_at_least_80_random_bits():
    assert numbers.RANDOM_LETTERS * math.log2(len(numbers.LETTERS)) >= 80
    assert len({numbers.new() for _ in range(100)}) == 100


def test_number_is_printed_in_groups():
    number = numbers.new()

    assert numbers.read(numbers.shown(number)) == number
    assert numbers.shown("ABCDEFGHJKMNPQRSTU") == "ABC-DEF-GHJ-KMN-PQR-STU"


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda shown: shown.replace("-", " "),
        lambda shown: shown.replace("-", " – "),
        lambda shown: shown.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩")),
        lambda shown: shown.translate(str.maketrans("23456789", "۲۳۴۵۶۷۸۹")),
        lambda shown: "".join(chr(ord(each) + 0xFEE0) if each.isalnum() else each for each in shown),
        lambda shown: f"\u200f  {shown}\u00a0.",
    ],
    ids=["small", "blanks", "dashes", "Arabic digits", "Persian digits", "full width", "marks around it"],
)
def test_it_is_read_as_people_type_it(change):
    number = numbers.new()

    assert numbers.read(change(numbers.shown(number))) == number


def test_each_wrong_letter_and_each_two_that_changed_places_are_found():
    number = numbers.new()
    for place in range(len(number)):
        for letter in set(numbers.LETTERS) - {number[place]}:
            assert mistyped(number[:place] + letter + number[place + 1 :])
    for place in range(len(number) - 1):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert swapped == number or mistyped(swapped)


@pytest.mark.parametrize("text", ["", "ABC", "0" * 18, "O" * 18, "\0", "李" * 18, "x" * 20_000])
def test_what_is_no_number_is_not_one(text):
    assert mistyped(text)
