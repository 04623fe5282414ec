"""Each stored field is in the file of somebody's own data, and all of the file is on the page."""

import pytest
from django.template.loader import render_to_string

from registrations.models import (
    AdmissionRequest,
    AskedQuestion,
    AttendanceInterval,
    Certificate,
    ClearedSuspect,
    Delegation,
    FeedbackTicket,
    Invitation,
    Message,
    NextSeasonSubscriber,
    Participant,
    Registration,
)
from registrations.people.preferences import MAIL_PREFERENCES
from registrations.presenters.my_data import OwnDataPage
from registrations.privacy import my_data
from tests.factories import (
    DelegationFactory,
)
from tests.support.registrations.my_data import person_with_everything
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


# What is not in the file, and why that is right.
LEFT_OUT = {
    Participant: {
        *("id", "key", "feed_key", "stop_key"),  # keys
        *("mailbox", "name_key", "search_text"),  # name and address once more, folded
        *("season", "anonymised_at", "named_by"),
    },
    Certificate: {
        *("id", "key", "number_digest", "name_digest"),  # keys, and what is made of number and name
        *("season", "participant", "email", "language"),  # the person's own
        *("issue", "percent", "issued_by", "withdrawn_by"),  # of the staff
    },
    Registration: {"id", "join_key", "submission", "unprepared_since", "participant", "session", "occurrence"},
    AttendanceInterval: {"id", "report", "registration"},
    Message: {
        *("octets", "dedupe_key", "message_id"),  # hold keys
        "written_from",  # names of others
        *(
            "id",
            "participant",
            "registration",
            "invitation",
            "change",
            "announcement",
            "subscriber",
            "circular",
            "transfer",
        ),
        *("sequence", "known_starts_at", "known_ends_at", "knew_called_off", "hours_before", "said_in"),  # of the slot
        "known_parts",
        *(
            "expires_at",
            "due_at",
            "leased_until",
            "attempts",
            "may_have_left",
            "refused_since",
            "paused_post_at",
            "sent_again_at",
            "settled_at",
            "settled_by",
        ),  # of the queue
    },
    Invitation: {
        *("id", "session", "batch", "key", "mailbox", "name_key", "invited_by", "registration", "unprepared_since"),
    },
    AdmissionRequest: {"id", "invitation", "mailbox"},
    AskedQuestion: {"id", "participant", "question", "digest"},  # the session is there
    FeedbackTicket: {"key", "participant", "session"},
    ClearedSuspect: {"id", "participant", "cleared_by", "likeness"},  # in what others are like the person
    NextSeasonSubscriber: {"id", "stop_key"},
    Delegation: {
        *("key", "submission"),  # keys
        *("named", "occurrences", "takes_part"),  # of the people named, who are others
        *(
            "email",
            "mailbox",
            "details",
            "consent_version",
            "consent_text",
        ),  # on the page of the delegation, for a week
        *("id", "season", "signed_up_at"),
    },
}


# What the file has and the page has not.
NOT_ON_PAGE = {
    *("season", "season title", "season address", "season ends_on"),  # of the season, whose title is above
    *(
        "registrations ends_at",
        "registrations calendar_entry revised_at",
        "registrations calendar_entry parts_by_mail",
    ),  # when it begins, its parts, and the revision, are there
    *("mails to", "mails written_at"),  # the person's own address; when it left is there
    "invitations language",
    "account mailbox",  # the person's own address
}


ELSEWHERE = {
    "stakeholder": "stakeholder_group",
    "timezone": "time_zone",
    **{preference.column: what for what, preference in MAIL_PREFERENCES.items()},
    "unwanted_leads": "reminder_hours_not_wanted",
    "consent_version": "version",
    "consent_text": "text",
    "consented_at": "agreed_at",
    "status": "state",
    "cleared_at": "noted_as_real_at",
    "page_opened_at": "page_first_opened_at",
    "uid": "uid",
    "sequence": "revision",
    "entry_was_mailed": "by_mail",
    "told_parts": "parts_by_mail",
    "recipient": "to",
    "rehearsal": "kept_for_staff",
    "removal": "taken_away",
    "is_barred": "may_register_again",
    "is_by_telephone": "by_telephone",
    "mailbox": "address",
    "queued_at": "written_at",
    "last_error": "problem",
    "emptied_at": "text_removed_at",
    "is_granted": "granted",
    "decision": "known_by",
}


@pytest.fixture
def person():
    return person_with_everything()


def names_in(found) -> set[str]:
    if isinstance(found, dict):
        return set(found) | {name for value in found.values() for name in names_in(value)}
    return {name for value in found for name in names_in(value)} if isinstance(found, list) else set()


@pytest.mark.parametrize("model", LEFT_OUT)
def test_every_field_is_in_the_file_or_left_out_for_a_reason(person, model):
    names = names_in(my_data.of(person, now=NOW))

    fields = {field.name for field in model._meta.concrete_fields} - LEFT_OUT[model]
    missing = {name for name in fields if ELSEWHERE.get(name, name) not in names}
    assert missing == set(), "add it to privacy/my_data.py, or say in LEFT_OUT why the person does not get it"


class Noted(dict):
    """Remembers what was asked for."""

    def __init__(self, found):
        super().__init__({name: noted(value) for name, value in found.items()})
        self.asked = set()

    def __getitem__(self, name):
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name):
        return self[name] if name in self.keys() else None


def noted(found):
    if isinstance(found, dict):
        return Noted(found)
    return [noted(value) for value in found] if isinstance(found, list) else found


def not_asked(found, path="") -> set[str]:
    """The paths of names that nobody asked for."""
    if isinstance(found, list):
        return {name for value in found for name in not_asked(value, path)}
    if not isinstance(found, Noted):
        return set()
    here = {f"{path} {name}".strip() for name in found.keys() - found.asked}
    return here.union(*(not_asked(value, f"{path} {name}".strip()) for name, value in found.items()))


def test_page_shows_all_that_is_in_the_file(person):
    DelegationFactory(season=person.season, email=person.email, details={"name": person.name})
    page = OwnDataPage(noted(my_data.of(person, now=NOW)))

    render_to_string("registrations/own_data.html", {"page": page, "participant": person})

    assert not_asked(page.found) == NOT_ON_PAGE
