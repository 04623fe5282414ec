"""The number that staff type: as it is shown, or without its separators, and never another one."""

import pytest

from registrations.forms.number import NumberForm


@pytest.mark.parametrize(
    "typed",
    ["1000", "1,000", "1 000", " 1.000 ", "1'000", "1’000", "1\N{NO-BREAK SPACE}000", "١٬٠٠٠", "۱۰۰۰", "１０００"],
)
def test_number_is_taken_as_people_write_it(typed):
    assert NumberForm({"people": typed}, number=1000).is_valid()


@pytest.mark.parametrize("typed", ["", "100", "1000 people", "-1000", "10000"])
def test_another_number_is_refused_with_the_right_one(typed):
    form = NumberForm({"people": typed}, number=1000)

    assert form.errors == {"people": ["Type 1,000 here to confirm. Nothing has been changed yet."]}


@pytest.mark.parametrize(("number", "is_asked"), [(0, False), (3, False), (4, True)])
def test_up_to_a_few_there_is_nothing_to_type(number, is_asked):
    form = NumberForm({}, number=number, free=3)

    assert (("people" in form.fields), form.is_valid()) == (is_asked, not is_asked)
