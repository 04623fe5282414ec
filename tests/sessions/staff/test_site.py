"""The start page of the staff desk."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_start_page_bears_our_name(admin_client):
    shown = admin_client.get(reverse("admin:index")).content.decode()

    assert "Minamata Online: staff desk" in shown
    assert "Django administration" not in shown


def test_start_page_lists_what_staff_need_in_groups(admin_client):
    groups = admin_client.get(reverse("admin:index")).context["desk_groups"]

    assert [(str(group["name"]), [model["object_name"] for model in group["models"]]) for group in groups] == [
        ("Programme", ["Season", "Session", "Occurrence", "SpeakerQuestion", "PageText", "Party"]),
        ("People", ["Registration", "Participant", "Transfer", "SeatRemoval", "Certificate", "NextSeasonSubscriber"]),
        ("Invitations", ["Invitation", "AdmissionRequest", "InvitationBatch"]),
        ("Mails", ["Circular", "SlotChange", "Message", "Mailbox"]),
        ("Staff", ["User", "StaffAction"]),
    ]
