"""Putting actions of staff into the audit log, from anywhere."""

import pytest
from django.apps import apps
from django.db import transaction

from registrations import audit
from registrations.admin.audit import wording
from registrations.models import Participant, StaffAction
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory

pytestmark = pytest.mark.django_db


def test_action_without_a_row_says_what_it_was_about():
    action = audit.record("exported", by=None, about="All", after={"rows": 3})

    assert (action.about, action.kind, action.page, action.by_name) == ("All", "", "", "")
    assert wording.in_short(action) == "Rows: 3"


def test_people_are_numbers_in_the_audit_log():
    registration = RegistrationFactory(participant__name="Wanjiru Kamau")

    actions = [audit.record("changed", row, by=None) for row in (registration, registration.participant)]

    assert [action.about for action in actions] == [
        f"registration {registration.pk}",
        f"participant {registration.participant_id}",
    ]


def test_every_model_that_holds_somebody_is_a_number_there():
    models = apps.get_app_config("registrations").get_models()
    holding = {
        model
        for model in models
        if any(field.name == "email" or field.related_model is Participant for field in model._meta.concrete_fields)
    }

    assert holding <= set(audit.PEOPLE)


def test_action_that_was_undone_is_not_in_the_audit_log():
    season = SeasonFactory()

    with transaction.atomic():
        audit.record("changed", season, by=None)
        transaction.set_rollback(True)

    assert not StaffAction.objects.exists()


def test_rows_that_stayed_as_they_were_are_not_kept():
    slot = OccurrenceFactory()
    facts = audit.facts(slot)
    slot.sequence += 1

    assert audit.record_difference(slot, facts, audit.facts(slot), by=None) is None


def test_action_that_nobody_has_words_for_is_shown_as_it_is():
    action = audit.record("sent-by-pigeon", ParticipantFactory(), by=None)

    assert wording.action_of(action) == "sent by pigeon"
