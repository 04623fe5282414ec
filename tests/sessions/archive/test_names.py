"""Names of files for every file system."""

import pytest

from sessions.archive import names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Air_2", "air_2"),
        ("CON", "con_"),
        ("com1", "com1_"),
        ("..", "page"),
        ("الزئبق", "page"),
        ("a/b\\c: d?", "a-b-c-d"),
        ("x" * 200, "x" * 80),
    ],
)
def test_name_is_ascii_small_short_and_no_device(words, name):
    assert names.plain(words, "page") == name


def test_no_two_slugs_have_one_name():
    assert names.of_each(["air", "Air", "AIR", "b"]) == {"air": "air", "Air": "air-2", "AIR": "air-3", "b": "b"}
