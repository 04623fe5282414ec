"""Which cases of a rule run always, and which in a thorough run only."""

import pytest


def first_always(cases, number=1) -> list:
    """Parameters of a test: so many of the cases run always, the others are marked `thorough`."""
    cases = list(cases)
    return cases[:number] + [
        pytest.param(*(case if isinstance(case, tuple) else [case]), marks=pytest.mark.thorough)
        for case in cases[number:]
    ]
