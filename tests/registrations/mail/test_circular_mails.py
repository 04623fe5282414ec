"""Mails of circulars that are claimed together: each for its own person, for what one of them costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registrations.circulars import drafts
from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.models import Circular, Message, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SessionFactory
from tests.support.calendars import read_mail
from tests.support.registrations.circulars import draft, send
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def claimed():
    Message.objects.update(status="sending", leased_until=timezone.now() + timedelta(minutes=1), attempts=1, octets=b"")
    return list(Message.objects.order_by("pk"))


def slot_of(season, title):
    session = SessionFactory(season=season, title=title)
    return OccurrenceFactory(session=session, starts_at=NOW + timedelta(days=3))


def test_each_mail_names_the_sessions_of_its_person_in_their_order():
    air = OccurrenceFactory(session__title="Mercury in air", starts_at=NOW + timedelta(days=3))
    season = air.session.season
    gold = slot_of(season, "Gold without mercury")
    of_both, of_gold = ParticipantFactory(season=season), ParticipantFactory(season=season)
    for person, slot in [(of_both, gold), (of_gold, gold), (of_both, air)]:
        RegistrationFactory(participant=person, occurrence=slot)
    send(draft(season, sessions=(air.session_id, gold.session_id)))

    messages = claimed()
    assert composing.prepare_all(messages, now=NOW) == {}

    texts = [" ".join(read_mail(message).get_body(("plain",)).get_content().split()) for message in messages]
    assert "for Mercury in air, Gold without mercury." in texts[0]
    assert "for Gold without mercury." in texts[1]
    assert "Mercury in air" not in texts[1]


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ({"attendance": "came"}, "because you took part in Mercury in air."),
        ({"attendance": "absent"}, "because you were registered for Mercury in air."),
        ({}, "because you were registered for Mercury in air."),
    ],
)
def test_after_a_session_nobody_reads_that_they_can_cancel(chosen, why):
    over = NOW - timedelta(days=1)
    slot = OccurrenceFactory(session__title="Mercury in air", starts_at=over, ends_at=over + timedelta(hours=1))
    RegistrationFactory(occurrence=slot, joined_at=None if chosen.get("attendance") == "absent" else over)
    letter = draft(slot.session.season, slots=(slot.pk,), **chosen)
    send(letter)

    [message] = claimed()
    assert composing.prepare_all([message], now=NOW) == {}

    for mail in (message, drafts.sample(letter, now=NOW)):
        text = " ".join(read_mail(mail).get_body(("plain",)).get_content().split())
        assert "cancel it on" not in text
        assert f"To get no more mails of {slot.session.season.title}, open your page and erase your data there." in text
    assert why in " ".join(read_mail(message).get_body(("plain",)).get_content().split())


def test_one_who_cancelled_and_one_circular_that_was_taken_back_hold_up_no_other():
    slot = OccurrenceFactory(starts_at=NOW + timedelta(days=3))
    for _each in range(2):
        RegistrationFactory(occurrence=slot)
    chosen = {"sessions": (slot.session_id,)}
    send(draft(slot.session.season, **chosen))
    other = send(draft(slot.session.season, **chosen))
    Registration.objects.filter(participant=Message.objects.order_by("pk")[0].participant).update(status="cancelled")
    Circular.objects.filter(pk=other.pk).update(taken_back_at=NOW)

    messages = claimed()
    problems = composing.prepare_all(messages, now=NOW)

    assert {pk: type(problem) for pk, problem in problems.items()} == {
        message.pk: Outdated for message in [messages[0], *messages[2:]]
    }
    assert [bool(message.octets) for message in messages] == [False, True, False, False]


def test_more_mails_need_no_more_queries():
    slot = OccurrenceFactory(starts_at=NOW + timedelta(days=3))
    for _each in range(6):
        RegistrationFactory(occurrence=slot)
    send(draft(slot.session.season, sessions=(slot.session_id,)))
    messages, counts = claimed(), []

    for some in (messages[:1], messages[1:]):
        with CaptureQueriesContext(connection) as queries:
            assert composing.prepare_all(some, now=NOW) == {}
        counts.append(len(queries))

    assert counts[0] == counts[1]
