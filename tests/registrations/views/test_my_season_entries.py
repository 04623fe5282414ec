"""Entries of "my season": with the keys of their own person, and as they are now."""

import re

import pytest

from registrations.models import Registration
from tests.factories import MaterialFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(session__title="Mercury in rice")


@pytest.fixture
def people(slot):
    found = [ParticipantFactory(season=slot.session.season, timezone="Africa/Nairobi") for _ in range(2)]
    for person in found:
        RegistrationFactory(participant=person, occurrence=slot)
    return found


def page_of(client, person) -> str:
    return client.get(f"/my/{person.key}/").text


def keys_of(person) -> set[str]:
    return {person.key, person.feed_key, person.registrations.get().join_key}


def addresses_in(text) -> set[str]:
    return set(re.findall(r'"(/my/[^"]+|/join/[^"]+|https://calendar[^"]+)"', text))


def test_people_at_the_same_slot_have_each_their_own_keys_and_none_of_the_others(client, people):
    one, other = people
    slug = one.registrations.get().session.slug

    first, second = page_of(client, one), page_of(client, other)

    assert {f"/my/{one.key}/{slug}/cancel/", f"/my/{one.key}/{slug}/calendar.ics"} <= addresses_in(first)
    assert {f"/my/{other.key}/{slug}/cancel/", f"/my/{other.key}/{slug}/calendar.ics"} <= addresses_in(second)
    assert keys_of(one).isdisjoint(re.findall(r"[\w-]{24}", second))
    assert keys_of(other) <= set(re.findall(r"[\w-]{24}", second))
    assert len(addresses_in(first)) == len(addresses_in(second))


CHANGES = {
    "title": (lambda slot: type(slot.session).objects.update(title="Gold"), "Gold"),
    "stream": (lambda slot: type(slot.session.stream).objects.update(title="Trade"), "Trade"),
    "place": (lambda slot: type(slot.session.season).objects.update(place="Carouge"), "Carouge, UTC+"),
    "called off": (
        lambda slot: type(slot).objects.update(called_off_at=slot.changed_at),
        "We called this time slot off.",
    ),
    "cancelled": (lambda slot: Registration.objects.update(status="cancelled"), "You cancelled this registration."),
    "hidden": (lambda slot: type(slot.session).objects.update(is_published=False), "/session/"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_page_shows_at_once_what_was_changed(client, people, slot, change):
    write, words = CHANGES[change]
    before = page_of(client, people[0])

    write(slot)

    assert words not in before
    assert words in page_of(client, people[0])


def test_place_that_was_taken_a_moment_ago_is_not_offered(client, people, slot, settings):
    other = OccurrenceFactory(session=slot.session, starts_at=slot.ends_at, capacity=1)
    assert "Change the time slot" in page_of(client, people[0])
    settings.PROGRAMME_SECONDS = 60

    RegistrationFactory(occurrence=other)

    assert "Change the time slot" not in page_of(client, people[0])


def test_slot_that_is_newer_than_the_programme_that_was_read_is_shown(client, people, slot, settings):
    page_of(client, people[0])
    settings.PROGRAMME_SECONDS = 60
    new = OccurrenceFactory(session__season=slot.session.season, session__title="Mercury in fish")
    later = OccurrenceFactory(session=slot.session, starts_at=slot.ends_at)
    RegistrationFactory(participant=people[0], occurrence=new)
    Registration.objects.filter(participant=people[0], occurrence=slot).update(occurrence=later)

    page = page_of(client, people[0])

    assert page.count("Mercury in fish</a>") == 1
    assert f'datetime="{later.starts_at:%Y-%m-%dT%H:%M}' in page


def test_reader_in_another_zone_has_other_hours(client, people):
    before = page_of(client, people[0])

    type(people[0]).objects.update(timezone="Asia/Tokyo")

    assert "Nairobi, UTC+3" in before
    after = page_of(client, people[0])
    assert "Nairobi" not in after
    assert "Tokyo, UTC+9" in after


def test_title_with_markup_stays_text(client, people, slot):
    type(slot.session).objects.update(title="<b>Gold & 'silver'</b>")

    assert "&lt;b&gt;Gold &amp; &#x27;silver&#x27;&lt;/b&gt;" in page_of(client, people[0])
    assert "<b>Gold" not in page_of(client, people[0])


RECORDING = {"kind": "recording", "url": "https://videos.example/rice"}


def published_in(text) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]+)">(Published: [^<]+)<', text)


def test_what_was_published_is_found_by_who_registered_later(client, people, slot):
    MaterialFactory(session=slot.session, url="https://files.example/rice")
    MaterialFactory(session=slot.session, **RECORDING)

    [(page, words)] = published_in(page_of(client, people[0]))

    assert (page, words) == (slot.session.get_absolute_url(), "Published: Recording, Slides")
    assert "https://videos.example/rice" in client.get(page).text


def test_what_has_no_address_yet_is_not_promised(client, people, slot):
    MaterialFactory(session=slot.session)

    assert published_in(page_of(client, people[0])) == []


def test_of_a_hidden_session_it_is_on_the_person_s_own_page(client, people, slot):
    type(slot.session).objects.update(is_published=False)
    MaterialFactory(session=slot.session, **RECORDING)

    [(page, _words)] = published_in(page_of(client, people[0]))

    assert page.startswith(f"/my/{people[0].key}/")
    assert "https://videos.example/rice" in client.get(page).text


@pytest.mark.parametrize("number", [1, 3])
def test_materials_of_hidden_sessions_are_read_at_once(client, people, slot, number, django_assert_num_queries):
    for _ in range(number - 1):
        other = OccurrenceFactory(session__season=slot.session.season)
        RegistrationFactory(participant=people[0], occurrence=other)
    type(slot.session).objects.update(is_published=False)
    page_of(client, people[0])

    with django_assert_num_queries(19):
        page_of(client, people[0])
