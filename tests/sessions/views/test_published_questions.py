"""Questions to the speakers on the page of their session: those that staff published, in the reader's language."""

import pytest
from django.utils import timezone

from registrations.privacy import erasure
from registrations.speaker_questions import editing
from sessions import translations
from sessions.models import SpeakerQuestion
from sessions.public import snapshot
from tests.factories import AskedQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return AskedQuestionFactory(
        text="A stranger’s words?",
        with_name=True,
        participant__name="Amina Otieno",
        question__wording="How long?",
        question__answer="For *decades*.",
    )


def publish(asked):
    editing.publish(question_id=asked.question_id, now=timezone.now(), by=None)


def page(client, asked, language="") -> str:
    session = asked.question.session
    snapshot.at_once(session.season.slug)
    return client.get(language + session.get_absolute_url()).text


def test_nothing_is_there_before_staff_publish_it(client, asked):
    before = page(client, asked)

    assert not [words for words in ("How long?", "stranger", "Amina", "Questions to the speakers") if words in before]


def test_published_question_is_there_as_staff_worded_it_and_goes_again(client, asked):
    publish(asked)

    shown = page(client, asked)
    assert "How long?" in shown
    assert "For <em>decades</em>." in shown
    assert "Asked by Amina Otieno" in shown
    assert "stranger" not in shown
    editing.withdraw(question_id=asked.question_id, now=timezone.now(), by=None)
    assert "How long?" not in page(client, asked)


def test_question_of_the_chat_says_where_it_was_asked(client, asked):
    publish(asked)
    assert "Asked in the chat" not in page(client, asked)

    SpeakerQuestion.objects.update(asked_in_chat=True)

    assert '<p class="soft">Asked in the chat of the meeting</p>' in page(client, asked)


@pytest.mark.parametrize("why", ["person", "staff", "erased"])
def test_no_name_stands_there_without_the_person_and_staff(client, asked, why):
    publish(asked)
    if why == "person":
        type(asked).objects.update(with_name=False)
    elif why == "staff":
        SpeakerQuestion.objects.update(shows_name=False)
    else:
        assert "Amina Otieno" in page(client, asked)
        erasure.erase(participant_id=asked.participant_id, now=timezone.now())

    shown = page(client, asked)

    assert "How long?" in shown
    assert "Amina Otieno" not in shown


def test_reader_gets_their_language_and_english_that_is_marked(client, asked):
    question = asked.question
    translations.put(question, "wording", "fr", "Combien de temps ?")
    question.save()
    publish(asked)

    shown = page(client, asked, "/fr")

    assert "<h3>Combien de temps ?</h3>" in shown
    assert '<div lang="en" dir="ltr"><p>For <em>decades</em>.</p>' in shown


def test_names_of_everybody_behind_it_are_read_once(client, asked):
    other = AskedQuestionFactory(question__session=asked.question.session, with_name=True, participant__name="Zoe")
    editing.merge(question_ids=[asked.question_id, other.question_id], now=timezone.now(), by=None)
    publish(asked)

    assert "Asked by Amina Otieno, Zoe" in page(client, asked)
