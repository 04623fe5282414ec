"""What somebody sees of their own data, takes along, and erases."""

import json

import pytest
from django.template.loader import render_to_string

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
    Mailbox,
    Message,
    NextSeasonSubscriber,
    Participant,
    Registration,
    SeatRemoval,
    not_sent,
)
from registrations.people.preferences import MAIL_PREFERENCES
from registrations.presenters import words_of
from registrations.presenters.my_data import OwnDataPage
from registrations.privacy import my_data
from tests.factories import (
    DelegationFactory,
    InvitationFactory,
    MessageFactory,
    OccurrenceFactory,
    ParticipantFactory,
    QuestionFactory,
    RegistrationFactory,
)
from tests.support.registrations.my_data import address, person_with_everything
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


def test_file_holds_everything_in_words_of_its_own(client, person):
    response = client.get(address("own_data_file", person))

    found = json.loads(response.content)
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="minamata-{person.season.slug}-my-data.json"'
    assert response["Cache-Control"] == "no-store"
    assert found["details"]["signed_up_by"] == "Focal Point"
    assert [mail["kind"] for mail in found["mails"]] == ["confirmation", "reminder", "sign_in_code"]
    assert found["requests"][0]["words"] == "Let me in, please"
    assert found["invitations"][0]["opened_at"] == "2030-09-15T12:00:00Z"
    assert found["account"]["mailbox"] == "amina@example.org"


def test_page_says_the_same_in_words(client, person):
    text = client.get(address("own_data", person)).text

    wanted = ["Ministry of Mercury", "Kenya", "Government of a Party", "Captions<br>please", "Focal Point", "version 1"]
    wanted += ["I agree that you use this to organise the sessions.", "Registered.", "1 September 2030, 03:00"]
    wanted += [
        "Your seat",
        "confirmation, sent on 15 September 2030, 15:00",
        "text removed on 15 September 2030, 15:00",
    ]
    wanted += ["A code", "Let me in, please", "Sign-in by code", "after 16 June 2031"]
    assert [words for words in wanted if words not in text] == []
    # Its language may be another one than that of the page.
    assert '<p dir="auto">I agree that you use this to organise the sessions.</p>' in text


@pytest.mark.parametrize("name", ["own_data", "own_data_file"])
def test_no_key_is_shown_nor_anything_of_others(client, person, name):
    other = ParticipantFactory(season=person.season, email=person.email, name="Omar Otieno")
    RegistrationFactory(participant=other, occurrence=person.registrations.get().occurrence)
    InvitationFactory(session=Invitation.objects.first().session, name="Omar Otieno", email=person.email)
    MessageFactory(participant=other, subject="Of Omar")
    registration = person.registrations.get()

    shown = client.get(address(name, person)).text.replace(f"/my/{person.key}/", "")

    keys = [person.key, person.feed_key, person.stop_key, registration.join_key, other.key]
    keys += [*Invitation.objects.values_list("key", flat=True), person.named_by.key]
    assert [key for key in keys if key in shown] == []
    assert "Omar" not in shown
    assert person.named_by.email not in shown


@pytest.mark.parametrize("name", ["own_data", "own_data_file"])
def test_number_of_queries_does_not_grow(client, django_assert_max_num_queries, name):
    person, counts = ParticipantFactory(), []
    for more in (1, 2):
        for _ in range(more):
            RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season))
            MessageFactory(participant=person)
            session = OccurrenceFactory(session__season=person.season).session
            InvitationFactory(session=session, name=person.name, email=person.email)
        with django_assert_max_num_queries(19) as captured:
            client.get(address(name, person))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_my_season_leads_to_the_data(client, person):
    assert address("own_data", person) in client.get(address("my_season", person)).text


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_erases_nothing(client, person, method):
    for name in ("own_data", "own_data_file", "erase"):
        assert getattr(client, method)(address(name, person)).status_code == 200

    person.refresh_from_db()
    assert person.anonymised_at is None


def test_hostile_words_stay_words(client):
    person = ParticipantFactory(organisation="<script>alert(1)</script>", access_needs="{{ 7 }}</textarea>")

    shown, file = client.get(address("own_data", person)).text, client.get(address("own_data_file", person))

    assert "<script>alert" not in shown
    assert file["X-Content-Type-Options"] == "nosniff"
    assert json.loads(file.content)["details"]["organisation"] == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (words_of.STATES, Registration.Status),
        (words_of.MAILBOX_STATES, Mailbox.State),
        (words_of.REMOVAL_REASONS, SeatRemoval.Reason),
        (words_of.PARTS, AttendanceInterval.Part),
        (words_of.DECISIONS, AttendanceInterval.Decision),
        # Two of them are of mails to colleagues.
        (words_of.NOT_SENT, not_sent.ALL - {not_sent.COLLEAGUE_CHANGED, not_sent.NO_COLLEAGUE}),
    ],
)
def test_every_stored_value_has_words(words, values):
    assert set(words) == set(values)


def test_reasons_and_ticks_are_said_in_the_language_of_the_page(client):
    person = ParticipantFactory(language="ar")
    for words in (not_sent.CANCELLED, "550 5.1.1 User unknown"):
        MessageFactory(participant=person, status="dropped", last_error=words)
    tick = QuestionFactory(season=person.season, kind="tick")
    Answer.objects.create(participant=person, question=tick, value=Answer.TICKED)

    page = client.get(address("own_data", person)).text

    assert "كنتم قد ألغيتم التسجيل، أو أُلغي الموعد" in page
    assert not_sent.CANCELLED not in page
    assert "\u2068550 5.1.1 User unknown\u2069" in page
    assert '<dd dir="auto">نعم</dd>' in page


@pytest.mark.parametrize("is_rehearsed", [False, True])
def test_mail_in_the_box_of_a_rehearsal_is_not_called_sent(client, is_rehearsed):
    person = ParticipantFactory(season__is_rehearsal=True)
    in_box = {"rehearsal": person.season} if is_rehearsed else {}
    MessageFactory(participant=person, status="sent", sent_at=NOW, **in_box)

    page = client.get(address("own_data", person)).text

    assert ("kept for the staff of the rehearsal on" in page, "sent on" in page) == (is_rehearsed, not is_rehearsed)
