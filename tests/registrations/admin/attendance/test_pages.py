"""The page of a slot with its reports: what it lists, refuses and undoes, and for whom."""

import pytest
from django.test import Client

from registrations.attendance import uploads
from registrations.models import AttendanceInterval, AttendanceReport, AttendanceUpload
from tests.factories import OccurrenceFactory
from tests.support.races import race
from tests.support.registrations.attendance import SLOT, minutes, register
from tests.support.registrations.attendance_pages import address, read, take, times_of, upload, values, webex
from tests.support.staff import member

pytestmark = pytest.mark.django_db


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


def test_same_file_twice_changes_nothing(admin_client, slot, amina):
    file = webex(times_of("amina@example.org"))
    read(admin_client, slot, file)

    page = upload(admin_client, slot, file)

    assert "was added before, and counts already" in page.text
    assert (minutes(amina), AttendanceReport.objects.count()) == (30, 1)


def test_file_that_is_dropped_twice_waits_once(admin_client, slot):
    file = webex(times_of("a@example.org"))

    upload(admin_client, slot, file)
    upload(admin_client, slot, file, preview="together")

    assert AttendanceUpload.objects.count() == 1


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"x" * (uploads.LIMITS.octets + 1), "too large"),
        (b"PK\x03\x04 and more", "is a workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"Name;Email\n" + b"a;b\n" * 20_001, "more than 20000 lines"),
        (b"", "is empty"),
    ],
)
def test_file_that_is_no_table_is_left_out_with_the_reason_and_the_others_go_on(
    admin_client, slot, amina, octets, reason
):
    page = upload(admin_client, slot, webex(times_of("amina@example.org")), octets)

    assert "Left out: “1-r.csv”" in page.text
    assert reason in page.text
    take(admin_client, slot)
    assert minutes(amina) == 30


def test_files_none_of_which_is_a_table_are_refused_beside_the_field(admin_client, slot):
    upload(admin_client, slot, webex(times_of("a@example.org")))
    page = upload(admin_client, slot, b"%PDF-1.7", b"PK\x03\x04", preview="anew")

    assert [len(page.context["form"].errors["files"]), AttendanceUpload.objects.count()] == [2, 1]
    page = upload(admin_client, slot, preview="anew")
    assert page.context["form"].errors == {"files": ["Choose at least one file."]}


def test_preview_that_is_not_finished_is_offered_and_never_mixed_in_silently(admin_client, slot):
    upload(admin_client, slot, webex(times_of("a@example.org")))
    page = admin_client.get(address(slot))
    assert "You have a preview from" in page.text
    assert "“0-r.csv”" in page.text

    page = upload(admin_client, slot, webex(times_of("b@example.org")))
    assert "Say what becomes of the preview above" in page.text
    assert AttendanceUpload.objects.count() == 1

    page = upload(admin_client, slot, webex(times_of("b@example.org")), preview="anew")
    assert [file["upload"].pk for file in page.context["files"]] == [AttendanceUpload.objects.get().pk]

    page = upload(admin_client, slot, webex(times_of("c@example.org")), preview="together")
    assert len(page.context["files"]) == 2


def test_preview_is_discarded_as_it_was_shown(admin_client, slot):
    upload(admin_client, slot, webex(times_of("a@example.org")))
    sent = values(admin_client.get(address(slot)), "discard")
    upload(admin_client, slot, webex(times_of("b@example.org")), preview="together")

    page = admin_client.post(address(slot), sent, follow=True)

    assert "The preview is discarded." in page.text
    assert len(page.context["waiting"]) == 1


def test_list_of_reports_counts_who_was_there_in_the_slot(admin_client, slot, amina):
    register(slot, "Too Early", "early@example.org")

    page = read(
        admin_client, slot, webex(times_of("amina@example.org"), times_of("early@example.org", "14:50", "15:00"))
    )

    [(report, *_words)] = page.context["rows"]
    assert report.people == 1
    assert "1 of 2 people registered for this time slot came" in page.text


@pytest.mark.parametrize(("attendance", "people"), [("came", 1), ("absent", 2)])
def test_page_leads_to_writing_to_those_who_came_or_did_not(admin_client, slot, amina, attendance, people):
    for name in ("b", "c"):
        register(slot, name, f"{name}@example.org")
    page = read(admin_client, slot, webex(times_of("amina@example.org")))
    [link] = [link for link, _words in page.context["writing"] if attendance in link]

    form = admin_client.get(link).context["form"]
    typed = {name: value for name, value in form.initial.items() if value} | {"subject": "Thanks", "text": "Slides"}
    page = admin_client.post(link, typed, follow=True)

    assert f'href="{link.replace("&", "&amp;")}"' in admin_client.get(address(slot)).text
    assert page.context["number"] == people


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
