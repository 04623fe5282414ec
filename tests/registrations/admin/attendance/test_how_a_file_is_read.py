"""How an uploaded file is read, and changed by staff: time zone, encoding, columns, and what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.models import AttendanceReport, AttendanceUpload
from tests.factories import OccurrenceFactory
from tests.support.registrations.attendance import SLOT, minutes
from tests.support.registrations.attendance_pages import (
    WEBEX,
    address,
    groups,
    read,
    take,
    times_of,
    upload,
    values,
    webex,
)

pytestmark = pytest.mark.django_db


def test_file_about_another_slot_leads_to_it(admin_client, slot, amina):
    later = OccurrenceFactory(
        session__season=slot.session.season,
        starts_at=SLOT[0] + timedelta(hours=3),
        ends_at=SLOT[1] + timedelta(hours=3),
    )

    page = upload(admin_client, slot, webex(times_of("amina@example.org", "18:00:00", "18:30:00")))

    assert address(later) in page.text
    assert values(page, "shown") is None


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("refuse-other-day.csv", "The file is about Friday 18 September 2020"),
        ("refuse-list-of-guests.csv", "no times of joining and leaving were found"),
        (webex(times_of("a@example.org", "07:00:00", "08:30:00")), "Choose another time zone, or another time slot"),
        (WEBEX.encode() + b"A\ta@example.org\t0001-01-01 00:00\t0001-01-01 01:00\tapp\n", "Line 2: “0001-01-01 00:00”"),
        (WEBEX.encode() + b"A\ta@example.org\t9999-12-31 23:00\t9999-12-31 23:30\tapp\n", "Line 2: “9999-12-31 23:00”"),
        (webex(times_of("a@example.org", left="25:00:00")), "Line 2: “2020-09-17 25:00:00” is no date and time."),
        (webex(times_of("a@example.org"), times_of("b@example.org"))[:-25], "Line 3, the last one, is cut off"),
        (webex(times_of("a@example.org"), times_of("b@example.org"))[:-9], "Line 3: “2020-09-17 15:3”"),
        (webex(times_of("a@exa\0mple.org")), "In line 2 there are characters that cannot be read"),
    ],
)
def test_file_that_is_not_understood_says_why_and_does_not_count(admin_client, slot, amina, file, reason):
    page = upload(admin_client, slot, webex(times_of("amina@example.org")), file)

    assert reason in page.text
    assert values(page, "shown") is None
    admin_client.post(address(slot, "_preview"), {"shown": "x"})
    assert minutes(amina) is None


def test_wrong_zone_is_found_and_corrected(admin_client, slot, amina):
    page = upload(admin_client, slot, webex(times_of("amina@example.org", "13:00:00", "13:30:00")))
    assert "Choose another time zone" in page.text
    pk = AttendanceUpload.objects.get().pk

    said = {f"file{pk}-zone": "UTC", f"file{pk}-encoding": "utf-8", "read": pk}
    page = admin_client.post(address(slot, "_preview"), said, follow=True)

    assert groups(page) == {"Known by the address": 1}
    take(admin_client, slot)
    assert minutes(amina) == 30


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-be"])
def test_encoding_in_which_a_file_is_no_table_can_be_chosen_and_left(admin_client, slot, amina, encoding):
    upload(admin_client, slot, "teams-2026-utf16le.csv")
    pk = AttendanceUpload.objects.get().pk
    columns = reverse("admin:registrations_attendanceupload_columns", args=[pk])
    said = {f"file{pk}-zone": "Europe/Zurich", "read": pk}

    page = admin_client.post(address(slot, "_preview"), said | {f"file{pk}-encoding": encoding}, follow=True)

    assert values(page, "shown") is None
    assert admin_client.get(columns, follow=True).status_code == 200
    page = admin_client.post(address(slot, "_preview"), said | {f"file{pk}-encoding": "utf-16-le"}, follow=True)
    assert groups(page)["Known by the address"] == 1


def test_zone_that_the_file_states_is_not_asked_for(admin_client, slot):
    page = upload(admin_client, slot, "teams-live-event.csv")

    assert "Times in UTC, as the file says." in page.text
    assert ('-zone"' in page.text, '-encoding"' in page.text) == (False, True)


def of_three(begins, ends="16:25:00"):
    people = [("a", "00:00"), ("b", "01:00"), ("amina", "07:00")]
    return webex(*(times_of(f"{name}@example.org", f"{begins}:{minute}", ends) for name, minute in people))


def test_two_files_in_two_zones_contradict_each_other(admin_client, slot):
    page = upload(admin_client, slot, of_three(15), of_three(14))

    assert "contradict each other" in page.text
    assert values(page, "shown") is None


@pytest.mark.parametrize(
    ("begins", "ends", "warned", "other"),
    [
        # An hour off it still has times in the slot; three hours off it has none, and is refused.
        (14, "15:25:00", "most people came 1 hour before this time slot began", "London (UTC+1)"),
        (18, "19:25:00", "most people came 3 hours after this time slot began", "Islamabad (UTC+5)"),
    ],
)
def test_file_that_fits_in_another_zone_is_read_in_it_with_one_press(
    admin_client, slot, amina, begins, ends, warned, other
):
    page = upload(admin_client, slot, of_three(begins, ends))
    assert warned in page.text
    assert f"Read it as times of {other}" in page.text

    pressed = {"fit": AttendanceUpload.objects.get().pk}
    page = admin_client.post(address(slot, "_preview"), pressed, follow=True)

    assert warned not in page.text
    take(admin_client, slot)
    assert minutes(amina) == 78


def test_file_in_another_zone_than_a_report_that_counts_is_not_added_to_it(admin_client, slot, amina):
    read(admin_client, slot, of_three(14, "16:25:00"))
    old = AttendanceReport.objects.get()

    page = upload(admin_client, slot, of_three(15, "16:25:00"))
    assert "“0-r.csv” and the new files contradict each other" in page.text
    page = take(admin_client, slot, how="add")
    assert "contradict each other" in str(page.context["form"].errors)
    assert AttendanceReport.objects.count() == 1

    take(admin_client, slot, how=str(old.pk))
    assert (minutes(amina), AttendanceReport.objects.in_force().count()) == (78, 1)


def test_refused_files_are_left_out_with_one_press(admin_client, slot, amina):
    page = upload(
        admin_client, slot, webex(times_of("amina@example.org")), "refuse-other-day.csv", "refuse-list-of-guests.csv"
    )
    refused = [file["upload"].pk for file in page.context["files"] if file["problem"]]
    assert "Go on without 2 refused files" in page.text

    page = admin_client.post(address(slot, "_preview"), {"remove": refused}, follow=True)

    assert "Go on without" not in page.text
    take(admin_client, slot)
    assert (minutes(amina), AttendanceReport.objects.count()) == (30, 1)


def test_named_heading_is_not_looked_for_in_fewer_lines(admin_client, slot, amina):
    upload(admin_client, slot, b"report\n\n\nN;M;J;L\nAmina;amina@example.org;17/9/2020 15:00;17/9/2020 15:30\n")
    pk = AttendanceUpload.objects.get().pk
    columns = reverse("admin:registrations_attendanceupload_columns", args=[pk])
    chosen = {"column0": "name", "column1": "email", "column2": "joined", "column3": "left"}
    admin_client.post(columns, {"heading": 4, **chosen})

    said = {f"file{pk}-zone": "Europe/Zurich", "read": pk}
    page = admin_client.post(address(slot, "_preview"), said | {f"file{pk}-encoding": "utf-16-le"}, follow=True)

    assert (page.status_code, groups(page)) == (200, {})
    page = admin_client.post(address(slot, "_preview"), said | {f"file{pk}-encoding": "utf-8"}, follow=True)
    assert groups(page) == {"Known by the address": 1}


def test_columns_of_an_unknown_layout_are_named_once(admin_client, slot, amina):
    heading = "الاسم;البريد;الانضمام;المغادرة\n"
    first = f"{heading}Amina;amina@example.org;17/9/2020 15:00;17/9/2020 15:30\n".encode()
    upload(admin_client, slot, first)
    columns = reverse("admin:registrations_attendanceupload_columns", args=[AttendanceUpload.objects.get().pk])

    page = admin_client.post(columns, {"heading": 1, "column0": "name", "column1": "email"})
    assert "Choose the columns that say when people joined" in page.text

    chosen = {"column0": "name", "column1": "email", "column2": "joined", "column3": "left"}
    page = admin_client.post(columns, {"heading": 1, **chosen}, follow=True)
    assert groups(page) == {"Known by the address": 1}
    take(admin_client, slot)
    assert minutes(amina) == 30

    second = f"{heading}Amina;amina@example.org;17/9/2020 16:00;17/9/2020 16:10\n".encode()
    page = upload(admin_client, slot, second)
    assert groups(page) == {"Known by the address": 1}
