"""Forms of staff that arrive in the same moment, over connections of their own."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sessions.models import Session, Stream
from tests.factories import OccurrenceFactory, SessionFactory, StreamFactory
from tests.support import staff
from tests.support.races import race
from tests.support.sessions.admin_pages import page, sent_by

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def desks():
    users = [User.objects.create_superuser(f"staff-{number}") for number in range(PEOPLE)]
    return [staff.sign_in(Client(), user) for user in users]


def at_once(address, changes):
    """Everybody opens the form, then all send their own change of it together; gives the answers."""
    clients = desks()
    sent = [sent_by(client.get(address)) | change for client, change in zip(clients, changes, strict=True)]
    return race(PEOPLE, lambda number: clients[number].post(address, sent[number]))


def test_of_different_fields_each_one_stays():
    slot = OccurrenceFactory()
    fields = {"title": "New", "summary": "Words", "platform": "Webex", "occurrences-0-capacity": 7}

    answers = at_once(page("session_change", slot.session_id), [{name: value} for name, value in fields.items()])

    slot.refresh_from_db()
    session = slot.session
    assert [answer.status_code for answer in answers] == [302] * PEOPLE
    assert (session.title, session.summary, session.platform, slot.capacity) == tuple(fields.values())


def test_of_different_values_one_stays_and_the_others_are_asked():
    session = SessionFactory()

    answers = at_once(page("session_change", session.pk), [{"title": f"Of {number}"} for number in range(PEOPLE)])

    session.refresh_from_db()
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    [winner] = [number for number, answer in enumerate(answers) if answer.status_code == 302]
    assert session.title == f"Of {winner}"


@pytest.mark.thorough
def test_new_rows_of_one_name_are_one_row_and_errors_beside_the_field():
    stream = StreamFactory()
    row = {"streams-TOTAL_FORMS": 2, "streams-1-title": "New", "streams-1-slug": "new", "streams-1-mark": "circle"}

    answers = at_once(page("season_change", stream.season_id), [row | {"streams-1-position": 0}] * PEOPLE)

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    assert Stream.objects.filter(slug="new").count() == 1


@pytest.mark.thorough
def test_new_sessions_of_one_name_are_one_session_and_errors_beside_the_field():
    stream = StreamFactory()
    new = {"title": "New", "slug": "new", "stream": stream.pk, "season": stream.season_id}

    answers = at_once(f"{page('session_add')}?season={stream.season_id}", [new] * PEOPLE)

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    assert Session.objects.filter(slug="new").count() == 1
