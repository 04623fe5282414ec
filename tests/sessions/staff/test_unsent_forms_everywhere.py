"""Whatever staff send from any page of the desk comes back after a sign-in, filled in, and does nothing by itself."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.urls import resolve, reverse

from sessions.staff import unsent_forms
from tests.factories import (
    AttendanceUploadFactory,
    MessageFactory,
    OccurrenceFactory,
    ParticipantFactory,
    SessionFactory,
)
from tests.support.page_forms import Form, forms_in
from tests.support.registrations.circulars import draft
from tests.support.sessions.signed_out import cookie_of, send_without_a_sign_in, without_sign_ins
from tests.support.sessions.staff_addresses import OWNER, PEOPLE, TABLE, address, one_of_everything
from tests.support.staff import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
WORDS = "Your sign-in had ended or changed"
# No pages: a script, a picture, and what is in a frame.
SHOW_NOTHING = {"jsi18n", "handbook_picture", "registrations_circular_formatted"}
OF_COLLEAGUES = ("change", "remove", "bring_back", "invite_again", "second_factor")
# Sent to where a page only leads on.
EVERYTHING = {"confirm": ["yes"], "_save": ["1"], "people": ["1"]}


@pytest.fixture
def anna():
    return User.objects.create_superuser("anna", "anna@example.org", password=PASSWORD)


@pytest.fixture
def rows():
    return one_of_everything()


def addresses_of_the_desk(rows) -> dict[str, str]:
    """Those that an administrator is not refused."""
    colleague = User.objects.create_user("luis", email="luis@example.org", is_staff=True)
    found = {name: address(name, rows) for name, answers in TABLE.items() if answers[PEOPLE.index(OWNER)] != 403}
    found |= {f"auth_user_{name}": reverse(f"admin:auth_user_{name}") for name in ("changelist", "add")}
    found |= {f"auth_user_{name}": reverse(f"admin:auth_user_{name}", args=[colleague.pk]) for name in OF_COLLEAGUES}
    # Of a table of somebody else.
    not_there = {"online_sessions_uploadedtable_columns", "registrations_attendanceupload_columns"}
    return {name: path for name, path in found.items() if name not in not_there | SHOW_NOTHING}


def in_other_states(rows) -> list[str]:
    """Pages that have a form only of rows in another state than those of the table of addresses."""
    session, person, slot = rows["session"], rows["participant"], rows["occurrence"]
    other = ParticipantFactory(season=person.season, organisation="Museum")
    guests = SessionFactory(season=session.season, access="invitation", registration_opens_at=slot.starts_at)
    called_off = OccurrenceFactory(session=guests, called_off_at=slot.changed_at)
    OccurrenceFactory(session=guests, starts_at=called_off.ends_at, ends_at=called_off.ends_at + timedelta(hours=1))
    written = draft(session.season, everybody=True)
    mail = MessageFactory(participant=person, registration=rows["registration"], status="failed")
    there = f"Zoe;zoe@example.org;{slot.starts_at:%Y-%m-%d %H:%M};{slot.ends_at:%Y-%m-%d %H:%M}"
    report = AttendanceUploadFactory(
        occurrence=slot,
        uploaded_by=User.objects.get(username="anna"),
        octets=f"Name;Email;Join time;Leave time\n{there}".encode(),
        said={"zone": "UTC"},
    )
    return [
        f"{of('registrations_participant_merge', person)}?other={other.pk}",
        f"{of('registrations_seatremoval_take')}?registration={rows['registration'].pk}",
        f"{of('online_sessions_season_open', session.season)}?session={guests.pk}",
        *(of(f"registrations_circular_{name}", written) for name in ("write", "preview", "delete_draft")),
        of("online_sessions_session_invite", guests),
        of("online_sessions_occurrence_revive", called_off),
        of("registrations_message_send_again", mail),
        of("registrations_message_post"),
        of("registrations_occurrence_attendance_preview", slot),
        of("registrations_attendanceupload_columns", report),
    ]


def of(name, *rows) -> str:
    return reverse(f"admin:{name}", args=[row.pk for row in rows])


@pytest.mark.thorough
def test_every_form_comes_back_as_it_was_filled_in_and_does_nothing(anna, rows):
    desk, cookie, lost, found = sign_in(Client(), anna), cookie_of(anna), {}, 0
    paths, before = [*addresses_of_the_desk(rows).values(), *in_other_states(rows)], without_sign_ins()

    for path in paths:
        page = desk.get(path)
        forms = _forms(page, path) if page.status_code == 200 else [Form(path, "post", EVERYTHING)]
        for form in forms:
            lost |= _lost(form, send_without_a_sign_in(anna, cookie, form.action, _filled(form)))
        desk, found = sign_in(desk, anna), found + len(forms)

    assert lost == {}
    assert found > 50
    assert without_sign_ins() == before


def _lost(form, page) -> dict:
    """By page and entry, what was sent and what the page has after the sign-in."""
    if page.status_code != 200 or WORDS not in page.text:
        return {form.action: page.status_code}
    sent, forms = _filled(form), [each for each in _forms(page, form.action) if each.action == form.action]
    entries = (form.typed | form.offered.keys()) & sent.keys()
    if not forms:
        return {form.action: sorted(entries)} if entries else {}
    values = max((each.values for each in forms), key=lambda values: len(values.keys() & entries))
    return {(form.action, name): (sent[name], values.get(name)) for name in entries if values.get(name) != sent[name]}


def _forms(response, path):
    forms = forms_in(response.text, path)
    for form in forms:
        form.action = form.action.removeprefix("http://testserver")
    return [form for form in forms if form.method == "post" and _is_kept(form.action)]


def _is_kept(path) -> bool:
    return resolve(urlsplit(path).path).url_name not in unsent_forms.NOT_KEPT


def _filled(form) -> dict[str, list[str]]:
    """All that can be typed is, and of each choice the last is made."""
    typed = {name: [f"typed-{number}"] for number, name in enumerate(sorted(form.typed))}
    filled = form.values | typed | {name: [values[-1]] for name, values in form.offered.items()}
    # Of rows that a script would add.
    return {name: values for name, values in filled.items() if "__prefix__" not in name}


@pytest.mark.parametrize("name", ["password_change", "logout"])
def test_passwords_are_not_kept_and_who_signs_out_is_led_to_the_desk(anna, name):
    path = reverse(f"admin:{name}")
    client = sign_in(Client(), anna)
    client.get(reverse("admin:index"))
    BrowserSession.objects.all().delete()

    led = client.post(path, {"old_password": PASSWORD, "new_password1": "secret words"})

    assert led.url == "/admin/login/?next=/admin/"
    assert "secret" not in str(dict(client.session.items()))
