"""What a form says that saving does travels with it: it is shown again after a sign-in, where it is ours."""

import pytest

from sessions.admin.effects import asking
from sessions.admin.effects.asking import Effects


def test_what_was_shown_before_a_sign_in_is_shown_after_it():
    effects = Effects(3, ["The season is a rehearsal.", "Time slots stay where they are."])
    [name, value] = asking.context(effects, {})["effects_entry"]

    assert asking.shown_before({name: value}) == effects


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "5",
        "[]",
        "{}",
        "[null]",
        '["x"]',
        "[Infinity]",
        "[1e400]",
        "[" * 100_000,
        '[1, "\\ud800"]',
        "[" + "9" * 5000,
    ],
)
def test_what_no_page_of_ours_has_shown_is_left_out(entry):
    assert asking.shown_before({asking.SEEN: entry}) is None
