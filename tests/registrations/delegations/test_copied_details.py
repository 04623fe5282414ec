"""What people who are named have from their focal point, and what they have not."""

from dataclasses import MISSING, fields

import pytest

from registrations.delegations.members import COPIED
from registrations.enrolment.applicant import Details
from registrations.models import Delegation, Participant
from tests.factories import OccurrenceFactory
from tests.support.registrations.delegations import OWNS, STAYS, ask, press

pytestmark = pytest.mark.django_db
# Each with its reason.
NOT_COPIED = {
    "name": "It is their own, as the focal point has typed it.",
    "access_needs": "They are the focal point's own, and for each person to tell or not.",
}
# As delegations were stored at first, and never to be changed: some wait for their button while a field is added.
STORED_AT_FIRST = {
    "name": "Focal Point",
    "organisation": "Ministry",
    "country": "404",
    "stakeholder": "party",
    "language": "en",
    "timezone": "Africa/Nairobi",
    "access_needs": "",
}


def test_each_detail_is_copied_or_not_for_a_reason():
    undecided = {field.name for field in fields(Details)} ^ {*COPIED, *NOT_COPIED}

    assert undecided == set(), "add each to COPIED in delegations/members.py, or to NOT_COPIED here"


def stored(typed, *, named):
    """A delegation of these details that waits for its button."""
    asked = ask(OccurrenceFactory(), named=named)
    Delegation.objects.filter(pk=asked.pk).update(details=typed)
    asked.refresh_from_db()
    return asked


def something_in(field):
    """Something else than what people have who say nothing."""
    choices = {"country": "404", "stakeholder": "ngo", "language": "fr", "timezone": "Asia/Kathmandu"}
    return choices.get(field.name, f"The {field.name} of the focal point".replace("_", " "))


@pytest.mark.parametrize("who", [STAYS[0], OWNS[0]])
def test_people_have_what_is_copied_and_nothing_else(who):
    typed = {field.name: something_in(field) for field in fields(Details)}

    press(stored(typed, named=[who]))

    person = Participant.objects.get(name=who.name)
    assert {name: getattr(person, name) for name in COPIED} == {name: typed[name] for name in COPIED}
    kept = [name for name in NOT_COPIED if getattr(person, name) == typed[name]]
    assert kept == [], "delegations/members.py gives these to the people named"


def test_delegation_that_was_typed_before_a_field_was_added_can_still_be_signed_up():
    lacking = [each.name for each in fields(Details) if each.name not in STORED_AT_FIRST and each.default is MISSING]
    assert lacking == [], "give these a default in Details: delegations are stored without them"

    press(stored(STORED_AT_FIRST, named=STAYS[:1]))

    assert Participant.objects.filter(name=STAYS[0].name).exists()


def test_delegation_that_a_newer_version_stored_can_be_signed_up_by_this_one():
    newer = stored(STORED_AT_FIRST | {"job_title": "Chemist"}, named=STAYS[:1])
    Delegation.objects.filter(pk=newer.pk).update(named=[[*pair, "Chemist"] for pair in newer.named])
    newer.refresh_from_db()

    press(newer)

    assert Participant.objects.filter(name=STAYS[0].name).exists()
