"""Registrations ticked in the list leave as a table, and no others."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from registrations.models import StaffAction
from tests.factories import RegistrationFactory
from tests.support.staff import registration_officer

pytestmark = pytest.mark.django_db


def export_ticked(client, kind, *registrations):
    sent = {"action": f"ticked_as_{kind}", "_selected_action": [each.pk for each in registrations]}
    return client.post(reverse("admin:registrations_registration_changelist"), sent)


def test_ticked_rows_alone_leave_and_that_is_on_record(client):
    officer, ticked = registration_officer(client), RegistrationFactory.create_batch(2)
    RegistrationFactory(participant__name="Not Ticked")

    lines = export_ticked(officer, "csv", *ticked).getvalue().decode("utf-8-sig").splitlines()
    excel = load_workbook(io.BytesIO(export_ticked(officer, "excel", ticked[0]).getvalue()))["Registrations"]

    names = sorted(row["Name"] for row in csv.DictReader(lines, delimiter=";"))
    assert names == sorted(each.participant.name for each in ticked)
    assert [row[0] for row in excel.iter_rows(min_row=2, values_only=True)] == [ticked[0].participant.name]
    assert [action.after for action in StaffAction.objects.order_by("pk")] == [
        {"rows": 2, "file": "csv", "ticked_in_the_list": True},
        {"rows": 1, "file": "xlsx", "ticked_in_the_list": True},
    ]
