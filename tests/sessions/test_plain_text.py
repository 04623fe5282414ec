"""Finished lines of text keep our isolates and nobody else's."""

import sys
import unicodedata

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sessions import plain_text

FSI, PDI, RLM, OVERRIDE = "\u2068", "\u2069", "\u200f", "\u202e"


def test_value_is_isolated_where_text_runs_from_the_right():
    with override("ar"):
        assert plain_text.isolated("Session 1") == f"{FSI}Session 1{PDI}"
        assert plain_text.isolated("") == ""
    with override("fr"):
        assert plain_text.isolated("Session 1") == "Session 1"


def test_list_of_names_runs_from_the_right_with_each_in_its_order():
    with override("ar"):
        assert plain_text.isolated_each(["Gold", "Tea"]) == [f"{RLM}{FSI}Gold{PDI}", f"{FSI}Tea{PDI}"]
    with override("en"):
        assert plain_text.isolated_each(["Gold", "Tea"]) == ["Gold", "Tea"]
        assert plain_text.isolated_each([]) == [""]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a {FSI}b{PDI}\n c", f"a {FSI}b{PDI} c"),
        (f"a {FSI}{FSI}b{PDI}{PDI}", f"a {FSI}{FSI}b{PDI}{PDI}"),
        (f"a {FSI}b{OVERRIDE}{PDI}", f"a {FSI}b{PDI}"),
        (f"a {FSI}b", "a b"),
        (f"a {FSI}b{PDI}{PDI}", "a b"),
        (f"a {PDI}b{FSI}", "a b"),
        ("a  b", "a b"),
    ],
)
def test_isolates_of_a_sentence_stay_if_all_are_closed(text, line):
    assert plain_text.sentence(text) == line


def test_one_line_of_what_people_typed_has_no_isolates():
    assert plain_text.one_line(f"a {FSI}b{PDI}") == "a b"


@pytest.mark.parametrize("line", ["Session 1 يبدأ", "12 يوماً", "- Session يبدأ", f"{FSI}Omar{PDI} سجّل"])
def test_arabic_line_that_begins_otherwise_gets_a_mark(line):
    assert plain_text.from_the_right(f"نعم\n{line}") == f"نعم\n{RLM}{line}"


@pytest.mark.parametrize("line", ["Session 1", "https://example.org/1", "الجلسة Session 1", "", "- الجلسة 1"])
def test_other_lines_stay(line):
    assert plain_text.from_the_right(line) == line


DIGITS = [chr(each) for each in range(sys.maxunicode) if unicodedata.category(chr(each)) == "Nd"]


@given(st.lists(st.sampled_from(DIGITS)))
def test_digits_of_every_script_become_ascii(typed):
    value = "".join(str(unicodedata.decimal(each)) for each in typed)

    assert plain_text.digits("".join(typed)) == value
    assert value == "" or value.isascii()


@pytest.mark.parametrize("typed", ["482-913", "٤٨٢-٩١٣", "۴۸۲ ۹۱۳", "４８２－９１３", "482–٩١٣"])
def test_code_in_any_digits_is_the_code_that_was_sent(typed):
    assert plain_text.code(typed) == "482913"


def test_letters_of_a_code_stay():
    assert plain_text.code("ab-٣x") == "ab3x"
