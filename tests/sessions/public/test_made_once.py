"""What is cached for everybody is made once, however many ask for it at the same time."""

from threading import Event

import pytest
from django.core.cache import caches

from sessions.public import response_cache
from tests.support.races import race

PEOPLE = 8


def test_of_many_threads_one_makes_it_and_all_have_it():
    made, another = [], Event()

    def make():
        made.append(len(made))
        # Whoever comes second while the first is at work ends its waiting.
        _ = another.set() if len(made) > 1 else another.wait(timeout=1)
        return f"made by {made[-1]}"

    found = race(PEOPLE, lambda _number: response_cache.get("once", make))

    assert found == ["made by 0"] * PEOPLE
    assert made == [0]


def test_other_keys_do_not_wait():
    other_is_made = Event()

    def make(number):
        if number:
            other_is_made.set()
            return number
        return other_is_made.wait(timeout=10)

    assert race(2, lambda number: response_cache.get(f"key-{number}", lambda: make(number))) == [True, 1]


def test_one_may_be_made_of_another_and_what_fails_is_made_anew():
    inner = lambda: response_cache.get("inner", lambda: response_cache.get("outer", lambda: "made"))  # noqa: E731

    with pytest.raises(ZeroDivisionError):
        response_cache.get("outer", lambda: 1 / 0)
    assert response_cache.get("outer", inner) == "made"
    assert caches["answers"].get("outer") == "made"
    assert response_cache._makings == {}
