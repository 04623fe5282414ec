"""The page on which staff tell those who asked that something is published."""

from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils import timezone

from registrations.mail import batches
from registrations.mailings import announcements
from registrations.models import Message
from tests.factories import MaterialFactory, RegistrationFactory
from tests.support.messages import said, said_at_some_hour
from tests.support.sessions.admin_pages import page
from tests.support.sessions.uploads import session_over
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Over, with a recording to open and two people who asked."""
    session = session_over()
    MaterialFactory(session=session, kind="recording", title="Recording", url="https://video.example/1")
    RegistrationFactory.create_batch(2, occurrence=session.occurrences.get(), participant__wants_announcements=True)
    RegistrationFactory(occurrence=session.occurrences.get())
    return session


def form(client, session) -> str:
    return client.get(page("session_change", session.pk)).content.decode()


def announce_page(client, session) -> str:
    return client.get(page("session_announce", session.pk)).content.decode()


def confirm(client, session, people="2"):
    return client.post(page("session_announce", session.pk), {"people": people})


def test_form_leads_to_the_page_with_the_number_of_people(admin_client, session):
    address = page("session_announce", session.pk)

    assert f'<a href="{address}">Tell those who asked (2 people)</a>' in form(admin_client, session)


def test_page_shows_people_and_mail_and_changes_nothing(admin_client, session):
    shown = announce_page(admin_client, session)

    session.refresh_from_db()
    assert "2 people will be told by mail." in shown
    assert f"Now published: {session.title} (Recording)" in shown
    assert "- Recording (opens on video.example)" in shown
    assert session.absolute_url in shown
    assert (session.announced_at, Message.objects.count()) == (None, 0)


def test_mail_on_the_page_opens_nobodys_own_pages(admin_client, session):
    people = [registration.participant for registration in session.registrations.all()]

    shown = announce_page(admin_client, session)

    assert [key for person in people for key in (person.key, person.stop_key, person.feed_key) if key in shown] == []


def test_confirming_tells_them_and_is_remembered(admin_client, session):
    response = confirm(admin_client, session)

    assert Message.objects.filter(kind="published").count() == 2
    assert said_at_some_hour(response) == [
        "What is published was announced.",
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back.",
    ]
    assert LogEntry.objects.get().object_id == str(session.pk)


@pytest.mark.parametrize("typed", ["", "3", "two"])
def test_wrong_number_tells_nobody_and_is_said_beside_the_field(admin_client, session, typed):
    response = confirm(admin_client, session, typed)

    assert "Type 2 here to confirm. Nothing has been changed yet." in response.text
    assert "Nothing was sent: the number of people was missing or different." in response.text
    assert Message.objects.count() == 0


def test_taking_back_drops_what_has_not_left_and_it_can_be_announced_once_more(admin_client, session):
    confirm(admin_client, session)
    assert "Take it back" in announce_page(admin_client, session)
    preview = admin_client.get(page("session_take_back", session.pk)).text
    assert "2 mails have not left: these people hear nothing." in preview

    response = admin_client.post(page("session_take_back", session.pk))

    assert said(response)[-2:] == [
        "The announcement is taken back.",
        "2 mails have not left: these people hear nothing.",
    ]
    assert set(Message.objects.values_list("status", flat=True)) == {Message.Status.DROPPED}
    shown = announce_page(admin_client, session)
    assert "and taken back." in shown
    assert "2 people will be told by mail." in shown


def test_nothing_is_taken_back_once_all_mails_have_left(admin_client, session):
    confirm(admin_client, session)
    Message.objects.update(status=Message.Status.SENT)

    for method in (admin_client.get, admin_client.post):
        assert said(method(page("session_take_back", session.pk)))[-1].startswith("There is nothing to take back")
    assert "Take it back" not in announce_page(admin_client, session)


def test_confirming_twice_tells_once_and_says_when(admin_client, session):
    confirm(admin_client, session)

    response = confirm(admin_client, session)

    session.refresh_from_db()
    day = datetime.now(session.season.zone)
    assert said(response)[-1] == f"Announced on {day.day} {day:%B} {day.year} to 2 people."
    assert f"Announced on {day.day}" in form(admin_client, session)
    assert "Announced on" in announce_page(admin_client, session)
    assert "Type the number" not in announce_page(admin_client, session)
    assert Message.objects.count() == 2


def test_session_says_how_far_the_mails_to_many_are_prepared(admin_client, session, monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 0)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 1)
    confirm(admin_client, session)

    before = announce_page(admin_client, session)
    announcements.prepare(session_id=session.pk, now=timezone.now(), seconds=0)
    shown = announce_page(admin_client, session)
    announcements.prepare(session_id=session.pk, now=timezone.now(), seconds=60)

    assert "Mails are being prepared: 0 of 2" in before
    assert "Mails are being prepared: 1 of 2" in shown
    assert "being prepared" not in announce_page(admin_client, session)
    assert "Announced on" in form(admin_client, session)


@pytest.mark.parametrize("missing", ["material", "people", "published"])
def test_page_without_anything_to_tell_says_so_and_has_no_button(admin_client, session, missing):
    if missing == "material":
        session.materials.update(url="")
    elif missing == "people":
        session.registrations.update(status="cancelled")
    else:
        type(session).objects.update(is_published=False)
    reason = "Nobody of those who were registered" if missing == "people" else "There is nothing to tell yet."

    response = admin_client.post(page("session_announce", session.pk))

    assert said(response)[0].startswith(reason)
    assert reason in announce_page(admin_client, session)
    assert reason in form(admin_client, session)
    assert "Type the number" not in announce_page(admin_client, session)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_may_change_sessions_may_tell(client, session, method):
    sign_in(client, User.objects.create_user("reader", is_staff=True))

    assert getattr(client, method)(page("session_announce", session.pk)).status_code == 403
    assert Message.objects.count() == 0


def test_form_of_a_new_session_says_nothing_of_it(admin_client, session):
    shown = admin_client.get(f"{page('session_add')}?season={session.season_id}").content.decode()

    assert "Those who asked to hear" in shown
    assert "Tell those who asked" not in shown
