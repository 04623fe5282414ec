"""People who were erased when that made everybody's language English (a migration)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from registrations.models import Participant
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db

migration = import_module("registrations.migrations.0047_unknown_languages")


def test_language_of_erased_people_is_not_known_and_that_of_others_stays():
    ParticipantFactory(language="en", anonymised_at=timezone.now())
    ParticipantFactory(language="en")
    ParticipantFactory(language="fr")

    migration.empty(apps, None)

    assert list(Participant.objects.order_by("pk").values_list("language", flat=True)) == ["", "en", "fr"]
