"""The page on which somebody says what they think of a session: once, while the form is open, and in no hurry."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.feedback import opening, pile
from registrations.models import Feedback, FeedbackTicket, Registration
from registrations.privacy import erasure
from sessions.clocks import dates
from sessions.models import Season, Session
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
GIVEN = {"useful": "very", "level": "right", "words": "More time for questions."}
LINK = "Say what you think of it"


HOUR = timedelta(hours=1)


@pytest.fixture
def registration():
    """For a session that ended an hour ago."""
    return RegistrationFactory(occurrence=OccurrenceFactory(starts_at=timezone.now() - 2 * HOUR))


def ended(slot, *, days):
    """So many days ago, and an hour."""
    slot.ends_at = timezone.now() - timedelta(days=days) - HOUR
    slot.starts_at = slot.ends_at - HOUR
    slot.save()


def page(registration, name="feedback"):
    keys = [registration.participant.key, *([registration.session.slug] if name != "my_season" else [])]
    return reverse(f"registrations:{name}", args=keys)


def _day(moment):
    return moment.astimezone(dates.GENEVA).date()


def stored(registration) -> pile.Pile:
    found = Feedback.objects.filter(session=registration.session).first()
    return pile.unseal(found.pile if found else b"", session_id=registration.session_id)


def send(client, registration, **values):
    return client.post(page(registration), values or GIVEN)


def test_my_season_leads_to_the_form_until_it_is_sent(client, registration):
    before = client.get(page(registration, "my_season")).text

    response = send(client, registration)

    assert (before.count(LINK), client.get(page(registration, "my_season")).text.count(LINK)) == (1, 0)
    assert (response.status_code, response.url) == (302, page(registration))
    assert "<h1>Thank you</h1>" in client.get(page(registration)).text
    assert "very" not in client.get(page(registration)).text


def test_answers_are_on_the_pile_and_the_day_is_with_the_person(client, registration):
    send(client, registration)

    found = stored(registration)
    assert (found.answers, found.words) == (1, ["More time for questions."])
    assert found.counts == {"useful": [1, 0, 0, 0], "level": [0, 1, 0], "pace": [0, 0, 0], "technical": [0, 0, 0, 0]}
    ticket = FeedbackTicket.objects.get(participant=registration.participant)
    assert (ticket.session, ticket.answered_on) == (registration.session, _day(timezone.now()))


def test_second_press_says_thank_you_and_adds_nothing(client, registration):
    send(client, registration)

    again = send(client, registration, useful="not")

    assert again.url == page(registration)
    assert stored(registration).counts["useful"] == [1, 0, 0, 0]


def test_opening_the_page_changes_nothing(client, registration):
    for _time in range(2):
        assert client.get(page(registration)).status_code == 200
        assert client.head(page(registration)).status_code == 200

    assert not Feedback.objects.exists()
    assert not FeedbackTicket.objects.exists()


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"useful": ""}, "Please answer at least one question"),
        ({"useful": "enormously"}, "Please choose from the list."),
        ({"words": "x" * 1001}, "1000"),
        ({"words": "See www.example.org"}, "looks like a web address"),
        ({"words": "Write to me: amina@example.net"}, "looks like a web address"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(client, registration, values, error):
    response = send(client, registration, **({"level": "advanced"} if "useful" not in values else {}), **values)

    assert response.status_code == 422
    assert error in response.text
    assert values.get("words", "") in response.text
    assert not FeedbackTicket.objects.exists()


def test_markup_is_text(client, registration):
    send(client, registration, words="<b>5 > 4</b>")

    assert stored(registration).words == ["<b>5 > 4</b>"]


def test_form_is_closed_before_the_end_and_two_weeks_after(client, registration):
    said = {}

    for days in (-1, 0, 14, 16):
        ended(registration.occurrence, days=days)
        said[days] = client.get(page(registration)).text

    assert "as soon as the session is over" in said[-1]
    assert "Send my answers" in said[0]
    assert "Send my answers" in said[14]
    last_day = dates.day(_day(registration.occurrence.ends_at) + timedelta(days=14))
    assert f"Answers were possible until {last_day}." in said[16]


def test_what_comes_too_late_is_given_back(client, registration):
    ended(registration.occurrence, days=20)

    response = send(client, registration)

    assert response.status_code == 409
    assert "More time for questions." in response.text
    assert not FeedbackTicket.objects.exists()


def test_form_stays_closed_once_answers_can_be_read(client, registration):
    Feedback.objects.create(session=registration.session, opened_on="2030-10-08")

    assert send(client, registration).status_code == 409


@pytest.mark.parametrize("status", [Registration.Status.CANCELLED, Registration.Status.WAITLISTED])
def test_who_has_no_seat_is_not_asked(client, registration, status):
    Registration.objects.update(status=status, waiting_since=registration.registered_at)

    assert "You are not asked about this session." in client.get(page(registration)).text
    assert send(client, registration).status_code == 409
    assert LINK not in client.get(page(registration, "my_season")).text


@pytest.mark.parametrize(
    "turn_off",
    [
        lambda: Season.objects.update(feedback_days=0),
        lambda: Session.objects.update(asks_feedback=False),
    ],
)
def test_staff_turn_it_off_for_a_season_or_a_session(client, registration, turn_off):
    turn_off()

    assert send(client, registration).status_code == 409
    assert LINK not in client.get(page(registration, "my_season")).text


def test_slot_that_was_called_off_is_not_asked_about(client, registration):
    registration.occurrence.called_off_at = registration.occurrence.starts_at
    registration.occurrence.save()

    assert send(client, registration).status_code == 409


def test_first_of_two_slots_is_asked_about_until_two_weeks_after_the_last(client, registration):
    ended(registration.occurrence, days=20)
    refused = send(client, registration).status_code
    ended(OccurrenceFactory(session=registration.session), days=10)

    assert (refused, send(client, registration).status_code) == (409, 302)


def test_wrong_key_and_wrong_session_have_the_answer_of_all_wrong_links(client, registration):
    other = OccurrenceFactory(session__season=registration.session.season).session
    known, slug = registration.participant.key, registration.session.slug
    addresses = [f"/my/{known[:-1]}x/{slug}/feedback/", f"/my/{known}/{other.slug}/feedback/"]

    answers = [(response.status_code, response.templates[0].name) for response in map(client.get, addresses)]

    assert answers == [(404, "registrations/wrong_link.html")] * 2


def test_who_was_named_and_has_not_said_yes_is_not_asked(client, registration):
    registration.participant.confirmed_at = None
    registration.participant.save()

    assert send(client, registration).url == reverse("registrations:take_part", args=[registration.participant.key])


def test_erasing_removes_that_somebody_answered_and_leaves_what_was_answered(client, registration):
    send(client, registration)

    erasure.erase(participant_id=registration.participant_id, now=timezone.now())

    assert not FeedbackTicket.objects.exists()
    assert stored(registration).answers == 1


def test_new_secret_key_without_the_old_one_loses_nothing(client, registration, settings):
    send(client, registration)
    other = RegistrationFactory(occurrence=registration.occurrence)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret key that is long enough for a test"

    response = send(client, other)
    opening.open_due()

    settings.SECRET_KEY_FALLBACKS = [old]
    assert (response.status_code, "Please try again tomorrow" in response.text) == (503, True)
    assert send(client, other).status_code == 302
    assert stored(registration).answers == 2
