"""What people who are named have from their focal point, and what they have not."""

from dataclasses import MISSING, asdict, fields

import pytest

from registrations.delegations.members import COPIED
from registrations.enrolment.applicant import Details
from registrations.models import Delegation, Participant
from tests.factories import DelegationFactory, OccurrenceFactory
from tests.support.registrations.delegations import OWNS, POINT, STAYS, ask, press
from tests.support.registrations.signing_up import details

pytestmark = pytest.mark.django_db
# Each with its reason.
NOT_COPIED = {
    "name": "It is their own, as the focal point has typed it.",
    "access_needs": "They are the focal point's own, and for each person to tell or not.",
}
# A field that comes later has a default: delegations that wait for their button were typed without it.
IN_EACH_DELEGATION = {"name", "organisation", "country", "stakeholder", "language", "timezone", "access_needs"}


def test_each_detail_is_copied_or_not_for_a_reason():
    assert sorted([*COPIED, *NOT_COPIED]) == sorted(field.name for field in fields(Details))


@pytest.mark.parametrize("who", [STAYS[0], OWNS[0]])
def test_people_have_what_is_copied_and_nothing_else(who):
    typed = details(
        "Focal Point",
        **{"organisation": "Ministry", "country": "404", "stakeholder": "ngo", "timezone": "Asia/Kathmandu"},
        access_needs="Captions",
    )
    asked = ask(OccurrenceFactory(), named=[who])
    Delegation.objects.filter(pk=asked.pk).update(details=asdict(typed))
    asked.refresh_from_db()

    press(asked)

    person, copied = Participant.objects.get(name=who.name), {name: getattr(typed, name) for name in COPIED}
    assert {name: getattr(person, name) for name in COPIED} == copied
    assert {getattr(person, name) for name in NOT_COPIED} == {who.name, ""}
    assert Participant.objects.exclude(mailbox=POINT, name="Focal Point").filter(access_needs="Captions").count() == 0


def test_delegation_that_was_typed_before_a_field_was_added_can_still_be_signed_up():
    assert {field.name for field in fields(Details) if field.default is MISSING} <= IN_EACH_DELEGATION
    assert set(DelegationFactory.details) == IN_EACH_DELEGATION
