"""What staff see of a person, and what they do not."""

import pytest
from django.contrib import admin
from django.db.models import CharField, TextField
from django.urls import reverse
from django.utils import timezone

from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Participant
from registrations.people import search
from tests.factories import ParticipantFactory, RegistrationFactory

# What is not on the page, and why.
NOT_SHOWN = {
    **dict.fromkeys(["id", "key", "feed_key", "stop_key"], "Keys are for the person alone."),
    "name_key": "The name once more, folded.",
    "certificate_name": "On the page of certificates.",
    "search_text": "Name, address and organisation once more, folded.",
    **dict.fromkeys(["named_by", "confirmed_at"], "In the table of registrations."),
}
# Texts that staff do not search for, and why.
NOT_SEARCHED = {
    **dict.fromkeys(["country", "stakeholder", "language", "timezone", "calendar_entries"], "One of a list."),
    **dict.fromkeys(["consent_version", "consent_text"], "The same for many."),
    "mailbox": "The address once more, folded.",
    "certificate_name": "Of those who wrote it otherwise: the certificates are searched by it.",
    "access_needs": "May tell of a person's health; read it on the page.",
}
IN_WORDS = {
    "country_of": "country",
    "consented": "consented_at",
    "erased": "anonymised_at",
    "first_opened": "page_opened_at",
    "mailbox_state": "mailbox",
}


def test_each_field_is_on_the_page_or_left_out_for_a_reason():
    sets = [options["fields"] for _title, options in admin.site._registry[Participant].fieldsets]

    shown = {IN_WORDS.get(name, name) for names in sets for name in names}

    beside = {"answered", "region_of"}
    assert {field.name for field in Participant._meta.concrete_fields} == shown - beside | set(NOT_SHOWN), (
        "add it to `fieldsets` in admin/people/participant.py, or say in NOT_SHOWN why staff do not see it"
    )


def test_each_text_is_searched_or_left_out_for_a_reason():
    texts = {field.name for field in Participant._meta.concrete_fields if isinstance(field, CharField | TextField)}

    assert texts - set(NOT_SHOWN) - set(NOT_SEARCHED) == set(search.PLAIN), (
        "add it to `text_of` and PLAIN in people/search.py, or say in NOT_SEARCHED why nobody looks for it"
    )


def test_page_of_a_person_says_what_the_mail_server_said(admin_client, db):
    person = ParticipantFactory()
    page = f"/admin/registrations/participant/{person.pk}/change/"
    assert "none came back" in admin_client.get(page).text

    recording.record(person.mailbox, Verdict.BAD, "5.1.1", "550 5.1.1 User unknown", now=timezone.now())

    assert "takes no mail" in (text := admin_client.get(page).text)
    assert "550 5.1.1 User unknown" in text
    assert "No such address is known there. Correct it if you know the right one" in text
    assert reverse("admin:registrations_message_post") in text


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "words"), [("404", ["Kenya", "Africa"]), ("", ["\N{EN DASH}"])])
def test_pages_of_a_person_and_of_a_registration_say_the_region(admin_client, country, words):
    registration = RegistrationFactory(participant__country=country)

    for page in (f"participant/{registration.participant_id}", f"registration/{registration.pk}"):
        text = admin_client.get(f"/admin/registrations/{page}/change/").text
        assert [word for word in ["Region", *words] if word not in text] == []
