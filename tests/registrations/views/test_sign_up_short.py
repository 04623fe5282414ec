"""The short form: the session of the link in front, the others folded, and one tick for many."""

import pytest

from registrations.models import Registration
from tests.factories import OccurrenceFactory, StreamFactory
from tests.support.registrations.sign_up_form import filled_in, page_of

pytestmark = pytest.mark.django_db
FOLD = "Add other sessions"


@pytest.fixture
def slots(season):
    """Two of one stream, one of another, and a full one, each of a session of its own."""
    first = OccurrenceFactory(session__season=season)
    stream, other = first.session.stream, StreamFactory(season=season)
    return [
        first,
        OccurrenceFactory(session__season=season, session__stream=stream),
        OccurrenceFactory(session__season=season, session__stream=other),
        OccurrenceFactory(session__season=season, session__stream=other, capacity=0),
    ]


def registered() -> set[int]:
    return set(Registration.objects.values_list("occurrence", flat=True))


def test_session_of_the_link_comes_first_and_the_others_after_who_you_are(client, address, slots):
    text = client.get(address, {"slot": slots[1].pk}).text

    parts = [slots[1].session.title, "Who you are", FOLD, f">{slots[0].session.title}<", "How we may use it"]
    assert sorted(parts, key=text.index) == parts


def test_form_without_a_link_shows_all_sessions_first(client, address, slots):
    text = client.get(address).text

    assert FOLD not in text
    assert text.index(slots[3].session.title) < text.index("Who you are")


def test_form_that_comes_back_has_what_was_ticked_in_front(client, address, slots):
    form = client.get(address, {"slot": slots[1].pk})

    answer = client.post(address, filled_in(form, session=[slots[1].session.slug, slots[2].session.slug], email="x"))

    assert [choice.session for choice in page_of(answer).chosen] == [slots[1].session, slots[2].session]


def test_tick_for_the_season_registers_for_all_with_free_places(client, address, slots):
    client.post(address, filled_in(client.get(address, {"slot": slots[0].pk}), all="season"))

    assert registered() == {slot.pk for slot in slots[:3]}


def test_tick_for_a_stream_registers_for_its_sessions(client, address, slots):
    client.post(address, filled_in(client.get(address), all=f"stream-{slots[0].session.stream.slug}"))

    assert registered() == {slots[0].pk, slots[1].pk}


@pytest.mark.parametrize("value", ["", "x", "stream-", "\x00", "season "])
def test_tick_for_what_there_is_not_ticks_nothing(client, address, slots, value):
    assert client.post(address, filled_in(client.get(address), all=value)).status_code == 422


def test_what_a_tick_for_many_brought_stays_ticked_when_the_form_comes_back(client, address, slots):
    answer = client.post(address, filled_in(client.get(address), all="season", email="x"))

    assert len(page_of(answer).chosen) == 3
    client.post(address, filled_in(answer, email="amina@example.org"))
    assert registered() == {slot.pk for slot in slots[:3]}
