"""What staff see of a person, and what they do not."""

from django.contrib import admin
from django.db.models import CharField, TextField

from registrations.models import Participant, Registration

# What is not on the page, and why.
NOT_SHOWN = {
    **dict.fromkeys(["id", "key", "feed_key", "stop_key"], "Keys are for the person alone."),
    **dict.fromkeys(["mailbox", "name_key"], "Name and address once more, folded."),
    **dict.fromkeys(["named_by", "confirmed_at"], "In the table of registrations."),
}
# Texts that staff do not search for, and why.
NOT_SEARCHED = {
    **dict.fromkeys(["country", "stakeholder", "language", "timezone", "calendar_entries"], "One of a list."),
    **dict.fromkeys(["consent_version", "consent_text"], "The same for many."),
    "access_needs": "May tell of a person's health; read it on the page.",
}
IN_WORDS = {"country_of": "country", "consented": "consented_at", "erased": "anonymised_at"}


def test_each_field_is_on_the_page_or_left_out_for_a_reason():
    sets = [options["fields"] for _title, options in admin.site._registry[Participant].fieldsets]

    shown = {IN_WORDS.get(name, name) for names in sets for name in names}

    assert {field.name for field in Participant._meta.concrete_fields} == shown | set(NOT_SHOWN), (
        "add it to `fieldsets` in admin/people/participant.py, or say in NOT_SHOWN why staff do not see it"
    )


def test_each_text_is_searched_or_left_out_for_a_reason():
    of_person = admin.site._registry[Participant].search_fields
    of_registration = admin.site._registry[Registration].search_fields
    texts = {field.name for field in Participant._meta.concrete_fields if isinstance(field, CharField | TextField)}

    assert texts - set(NOT_SHOWN) - set(NOT_SEARCHED) == set(of_person), (
        "add it to `search_fields` in admin/people, or say in NOT_SEARCHED why nobody looks for it"
    )
    assert {f"participant__{name}" for name in of_person} == set(of_registration)
