"""The page on which staff say what is in a table of guests: nobody is invited from it before."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.utils import timezone

from registrations.invitations import table_uploads
from registrations.models import Invitation, InvitationBatch, UploadedTable
from sessions.staff import unsent_forms
from tests.support.registrations.inviting import hidden_slot, invite
from tests.support.sessions.guest_tables import invite_from, names, paste, see, upload
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return hidden_slot(session__title="Behind doors").session


def test_file_shows_how_it_was_read_and_its_columns_before_anything_else(admin_client, session):
    shown = admin_client.get(upload(admin_client, session, "cyrillic.csv")).text

    assert "Cyrillic (Windows-1251) is a guess" in shown
    assert "Сергей Иванов" in shown
    assert '<option value="name" selected>Whole name</option>' in shown
    assert not Invitation.objects.exists()


def test_chosen_columns_lead_to_the_preview_and_the_invitations(admin_client, session):
    address = upload(admin_client, session, "unknown-headings.csv")

    preview = see(admin_client, address, Vorname="given", Nachname="family")
    invite_from(admin_client, session, preview, "1")

    assert names(preview) == [(2, "Jörg Müller", "")]
    assert Invitation.objects.get().name == "Jörg Müller"
    assert InvitationBatch.objects.get().source == "unknown-headings.csv"


def test_column_that_nobody_has_named_keeps_the_list_back_and_loses_nothing(admin_client, session):
    address = upload(admin_client, session, "unknown-headings.csv")

    answer = see(admin_client, address, Vorname="given")

    assert answer.context["form"].errors == {"column1": ["Choose what this column is, or leave it out."]}
    assert answer.context["form"]["column0"].value() == "given"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"Vorname": "name", "Nachname": "name"}, "Another column is this already."),
        ({"Vorname": "name", "Nachname": "family"}, "Choose either the whole name or its parts"),
        (
            {"Vorname": "given", "Nachname": "family", "E-Mail-Adresse": "left-out"},
            "Choose the column that has the e-mail",
        ),
        ({"Vorname": "nonsense", "Nachname": "family"}, "nonsense is not one of the available choices."),
    ],
)
def test_choice_that_makes_no_sense_says_why(admin_client, session, chosen, words):
    answer = see(admin_client, upload(admin_client, session, "unknown-headings.csv"), **chosen)

    assert words in answer.text
    assert "is_preview" not in answer.context


def test_choice_that_came_without_a_sign_in_is_back_after_the_next_one(admin_client, admin_user, session):
    address = upload(admin_client, session, "unknown-headings.csv")
    sent = {"columns-headings": "1", "columns-headings_shown": "1", "columns-column0": "given"}
    admin_client.get(address)
    admin_client.logout()
    # The cookie by which the desk knows whose form it is, as `logout` takes all of them.
    admin_client.cookies[unsent_forms.COOKIE] = signing.dumps(admin_user.pk, salt=unsent_forms.SALT)

    admin_client.post(address, sent)
    back = sign_in(admin_client, admin_user).get(address)

    assert "Your form is back" in back.text
    assert back.context["form"]["column0"].value() == "given"


def test_columns_that_are_left_out_are_named(admin_client, session):
    preview = see(admin_client, upload(admin_client, session, "delegation-list.csv"))

    assert "These columns are left out: Title, Function." in preview.text


def test_lines_above_the_headings_are_said_to_be_left_out(admin_client, session):
    preview = see(admin_client, upload(admin_client, session, "title-above.csv"))

    assert "1 line above the headings is left out." in preview.text


def test_other_headings_bring_the_columns_anew(admin_client, session):
    address = upload(admin_client, session, "title-above.csv")
    form = admin_client.get(address).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() is not None}

    answer = admin_client.post(address, sent | {"columns-headings": "0"})

    assert "The headings are now those of another line" in answer.text
    assert [column.title for column in answer.context["form"].columns] == ["A", "B", "C"]


def test_file_is_read_in_another_encoding(admin_client, session):
    address = upload(admin_client, session, "people.csv", "Name;E-mail\nDvořák;d@x.example".encode("cp1250"))
    assert "Dvoøák" in admin_client.get(address).text

    admin_client.post(address, {"read": "yes", "read-encoding": "cp1250", "read-delimiter": str(ord(";"))})

    shown = admin_client.get(address).text
    assert "Dvořák" in shown
    assert "is a guess" not in shown


@pytest.mark.parametrize("sent", [{}, {"read-encoding": "utf-9"}, {"read-encoding": "utf-8", "read-delimiter": "x"}])
def test_way_to_read_that_there_is_not_is_refused_in_words(admin_client, session, sent):
    address = upload(admin_client, session, "cyrillic.csv")

    answer = admin_client.post(address, {"read": "yes"} | sent)

    assert answer.context["reading_form"].errors
    assert "Сергей Иванов" in answer.text


@pytest.mark.parametrize(
    "text", ["Vorname;Nachname;E-Mail\nJörg;Müller;joerg@amt.example", "Jörg\tMüller\tjoerg@amt.example"]
)
def test_pasted_table_goes_the_same_way(admin_client, session, text):
    answer = paste(admin_client, session, text)

    assert "What is in each column?" in answer.text
    assert [field.value() for _column, field in answer.context["form"].shown] == ["", "", "email"]


def test_invited_people_leave_no_file_behind(admin_client, session):
    preview = see(admin_client, upload(admin_client, session, "own-words.csv"))

    invite_from(admin_client, session, preview, "1")

    assert not UploadedTable.objects.exists()


def test_file_of_yesterday_is_deleted(admin_client, session):
    upload(admin_client, session, "own-words.csv")
    UploadedTable.objects.update(uploaded_at=timezone.now() - table_uploads.KEPT - timedelta(minutes=1))

    assert table_uploads.delete_old(now=timezone.now()) == 1


def test_nobody_else_sees_the_table(admin_client, client, session):
    address = upload(admin_client, session, "own-words.csv")
    other = User.objects.create_superuser("other")

    assert sign_in(client.__class__(), other).get(address).status_code == 404


def test_who_is_invited_already_is_said_on_the_preview(admin_client, session):
    invite(session, "Amina Otieno")

    preview = see(admin_client, upload(admin_client, session, "own-words.csv"))

    assert [line.problem for line in preview.context["bad"]] == ["Invited already."]


def test_cells_never_become_markup(admin_client, session):
    octets = b'<b>Name</b>;E-mail;x\n"<script>alert(1)</script>";a@x.example;1\n'

    shown = admin_client.get(upload(admin_client, session, "<img src=x>.csv", octets)).text

    assert "<script>alert(1)" not in shown
    assert "<b>Name" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_list_that_is_too_long_for_a_form_says_so(admin_client, session):
    octets = ("Name;E-mail\n" + "".join(f"{'N' * 250} Otieno;a{n}@x.example\n" for n in range(900))).encode()

    answer = see(admin_client, upload(admin_client, session, "people.csv", octets))

    assert "This is too much at once: at most 1,000 lines." in answer.text


def test_twenty_columns_and_a_thousand_lines_are_shown_in_few_queries(
    admin_client, session, django_assert_max_num_queries
):
    line = ";".join(f"cell {number}" for number in range(20))
    octets = "".join(f"{line};a{number}@x.example\n" for number in range(1000)).encode()
    address = upload(admin_client, session, "people.csv", octets)

    with django_assert_max_num_queries(12):
        answer = admin_client.get(address)

    assert len(answer.context["form"].columns) == 21
    assert "1000 lines with content" in answer.text


def test_session_that_is_over_takes_no_guests_from_a_table(admin_client, session):
    address = upload(admin_client, session, "own-words.csv")
    session.occurrences.update(called_off_at=timezone.now())

    answer = admin_client.get(address, follow=True)

    assert "This session has no time slot to come" in answer.text
