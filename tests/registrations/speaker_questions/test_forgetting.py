"""What stays of a question when who asked it goes."""

from datetime import timedelta

import pytest

from registrations.models import AskedQuestion
from registrations.privacy import erasure
from registrations.speaker_questions import editing, forgetting
from sessions.models import SpeakerQuestion
from tests.factories import AskedQuestionFactory, ParticipantFactory, SpeakerQuestionFactory

pytestmark = pytest.mark.django_db


def erase(asked):
    erasure.erase(participant_id=asked.participant_id, now=asked.asked_at)


def test_only_what_staff_published_stays_and_without_the_name():
    published = AskedQuestionFactory(question__wording="How long?", question__answer="Long.", with_name=True)
    waiting, worded = AskedQuestionFactory(), AskedQuestionFactory(question__wording="Why?", question__answer="So.")
    editing.publish(question_id=published.question_id, now=published.asked_at, by=None)

    for each in (published, waiting, worded):
        erase(each)

    assert list(SpeakerQuestion.objects.values_list("wording")) == [("How long?",)]
    assert not AskedQuestion.objects.exists()


def test_question_of_others_stays_without_the_words_of_who_went():
    asked = AskedQuestionFactory(text="Why me?", question__wording="Why me?")
    question = asked.question
    other = AskedQuestionFactory(question=SpeakerQuestionFactory(session=question.session, merged_into=question))

    erase(asked)

    question.refresh_from_db()
    assert question.wording == ""
    assert list(AskedQuestion.objects.all()) == [other]
    erase(other)
    assert not SpeakerQuestion.objects.exists()


def test_question_of_the_chat_stays_when_who_asked_the_same_goes():
    chat = SpeakerQuestionFactory(wording="Why me?", asked_in_chat=True)
    asked = AskedQuestionFactory(
        question=SpeakerQuestionFactory(session=chat.session, merged_into=chat), text="Why me?"
    )
    kept = AskedQuestionFactory(question__wording="How long?", question__answer="Long.")
    SpeakerQuestionFactory(
        session=kept.question.session, merged_into=kept.question, asked_in_chat=True, wording="Long?"
    )

    for each in (asked, kept):
        erase(each)

    assert set(SpeakerQuestion.objects.standing().values_list("wording", flat=True)) == {"Why me?", "How long?"}


def test_two_people_who_are_one_have_asked_a_question_once():
    kept, at = AskedQuestionFactory(), AskedQuestionFactory().asked_at
    lost = ParticipantFactory(season=kept.participant.season)
    same = AskedQuestionFactory(question=kept.question, text=kept.text, participant=lost)
    other = AskedQuestionFactory(
        question=SpeakerQuestionFactory(session=kept.question.session, first_asked_at=at + timedelta(hours=1)),
        participant=lost,
    )

    forgetting.move(lost, to=kept.participant)

    assert set(kept.participant.asked_questions.all()) == {kept, other}
    assert not AskedQuestion.objects.filter(pk=same.pk).exists()
