"""Answers that say the same take the same time, so that a clock tells no more than the page."""

import time
from datetime import timedelta
from statistics import median

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from registrations.models import Message
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support import site_map
from tests.support.registrations.sign_up_form import typed
from tests.support.site_map import KEYED, address, keys_of
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
# Two answers differ by less than this, or on a busy machine by less than the faster of them takes.
SECONDS = 0.05
ROUNDS = 25


def times_of(actions) -> dict[str, float]:
    """The median of each action, given the number of the round; they take turns, so that a slow moment hits all."""
    times = {name: [] for name in actions}
    for number in range(ROUNDS):
        for name, action in actions.items():
            cache.clear()
            began = time.perf_counter()
            action(number)
            times[name].append(time.perf_counter() - began)
    return {name: median(each) for name, each in times.items()}


def are_alike(actions) -> bool:
    times = times_of(actions).values()
    return max(times) - min(times) < max(SECONDS, min(times))


@pytest.mark.thorough
def test_sign_up_of_known_and_unknown_addresses():
    slot = OccurrenceFactory()
    season = slot.session.season
    known = [RegistrationFactory(occurrence=slot).participant for _ in range(ROUNDS)]
    path = f"/sign-up/{season.slug}/"

    def send(name, email, number):
        answer = Client().post(path, typed(slot, name=name, email=email, submission=f"{email}{number}"))
        assert answer.status_code == 302

    actions = {
        "registered already": lambda number: send(known[number].name, known[number].email, number),
        "another name": lambda number: send(f"Juma {'x' * number}", known[number].email, number),
        "unknown": lambda number: send("Amina", f"nobody{number}@example.org", number),
    }

    assert are_alike(actions)
    assert Message.objects.count() == 3 * ROUNDS, "each mailbox gets one mail, whoever is behind it"


def test_links_asked_for_by_known_and_unknown_addresses():
    today = timezone.now().date()
    known = [
        ParticipantFactory(season__starts_on=today, season__ends_on=today + timedelta(days=9)) for _ in range(ROUNDS)
    ]

    def ask(email):
        assert Client().post("/my/send-link/", {"email": email}).status_code == 302

    actions = {
        "known": lambda number: ask(known[number].email),
        "unknown": lambda number: ask(f"no{number}@example.org"),
    }

    assert are_alike(actions)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name", first_always(["registrations:my_season", "registrations:join", "registrations:invitation"])
)
def test_wrong_keys_of_any_kind(name):
    rows = site_map.one_of_everything()
    paths = {
        what: address(name, rows["values"] | {"key": key}) for what, key in keys_of(rows).items() if what != KEYED[name]
    }

    actions = {what: lambda _number, path=path: Client().get(path) for what, path in paths.items()}

    assert are_alike(actions)
