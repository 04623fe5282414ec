"""Each field that is stored about people goes with their details, or stays for a reason; our pages say the same.

A developer who adds a field decides here what becomes of it: `anonymise`, `empty`, or a reason below.
"""

import re
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    JSONField,
)
from django.db.models import TextField as Text
from django.urls import reverse

from registrations.enrolment.applicant import Details
from registrations.models import (
    AdmissionRequest,
    Answer,
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
from registrations.next_season import subscription
from registrations.people.preferences import Preferences
from registrations.privacy import anonymisation
from sessions.models import Part, PartsField
from tests.factories import (
    AnswerFactory,
    AskedQuestionFactory,
    AttendanceIntervalFactory,
    DelegationFactory,
    FeedbackTicketFactory,
    InvitationFactory,
    MessageFactory,
    NextSeasonSubscriberFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.certificates import certificate_of, held, was_there

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 15, 12, 0, tzinfo=UTC)
COUNTED = "Numbers stay: how many of which countries and groups registered for what, and came."
AGREED = "It shows what somebody agreed to, and says nothing of who it was."
ENTRY = "The mail that takes the entry out of the calendar needs it, and it says nothing of who it was."
QUEUE = "It shows how the post is doing, and says nothing of who it was."
OURS = "It says nothing of the person."
STAYS = {
    Participant: {
        **dict.fromkeys(["id", "anonymised_at"], OURS),
        **dict.fromkeys(["season", "confirmed_at"], COUNTED),
        **dict.fromkeys(["consent_version", "consent_text", "consented_at"], AGREED),
    },
    Registration: {
        **dict.fromkeys(["id", "participant", "session", "occurrence", "status"], COUNTED),
        **dict.fromkeys(["registered_at", "waiting_since", "cancelled_at", "joined_at", "attended_seconds"], COUNTED),
        **dict.fromkeys(["uid", "sequence", "revised_at", "entry_was_mailed", "told_parts"], ENTRY),
        "unprepared_since": OURS,
        "is_by_telephone": OURS,
        "removal": COUNTED,
    },
    # Deleted as a whole.
    Answer: {},
    AskedQuestion: {},
    ClearedSuspect: {},
    FeedbackTicket: {},
    AttendanceInterval: dict.fromkeys(
        ["id", "report", "registration", "part", "joined_at", "left_at", "decision"], COUNTED
    ),
    Certificate: dict.fromkeys(
        [
            *("id", "season", "session", "issue", "part", "percent", "issued_at", "issued_by"),
            *("withdrawn_at", "withdrawn_by", "replaced_by", "number_digest", "name_digest"),
        ],
        "Who has the number and the name can check it; nothing here says who that is.",
    ),
    Invitation: {
        **dict.fromkeys(["id", "session", "batch", "language", "invited_by", "unprepared_since"], OURS),
        **dict.fromkeys(["invited_at", "opened_at", "accepted_at", "declined_at", "withdrawn_at"], COUNTED),
        "registration": COUNTED,
    },
    AdmissionRequest: dict.fromkeys(["id", "invitation", "asked_at", "answered_at", "is_granted"], COUNTED),
    # When somebody has pressed the button; who erases their data before has the row deleted.
    Delegation: dict.fromkeys(
        ["id", "season", "key", "takes_part", "occurrences", "consent_version", "asked_at", "signed_up_at"],
        "The link in the mail shows for a week that the button was pressed.",
    ),
    Message: {
        **dict.fromkeys(["hours_before", "said_in", "known_parts", "part"], OURS),
        **dict.fromkeys(["id", "kind", "participant", "registration", "invitation", "change", "sequence"], OURS),
        "rehearsal": OURS,
        **dict.fromkeys(["dedupe_key", "message_id", "known_starts_at", "known_ends_at", "knew_called_off"], OURS),
        **dict.fromkeys(["status", "queued_at", "due_at", "expires_at", "leased_until", "attempts"], QUEUE),
        **dict.fromkeys(["may_have_left", "refused_since", "sent_again_at", "paused_post_at", "sent_at"], QUEUE),
        **dict.fromkeys(["announcement", "subscriber", "circular", "transfer"], OURS),
        **dict.fromkeys(["came_back_at", "settled_at", "settled_by", "emptied_at"], QUEUE),
    },
    # A stopped one is deleted as a whole; until then it stays, which its owner has agreed to.
    NextSeasonSubscriber: {},
}
HAVE_NO_PERSON = {
    "AttendanceReport": "The name of a file, and a member of the staff.",
    "AttendanceUpload": "Deleted as a whole, hours after it was uploaded, or as soon as it counts.",
    "CertificateEntry": "What somebody took part in; that it was them goes with the certificate.",
    "CertificateIssue": "A number of people, and a member of the staff; ids of people until each has theirs.",
    "Circular": "Members of the staff, whom they chose, and numbers of people until each has a mail.",
    "CircularWords": "What staff wrote to many.",
    "ClockMove": "Times, and a member of the staff.",
    "Feedback": "Numbers and texts of many, without any way to who gave them (decision 0081).",
    "FeedbackWords": "Without any way to who wrote them; deleted after the term of their season.",
    "Figures": "Numbers of people, stored so that erasing somebody changes none of them.",
    "InvitationBatch": "The name of a file, and a member of the staff.",
    "LastRun": "Names of processes and tasks.",
    "Mailbox": "Deleted as a whole with the last person who has the address.",
    "MovedPerson": "Which time slot a registration was in; who it was goes with its person.",
    "PostPause": "What the mail server answered to the sender.",
    "ReminderRound": "Numbers.",
    "SeasonAnnouncement": "Numbers, and a member of the staff.",
    "SeatRemoval": "A reason from a list, a member of the staff, and words that go with the last of the people.",
    "SlotChange": "Times, and a member of the staff.",
    "Transfer": "A time slot, a number of people, and a member of the staff.",
    "StaffAction": "What staff did; people are numbers there (test_audit.py), and reasons about them go.",
    "UploadedTable": "Deleted as a whole, hours after it was uploaded.",
}
# How the pages name what a person tells us: the privacy page, and the page on which they erase it.
WORDS = {
    "name": ("name", "name"),
    "email": ("e-mail address", "address"),
    "organisation": ("organisation", "organisation"),
    "country": ("country", "country"),
    "stakeholder": ("stakeholder group", "stakeholder group"),
    "language": ("language", "language"),
    "timezone": ("time zone", "choices"),
    "access_needs": ("access needs", "access needs"),
    "calendar_entries": ("calendar invitations", "choices"),
    "wants_reminders": ("reminders", "choices"),
    "unwanted_leads": ("reminders", "choices"),
    "wants_certificates": ("tell you when one is ready", "choices"),
    "wants_announcements": ("if you ask for it, news about recordings and slides", "choices"),
}


def request_of_somebody():
    invitation = InvitationFactory()
    return AdmissionRequest.objects.create(invitation=invitation, asked_at=NOW, mailbox="zoe@example.org")


def person_marked_as_real():
    said = {"cleared_at": NOW, "cleared_by": User.objects.create_user("luis")}
    return ClearedSuspect.objects.create(participant=ParticipantFactory(), likeness="client", **said)


def mail():
    return MessageFactory(status=Message.Status.SENT, sent_at=NOW)


def anonymised(row):
    anonymisation.anonymise([row if isinstance(row, Participant) else row.participant], now=NOW)


def stopped(row):
    subscription.stop(NextSeasonSubscriber.objects.filter(pk=row.pk), now=NOW)


FORGET = {
    Participant: (ParticipantFactory, anonymised),
    Registration: (RegistrationFactory, anonymised),
    Answer: (AnswerFactory, anonymised),
    AskedQuestion: (AskedQuestionFactory, anonymised),
    AttendanceInterval: (AttendanceIntervalFactory, lambda row: anonymised(row.registration)),
    ClearedSuspect: (person_marked_as_real, anonymised),
    Certificate: (lambda: certificate_of(was_there(held())), anonymised),
    FeedbackTicket: (FeedbackTicketFactory, anonymised),
    Invitation: (InvitationFactory, lambda row: anonymisation.anonymise_invitations([row], now=NOW)),
    AdmissionRequest: (request_of_somebody, lambda row: anonymisation.anonymise_requests([row.pk])),
    Delegation: (DelegationFactory, lambda row: Delegation.objects.filter(pk=row.pk).empty(language="ar")),
    Message: (mail, lambda row: Message.objects.filter(pk=row.pk).empty(NOW)),
    NextSeasonSubscriber: (NextSeasonSubscriberFactory, stopped),
}


def some_value(field: Field):
    """Something that is not what an empty field has."""
    if isinstance(field, BooleanField):
        return True
    if isinstance(field, BinaryField):
        return b"octets"
    if isinstance(field, PartsField):
        return (Part(1, NOW, NOW),)
    if isinstance(field, CharField | Text):
        return field.name[: field.max_length]
    if isinstance(field, IntegerField):
        return 7
    if isinstance(field, JSONField):
        return {"typed": field.name}
    if isinstance(field, DateTimeField):
        return datetime(2030, 9, 3, tzinfo=UTC)
    if isinstance(field, DateField):
        return date(2030, 9, 3)
    raise AssertionError(f"say what a filled {field} has")


def filled(row):
    """With something in each field but those that relate to other rows, and the state that decides what is done."""
    plain = [field for field in row._meta.concrete_fields if not field.is_relation and not field.primary_key]
    values = {field.name: some_value(field) for field in plain if field.name not in {"status", "emptied_at"}}
    if isinstance(row, Participant):
        values |= {"anonymised_at": None, "named_by": ParticipantFactory(season=row.season)}
    type(row).objects.filter(pk=row.pk).update(**values)
    return type(row).objects.get(pk=row.pk)


def attnames(row) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]


def stored(row) -> dict:
    """Nothing in any field, if the row is gone."""
    [values] = type(row).objects.filter(pk=row.pk).values() or [dict.fromkeys(attnames(row))]
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


@pytest.mark.parametrize("model", STAYS)
def test_each_field_goes_or_stays_for_a_reason(model):
    make, forget = FORGET[model]
    row = filled(make())
    before = stored(row)

    forget(row)

    after = stored(row)
    same = {field.name for field in model._meta.concrete_fields if after[field.attname] == before[field.attname]}
    set_by_it = {"anonymised_at", "emptied_at"}
    kept = set(STAYS[model])
    assert same - set_by_it == kept - set_by_it, "empty it in privacy/anonymisation.py, or say in STAYS why it is kept"


def test_each_table_is_looked_at():
    assert {model.__name__ for model in [*STAYS]} | set(HAVE_NO_PERSON) == {
        model.__name__ for model in apps.get_app_config("registrations").get_models()
    }


def test_all_that_people_tell_us_has_words_on_the_pages():
    asked = {"email", *(field.name for field in fields(Details)), *(field.name for field in fields(Preferences))}

    assert set(WORDS) == asked, "name each on the privacy page and on that of erasing, and say in WORDS how"


@pytest.mark.parametrize("name", WORDS)
def test_privacy_page_names_it(client, name):
    assert WORDS[name][0] in client.get(reverse("sessions:privacy")).text


@pytest.mark.parametrize("name", WORDS)
def test_page_on_which_data_are_erased_says_what_becomes_of_it(client, name):
    text = client.get(reverse("registrations:erase", args=[ParticipantFactory().key])).text

    [removed] = re.findall(r"<li>(Your name[^<]* are removed[^<]*)</li>", text)
    [shared] = re.findall(r"(Your [^<.]* only if at least 5 people[^<]*)</li>", text)
    is_shared = name in anonymisation.SHARED
    assert (WORDS[name][1] in removed, WORDS[name][1] in shared) == (not is_shared, is_shared)
    assert anonymisation.SHARED_BY == 5
