"""Somebody with details, and a short way to erase them."""

from registrations.privacy import erasure
from tests.factories import ParticipantFactory
from tests.support.registrations.signing_up import NOW


def erase(person, now=NOW):
    erasure.erase(participant_id=person.pk, now=now)
    person.refresh_from_db()
    return person


def somebody(**more):
    more = {"name": "Amina Otieno", "email": "amina@example.org", "organisation": "Ministry"} | more
    return ParticipantFactory(country="404", stakeholder="party", access_needs="Captions", **more)
