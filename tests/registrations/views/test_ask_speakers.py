"""Asking the speakers, on one's own page and in front of the meeting, and what became of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations import links
from registrations.models import AskedQuestion
from registrations.speaker_questions import editing
from sessions.models import Occurrence, Session, SpeakerQuestion
from tests.factories import AskedQuestionFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.messages import said

pytestmark = pytest.mark.django_db
TEXT = "How long does mercury stay in soils (by 2030), at 50% or more & why?"


@pytest.fixture
def registration():
    """For a meeting that is open."""
    return RegistrationFactory(occurrence=OccurrenceFactory(starts_at=timezone.now(), meeting_url="https://m.example/"))


def own(registration):
    return reverse("registrations:ask_speakers", args=[registration.participant.key, registration.session.slug])


def in_front(registration):
    return reverse("registrations:ask_from_join", args=[registration.join_key])


@pytest.mark.parametrize("page", [own, in_front])
def test_question_is_stored_as_it_was_written(client, registration, page):
    answer = client.post(page(registration), {"text": f"  {TEXT}\r\n", "with_name": "on"})

    assert answer.status_code == 302
    assert said(answer) == ["Thank you. Your question is with the people who prepare the session."]
    asked = AskedQuestion.objects.get()
    assert (asked.text, asked.with_name, asked.language) == (TEXT, True, "en")


@pytest.mark.parametrize(
    "text",
    ["", "See www.example.org", "Write to a@example.org", "<b>Why</b>?", "[Why](x)?", "Why\u202e?", "?!", "x" * 501],
)
@pytest.mark.parametrize("page", [own, in_front])
def test_what_is_refused_comes_back_with_words_beside_the_field(client, registration, page, text):
    answer = client.post(page(registration), {"text": text, "with_name": "on"})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors["text"]
    assert (form["text"].value(), form["with_name"].value()) == (text, True)
    assert not SpeakerQuestion.objects.exists()


@pytest.mark.parametrize("page", [own, in_front])
def test_question_after_the_end_is_refused_in_words_and_comes_back(client, registration, page):
    slot = registration.occurrence
    Occurrence.objects.update(starts_at=slot.starts_at - timedelta(hours=3), ends_at=slot.ends_at - timedelta(hours=3))

    answer = client.post(page(registration), {"text": TEXT})

    assert answer.status_code == 409
    assert answer.context["form"].errors["text"] == ["The session has ended. It takes no more questions."]
    assert answer.context["form"]["text"].value() == TEXT
    assert "has ended" in client.get(page(registration)).text


def test_called_off_session_says_so(client, registration):
    Occurrence.objects.update(called_off_at=timezone.now())

    assert "The session is called off. It takes no questions at the moment." in client.get(own(registration)).text


@pytest.mark.parametrize("page", [own, in_front])
def test_session_without_questions_refuses_one_in_words_and_gives_it_back(client, registration, page):
    Session.objects.update(takes_questions=False)

    answer = client.post(page(registration), {"text": TEXT, "with_name": "on"})

    form = answer.context["form"]
    assert (answer.status_code, form.errors["text"]) == (409, ["This session takes no questions."])
    assert (form["text"].value(), form["with_name"].value()) == (TEXT, True)
    assert not SpeakerQuestion.objects.exists()
    shown = client.get(page(registration)).text
    assert "This session takes no questions." in shown
    assert "<textarea" not in shown


@pytest.mark.parametrize(("hours_before", "shown"), [(0, "<textarea"), (24, "/ask/")])
def test_session_without_questions_has_no_form_and_no_link(client, registration, hours_before, shown):
    Occurrence.objects.update(
        starts_at=timezone.now() + timedelta(hours=hours_before),
        ends_at=timezone.now() + timedelta(hours=hours_before + 1),
    )
    pages = [links.path("my_season", registration.participant.key), links.path("join", registration.join_key)]
    before = "".join(client.get(page).text for page in pages)

    Session.objects.update(takes_questions=False)

    assert shown in before
    for page in pages:
        text = client.get(page).text
        assert ("/ask/" in text, "<textarea" in text) == (False, False)


def test_who_asked_before_still_finds_it_where_questions_are_switched_off(client, registration):
    AskedQuestionFactory(participant=registration.participant, question__session=registration.session, text="Mine?")
    Session.objects.update(takes_questions=False)

    my_season = client.get(links.path("my_season", registration.participant.key))

    assert own(registration) in my_season.text
    assert "Mine?" in client.get(own(registration)).text


def test_meeting_that_is_open_has_the_form_and_shows_nothing_asked_before(client, registration):
    AskedQuestionFactory(participant=registration.participant, question__session=registration.session, text="Mine?")

    response = client.get(reverse("registrations:join", args=[registration.join_key]))

    assert f'action="{in_front(registration)}"' in response.text
    assert "Refresh" not in response
    assert "Mine?" not in response.text + client.get(in_front(registration)).text


def test_sixth_question_is_refused_in_words(client, registration):
    for letter in "abcde":
        client.post(own(registration), {"text": f"Question {letter}?"})

    answer = client.post(own(registration), {"text": "Question f?"})

    assert answer.status_code == 409
    assert "You have asked 5 questions about this session." in answer.text


def test_person_reads_what_became_of_each_question(client, registration):
    person, session, now = registration.participant, registration.session, timezone.now()
    words = {"wording": "How long?", "answer": "For *decades*."}
    states = [{}, {"answered": "live"}, {"answered": "written"}, {"hidden": "off-topic"}, words]
    found = [AskedQuestionFactory(participant=person, question__session=session, **_of(each)) for each in states]
    editing.publish(question_id=found[-1].question_id, now=now, by=None)
    merged = AskedQuestionFactory(participant=person, question__session=session)
    editing.merge(question_ids=[found[0].question_id, merged.question_id], now=now, by=None)

    page = client.get(own(registration))

    assert [each.state for each in page.context["page"].own] == [
        "With the people who prepare the session.",
        "Answered in the session.",
        "We are preparing an answer in writing. You will find it here.",
        "Not taken up: it is about something else than this session.",
        "Answered. Everybody reads it on the page of the session, as we worded it:",
        "Put together with others that ask the same.",
    ]
    assert "For <em>decades</em>." in page.text


def _of(state) -> dict:
    return {f"question__{name}": value for name, value in state.items()}


def test_question_is_taken_back_by_who_asked_it_alone(client, registration):
    asked = AskedQuestionFactory(participant=registration.participant, question__session=registration.session)
    other = RegistrationFactory(occurrence=registration.occurrence)

    client.post(own(other), {"take_back": asked.pk})
    assert AskedQuestion.objects.exists()
    for number in (asked.pk, asked.pk, "x"):
        answer = client.post(own(registration), {"take_back": number})
    assert (answer.status_code, AskedQuestion.objects.exists()) == (302, False)


def test_published_question_cannot_be_taken_back(client, registration):
    asked = AskedQuestionFactory(
        participant=registration.participant,
        question__session=registration.session,
        question__wording="How long?",
        question__answered="live",
    )
    editing.publish(question_id=asked.question_id, now=timezone.now(), by=None)

    answer = client.post(own(registration), {"take_back": asked.pk})

    assert said(answer) == ["Your question is published already, so that it cannot be taken back."]
    assert AskedQuestion.objects.exists()


def test_unknown_key_and_session_of_others_have_the_answer_of_a_wrong_link(client, registration):
    stranger = ParticipantFactory(season=registration.session.season)
    addresses = [
        reverse("registrations:ask_speakers", args=["A" * 24, registration.session.slug]),
        reverse("registrations:ask_speakers", args=[stranger.key, registration.session.slug]),
        reverse("registrations:ask_from_join", args=["A" * 24]),
    ]

    answers = [client.post(address, {"text": TEXT}) for address in addresses]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
