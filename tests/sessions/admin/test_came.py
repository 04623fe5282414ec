"""People who came: the number that staff type beside that of the report, and which of them counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import AttendanceReport, Registration
from sessions.admin import after_sessions
from sessions.models import Occurrence, Session
from tests.factories import OccurrenceFactory
from tests.support.registrations.attendance import join, register, take
from tests.support.sessions.admin_pages import page, sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """Over, with six people, and a report by which five of them came."""
    begin = timezone.now() - timedelta(days=1)
    slot = OccurrenceFactory(starts_at=begin, ends_at=begin + timedelta(hours=1), attendance=115)
    names = ["amina", "boris", "chen", "dalia", "emeka", "fatou"]
    for name in names:
        register(slot, name, f"{name}@example.org")
    take(slot, *[join(30, f"{name}@example.org", name, slot=(begin, slot.ends_at)) for name in names[1:]])
    return slot


@pytest.mark.parametrize("of", ["occurrence", "session"])
def test_number_of_the_report_stands_beside_the_field_and_is_taken_with_one_tick(admin_client, slot, of):
    address = page(f"{of}_change", slot.pk if of == "occurrence" else slot.session_id)
    shown = admin_client.get(address).text
    assert "5 registered people came." in shown
    assert "Lists, mails and figures go by the report of the meeting" in shown

    admin_client.post(address, sent_by(admin_client.get(address)) | {f"take-report-{slot.pk}": "5"})

    slot.refresh_from_db()
    assert slot.attendance == 5
    assert f"take-report-{slot.pk}" not in admin_client.get(address).text


def test_number_that_the_published_figures_hide_is_not_offered(admin_client, slot):
    Registration.objects.filter(participant__name="emeka").update(attended_seconds=0)

    shown = admin_client.get(page("occurrence_change", slot.pk)).text

    assert "4 registered people came. So small a number is not offered for the public page" in shown
    assert f"take-report-{slot.pk}" not in shown


def test_number_that_was_typed_stays_without_the_tick(admin_client, slot):
    address = page("occurrence_change", slot.pk)

    admin_client.post(address, sent_by(admin_client.get(address)) | {"capacity": "50"})

    slot.refresh_from_db()
    assert (slot.attendance, slot.capacity) == (115, 50)


def test_slot_with_a_report_is_not_asked_about_any_more(slot):
    Occurrence.objects.update(attendance=None)
    assert after_sessions.with_what_is_known(Session.objects.all()).get().is_counted

    AttendanceReport.objects.update(undone_at=timezone.now())
    assert not after_sessions.with_what_is_known(Session.objects.all()).get().is_counted


def test_slot_without_a_report_says_so(admin_client):
    slot = OccurrenceFactory(starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now())

    shown = admin_client.get(page("occurrence_change", slot.pk)).text

    assert "No report of the meeting has been added yet" in shown
