"""How people learn that they are asked, and what becomes of it when people are merged, or their term ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations import links
from registrations.mail import notices
from registrations.models import Feedback, FeedbackTicket, FeedbackWords
from registrations.privacy import retention
from tests.factories import FeedbackTicketFactory, MaterialFactory, OccurrenceFactory, RegistrationFactory
from tests.support.registrations.merging import merge

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def registration():
    """For a session that ended an hour ago."""
    slot = OccurrenceFactory(starts_at=timezone.now() - 2 * HOUR)
    MaterialFactory(session=slot.session, url="https://example.org/slides")
    return RegistrationFactory(occurrence=slot)


def mail(registration, *, later=0) -> str:
    now = registration.occurrence.ends_at + timedelta(days=later)
    return bytes(notices.announcement(registration, now=now).octets).decode()


def test_mail_about_what_is_published_asks_who_has_not_answered_as_long_as_they_can(registration):
    link = links.feedback(registration).replace("http://", "")
    asks = link in mail(registration).replace("=\n", "")
    is_late = link in mail(registration, later=20).replace("=\n", "")
    FeedbackTicketFactory(registration=registration)

    assert (asks, is_late, link in mail(registration).replace("=\n", "")) == (True, False, False)


def test_page_before_the_meeting_says_where_and_has_no_other_key(client, registration):
    page = reverse("registrations:join", args=[registration.join_key])
    before = client.get(page).text
    FeedbackTicketFactory(registration=registration)

    words = "Your own page “My season” has five short questions for you."
    assert (words in before, words in client.get(page).text) == (True, False)
    assert registration.participant.key not in before


def test_form_that_staff_lengthen_once_it_was_opened_takes_and_promises_nothing(client, registration):
    """It was there with its promises, and whoever sent it read no word of why nothing happened."""
    Feedback.objects.create(session=registration.session, opened_on=timezone.now().date())
    page = reverse("registrations:feedback", args=[registration.participant.key, registration.session.slug])

    answers = client.get(page), client.post(page, {"words": "More time, please"})

    assert [answer.status_code for answer in answers] == [200, 409]
    assert ["The Secretariat reads the answers" in answer.text for answer in answers] == [False, False]
    assert "You are not asked about this session." in answers[0].text
    assert "More time, please" in answers[1].text


def test_nothing_leads_to_a_form_that_was_opened(client, registration):
    Feedback.objects.create(session=registration.session, opened_on=timezone.now().date())
    own, before = registration.participant.key, registration.join_key

    pages = [reverse("registrations:my_season", args=[own]), reverse("registrations:join", args=[before])]
    shown = [client.get(page).text for page in pages]

    assert [text.count("/feedback/") for text in shown] == [0, 0]
    assert "five short questions" not in shown[1]
    assert links.feedback(registration).replace("http://", "") not in mail(registration).replace("=\n", "")


def test_two_people_who_are_one_have_one_ticket_for_each_session(registration):
    kept = registration.participant
    lost = RegistrationFactory(occurrence=registration.occurrence, participant__season=kept.season)
    other = RegistrationFactory(
        occurrence=OccurrenceFactory(session__season=kept.season, starts_at=timezone.now() - 9 * HOUR),
        participant=lost.participant,
    )
    for each in (registration, lost, other):
        FeedbackTicketFactory(registration=each)

    merge(kept, lost.participant)

    tickets = set(FeedbackTicket.objects.values_list("participant", "session"))
    assert tickets == {(kept.pk, registration.session_id), (kept.pk, other.session_id)}


def test_texts_that_nobody_published_go_with_the_people_and_numbers_stay(registration):
    found = Feedback.objects.create(session=registration.session, answers=9, counts={"useful": [9, 0, 0, 0]})
    for is_published in (True, False):
        FeedbackWords.objects.create(feedback=found, text="More time.", is_published=is_published)

    retention.apply(now=datetime(2040, 1, 1, tzinfo=UTC))

    found.refresh_from_db()
    assert list(FeedbackWords.objects.values_list("is_published", flat=True)) == [True]
    assert found.counts == {"useful": [9, 0, 0, 0]}
