"""Each field of people and registrations is in the exported table, or is left out for a reason."""

import pytest
from django.db.models import DateTimeField

from registrations.admin.people import listing
from registrations.admin.people.export import COLUMNS
from registrations.models import Registration, SeatRemoval
from registrations.people.preferences import Preferences
from tests.factories import (
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


# What is not in the table, and why.
NOT_OF_PARTICIPANT = {
    **dict.fromkeys(["id", "key", "feed_key", "stop_key"], "Keys are for the person alone."),
    **dict.fromkeys(["mailbox", "name_key", "search_text"], "Name and address once more, folded."),
    **dict.fromkeys(Preferences.__annotations__, "For our mails alone."),
    **dict.fromkeys(["consent_version", "consent_text", "consented_at"], "On the page of the person."),
    **dict.fromkeys(["page_opened_at"], "On the page of the person."),
    "anonymised_at": "The name says it.",
    "certificate_name": "On the page of certificates.",
    "season": "That of the session, which is there.",
}


NOT_OF_REGISTRATION = {
    **dict.fromkeys(["id", "join_key", "submission"], "Keys are for the person alone."),
    **dict.fromkeys(["uid", "sequence", "revised_at"], "For the calendar of the person alone."),
    **dict.fromkeys(["entry_was_mailed", "told_parts"], "For the calendar of the person alone."),
    "waiting_since": "The state is there.",
    "unprepared_since": "For the preparing of mails alone.",
    "client_digest": "Security data, gone after a day.",
    "is_by_telephone": "On the audit trail.",
    **dict.fromkeys(["removal", "is_barred"], "On the page of the places that were taken away."),
}


OTHER = {"country": "756", "stakeholder": "ngo", "status": "cancelled", "attended_seconds": 600}


def differs(row, field) -> bool:
    """Whether the table says something else when the field is another one."""
    registration = row if isinstance(row, Registration) else RegistrationFactory(participant=row)
    before = row_of(registration)
    was = getattr(row, field.name)
    if field.is_relation:
        other = {"participant": ParticipantFactory, "named_by": ParticipantFactory, "session": SessionFactory}
        other["removal"] = SeatRemoval
        setattr(row, field.name, other.get(field.name, OccurrenceFactory)())
    elif isinstance(field, DateTimeField):
        setattr(row, field.name, None if was else registration.registered_at)
    elif isinstance(was, bool):
        setattr(row, field.name, not was)
    else:
        setattr(row, field.name, OTHER.get(field.name, 7 if isinstance(was, int) else "Other"))
    return row_of(registration) != before


def row_of(registration) -> list:
    listing.place([registration])
    # What the table asks the database for.
    registration.has_come = False
    return [value(registration) for _heading, value in COLUMNS]


@pytest.mark.parametrize(
    ("factory", "left_out"), [(ParticipantFactory, NOT_OF_PARTICIPANT), (RegistrationFactory, NOT_OF_REGISTRATION)]
)
def test_each_field_is_in_the_table_or_left_out_for_a_reason(factory, left_out):
    fields = [field for field in factory._meta.model._meta.concrete_fields if field.name not in ("id", "season")]

    shown = {field.name for field in fields if not differs(factory(), field)}

    assert shown == set(left_out) - {"id", "season"}, (
        "add it to COLUMNS in admin/people/export.py, or say here why it is not in the table"
    )


def test_columns_have_names_of_their_own():
    assert len({str(heading) for heading, _value in COLUMNS}) == len(COLUMNS)
