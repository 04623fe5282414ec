"""Counting how often something was done, and finding out for which client."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from minamata_online.cache import ProcessCache
from registrations.limits import rates
from registrations.limits.rates import Limit, client_of, give_back, take

TWICE = Limit("test", 2, 60)


def test_limit_ends_after_its_times_and_for_that_one_alone():
    taken = [take(TWICE, "amina@example.net") for _ in range(3)]

    assert taken == [True, True, False]
    assert take(TWICE, "omar@example.net")


def test_time_given_back_can_be_used_again():
    take(TWICE, "amina")
    take(TWICE, "amina")

    give_back(TWICE, "amina")

    assert [take(TWICE, "amina"), take(TWICE, "amina")] == [True, False]


def test_each_time_comes_back_after_the_span_and_not_before():
    take(Limit("test", 1, 1000), "amina")
    key = next(iter(rates._keys(TWICE, "amina")))

    remaining = cache._cache.get_client(key).ttl(cache.make_and_validate_key(key))

    assert 990 < remaining <= 1000


def test_characters_of_any_kind_make_a_key():
    assert take(TWICE, "x" * 1000 + "\0 \n\ud800")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, "127.0.0.1"),
        (0, "198.51.100.1", "127.0.0.1"),
        (1, None, "127.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1, 198.51.100.1, 192.0.2.1", "198.51.100.1"),
        (2, "198.51.100.1", "127.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "nonsense", "nonsense"),
        (1, ", ", "127.0.0.1"),
    ],
)
def test_client_is_who_called_our_outermost_proxy(rf, settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}

    assert client_of(rf.get("/", headers=headers)) == expected


def test_two_are_taken_together_or_not_at_all():
    three = rates.Limit("test", 3, 60)

    taken = [rates.take_for("", three, "a", times) for times in (2, 2, 1)]

    assert taken == [rates.Taken.NOW, rates.Taken.TOO_MANY, rates.Taken.NOW]


def test_one_action_takes_once_until_it_is_given_back():
    three = rates.Limit("test", 3, 60)
    taken = [rates.take_for(action, three, "a", 2) for action in ("one", "one", "other")]

    rates.give_back_of("one", three, "a")

    assert taken == [rates.Taken.NOW, rates.Taken.BEFORE, rates.Taken.TOO_MANY]
    assert [rates.would_take_for("one", three, "a", 3), rates.free_at(three, "a", 3)] == [rates.Taken.NOW, None]


def test_who_only_asks_uses_none():
    twice = rates.Limit("test", 2, 60)
    asked = [rates.would_take_for("one", twice, "a", times) for times in (1, 2, 3)]
    rates.take_for("one", twice, "a")

    answers = [rates.would_take_for("one", twice, "a"), rates.would_take_for("other", twice, "a", 2)]

    assert asked == [rates.Taken.NOW, rates.Taken.NOW, rates.Taken.TOO_MANY]
    assert answers == [rates.Taken.BEFORE, rates.Taken.TOO_MANY]


def test_free_at_is_when_so_many_are_free():
    three = rates.Limit("test", 3, 60)
    assert rates.free_at(three, "a", 3) is None
    rates.take_for("", three, "a", 2)

    assert rates.free_at(three, "a") is None
    assert 58 < (rates.free_at(three, "a", 2) - timezone.now()).total_seconds() <= 60


def test_passes_counts_in_one_number():
    twice = rates.Limit("test", 2, 3600)

    assert [rates.passes(twice, "a") for _ in range(3)] == [True, True, False]
    assert rates.passes(twice, "b")
    assert 0 < rates.span_ends_in(twice) <= 3600
    assert len(list(cache._cache.get_client(None).scan_iter(cache.make_key("passes:*")))) == 2


@pytest.mark.parametrize("how", ["shared", "own"])
def test_numbers_are_counted_in_the_shared_cache_and_in_that_of_the_process(how):
    numbers = cache if how == "shared" else ProcessCache("of this test", {})

    counted = [numbers.count("sign-ups", more, 1000) for more in (1, 3, 2)]

    assert counted == [1, 4, 6]
    assert numbers.get("sign-ups") == 6


def test_span_of_a_number_is_not_lengthened_by_counting_on():
    cache.count("sign-ups", 1, 1000)
    client, key = cache._cache.get_client(None), cache.make_and_validate_key("sign-ups")
    client.expire(key, 500)

    cache.count("sign-ups", 1, 1000)

    assert 490 < client.ttl(key) <= 500
