"""What files come to is shown first, decided, and then counts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from registrations.models import AttendanceInterval, AttendanceReport, AttendanceUpload, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.attendance import SLOT, minutes, register
from tests.support.registrations.attendance_pages import (
    address,
    groups,
    read,
    take,
    times_of,
    upload,
    values,
    webex,
)
from tests.support.staff import registration_officer

pytestmark = pytest.mark.django_db


def test_dropped_file_shows_who_is_known_and_counts_only_after_the_button(admin_client, slot, amina):
    page = upload(admin_client, slot, "teams-2026-utf16le.csv")

    assert "Microsoft Teams, report of a meeting" in page.text
    assert "Unicode (UTF-16)" in page.text
    assert "Read as times of Geneva" in page.text
    assert groups(page)["Known by the address"] == 1
    assert minutes(amina) is None

    page = take(admin_client, slot)

    assert "1 person who is registered was there, 85 minutes in all." in page.text
    assert minutes(amina) == 85
    assert not AttendanceUpload.objects.exists()


def test_three_files_of_one_slot_count_together(admin_client, slot, amina):
    read(
        admin_client,
        slot,
        webex(times_of("amina@example.org")),
        webex(times_of("amina@example.org", "15:20:00", "15:40:00")),
        webex(times_of("amina@example.org", "16:00:00", "16:10:00")),
    )

    assert (minutes(amina), AttendanceReport.objects.count()) == (50, 3)


def test_correction_replaces_a_report_with_the_difference_shown_first(admin_client, slot, amina):
    read(admin_client, slot, webex(times_of("amina@example.org")))
    report = AttendanceReport.objects.get()

    page = upload(admin_client, slot, webex(times_of("amina@example.org", "15:20:00", "15:30:00")))

    assert "Now: 1 person, 30 minutes." in page.text
    assert "1 person, 10 minutes" in page.text
    assert minutes(amina) == 30

    page = take(admin_client, slot)
    assert "Choose whether these files are added or replace a report." in page.text

    take(admin_client, slot, how=str(report.pk))
    assert minutes(amina) == 10


def test_nobody_attended_is_confirmed(admin_client, slot, amina):
    page = read(admin_client, slot, "nobody-teams.csv")
    assert "Tick this if it is so" in page.text
    assert minutes(amina) is None

    take(admin_client, slot, nobody="on")
    assert minutes(amina) == 0


def test_staff_say_who_somebody_was(admin_client, slot, amina):
    zoe = register(slot, "Zoe Zed", "zoe@example.org")
    upload(
        admin_client,
        slot,
        webex(
            times_of("other@example.org", name="Amina Example", left="16:00:00"),
            times_of("home@example.org", name="Z"),
            times_of("who@example.org", name="Who", left="15:10:00"),
        ),
    )

    page = take(admin_client, slot, person0=str(amina.pk), person1="Nobody Known")
    assert "Nobody with this name or address is registered" in page.text
    assert minutes(amina) is None

    take(admin_client, slot, person0=str(amina.pk), person1=" ZOE@example.org ")
    assert [minutes(each) for each in (amina, zoe)] == [60, 30]
    decisions = AttendanceInterval.objects.order_by("pk").values_list("decision", flat=True)
    assert list(decisions) == ["staff", "staff", "left open"]


def test_person_in_two_slots_of_a_session_has_the_minutes_of_both(admin_client, slot, amina):
    hours = timedelta(hours=6)
    other = OccurrenceFactory(session=slot.session, starts_at=SLOT[0] - hours, ends_at=SLOT[1] - hours)

    read(admin_client, slot, webex(times_of("amina@example.org")))
    read(admin_client, other, webex(times_of("amina@example.org", "09:00:00", "09:20:00")))

    assert minutes(amina) == 50


def test_change_since_the_page_was_shown_asks_to_look_again(admin_client, slot, amina):
    page = upload(admin_client, slot, webex(times_of("amina@example.org"), times_of("zoe@example.org")))
    sent = values(page, "shown")
    register(slot, "Zoe", "zoe@example.org")

    page = admin_client.post(address(slot, "_preview"), sent, follow=True)

    assert "Something has changed since this page was shown" in page.text
    assert minutes(amina) is None


def test_file_is_left_out(admin_client, slot):
    upload(admin_client, slot, webex(times_of("a@example.org")))

    page = admin_client.post(address(slot, "_preview"), {"remove": AttendanceUpload.objects.get().pk}, follow=True)

    assert "You have no preview of this time slot" in page.text


@pytest.mark.parametrize("answers", [{"remove": "x"}, {"read": "x"}, {"shown": "x"}, {}])
def test_answer_that_makes_no_sense_changes_nothing(admin_client, slot, amina, answers):
    upload(admin_client, slot, webex(times_of("amina@example.org")))

    page = admin_client.post(address(slot, "_preview"), answers, follow=True)

    assert (page.status_code, AttendanceUpload.objects.count(), minutes(amina)) == (200, 1, None)


def test_colleague_sees_nothing_of_an_upload(admin_client, slot):
    upload(admin_client, slot, webex(times_of("a@example.org")))
    officer = registration_officer(Client())

    assert officer.get(address(slot, "_preview")).status_code == 302
    upload_pk = AttendanceUpload.objects.get().pk
    assert officer.get(reverse("admin:registrations_attendanceupload_columns", args=[upload_pk])).status_code == 404


def test_number_of_queries_does_not_grow(admin_client, slot, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        people = RegistrationFactory.create_batch(number, occurrence=slot)
        file = webex(*(times_of(each.participant.email) for each in people), times_of(f"x{number}@example.org"))
        upload(admin_client, slot, file)
        with django_assert_max_num_queries(60) as captured:
            admin_client.get(address(slot, "_preview"))
        counts.append(len(captured))
        take(admin_client, slot, how="add")

    # The second time there is a report that counts already.
    assert counts[1] - counts[0] <= 1
    assert Registration.objects.came().count() == 4
