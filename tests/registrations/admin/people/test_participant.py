"""What staff see of a person, and what they do not."""

from django.contrib import admin

from registrations.models import Participant

# What is not on the page, and why.
NOT_SHOWN = {
    **dict.fromkeys(["id", "key", "feed_key", "stop_key"], "Keys are for the person alone."),
    **dict.fromkeys(["mailbox", "name_key"], "Name and address once more, folded."),
    **dict.fromkeys(["named_by", "confirmed_at"], "In the table of registrations."),
}
IN_WORDS = {"country_of": "country", "consented": "consented_at", "erased": "anonymised_at"}


def test_each_field_is_on_the_page_or_left_out_for_a_reason():
    sets = [options["fields"] for _title, options in admin.site._registry[Participant].fieldsets]

    shown = {IN_WORDS.get(name, name) for names in sets for name in names}

    assert {field.name for field in Participant._meta.concrete_fields} == shown | set(NOT_SHOWN), (
        "add it to `fieldsets` in admin/people/participant.py, or say in NOT_SHOWN why staff do not see it"
    )
