"""Excel files with guests: read by the worker, and refused in words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registrations.invitations import table_uploads
from registrations.models import UploadedTable
from tests.support.registrations.inviting import hidden_slot
from tests.support.sessions.admin_pages import page
from tests.support.sessions.guest_tables import names, read_by_the_worker, see, upload
from tests.support.sessions.workbooks import ROWS, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return hidden_slot(session__title="Behind doors").session


def test_workbook_waits_for_the_worker(admin_client, session):
    address = upload(admin_client, session, "ordinary.xlsx")

    waiting = admin_client.get(address).text
    read_by_the_worker()

    assert '<meta http-equiv="refresh" content="2">' in waiting
    assert names(see(admin_client, address)) == [(2, "Zoé Müller", "UNEP")]


def test_another_sheet_is_read(admin_client, session):
    address = upload(admin_client, session, "people.xlsx", workbook([["Only notes"]], ROWS))
    read_by_the_worker()
    shown = admin_client.get(address).text
    assert "Only the sheet “Sheet 0” was read." in shown
    assert "Only notes" in shown

    admin_client.post(address, {"read": "yes", "read-sheet": "1"})
    read_by_the_worker()

    assert names(see(admin_client, address)) == [(2, "Zoé Müller", "")]


def test_worker_that_is_away_is_said_after_a_while(admin_client, session):
    address = upload(admin_client, session, "ordinary.xlsx")
    UploadedTable.objects.update(asked_at=timezone.now() - timedelta(seconds=31))

    shown = admin_client.get(address).text

    assert "the program that reads Excel files does not answer" in shown
    assert "http-equiv" not in shown


def test_file_whose_reader_was_killed_is_not_read_again(admin_client, session):
    address = upload(admin_client, session, "ordinary.xlsx")
    long_ago = timezone.now() - timedelta(seconds=31)
    UploadedTable.objects.update(asked_at=long_ago, started_at=long_ago)

    table_uploads.read(upload_id=UploadedTable.objects.get().pk, now=timezone.now())
    shown = admin_client.get(address).text

    assert "Reading this file took too long and was stopped." in shown
    assert bytes(UploadedTable.objects.get().octets) == b""


@pytest.mark.parametrize(
    ("name", "octets", "words"),
    [
        ("strict.xlsx", None, "saved as Strict Open XML. Save it as Excel Workbook (.xlsx)"),
        ("broken.xlsx", b"PK\x03\x04junk", "This file cannot be opened as an Excel file."),
    ],
)
def test_workbook_that_cannot_be_read_says_why_beside_the_field_and_is_not_kept(
    admin_client, session, name, octets, words
):
    address = upload(admin_client, session, name, octets)
    read_by_the_worker()

    answer = admin_client.get(address)

    assert words in str(answer.context["form"].errors["file"])
    assert words in answer.text
    assert bytes(UploadedTable.objects.get().octets) == b""


def test_password_is_said_at_once(admin_client, session):
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

    answer = admin_client.post(
        page("session_invite", session.pk), {"file": SimpleUploadedFile("people.xlsx", protected)}
    )

    assert "protected by a password" in answer.text
