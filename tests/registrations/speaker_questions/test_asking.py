"""What people may ask, how often, and until when."""

from datetime import timedelta

import pytest

from registrations.models import AskedQuestion
from registrations.speaker_questions import asking, editing, opening
from registrations.speaker_questions.opening import Opening
from sessions.models import Session, SpeakerQuestion
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
TEXT = "How long does mercury stay in soils?"


def ask(registration, text=TEXT, *, now=None, **said):
    now = now or registration.occurrence.starts_at - timedelta(hours=1)
    said = {"with_name": False, "language": "en"} | said
    person, session = registration.participant_id, registration.session
    return asking.ask(participant_id=person, session=session, text=text, now=now, **said)


def test_question_waits_for_staff_with_the_words_of_the_person():
    asked = ask(RegistrationFactory(), with_name=True, language="fr")

    question = SpeakerQuestion.objects.new().get()
    assert (asked.question, asked.text, asked.with_name, asked.language) == (question, TEXT, True, "fr")
    assert (question.wording, question.published_at) == ("", None)


def test_question_sent_twice_is_stored_once_with_the_last_choice_of_the_name():
    registration = RegistrationFactory()
    first = ask(registration)

    again = ask(registration, f"  {TEXT.upper()} ", with_name=True)

    assert again == first
    assert AskedQuestion.objects.get().with_name


@pytest.mark.parametrize("is_merged", [False, True])
def test_no_name_is_added_to_what_is_published(is_merged):
    """Staff have not seen it: anybody can copy the question from the page, under any name."""
    one = RegistrationFactory()
    asked, now = ask(one), one.occurrence.starts_at
    kept = ask(RegistrationFactory(occurrence=one.occurrence), "Another?").question if is_merged else asked.question
    SpeakerQuestion.objects.filter(pk=kept.pk).update(wording="How long?", answered="live", published_at=now)
    if is_merged:
        editing.merge(question_ids=[asked.question_id, kept.pk], now=now, by=None)

    again = ask(one, with_name=True)
    other = ask(RegistrationFactory(occurrence=one.occurrence), with_name=True)

    assert (again.with_name, other.with_name) == (False, False)
    assert other.question == asked.question


def test_name_can_be_taken_from_what_is_published_and_stays_where_it_is_asked_again():
    registration = RegistrationFactory()
    asked = ask(registration, with_name=True)
    published_at = registration.occurrence.starts_at
    SpeakerQuestion.objects.update(wording="How long?", answered="live", published_at=published_at)

    assert ask(registration, with_name=True).with_name
    assert not ask(registration).with_name
    assert asked.question.asked.get() == asked


def test_somebody_else_who_asks_the_same_is_one_more_person_behind_it():
    one = RegistrationFactory()
    other = RegistrationFactory(occurrence=one.occurrence)
    elsewhere = RegistrationFactory(participant=one.participant, occurrence__session__season=one.session.season)

    found = [ask(each).question_id for each in (one, other, elsewhere)]

    assert found[0] == found[1] != found[2]


def test_nobody_asks_more_than_five_questions_about_a_session():
    registration = RegistrationFactory()
    for letter in "abcde":
        ask(registration, f"Question {letter}?")

    with pytest.raises(asking.AskedEnough):
        ask(registration, "Question f?")
    assert ask(registration, "question A").text == "Question a?"


def test_who_has_no_place_asks_nothing_and_who_waits_for_one_does():
    cancelled, waiting = RegistrationFactory(status="cancelled"), RegistrationFactory(status="waitlisted")

    with pytest.raises(asking.NotRegistered):
        ask(cancelled)
    assert ask(waiting).pk


def test_questions_are_open_until_the_last_slot_that_is_held_ends():
    registration = RegistrationFactory()
    first = registration.occurrence
    last = OccurrenceFactory(session=registration.session, starts_at=first.starts_at + timedelta(days=1))

    assert ask(registration, now=last.ends_at - timedelta(seconds=1)).pk
    with pytest.raises(asking.SessionOver):
        ask(registration, "Another one?", now=last.ends_at)


def test_session_of_which_every_slot_is_called_off_takes_no_questions():
    registration = RegistrationFactory()
    type(registration.occurrence).objects.update(called_off_at=registration.occurrence.starts_at)

    with pytest.raises(asking.SessionCalledOff):
        ask(registration)


def test_session_without_a_slot_is_not_called_off():
    assert opening.of(Session(), [], None) == Opening.OVER


def test_person_takes_back_what_is_not_published():
    asked = ask(RegistrationFactory())

    asking.take_back(participant_id=asked.participant_id, asked_id=asked.pk)

    assert not AskedQuestion.objects.exists()
    assert not SpeakerQuestion.objects.exists()


def test_nobody_takes_back_the_question_of_somebody_else():
    asked, stranger = ask(RegistrationFactory()), RegistrationFactory().participant

    asking.take_back(participant_id=stranger.pk, asked_id=asked.pk)

    assert AskedQuestion.objects.get() == asked


def test_person_does_not_take_back_what_is_published_also_with_others():
    one, now = RegistrationFactory(), RegistrationFactory().occurrence.starts_at
    first, second = ask(one), ask(one, "And in rivers?")
    kept = editing.merge(question_ids=[first.question_id, second.question_id], now=now, by=None)
    SpeakerQuestion.objects.filter(pk=kept.pk).update(wording="How long?", answered="live", published_at=now)

    for asked in (first, second):
        with pytest.raises(asking.PublishedAlready):
            asking.take_back(participant_id=asked.participant_id, asked_id=asked.pk)
