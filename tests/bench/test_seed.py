"""What the bench measures with can be stored: its statements name the columns by hand."""

import re

import pytest
from django.db.models import NOT_PROVIDED

from bench import seed
from registrations.models import Message, Participant, Registration
from tests.factories import OccurrenceFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "statement"), [(Participant, seed.PEOPLE), (Registration, seed.SEATS), (Message, seed.MAILS)]
)
def test_statements_name_each_column_that_neither_may_be_empty_nor_is_filled_by_the_database(model, statement):
    columns = [field for field in model._meta.concrete_fields if not field.null and not field.primary_key]
    needed = {field.column for field in columns if field.db_default is NOT_PROVIDED}

    named = re.search(r"INSERT INTO \w+ \((.*?)\)", statement, re.DOTALL)[1]

    assert needed - set(re.split(r",\s+", named)) == set(), "add them to the statements of bench/seed.py"


def test_people_have_seats_and_mails_in_every_slot():
    slots = [OccurrenceFactory()]
    season = slots[0].session.season
    slots.append(OccurrenceFactory(session__season=season))

    seed.people(season, 3, slots=slots, tag="crowd", with_mails=True)

    numbers = [model.objects.count() for model in (Participant, Registration, Message)]
    slots[0].refresh_from_db()
    assert (numbers, slots[0].taken) == ([3, 6, 6], 3)


def test_copies_of_sessions_have_their_slots_and_speakers():
    slot = OccurrenceFactory()
    SpeakerFactory(session=slot.session)

    seed.copies_of_sessions(slot.session.season, 2)

    copies = slot.session.season.sessions.exclude(pk=slot.session.pk)
    assert [(copy.occurrences.count(), copy.speakers.count()) for copy in copies] == [(1, 1), (1, 1)]


def test_first_slots_are_those_of_sessions_open_to_all():
    slot = OccurrenceFactory()
    OccurrenceFactory(session__season=slot.session.season, session__access="invitation")

    assert seed.first_slots(slot.session.season) == {slot.session: slot}
