"""The pages on which staff read reports of a meeting: what they show, refuse and do."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from registrations.attendance import uploads
from registrations.models import AttendanceInterval, AttendanceReport, AttendanceUpload, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.page_forms import forms_in
from tests.support.races import race
from tests.support.registrations.attendance import FILES, SLOT, minutes, register
from tests.support.staff import member, registration_officer

pytestmark = pytest.mark.django_db

WEBEX = "Name\tAttendee Email\tJoin Time\tLeave Time\tConnection Type\n"


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])


@pytest.fixture
def amina(slot):
    return register(slot, "Amina Example", "amina@example.org")


def webex(*rows):
    """A report in which each row is a name, an address, and hours of joining and leaving in Geneva."""
    lines = [f"{name}\t{email}\t2020-09-17 {joined}\t2020-09-17 {left}\tapp\n" for name, email, joined, left in rows]
    return (WEBEX + "".join(lines)).encode()


def times_of(email, joined="15:00:00", left="15:30:00", name="Somebody"):
    return name, email, joined, left


def address(slot, page=""):
    return reverse(f"admin:registrations_occurrence_attendance{page}", args=[slot.pk])


def upload(client, slot, *files):
    """Each file is octets, or the name of one of those in the folder."""
    named = [(each, (FILES / each).read_bytes()) if isinstance(each, str) else ("r.csv", each) for each in files]
    sent = [SimpleUploadedFile(f"{number}-{name}", octets) for number, (name, octets) in enumerate(named)]
    return client.post(address(slot), {"files": sent}, follow=True)


def values(page, name) -> dict | None:
    """What a browser sends of the form that has this field; None without one."""
    found = (form.values for form in forms_in(page.text, "/") if any(each.endswith(name) for each in form.values))
    return next(found, None)


def take(client, slot, **answers):
    page = client.get(address(slot, "_preview"))
    return client.post(address(slot, "_preview"), values(page, "shown") | answers, follow=True)


def read(client, slot, *files, **answers):
    upload(client, slot, *files)
    return take(client, slot, **answers)


def groups(page):
    return {group.title: group.number for group in page.context["groups"]}


def test_dropped_file_shows_who_is_known_and_counts_only_after_the_button(admin_client, slot, amina):
    page = upload(admin_client, slot, "teams-2026-utf16le.csv")

    assert "Microsoft Teams, report of a meeting" in page.text
    assert "Unicode (UTF-16)" in page.text
    assert "Times read as those of Geneva" in page.text
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


def test_report_is_undone_and_stays_listed(admin_client, slot, amina):
    for hours in (("15:00:00", "15:10:00"), ("15:20:00", "15:40:00"), ("16:00:00", "16:30:00")):
        answers = {"how": "add"} if AttendanceReport.objects.exists() else {}
        read(admin_client, slot, webex(times_of("amina@example.org", *hours)), **answers)
    [_first, middle, _last] = AttendanceReport.objects.order_by("pk")
    assert minutes(amina) == 60

    page = admin_client.get(address(slot), {"undo": middle.pk})
    assert "Now: 1 person, 60 minutes. Without it: 1 person, 40 minutes." in page.text
    assert minutes(amina) == 60

    page = admin_client.post(address(slot), {"undo": middle.pk}, follow=True)
    assert (minutes(amina), len(page.context["rows"])) == (40, 3)
    assert "undone on" in page.text

    page = admin_client.post(address(slot), {"undo": middle.pk}, follow=True)
    assert "undone already" in page.text


def test_undoing_a_correction_says_what_counts_again(admin_client, slot, amina):
    read(admin_client, slot, webex(times_of("amina@example.org")))
    wrong = AttendanceReport.objects.get()
    read(admin_client, slot, webex(times_of("amina@example.org", left="15:10:00")), how=str(wrong.pk))
    right = AttendanceReport.objects.in_force().get()

    page = admin_client.get(address(slot), {"undo": right.pk})

    assert "Now: 1 person, 10 minutes. Without it: 1 person, 30 minutes." in page.text
    admin_client.post(address(slot), {"undo": right.pk})
    assert minutes(amina) == 30


def test_file_about_another_slot_leads_to_it(admin_client, slot, amina):
    later = OccurrenceFactory(
        session__season=slot.session.season,
        starts_at=SLOT[0] + timedelta(hours=3),
        ends_at=SLOT[1] + timedelta(hours=3),
    )

    page = upload(admin_client, slot, webex(times_of("amina@example.org", "18:00:00", "18:30:00")))

    assert address(later) in page.text
    assert values(page, "shown") is None


def test_same_file_twice_changes_nothing(admin_client, slot, amina):
    file = webex(times_of("amina@example.org"))
    read(admin_client, slot, file)

    page = upload(admin_client, slot, file)

    assert "was read already, and counts" in page.text
    assert (minutes(amina), AttendanceReport.objects.count()) == (30, 1)


def test_file_that_is_dropped_twice_waits_once(admin_client, slot):
    file = webex(times_of("a@example.org"))

    upload(admin_client, slot, file)
    upload(admin_client, slot, file)

    assert AttendanceUpload.objects.count() == 1


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
        (webex(times_of("a@exa\0mple.org")), "In line 2 there are letters that cannot be read"),
    ],
)
def test_file_that_is_not_understood_says_why_and_does_not_count(admin_client, slot, amina, file, reason):
    page = upload(admin_client, slot, webex(times_of("amina@example.org")), file)

    assert reason in page.text
    assert values(page, "shown") is None
    admin_client.post(address(slot, "_preview"), {"shown": "x"})
    assert minutes(amina) is None


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"x" * (uploads.LIMITS.octets + 1), "too large"),
        (b"PK\x03\x04 and more", "is a workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"Name;Email\n" + b"a;b\n" * 20_001, "more than 20000 lines"),
        (b"", "Choose at least one file."),
    ],
)
def test_file_that_is_no_table_is_refused_beside_the_field_and_none_is_kept(admin_client, slot, octets, reason):
    files = [webex(times_of("a@example.org")), octets] if octets else []

    page = upload(admin_client, slot, *files)

    assert reason in page.text
    assert not AttendanceUpload.objects.exists()


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


def test_zone_that_the_file_states_is_not_asked_for(admin_client, slot):
    page = upload(admin_client, slot, "teams-live-event.csv")

    assert "Times in UTC, as the file says." in page.text
    assert ('-zone"' in page.text, '-encoding"' in page.text) == (False, True)


def test_two_files_in_two_zones_contradict_each_other(admin_client, slot):
    people = [("a", "15:00:00"), ("b", "15:01:00"), ("c", "15:07:00")]
    here = webex(*(times_of(f"{name}@example.org", hour, "16:25:00") for name, hour in people))
    there = webex(*(times_of(f"{name}@example.org", hour.replace("15:", "14:"), "16:25:00") for name, hour in people))

    page = upload(admin_client, slot, here, there)

    assert "contradict each other" in page.text
    assert values(page, "shown") is None


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


def test_person_in_two_slots_of_a_session_has_the_minutes_of_both(admin_client, slot, amina):
    hours = timedelta(hours=6)
    other = OccurrenceFactory(session=slot.session, starts_at=SLOT[0] - hours, ends_at=SLOT[1] - hours)

    read(admin_client, slot, webex(times_of("amina@example.org")))
    read(admin_client, other, webex(times_of("amina@example.org", "09:00:00", "09:20:00")))

    assert minutes(amina) == 50


def test_list_of_reports_counts_who_was_there_in_the_slot(admin_client, slot, amina):
    register(slot, "Too Early", "early@example.org")

    page = read(
        admin_client, slot, webex(times_of("amina@example.org"), times_of("early@example.org", "14:50", "15:00"))
    )

    [(report, *_words)] = page.context["rows"]
    assert report.people == 1
    assert "1 of 2 people registered for this time slot came" in page.text


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

    assert "No file waits to be looked at" in page.text


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


@pytest.mark.parametrize("role", ["Programme editor", "Viewer"])
def test_who_may_not_see_people_may_not_read_reports(slot, role):
    client = member(Client(), role)

    assert {client.get(address(slot)).status_code, client.post(address(slot)).status_code} == {403}


@pytest.mark.django_db(transaction=True)
def test_two_who_read_the_same_file_at_once_count_it_once():
    slot = OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])
    amina = register(slot, "Amina Example", "amina@example.org")
    clients = [member(Client(), "Registration officer", f"officer{number}") for number in range(2)]
    for client in clients:
        upload(client, slot, webex(times_of("amina@example.org")))

    race(2, lambda number: take(clients[number], slot))

    assert (minutes(amina), AttendanceReport.objects.count()) == (30, 1)
    assert AttendanceInterval.objects.count() == 1


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
