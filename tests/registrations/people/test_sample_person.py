"""A mail that staff see who may not see people is to nobody, and has nothing of anybody."""

import pytest

from registrations.models import Participant
from registrations.people import sample_person
from tests.factories import ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
# The invented person reads in the usual language, in the zone of the season, and has chosen nothing.
SAME = {"id", "season", "anonymised_at", "named_by"}


def test_nothing_of_the_real_person_is_in_the_sample():
    real = RegistrationFactory(participant=ParticipantFactory(timezone="Asia/Kathmandu"))
    for field in Participant._meta.concrete_fields:
        if field.name not in SAME | {"timezone"}:
            setattr(real.participant, field.name, f"real {field.name}")

    invented = sample_person.in_place_of(real).participant

    known = vars(real.participant)
    left = [name for name, value in vars(invented).items() if name != "_state" and value == known[name]]
    assert sorted(left) == sorted(["anonymised_at", "named_by_id", "season_id"])
    assert (invented.timezone, invented.pk) == (real.participant.season.timezone, None)
