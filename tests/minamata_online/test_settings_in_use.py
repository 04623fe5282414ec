"""What the site does under settings that its tests do not have."""

import pytest
from django.test import Client

from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import register


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/readyz"])
def test_watcher_is_answered_by_address_and_without_tls(settings, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["online.example.org"]
    settings.SECURE_REDIRECT_EXEMPT = [rf"^{each.removeprefix('/')}$" for each in settings.WATCHED]
    probe = Client(headers={"Host": "10.0.0.7:8000"})

    assert probe.get(path).status_code in (200, 404, 503)
    assert probe.get("/privacy/", secure=True).status_code == 400


@pytest.mark.django_db
def test_site_without_reminders_signs_people_up(settings):
    settings.REMINDER_HOURS = []

    [registration] = register(OccurrenceFactory())

    assert registration.is_confirmed
    assert registration.session.season.reminders_before == []
