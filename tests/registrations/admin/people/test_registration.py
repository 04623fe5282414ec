"""What staff see of a registration and its person, and what they do not."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from registrations.models import Participant, Registration
from registrations.people.preferences import Preferences

IN_WORDS = {
    Registration: {
        **{"occurrence": "slot", "registered_at": "registered", "cancelled_at": "cancelled", "joined_at": "joined"},
        "attended_seconds": "attended",
        **{"participant": "person", "removal": "taken_away"},
    },
    Participant: {"name": "person", "named_by": "signed_up_by", "confirmed_at": "said_yes"},
}
ON_PAGE_OF_PERSON = "On the page of the person, which this one links to."
OF_MAILS = "What calendars and mails need; the list of mails is on the page."
NOT_SHOWN = {
    Registration: {
        **dict.fromkeys(["id", "join_key"], "Keys are for the person alone."),
        **dict.fromkeys(
            ["uid", "sequence", "revised_at", "entry_was_mailed", "told_parts", "unprepared_since"], OF_MAILS
        ),
        "waiting_since": "The list shows the place, which the program keeps.",
        "client_digest": "Security data, gone after a day.",
        "is_by_telephone": "On the audit trail, with who entered it.",
        "is_barred": "On the page of the removal, to which a link leads.",
        "submission": "The form that it came with, so that one sent twice counts once.",
    },
    Participant: {
        **dict.fromkeys(["id", "key", "feed_key", "stop_key"], "Keys are for the person alone."),
        **dict.fromkeys(["mailbox", "name_key", "search_text"], "Name and address once more, folded."),
        **dict.fromkeys(["season", "language", "timezone", "page_opened_at", "anonymised_at"], ON_PAGE_OF_PERSON),
        "certificate_name": "On the pages of certificates.",
        **dict.fromkeys(Preferences.__annotations__, ON_PAGE_OF_PERSON),
        **dict.fromkeys(["consent_version", "consent_text", "consented_at"], ON_PAGE_OF_PERSON),
    },
}


def test_each_field_is_on_the_page_or_left_out_for_a_reason():
    shown = set(flatten_fieldsets(admin.site._registry[Registration].fieldsets))

    for model, left_out in NOT_SHOWN.items():
        names = {field.name for field in model._meta.concrete_fields}
        missing = {name for name in names if IN_WORDS[model].get(name, name) not in shown}
        assert missing == set(left_out), f"put each field of {model.__name__} on the page, or say here why not"
