"""Each field of the forms about a person is on the pages that ask for it: what is not shown would be emptied."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from registrations.enrolment.applicant import Details
from registrations.forms.person import PersonForm
from registrations.forms.preferences import PreferencesForm
from registrations.people.preferences import Preferences
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
DETAILS = sorted(field.name for field in fields(Details))
# One box for each reminder that the season offers stands for both columns.
OF_REMINDERS = {"wants_reminders", "unwanted_leads"}
PREFERENCES = sorted({field.name for field in fields(Preferences)} - OF_REMINDERS | {"reminders"})
# Stored on a list of its own.
OF_THE_MAILBOX = "wants_next_season"
# A focal point says nothing of what they need themselves: the form is about others.
NOT_OF_FOCAL_POINT = {"access_needs"}
# It is that of the invitation, and the page says so.
NOT_OF_INVITED = {"name"}


def shown(client, name, *args, names) -> list[str]:
    text = client.get(reverse(name, args=args)).text
    return [field for field in names if f'name="{field}"' in text]


def test_forms_ask_for_all_that_is_stored_and_for_nothing_else():
    assert sorted(PersonForm.base_fields) == DETAILS
    assert sorted(PreferencesForm.base_fields) == sorted([*PREFERENCES, OF_THE_MAILBOX])


def test_pages_of_a_person_show_each_field(client):
    person = ParticipantFactory()

    assert shown(client, "registrations:details", person.key, names=DETAILS) == DETAILS, (
        "add it to templates/registrations"
    )
    assert shown(client, "registrations:mails", person.key, names=PREFERENCES) == PREFERENCES
    assert shown(client, "registrations:mails", person.key, names=[OF_THE_MAILBOX]) == [OF_THE_MAILBOX]


def test_form_of_the_sign_up_shows_each_field(client):
    season = OccurrenceFactory().session.season

    assert shown(client, "sign_up:form", season.slug, names=DETAILS) == DETAILS, "add it to templates/registrations"


def test_form_of_a_delegation_shows_each_field_that_is_asked(client):
    season = OccurrenceFactory().session.season

    assert set(DETAILS) - {*shown(client, "sign_up:delegation", season.slug, names=DETAILS)} == NOT_OF_FOCAL_POINT


def test_form_of_an_invitation_shows_each_field(client):
    invitation = InvitationFactory(opened_at=datetime(2030, 9, 2, tzinfo=UTC))
    OccurrenceFactory(session=invitation.session)

    assert set(DETAILS) - {*shown(client, "registrations:invitation", invitation.key, names=DETAILS)} == NOT_OF_INVITED
