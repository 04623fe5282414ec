"""Whoever has copies of the whole database, made before, meanwhile and after, cannot tell who wrote what."""

import random
import secrets
from datetime import timedelta

import pytest
from django.db import transaction

from registrations.feedback import answering, opening
from registrations.models import Feedback, FeedbackTicket, FeedbackWords
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations import linking

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 16
# Whoever guesses at random is right about ten of sixteen people once in three million guesses; these are some dozens.
MOST_BY_CHANCE = 9
LONG_AGO = timedelta(days=9999)


@pytest.fixture
def seats():
    slot = OccurrenceFactory()
    return [RegistrationFactory(occurrence=slot, participant=_person(slot)) for _number in range(PEOPLE)]


def _person(slot):
    return ParticipantFactory(season=slot.session.season)


def some_texts() -> list[str]:
    """Of many lengths, which a pile must not tell; no order of theirs is that of the people."""
    lengths = random.sample(range(3 * PEOPLE), PEOPLE)
    return [f"{secrets.token_hex(6)} says somebody. " + "More of it. " * length for length in lengths]


def told(seats, store) -> int:
    """Of how many people the text is known, when each has answered in turn and a copy was made after each."""
    texts, copies = some_texts(), [linking.copy()]
    for number in random.sample(range(PEOPLE), PEOPLE):
        store(seats[number], texts[number])
        copies.append(linking.copy())
    copies.append(_opened(seats))
    return linking.linked(copies, [seat.participant_id for seat in seats], texts)


def _opened(seats):
    slot = seats[0].occurrence
    Occurrence.objects.update(starts_at=slot.starts_at - LONG_AGO, ends_at=slot.ends_at - LONG_AGO)
    opening.open_due()
    return linking.copy()


def ours(seat, text):
    now = seat.occurrence.ends_at + timedelta(hours=1)
    given = {"useful": "very", "level": "right", "words": text}
    assert answering.answer(participant_id=seat.participant_id, session_id=seat.session_id, given=given, now=now)


@transaction.atomic
def with_random_keys(seat, text):
    """No name, no time, no number in a row: that is what most would call anonymous."""
    _ticket(seat)
    FeedbackWords.objects.create(feedback=_feedback(seat), text=text)


def in_two_transactions(seat, text):
    _ticket(seat)
    FeedbackWords.objects.create(feedback=_feedback(seat), text=text)


@transaction.atomic
def unsealed(seat, text):
    """On a pile in an order that tells nothing, as anybody can read it."""
    _ticket(seat)
    found = _feedback(seat)
    texts = [*found.counts.get("words", []), text]
    Feedback.objects.filter(pk=found.pk).update(counts={"words": random.sample(texts, len(texts))})


def _ticket(seat):
    FeedbackTicket.objects.create(
        participant=seat.participant, session=seat.session, answered_on=seat.occurrence.ends_at.date()
    )


def _feedback(seat):
    return Feedback.objects.get_or_create(session=seat.session)[0]


def test_copies_of_the_whole_database_tell_nobodys_answers(seats):
    assert told(seats, ours) <= MOST_BY_CHANCE

    assert FeedbackTicket.objects.count() == Feedback.objects.get().answers == FeedbackWords.objects.count() == PEOPLE


@pytest.mark.parametrize("store", [with_random_keys, in_two_transactions, unsealed])
def test_the_same_attack_finds_everybody_where_less_is_done(seats, store):
    assert told(seats, store) == PEOPLE


def test_no_copy_tells_a_text_before_all_are_readable_nor_how_long_it_is(seats):
    sizes = set()

    for seat, text in zip(seats, some_texts(), strict=True):
        ours(seat, text)
        sizes.add(len(Feedback.objects.get().pile))
        assert not any(row.has("says somebody") for row in linking.copy())

    assert len(sizes) == 1


def test_texts_are_stored_by_one_transaction_that_stores_no_ticket(seats):
    for seat, text in zip(seats, some_texts(), strict=True):
        ours(seat, text)

    rows = _opened(seats)

    texts = {row.transaction for row in rows if row.table == "registrations_feedbackwords"}
    assert len(texts) == 1
    assert not texts & {row.transaction for row in rows if row.table == "registrations_feedbackticket"}
