"""A corrected name: what has it, and what stays as it is."""

import pytest

from registrations.corrections import name
from registrations.models import Message, StaffAction
from registrations.people import search
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "Amina Otineo", "Amina Nguyễn"


@pytest.fixture
def person():
    return register(OccurrenceFactory(), name=WRONG)[0].participant


def correct(person, right=RIGHT, shown=WRONG):
    name.correct(participant_id=person.pk, shown=shown, name=right, by=None)


def test_person_has_the_name_and_is_found_by_it(person):
    correct(person)

    person.refresh_from_db()
    found = person._meta.model.objects.filter(search.matching("nguyen amina")).get()
    assert (found.pk, found.name, found.name_key) == (person.pk, RIGHT, RIGHT.casefold())


def test_keys_and_mails_stay(person):
    keys, mails = (person.key, person.feed_key, person.stop_key), Message.objects.count()

    correct(person)

    person.refresh_from_db()
    assert ((person.key, person.feed_key, person.stop_key), Message.objects.count()) == (keys, mails)


def test_letter_case_alone_is_corrected(person):
    correct(person, right=WRONG.upper())

    person.refresh_from_db()
    assert person.name == WRONG.upper()


def test_it_is_on_the_record_without_names(person):
    correct(person)

    action = StaffAction.objects.get(action="name-corrected")
    assert (action.object_id, action.about, action.before, action.after) == (
        person.pk,
        f"participant {person.pk}",
        {},
        {},
    )


def test_two_of_one_name_behind_one_mailbox_are_refused(person):
    other = register(person.registrations.get().occurrence, name=RIGHT)[0].participant

    with pytest.raises(name.NameTaken) as refused:
        correct(person, right=RIGHT.upper())

    person.refresh_from_db()
    assert (person.name, refused.value.person) == (WRONG, other)


def test_same_name_is_no_correction(person):
    with pytest.raises(name.SameName):
        correct(person, right=WRONG)


@pytest.mark.parametrize("shown", ["Somebody Else", ""])
def test_another_name_than_the_one_shown_is_left(person, shown):
    with pytest.raises(name.ChangedMeanwhile):
        correct(person, shown=shown)


def test_erased_person_is_left():
    person = ParticipantFactory(name="", anonymised_at="2030-01-01T00:00Z")

    with pytest.raises(name.ChangedMeanwhile):
        correct(person, shown="")
