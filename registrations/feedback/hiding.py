"""What everybody may see of the numbers of one question: none from 1 to 4, and nothing from which one follows.

The sum is shown, so a number that is hidden alone would follow from the others. For each hidden number there is another
list of numbers with the same sum that shows the same (tests/registrations/feedback/test_hiding.py tries them all).
Which are hidden depends on nothing but where small ones are and where large ones: that choice tells no more.
"""

FEWEST = 5


def shown(numbers: list[int], *, first_hidden) -> list[int | None] | None:
    """The numbers with None for a hidden one; None for all of them where too little would be left.

    So it is where all said the same: then it would be known of each what they said. With small numbers one that is not
    small is hidden, the first of the places `first_hidden`: two small ones follow from their sum if it is 2 or 8.
    """
    hidden = {place for place, number in enumerate(numbers) if 0 < number < FEWEST}
    large = [place for place in first_hidden if numbers[place] >= FEWEST]
    if hidden and large:
        hidden.add(large[0])
    is_told = len(hidden) + len(large) < 2 or not all(_can_be_another(place, hidden, numbers) for place in hidden)
    if is_told or hidden.issuperset(large):
        return None
    return [None if place in hidden else number for place, number in enumerate(numbers)]


def _can_be_another(place, hidden, numbers) -> bool:
    """Whether it could be one more or less, and another one of them the opposite, each small or not as it is."""
    number, others = numbers[place], [numbers[other] for other in hidden if other != place]
    rises = _may_rise(number) and any(map(_may_fall, others))
    return rises or (_may_fall(number) and any(map(_may_rise, others)))


def _may_rise(number) -> bool:
    return number != FEWEST - 1


def _may_fall(number) -> bool:
    return number not in (1, FEWEST)
