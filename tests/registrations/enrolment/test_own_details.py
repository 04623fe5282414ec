"""People correct what they said of themselves."""

import pytest

from registrations.enrolment import own_details
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.signing_up import details, register

pytestmark = pytest.mark.django_db


def test_corrected_details_are_stored():
    person = ParticipantFactory(name="Amin Otieno")

    own_details.correct(participant=person, details=details(name="Amina Otieno", timezone="Asia/Tokyo"))

    person.refresh_from_db()
    assert (person.name, person.name_key, person.timezone) == ("Amina Otieno", "amina otieno", "Asia/Tokyo")


def test_name_of_somebody_else_behind_the_mailbox_is_refused():
    slot = OccurrenceFactory()
    [first] = register(slot, name="Amina Otieno")
    register(slot, name="Juma Otieno")

    with pytest.raises(own_details.NameTaken):
        own_details.correct(participant=first.participant, details=details(name="juma  otieno"))

    first.participant.refresh_from_db()
    assert first.participant.name == "Amina Otieno"
