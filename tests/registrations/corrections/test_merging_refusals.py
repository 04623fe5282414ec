"""When two people are not merged."""

import pytest

from registrations.corrections import merging
from registrations.corrections.address import ChangeWaits
from registrations.rescheduling import changes
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.support.registrations.merging import KEPT, LATER, LOST, has, merge, person, slots
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def test_what_changed_meanwhile_stops_it():
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)

    with pytest.raises(merging.ChangedMeanwhile):
        merge(kept, lost, shown="something else")

    assert has(lost) == {(slot, "confirmed")}


def test_change_that_staff_may_take_back_stops_it():
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    changes.call_off(occurrence_id=slot.pk, now=LATER)

    with pytest.raises(ChangeWaits):
        merge(kept, lost)


@pytest.mark.parametrize(
    ("kept", "lost", "refusal"),
    [
        ({"anonymised_at": NOW}, {}, merging.NotTwoPeople),
        ({}, {"anonymised_at": NOW}, merging.NotTwoPeople),
        ({"confirmed_at": None}, {}, merging.KeptUnconfirmed),
    ],
)
def test_who_cannot_be_merged(kept, lost, refusal):
    kept = RegistrationFactory(**{f"participant__{name}": value for name, value in kept.items()}).participant
    lost = ParticipantFactory(season=kept.season, **lost)

    with pytest.raises(refusal):
        merge(kept, lost)


def test_people_of_two_seasons_are_two():
    with pytest.raises(merging.NotTwoPeople):
        merge(ParticipantFactory(), ParticipantFactory())


def test_somebody_is_not_merged_with_themselves():
    someone = ParticipantFactory()

    with pytest.raises(merging.NotTwoPeople):
        merge(someone, someone)


def test_focal_point_with_people_behind_the_old_mailbox_stays():
    lost = ParticipantFactory()
    ParticipantFactory(season=lost.season, email=lost.email, mailbox=lost.mailbox, named_by=lost)

    with pytest.raises(merging.MailboxShared):
        merge(ParticipantFactory(season=lost.season), lost)
