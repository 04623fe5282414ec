"""Those who asked hear once that something is published."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.mail import notices
from registrations.mailings import announcements
from registrations.models import Message, Registration
from sessions.models import Session
from tests.factories import MaterialFactory, OccurrenceFactory, SessionFactory
from tests.support.calendars import read_mail
from tests.support.registrations.announcing import LINK, NOW, announce, published_session, somebody

pytestmark = pytest.mark.django_db
CALLED_OFF = datetime(2030, 10, 1, tzinfo=UTC)


def test_each_of_those_who_asked_gets_one_mail_after_the_time_for_second_thoughts(settings):
    session = published_session()
    amina, boris = somebody(session), somebody(session)

    assert announce(session) == 2

    mails = Message.objects.order_by("pk")
    assert [(mail.kind, mail.registration, mail.recipient) for mail in mails] == [
        ("published", amina, amina.participant.email),
        ("published", boris, boris.participant.email),
    ]
    assert mails[0].dedupe_key == f"published:{amina.uid}"
    assert {(mail.queued_at, mail.due_at, bytes(mail.octets)) for mail in mails} == {
        (NOW, NOW + timedelta(minutes=settings.RECALL_MINUTES), b"")
    }
    assert Session.objects.get(pk=session.pk).announced_at == NOW


def test_second_time_tells_nobody_not_even_those_who_asked_later():
    session = published_session()
    somebody(session)
    announce(session)
    somebody(session)

    assert announce(session, now=NOW + timedelta(days=1)) == 0

    assert (Message.objects.count(), Session.objects.get(pk=session.pk).announced_at) == (1, NOW)


def test_only_confirmed_people_who_asked_and_whose_slot_was_held_are_told():
    session = published_session()
    recipient = somebody(session)
    somebody(session, participant__wants_announcements=False)
    somebody(session, participant__confirmed_at=None)
    somebody(session, status=Registration.Status.CANCELLED)
    somebody(session, status=Registration.Status.WAITLISTED)
    somebody(session, occurrence=OccurrenceFactory(session=session, called_off_at=CALLED_OFF))
    somebody(published_session())

    assert list(announcements.recipients(session)) == [recipient]
    assert announce(session) == 1


def test_with_nobody_to_tell_the_session_stays_untold():
    session = published_session()

    assert announce(session) == 0

    assert Session.objects.get(pk=session.pk).announced_at is None


def nothing_published():
    return OccurrenceFactory().session


def only_known_to_exist():
    return MaterialFactory(session=OccurrenceFactory().session).session


def hidden():
    return published_session(is_published=False)


def not_over():
    session = published_session()
    OccurrenceFactory(session=session, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    return session


@pytest.mark.parametrize("session", [nothing_published, only_known_to_exist, hidden, not_over])
def test_nothing_is_told_that_nobody_could_open(session):
    session = session()
    somebody(session, occurrence=session.occurrences.first())

    with pytest.raises(announcements.NothingToTell):
        announce(session)

    assert (Message.objects.count(), Session.objects.get(pk=session.pk).announced_at) == (0, None)


def test_number_of_queries_is_the_same_for_any_number_of_people(django_assert_max_num_queries):
    counts = []

    for people in (1, 4):
        session = published_session()
        for _person in range(people):
            somebody(session)
        with django_assert_max_num_queries(15) as captured:
            announce(session)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_mail_says_what_is_published_and_where_in_both_forms():
    session = published_session(title="Emissions")
    MaterialFactory(session=session, kind="slides", title="Six decks", url="https://slides.example/a", language="en")
    MaterialFactory(session=session, kind="questions", title="Not to be opened")
    registration = somebody(session)

    message = notices.announcement(registration, now=NOW)

    mail = read_mail(message)
    assert mail["Subject"] == "Now published: Emissions (Recording, Slides)"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert [line.replace("\xa0", " ") for line in text.splitlines() if line.startswith("- ")] == [
        "- Recording (French, 45.0 MB, opens on youtube.example)",
        "- Slides: Six decks (English, opens on slides.example)",
    ]
    for words in ["Emissions", "Six decks", "youtube.example", session.absolute_url, "because you asked"]:
        assert words in text
        assert words in html
    assert LINK not in text + html
    assert "Not to be opened" not in text + html


def test_mail_leads_to_the_choice_of_hearing_of_the_next_season():
    registration = somebody(published_session())

    mail = read_mail(notices.announcement(registration, now=NOW))

    address = f"/my/{registration.participant.key}/mails/"
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert "when the next season opens" in text
        assert address in text


def test_mail_has_a_message_id_and_a_key_of_its_own():
    registration = somebody(published_session())

    first, second = (notices.announcement(registration, now=NOW) for _time in range(2))

    assert (first.kind, first.dedupe_key, first.registration) == (
        "published",
        f"published:{registration.uid}",
        registration,
    )
    assert first.message_id != second.message_id


def test_titles_cannot_write_headers_or_lines():
    session = published_session(title="Emissions\r\nBcc: everybody@example.org")
    MaterialFactory(session=session, title="A\n- Recording: false", url="https://example.org/<b>")

    mail = read_mail(notices.announcement(somebody(session), now=NOW))

    assert mail["Bcc"] is None
    assert "- Slides: A - Recording: false (opens on example.org)" in mail.get_body(("plain",)).get_content()


def test_sample_is_the_mail_of_the_first_person_and_is_not_stored():
    session = published_session()
    first = somebody(session)
    somebody(session)

    sample = announcements.sample(session, now=NOW)

    assert (sample.registration, sample.pk, Message.objects.count()) == (first, None, 0)
    assert announcements.sample(SessionFactory(), now=NOW) is None
