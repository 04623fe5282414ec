"""A form that is still open and is sent again after the person has cancelled what it made."""

import pytest

from registrations.enrolment import enrolment
from registrations.limits import rates
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


def test_form_sent_again_after_cancelling_is_a_new_sign_up():
    slot = OccurrenceFactory()
    [first] = register(slot, submission="form-1")
    enrolment.cancel(registration_id=first.pk, now=NOW)

    [again] = register(slot, submission="form-1")

    assert (again.pk != first.pk, again.is_confirmed) == (True, True)
    assert register(slot, submission="form-1") == [again]
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["cancelled", "confirmation", "confirmation"]


def test_form_for_two_sent_again_brings_back_the_one_that_was_cancelled():
    kept = OccurrenceFactory()
    left = OccurrenceFactory(session__season=kept.session.season)
    registrations = register(kept, left, submission="form-1")
    enrolment.cancel(registration_id=registrations[1].pk, now=NOW)

    [again] = register(kept, left, submission="form-1")

    assert again.occurrence == left
    assert Registration.objects.confirmed().count() == 2


def test_form_sent_again_after_many_changes_of_the_person_makes_nothing():
    """Anyone who has somebody's personal link could fill their mailbox otherwise."""
    slot = OccurrenceFactory()
    [first] = register(slot, submission="form-1")
    for _ in range(rates.CHANGES_OF_A_PERSON.times):
        rates.passes(rates.CHANGES_OF_A_PERSON, str(first.participant_id))
    enrolment.cancel(registration_id=first.pk, now=NOW)

    assert register(slot, submission="form-1") == []
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["cancelled", "confirmation"]
