"""What is added to a session after it was announced, such as slides, is announced on the same page once more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.mail import batches
from registrations.mailings import announcements
from registrations.models import Message
from tests.factories import MaterialFactory, RegistrationFactory
from tests.support.messages import said, said_at_some_hour
from tests.support.races import race
from tests.support.registrations.announcing import announce
from tests.support.sessions.admin_pages import page
from tests.support.sessions.uploads import session_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Over, with a recording that two people were told of an hour ago."""
    session = session_over()
    MaterialFactory(session=session, kind="recording", title="Recording", url="https://video.example/1")
    RegistrationFactory.create_batch(2, occurrence=session.occurrences.get(), participant__wants_announcements=True)
    announce(session, now=timezone.now() - timedelta(hours=1))
    session.refresh_from_db()
    return session


def tell(client, session, **typed):
    return client.post(page("session_announce", session.pk), {"people": "2"} | typed)


def seen(client, session) -> str:
    return client.get(page("session_announce", session.pk)).context["seen"].isoformat()


def test_page_says_when_it_was_told_and_offers_it_again(admin_client, session):
    text = admin_client.get(page("session_announce", session.pk)).text

    assert "2 people." in text
    assert "Tell them again only when something was added." in text
    assert "Announced on" in admin_client.get(page("session_change", session.pk)).text


def test_each_person_has_another_mail_and_no_third(admin_client, session):
    state = seen(admin_client, session)

    first = tell(admin_client, session, seen=state)
    again = tell(admin_client, session, seen=state)

    assert said_at_some_hour(first) == [
        "What is published was announced.",
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back.",
    ]
    assert said(again)[-1].startswith("Announced on")
    assert Message.objects.filter(kind="published").count() == 4


@pytest.mark.parametrize("typed", ["", "2030-13-45T00:00:00+00:00", "2030-10-01T00:00:00", "yesterday"])
def test_who_has_not_seen_the_last_time_tells_nobody(admin_client, session, typed):
    tell(admin_client, session, seen=typed)

    assert Message.objects.filter(kind="published").count() == 2


def test_until_the_first_mails_could_leave_there_is_no_second_time(admin_client, session):
    state = seen(admin_client, session)
    type(session).objects.update(announced_at=timezone.now())

    assert "Tell them again" not in admin_client.get(page("session_announce", session.pk)).text
    tell(admin_client, session, seen=state)
    assert Message.objects.filter(kind="published").count() == 2


def test_second_time_to_many_is_prepared_by_the_worker(session, monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 1)
    now = timezone.now()

    told = announce(session, now=now, seen=session.announced_at)
    left = [announcements.prepare(session_id=session.pk, now=now, seconds=0) for _turn in range(3)]

    assert (told, left) == (2, [True, False, False])
    assert Message.objects.filter(kind="published").count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_again_at_once_tell_once(session):
    def act(_number):
        return announce(session, now=timezone.now(), seen=session.announced_at)

    assert sorted(race(2, act)) == [0, 2]
    assert Message.objects.filter(kind="published").count() == 4
