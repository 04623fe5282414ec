"""Registrations as a table: nothing in it computes, leaks a key or is lost."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from openpyxl import load_workbook

from registrations.admin.people import export
from registrations.admin.people.export import COLUMNS
from registrations.models import Registration, StaffAction
from sessions.tables.writing_workbooks import CONTENT_TYPE
from tests.factories import (
    AttendanceReportFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.signing_up import register
from tests.support.registrations.story_of_parts import DAY, MORNING, slot_in_parts
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/registrations/registration/export/"
NAMES = ["O'Brien, Ana", "محمد عبد الله", "\u200fمريم", "李小龙", 'Ana "Nani" M.', "Nguyễn Thị Minh"]


def octets(client, kind="csv", **filters) -> bytes:
    address = f"{ADDRESS}?{'&'.join(f'{name}={value}' for name, value in filters.items())}"
    return client.post(address, {kind: ""}).getvalue()


def table(client, **filters) -> list[dict]:
    return list(csv.DictReader(io.StringIO(octets(client, **filters).decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("character", ["=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}"])
def test_cell_never_computes(admin_client, character):
    RegistrationFactory(
        participant__access_needs=f"{character}HYPERLINK(A1)", participant__organisation=f"{character}1+1"
    )

    [row] = table(admin_client)

    assert (row["Access needs"], row["Organisation"]) == (f"'{character}HYPERLINK(A1)", f"'{character}1+1")


@pytest.mark.parametrize("name", NAMES)
def test_name_comes_as_it_was_written(admin_client, name):
    RegistrationFactory(participant__name=name, participant__access_needs='Captions,\r\nplease; "now"')

    [row] = table(admin_client)

    assert (row["Name"], row["Access needs"]) == (name, 'Captions,\r\nplease; "now"')


def test_file_begins_with_the_mark_of_utf_8_and_has_no_key(admin_client):
    registration = RegistrationFactory(submission="form-of-the-person")
    person = registration.participant

    file = octets(admin_client)

    keys = [person.key, person.feed_key, person.stop_key, registration.join_key, registration.uid, "form-of-the"]
    assert file.startswith(b'\xef\xbb\xbf"Name";"E-mail";')
    assert [key for key in keys if key.encode() in file] == []


def test_every_state_has_its_row_and_says_whether_the_person_confirmed(admin_client):
    point = ParticipantFactory(name="Focal Point")
    slot = OccurrenceFactory(session__season=point.season)
    named = ParticipantFactory(season=point.season, name="Named", named_by=point, confirmed_at=None)
    RegistrationFactory(occurrence=slot, participant=named)
    RegistrationFactory(occurrence=slot, participant__name="Gone", status=Registration.Status.CANCELLED)

    rows = {row["Name"]: row for row in table(admin_client)}

    assert {name: (row["State"], row["Said by the person"], row["Signed up by"]) for name, row in rows.items()} == {
        "Named": ("confirmed", "no", "Focal Point"),
        "Gone": ("cancelled", "yes", ""),
    }
    assert rows["Named"]["Starts (UTC)"] == f"{slot.starts_at:%Y-%m-%d %H:%M}"


def test_hours_are_those_of_the_season_and_of_utc_and_the_country_has_its_region(admin_client):
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, tzinfo=UTC))
    RegistrationFactory(occurrence=slot, participant__country="404")

    [row] = table(admin_client)

    assert (row["Starts (local time)"], row["Local time of"]) == ("2030-10-08 09:00", "Geneva")
    assert (row["Starts (UTC)"], row["Country"], row["Region"]) == ("2030-10-08 07:00", "Kenya", "Africa")


def sheet(client) -> list[dict]:
    """As openpyxl reads the Excel file."""
    found = load_workbook(io.BytesIO(octets(client, "xlsx")))["Registrations"]
    headings, *rows = found.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_who_came_is_said_by_the_report_where_there_is_one(admin_client):
    at = datetime(2030, 9, 17, tzinfo=UTC)
    clicked = RegistrationFactory(joined_at=at)
    there = RegistrationFactory(occurrence=clicked.occurrence, attended_seconds=1800)
    elsewhere = RegistrationFactory(joined_at=at)
    AttendanceReportFactory(occurrence=clicked.occurrence)

    rows = {row["E-mail"]: row for row in table(admin_client)}
    said = [rows[each.participant.email] for each in (clicked, there, elsewhere)]
    assert [row["Came, by the report or else by the link"] for row in said] == ["no", "yes", "yes"]
    assert [row["Minutes in the meeting, by its report"] for row in said] == ["", "30", ""]


def test_slot_in_parts_has_the_times_of_each(admin_client):
    RegistrationFactory(occurrence=slot_in_parts(MORNING, MORNING + DAY))

    [row] = table(admin_client)

    assert row["Its parts (local time)"] == "2030-10-08 09:00–10:00; 2030-10-09 09:00–10:00"


def test_excel_file_has_the_columns_of_the_csv_with_times_as_dates(admin_client):
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, tzinfo=UTC))
    RegistrationFactory(occurrence=slot, participant__access_needs="=1+1")

    [row] = sheet(admin_client)

    assert list(row) == [str(heading) for heading, _value in COLUMNS]
    assert (row["Starts (local time)"], row["Starts (UTC)"]) == (datetime(2030, 10, 8, 9), datetime(2030, 10, 8, 7))
    assert (row["Access needs"], row["Cancelled (UTC)"]) == ("=1+1", None)


def test_who_waits_has_the_place_in_both_files(admin_client):
    slot = OccurrenceFactory(capacity=1)
    for name in ["Seated", "First", "Second"]:
        register(slot, name=name, waits_for={slot.pk})

    in_csv = {row["Name"]: row["Place on the waiting list"] for row in table(admin_client)}
    in_excel = {row["Name"]: row["Place on the waiting list"] for row in sheet(admin_client)}

    assert in_csv == {"Seated": "", "First": "1", "Second": "2"}
    assert in_excel == {"Seated": None, "First": 1, "Second": 2}


def test_file_is_gone_when_the_browser_goes_away_before_it_has_all(rf, admin_user):
    RegistrationFactory()
    request = rf.post(ADDRESS, {"xlsx": ""})
    request.user = admin_user
    answer = export.ExportView.as_view(model_admin=site.get_model_admin(Registration))(request)
    file = answer.file_to_stream

    next(iter(answer))
    answer.close()

    assert file.closed


def test_excel_file_is_whole_before_it_leaves(admin_client):
    RegistrationFactory()

    answer = admin_client.post(ADDRESS, {"xlsx": ""})

    assert answer["Content-Disposition"].startswith('attachment; filename="registrations-')
    assert answer["Content-Type"] == CONTENT_TYPE
    assert "no-store" in answer["Cache-Control"]
    assert int(answer["Content-Length"]) == len(answer.getvalue())


def test_more_than_an_excel_file_takes_is_refused_with_the_filters_kept(admin_client, monkeypatch):
    monkeypatch.setattr(export, "MOST_IN_EXCEL", 1)
    season = RegistrationFactory.create_batch(2, occurrence=OccurrenceFactory())[0].session.season_id

    answer = admin_client.post(f"{ADDRESS}?season={season}", {"xlsx": ""}, follow=True)

    assert answer.redirect_chain == [(f"{reverse('admin:registrations_registration_changelist')}?season={season}", 302)]
    assert "An Excel file can have at most 1 registrations." in answer.text
    assert StaffAction.objects.count() == 0


def test_table_has_what_the_list_shows_by_filter_and_search(admin_client):
    wanted = RegistrationFactory(participant__name="Wanjiru Kamau")
    RegistrationFactory(participant__name="Somebody Else", occurrence=wanted.occurrence)
    RegistrationFactory(participant__name="Other Season")

    of_session = table(admin_client, season=wanted.session.season_id, session=wanted.session_id)
    searched = table(admin_client, q="Kamau")

    assert sorted(row["Name"] for row in of_session) == ["Somebody Else", "Wanjiru Kamau"]
    assert [row["Name"] for row in searched] == ["Wanjiru Kamau"]


def test_more_rows_than_a_page_of_the_list_at_one_number_of_queries(admin_client, django_assert_max_num_queries):
    slot = OccurrenceFactory()
    counts = []
    for more in (1, 120):
        RegistrationFactory.create_batch(more, occurrence=slot)
        with django_assert_max_num_queries(20) as captured:
            rows = table(admin_client)
        counts.append((len(rows), len(captured)))

    assert counts == [(1, counts[0][1]), (121, counts[0][1])]


def test_export_is_on_record_without_what_was_searched_for(admin_client, admin_user):
    registration = RegistrationFactory()

    octets(admin_client, season=registration.session.season_id, q="Otieno")

    [action] = StaffAction.objects.all()
    assert (action.action, action.made_by) == ("exported", admin_user)
    assert action.after == {"rows": 1, "file": "csv", "season": str(registration.session.season_id)}


def test_button_is_above_the_list_with_its_filters(admin_client):
    registration = RegistrationFactory()
    address = reverse("admin:registrations_registration_changelist")

    shown = admin_client.get(address, {"season": registration.session.season_id}).text

    assert f'action="{ADDRESS}?season={registration.session.season_id}"' in shown
    words = ["1 registration in this list:", "Export as an Excel file", "Export as CSV"]
    assert [text for text in words if text not in shown] == []


def test_looking_at_the_address_exports_nothing(admin_client):
    assert admin_client.get(ADDRESS).url == reverse("admin:registrations_registration_changelist")
    assert StaffAction.objects.count() == 0


def test_who_may_not_see_registrations_gets_no_table(client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_participant"))
    sign_in(client, reader)
    RegistrationFactory()

    answer = client.post(ADDRESS)

    assert answer.status_code == 403
    assert "Amina" not in answer.text


@pytest.mark.parametrize(
    "query", ["season=%00", "season=x&slot=-1", "participant__stakeholder__exact=%00", "e=1", "p=-9"]
)
def test_address_that_makes_no_sense_is_no_fault_of_ours(admin_client, query):
    RegistrationFactory()

    assert admin_client.post(f"{ADDRESS}?{query}").status_code in (200, 302, 400)
