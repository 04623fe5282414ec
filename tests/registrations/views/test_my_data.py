"""What somebody sees of their own data, takes along, and erases."""

import json
from dataclasses import replace

import pytest

from registrations.models import (
    Answer,
    AttendanceInterval,
    Invitation,
    Mailbox,
    Registration,
    SeatRemoval,
    not_sent,
)
from registrations.presenters import words_of
from tests.factories import (
    InvitationFactory,
    MessageFactory,
    OccurrenceFactory,
    ParticipantFactory,
    QuestionFactory,
    RegistrationFactory,
)
from tests.support.registrations.my_data import address, person_with_everything
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.story_of_parts import DAY, MORNING, slot_in_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return person_with_everything()


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


def test_part_that_is_called_off_is_not_shown_as_one_that_is_held(client):
    slot = slot_in_parts(MORNING, MORNING + DAY)
    first, second = slot.parts
    slot.parts = (first, replace(second, is_called_off=True))
    slot.save()
    registration = RegistrationFactory(occurrence=slot)

    text = client.get(address("own_data", registration.participant)).text

    shown = [
        "Tuesday 8 October 2030, 10:00 (Nairobi, UTC+3)<",
        "Wednesday 9 October 2030, 10:00 (Nairobi, UTC+3): called off<",
    ]
    assert [each in text for each in shown] == [True, True]
