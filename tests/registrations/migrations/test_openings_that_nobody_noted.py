"""People stored before the first opening of a page was noted: not known, rather than never (a migration)."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from registrations.models import Participant
from registrations.people import audiences
from registrations.people.audiences import Audience
from registrations.privacy import my_data
from tests.factories import RegistrationFactory

pytestmark = pytest.mark.django_db

migration = import_module("registrations.migrations.0040_openings_that_nobody_noted")


def somebody(**person):
    return RegistrationFactory(**{f"participant__{name}": value for name, value in person.items()}).participant


def test_nobody_from_before_is_said_to_have_never_opened_their_page(admin_client, monkeypatch):
    monkeypatch.setattr(migration, "PEOPLE_AT_ONCE", 1)
    people = [somebody(wants_announcements=True) for _ in range(3)]

    migration.mark(apps, None)

    for person in Participant.objects.filter(pk__in=[each.pk for each in people]).select_related("season"):
        everybody = audiences.people(person.season, Audience(unopened=True), now=timezone.now())
        page = admin_client.get(reverse("admin:registrations_participant_change", args=[person.pk])).text
        assert list(everybody) == []
        assert "not known: they signed up before this was noted" in page
        assert my_data.of(person, now=timezone.now())["details"]["page_first_opened_at"] is None


def test_opening_that_was_noted_and_erased_people_stay_as_they_are():
    opened_at = timezone.now() - timedelta(days=1)
    somebody(page_opened_at=opened_at)
    somebody(anonymised_at=timezone.now())

    migration.mark(apps, None)

    assert list(Participant.objects.order_by("pk").values_list("page_opened_at", flat=True)) == [opened_at, None]
