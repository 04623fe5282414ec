"""The start page of the staff desk."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_start_page_bears_our_name(admin_client):
    shown = admin_client.get(reverse("admin:index")).content.decode()

    assert "Minamata Online: staff desk" in shown
    assert "Django administration" not in shown


def test_start_page_lists_what_staff_need_first(admin_client):
    rooms = admin_client.get(reverse("admin:index")).context["app_list"]

    assert [model["object_name"] for room in rooms[:2] for model in room["models"]] == [
        *("Season", "Session", "Occurrence", "PageText"),
        *("SlotChange", "Circular", "Registration", "Participant", "SeatRemoval", "NextSeasonSubscriber"),
        *("Invitation", "AdmissionRequest", "InvitationBatch", "Message", "Mailbox", "StaffAction"),
    ]
