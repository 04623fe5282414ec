"""Lists of the desk fold what is searched for, as the search for people does."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import AdmissionRequest
from tests.factories import InvitationFactory, OccurrenceFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


def found(client, model, typed):
    response = client.get(reverse(f"admin:{model}_changelist"), {"q": typed})
    return list(response.context["cl"].result_list)


@pytest.fixture
def slot():
    slot = OccurrenceFactory(session__title="Evaluación de la eficacia")
    SpeakerFactory(session=slot.session, name="Zoë Ångström")
    OccurrenceFactory(session__title="Something else")
    return slot


@pytest.mark.parametrize("typed", ["EVALUACIÓN", "eficacia evaluacion", "angstrom", "zoe evaluación"])
def test_sessions_are_found_whatever_the_accents_and_the_order(admin_client, slot, typed):
    assert found(admin_client, "online_sessions_session", typed) == [slot.session]


def test_slots_are_found_by_their_session(admin_client, slot):
    assert found(admin_client, "online_sessions_occurrence", "evaluacion") == [slot]


def test_who_is_invited_or_asks_is_found_like_other_people(admin_client):
    invitation = InvitationFactory(name="José O’Neil", email="jose@example.org", organisation="Zürich")
    asked = AdmissionRequest.objects.create(invitation=invitation, name="Nguyễn Thị Minh", asked_at=timezone.now())
    InvitationFactory(name="Somebody Else", email="else@example.org")

    assert found(admin_client, "registrations_invitation", "JOSE ONEIL zurich") == [invitation]
    assert found(admin_client, "registrations_admissionrequest", "nguyen") == [asked]


@pytest.mark.parametrize("typed", ["’", "\N{COMBINING ACUTE ACCENT}", "nobody"])
def test_words_that_nothing_has_find_nothing(admin_client, slot, typed):
    assert found(admin_client, "online_sessions_session", typed) == []
