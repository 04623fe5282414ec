"""A form or a page that is still open when staff take the whole season back."""

import pytest

from registrations.enrolment import enrolment, refusals
from registrations.models import Registration
from sessions.models import Season
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


def test_nobody_signs_up_for_a_season_that_is_not_published():
    slot = OccurrenceFactory(session__season__is_published=False)

    with pytest.raises(refusals.RegistrationClosed):
        register(slot)

    assert Registration.objects.count() == 0


def test_nobody_comes_back_to_a_season_that_was_taken_back():
    [registration] = register(OccurrenceFactory())
    enrolment.cancel(registration_id=registration.pk, now=NOW)
    Season.objects.update(is_published=False)

    with pytest.raises(refusals.RegistrationClosed):
        enrolment.add_session(participant=registration.participant, occurrence_id=registration.occurrence_id, now=NOW)
