"""Pages of the desk about a rehearsal that is ahead say what time it is there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions.models import Season
from tests.factories import RegistrationFactory
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db


def test_pages_about_a_rehearsal_that_is_ahead_say_its_time(admin_client):
    registration = RegistrationFactory(occurrence__session__season__is_rehearsal=True)
    session, slot = registration.session, registration.occurrence
    pages = [
        *(page("season_change", session.season_id), page("season_overview", session.season_id)),
        *(page("session_change", session.pk), page("occurrence_change", slot.pk)),
        reverse("admin:registrations_participant_change", args=[registration.participant_id]),
        f"{page('session_changelist')}?season__id__exact={session.season_id}",
        f"{page('occurrence_changelist')}?session__season__id__exact={session.season_id}",
        f"{reverse('admin:registrations_registration_changelist')}?season={session.season_id}",
    ]

    at_true_time = ["In this rehearsal it is" in admin_client.get(address).text for address in pages]
    Season.objects.set_ahead(session.season_id, timedelta(days=1))
    ahead = ["In this rehearsal it is" in admin_client.get(address).text for address in pages]

    assert (at_true_time, ahead) == ([False] * 8, [True] * 8)
