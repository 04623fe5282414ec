"""What staff do with questions to the speakers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import StaffAction
from registrations.speaker_questions import editing
from sessions.models import Season, SpeakerQuestion
from tests.factories import AskedQuestionFactory, SessionFactory, SpeakerQuestionFactory

pytestmark = pytest.mark.django_db
READY = {"wording": "How long?", "answer": "For decades."}


def act(use_case, question, **said):
    use_case(question_id=question.pk, now=question.first_asked_at, by=None, **said)
    question.refresh_from_db()
    return question


def test_nothing_is_published_without_words_of_staff_and_an_answer():
    AskedQuestionFactory()
    bare = SpeakerQuestion.objects.get()
    half = SpeakerQuestionFactory(wording="How long?")
    written_later = SpeakerQuestionFactory(wording="How long?", answered="written")

    for question in (bare, half, written_later):
        with pytest.raises(editing.NotReady):
            act(editing.publish, question)


@pytest.mark.parametrize(
    ("said", "answered"), [(READY, "written"), ({"wording": "How long?", "answered": "live"}, "live")]
)
def test_published_question_is_answered_and_changes_the_date_of_its_season(said, answered):
    question = SpeakerQuestionFactory(**said)
    before = question.session.season.changed_at

    published = act(editing.publish, question)

    assert (published.is_published, published.answered) == (True, answered)
    assert Season.objects.get(pk=question.session.season_id).changed_at == question.first_asked_at != before


def test_question_of_the_chat_is_stored_once_and_published_like_others():
    session, now = SessionFactory(), timezone.now()
    said = {"session": session, "wording": "How long?", "now": now, "by": None}

    added = [editing.add_from_chat(**said) for _ in range(2)]

    question = SpeakerQuestion.objects.get()
    assert added == [question, question]
    assert not SpeakerQuestion.objects.new().exists()
    editing.store(question, {"answered": "live"}, now=now, by=None)
    assert act(editing.publish, question).is_published
    assert not [str(line) for line in StaffAction.objects.all() if "How long" in str((line.about, line.after))]


def test_words_of_people_are_in_no_line_of_the_audit_log():
    asked = AskedQuestionFactory(text="Who am I?")
    question = asked.question

    editing.store(question, {"wording": "Who am I?", "answer": "Nobody."}, now=asked.asked_at, by=None)
    act(editing.publish, question)
    act(editing.withdraw, question)
    editing.hide(question_ids=[question.pk], reason="personal", now=asked.asked_at, by=None)

    noted = [str((each.about, each.before, each.after, each.why)) for each in StaffAction.objects.all()]
    assert len(noted) == 4
    assert not [line for line in noted if "Who am I" in line or "Nobody" in line]


def test_hidden_question_is_not_published_any_more():
    question = act(editing.publish, SpeakerQuestionFactory(**READY))

    editing.hide(question_ids=[question.pk], reason="unfit", now=question.first_asked_at, by=None)

    question.refresh_from_db()
    assert (question.hidden, question.published_at) == ("unfit", None)
    assert act(editing.show_again, question).hidden == ""


def test_merged_questions_are_one_that_staff_have_worded_and_all_behind_it_follow():
    asked = AskedQuestionFactory()
    first, session, at = asked.question, asked.question.session, asked.asked_at
    worded = SpeakerQuestionFactory(session=session, wording="How long?", first_asked_at=at + timedelta(hours=1))
    oldest = editing.merge(question_ids=[first.pk, SpeakerQuestionFactory(session=session).pk], now=at, by=None)

    kept = editing.merge(question_ids=[oldest.pk, worded.pk], now=at, by=None)

    assert kept == worded
    assert kept.merged.count() == 2
    assert list(SpeakerQuestion.objects.standing()) == [worded]
    assert not SpeakerQuestion.objects.new().exists()


def test_questions_of_two_sessions_or_two_published_ones_are_not_put_together():
    one, other = SpeakerQuestionFactory(**READY), SpeakerQuestionFactory(**READY)
    third = SpeakerQuestionFactory(**READY, session=one.session)
    for each in (one, third):
        act(editing.publish, each)

    for pair in ([one, other], [one, third], [one, one]):
        with pytest.raises(editing.CannotMerge):
            editing.merge(question_ids=[each.pk for each in pair], now=one.first_asked_at, by=None)


def test_question_that_was_put_together_stands_alone_again():
    one = SpeakerQuestionFactory()
    other = SpeakerQuestionFactory(session=one.session, first_asked_at=one.first_asked_at + timedelta(hours=1))
    editing.merge(question_ids=[one.pk, other.pk], now=one.first_asked_at, by=None)

    assert act(editing.separate, other).merged_into is None
