"""Answers become readable in one go once the form is closed, where at least five people answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.feedback import opening, pile, results
from registrations.models import Feedback, FeedbackWords
from sessions.models import Season
from tests.factories import OccurrenceFactory

pytestmark = pytest.mark.django_db
EVERYBODY = {"useful": "very", "level": "right", "pace": "long", "technical": "well", "words": "More."}


def collected(*given, days=30, slot=None):
    """What so many people answered about a session that ended so many days ago."""
    slot = slot or OccurrenceFactory(starts_at=timezone.now() - timedelta(days=days, hours=1))
    found = pile.Pile()
    for each in given:
        found.add(each)
    sealed = pile.seal(found, session_id=slot.session_id)
    return Feedback.objects.create(session=slot.session, pile=sealed)


def opened(feedback) -> Feedback:
    opening.open_due()
    feedback.refresh_from_db()
    return feedback


def test_five_can_be_read_and_nothing_is_left_on_the_pile():
    feedback = opened(collected(*[EVERYBODY] * 5))

    assert (feedback.answers, bytes(feedback.pile)) == (5, b"")
    assert feedback.counts == {"useful": [5, 0, 0, 0], "level": [0, 5, 0], "pace": [0, 0, 5], "technical": [5, 0, 0, 0]}
    assert [words.text for words in results.texts(feedback)] == ["More."] * 5


def test_four_are_deleted_unread():
    feedback = opened(collected(*[EVERYBODY] * 4))

    assert (feedback.answers, feedback.counts, bytes(feedback.pile)) == (None, {}, b"")
    assert feedback.opened_on is not None
    assert not FeedbackWords.objects.exists()


def test_question_that_four_of_six_answered_is_left_out():
    feedback = opened(collected(*[EVERYBODY] * 4, *[{"useful": "not"}] * 2))

    assert (feedback.answers, feedback.counts) == (6, {"useful": [4, 0, 0, 2]})
    assert not FeedbackWords.objects.exists()


def test_nothing_is_readable_while_people_can_answer():
    feedback = opened(collected(*[EVERYBODY] * 5, days=13))

    assert (feedback.answers, feedback.opened_on) == (None, None)


def test_slot_to_come_keeps_it_closed():
    feedback = collected(*[EVERYBODY] * 5)
    OccurrenceFactory(session=feedback.session, starts_at=timezone.now() + timedelta(days=1))

    assert opened(feedback).opened_on is None


def test_second_opening_changes_nothing():
    feedback = opened(collected(*[EVERYBODY] * 5))

    assert opened(feedback).answers == 5
    assert FeedbackWords.objects.count() == 5


def test_rehearsal_opens_on_its_own_clock():
    feedback = collected(*[EVERYBODY] * 5, days=1)
    Season.objects.update(is_rehearsal=True)
    Season.objects.set_ahead(feedback.session.season_id, timedelta(days=20))

    assert opened(feedback).answers == 5


def test_numbers_of_the_season_are_the_sum_of_what_is_shown_of_sessions():
    first = collected(*[EVERYBODY] * 5)
    season = {"session__season": first.session.season, "starts_at": timezone.now() - timedelta(days=40)}
    collected(*[EVERYBODY] * 4, slot=OccurrenceFactory(**season))
    collected(*[EVERYBODY] * 4, *[{"useful": "not"}] * 2, slot=OccurrenceFactory(**season))
    opening.open_due()

    found = results.of_season(first.session.season)

    assert found.answers == 11
    assert found.counts == {"useful": [9, 0, 0, 2], "level": [0, 5, 0], "pace": [0, 0, 5], "technical": [5, 0, 0, 0]}


def test_old_secret_key_opens_and_the_pile_is_sealed_anew(settings):
    feedback = collected(EVERYBODY, days=1)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret key that is long enough for a test"
    settings.SECRET_KEY_FALLBACKS = [old]

    opened(feedback)

    settings.SECRET_KEY_FALLBACKS = []
    assert pile.unseal(feedback.pile, session_id=feedback.session_id).answers == 1


def test_pile_of_another_session_does_not_open():
    feedback = collected(EVERYBODY)

    with pytest.raises(pile.CannotOpen):
        pile.unseal(feedback.pile, session_id=feedback.session_id + 1)
