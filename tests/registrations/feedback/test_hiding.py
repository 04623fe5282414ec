"""Numbers that everybody sees: for each hidden one there is another that is possible, for who knows the rules."""

from collections import defaultdict
from itertools import product

import pytest

from registrations.feedback import hiding
from registrations.feedback.questions import QUESTIONS

HIGHEST = 11
ORDERS = {len(asked.choices): asked.first_hidden for asked in QUESTIONS}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([12, 9, 6, 0], [12, 9, 6, 0]),
        ([5, 17, 4], [None, 17, None]),
        ([9, 17, 6], [9, 17, 6]),
        ([22, 14, 3, 1], [22, None, None, None]),
        ([22, 14, 6, 2], [22, 14, None, None]),
        ([40, 12, 1, 0], [40, None, None, 0]),
        ([2, 14, 6], [None, 14, None]),
        ([12, 0, 0, 0], None),
        ([4, 9, 0], None),
        ([1, 2, 2], None),
        ([5, 9, 1], None),
    ],
)
def test_small_numbers_are_hidden_with_what_would_tell_them(numbers, shown):
    assert hiding.shown(numbers, first_hidden=ORDERS[len(numbers)]) == shown


@pytest.mark.parametrize("choices", ORDERS)
def test_each_hidden_number_could_be_another_for_who_knows_sum_and_rules(choices):
    possible = defaultdict(list)
    for numbers in product(range(HIGHEST + 1), repeat=choices):
        if (shown := hiding.shown(list(numbers), first_hidden=ORDERS[choices])) is not None:
            possible[tuple(shown), sum(numbers)].append(numbers)

    told = [
        (shown, place)
        for (shown, total), lists in possible.items()
        for place, number in enumerate(shown)
        if number is None and _are_all(shown, total) and len({numbers[place] for numbers in lists}) == 1
    ]

    assert len(possible) > 100
    assert told == []


def _are_all(shown, total) -> bool:
    """Whether all lists with this sum that show this were tried."""
    return total - sum(number or 0 for number in shown) <= HIGHEST
