"""What the desk does not show to staff who may work on the programme and not see people, or may only look."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from registrations.models import Registration
from sessions.staff import groups
from tests.factories import MaterialFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.sessions.admin_pages import page
from tests.support.staff import sign_in
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
IN_TEN_DAYS = timezone.now() + timedelta(days=10)
MEETING = "https://meet.example.org/secret"


def member_of(group):
    groups.set_up()
    user = User.objects.create_user(group.replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return sign_in(Client(), user)


def somebody():
    return ParticipantFactory(name="Wanjiru Kamau", email="wanjiru@ministry.example", timezone="Africa/Nairobi")


def preview(client, slot, kind):
    times = {"day": f"{slot.starts_at + timedelta(days=1):%Y-%m-%d}", "begins": "15:00", "ends": "16:00"}
    address = page(f"occurrence_{kind}", slot.pk)
    return client.post(address, times) if kind == "move" else client.get(address)


@pytest.mark.parametrize("status", first_always([Registration.Status.CONFIRMED, Registration.Status.WAITLISTED]))
@pytest.mark.parametrize("access", first_always(["open", "invitation"]))
@pytest.mark.parametrize("kind", ["move", "call_off", "revive"])
def test_editor_sees_the_mail_to_somebody_invented(kind, access, status):
    slot = OccurrenceFactory(
        starts_at=IN_TEN_DAYS,
        called_off_at=timezone.now() if kind == "revive" else None,
        session__access=access,
        session__season__starts_on=timezone.now().date(),
        session__season__ends_on=timezone.now().date() + timedelta(days=60),
    )
    person = somebody()
    RegistrationFactory(occurrence=slot, participant=person, status=status, waiting_since=timezone.now())

    shown = preview(member_of("Programme editor"), slot, kind).content.decode()

    assert "Sample Person" in shown
    assert "sample.person@example.org" in shown
    assert not [word for word in (person.name, person.email, "Nairobi") if word in shown]


def test_editor_sees_the_announcement_to_somebody_invented():
    material = MaterialFactory(url="https://video.example.org/film")
    slot = OccurrenceFactory(session=material.session, starts_at=timezone.now() - timedelta(days=2))
    person = somebody()
    person.wants_announcements = True
    person.save()
    RegistrationFactory(occurrence=slot, participant=person)

    shown = member_of("Programme editor").get(page("session_announce", slot.session_id)).content.decode()

    assert "Sample Person" in shown
    assert "Wanjiru" not in shown


def test_owner_sees_the_first_of_the_people(admin_client):
    slot = OccurrenceFactory(starts_at=IN_TEN_DAYS)
    RegistrationFactory(occurrence=slot, participant=somebody())

    assert "wanjiru@ministry.example" in preview(admin_client, slot, "call_off").content.decode()


@pytest.mark.parametrize("group", ["Viewer", "Registration officer"])
@pytest.mark.parametrize("name", ["session_change", "occurrence_change"])
def test_who_only_looks_sees_no_meeting_address(group, name):
    slot = OccurrenceFactory(meeting_url=MEETING, meeting_phone="+41 22 555 01 23")

    answer = member_of(group).get(page(name, slot.session_id if name == "session_change" else slot.pk))

    assert answer.status_code == 200
    assert "Capacity" in answer.content.decode()
    assert MEETING not in answer.content.decode()
    assert "555 01 23" not in answer.content.decode()


def test_editor_sees_the_meeting_address():
    slot = OccurrenceFactory(meeting_url=MEETING)

    assert MEETING in member_of("Programme editor").get(page("occurrence_change", slot.pk)).content.decode()
