"""People correct what they said of themselves."""

from datetime import timedelta

import pytest

from registrations.calendar import my_feed
from registrations.enrolment import own_details
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.signing_up import NOW, details, register

pytestmark = pytest.mark.django_db


def test_corrected_details_are_stored():
    person = ParticipantFactory(name="Amin Otieno")

    own_details.correct(participant=person, details=details(name="Amina Otieno", timezone="Asia/Tokyo"), now=NOW)

    person.refresh_from_db()
    assert (person.name, person.name_key, person.timezone) == ("Amina Otieno", "amina otieno", "Asia/Tokyo")


def test_name_of_somebody_else_behind_the_mailbox_is_refused():
    slot = OccurrenceFactory()
    [first] = register(slot, name="Amina Otieno")
    register(slot, name="Juma Otieno")

    with pytest.raises(own_details.NameTaken):
        own_details.correct(participant=first.participant, details=details(name="juma  otieno"), now=NOW)

    first.participant.refresh_from_db()
    assert first.participant.name == "Amina Otieno"


def test_entries_in_the_own_calendar_follow_a_new_language():
    [registration] = register(OccurrenceFactory())
    person, later = registration.participant, NOW + timedelta(hours=1)
    before = my_feed.of(my_feed.behind(person.feed_key))

    own_details.correct(participant=person, details=details(person.name, language="ar"), now=later)

    after = my_feed.of(my_feed.behind(person.feed_key))
    assert (before.language, after.language, after.changed_at) == ("en", "ar", later)
    assert [line for line in after.text.split("\r\n") if line.startswith("SEQUENCE")] == ["SEQUENCE:1"]


def test_entries_stay_as_they_are_where_the_language_does():
    [registration] = register(OccurrenceFactory())

    own_details.correct(participant=registration.participant, details=details("Amina A. Otieno"), now=NOW)

    registration.refresh_from_db()
    assert registration.sequence == 0
