"""The table of the kinds of mails, and what must be there for each of them."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from registrations.mail import composing, health
from registrations.mail.composers import COMPOSERS
from registrations.mail.exceptions import Outdated
from registrations.mail.kinds import MAIL_KINDS, UNKNOWN, State
from registrations.models import NextSeasonSubscriber, Participant
from registrations.people.preferences import MAIL_PREFERENCES
from tests.factories import MessageFactory, OccurrenceFactory, RegistrationFactory
from tests.support.calendars import read_mail
from tests.support.registrations import every_mail
from tests.support.thorough import first_always

NOW = datetime(2030, 9, 15, 12, 0, tzinfo=UTC)
FOLDER = Path(settings.BASE_DIR) / "templates/emails"
ON_REQUEST = sorted(name for name, kind in MAIL_KINDS.items() if kind.preference)
TO_LIST = sorted(name for name, kind in MAIL_KINDS.items() if kind.is_to_list)
NO_NEWS_OF_A_SEAT = sorted(name for name, kind in MAIL_KINDS.items() if kind.tells is not State.SEAT)


def seat_of_who_wants_all(*, confirmed_at=NOW, **slot):
    wanted = {f"participant__{preference.column}": True for preference in MAIL_PREFERENCES.values()}
    return RegistrationFactory(occurrence=OccurrenceFactory(**slot), participant__confirmed_at=confirmed_at, **wanted)


def mail(kind, registration, **more):
    usual = {"octets": b"", "known_starts_at": registration.occurrence.starts_at, "queued_at": NOW}
    return MessageFactory(kind=kind, registration=registration, participant=registration.participant, **usual | more)


def test_each_kind_has_a_folder_of_templates_and_each_folder_a_kind():
    differ = {folder.name for folder in FOLDER.iterdir() if folder.is_dir()} ^ set(MAIL_KINDS)

    assert differ == set(), "give each kind a folder in templates/emails, and each folder a row in mail/kinds.py"


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_each_kind_has_a_subject_both_texts_and_words(kind):
    assert {file.name for file in (FOLDER / kind).glob("*")} >= {"subject.txt", "body.txt", "body.html"}
    for words in (MAIL_KINDS[kind].for_staff, MAIL_KINDS[kind].for_person):
        assert str(words).strip()
        assert "_" not in str(words)


def test_kind_on_request_overtakes_no_other_mail_and_is_no_news_of_a_seat():
    """Otherwise it would stand for a confirmation that was lost, or hold up the mail that takes a seat away."""
    plain = {"for_staff", "for_person", "preference", "counts_down"}

    more = {
        name: [field.name for field in fields(kind) if field.name not in plain and getattr(kind, field.name)]
        for name, kind in MAIL_KINDS.items()
        if kind.preference
    }

    assert more == {name: [] for name in more}, "leave these out of their rows in registrations/mail/kinds.py"


def test_words_tell_kinds_apart():
    assert len({str(kind.for_staff) for kind in MAIL_KINDS.values()}) == len(MAIL_KINDS)
    assert len({str(kind.for_person) for kind in MAIL_KINDS.values()}) == len(MAIL_KINDS)


def test_each_kind_has_a_composer_or_is_written_at_once():
    differ = set(COMPOSERS) ^ {name for name, kind in MAIL_KINDS.items() if not kind.is_written_at_once}

    assert differ == set(), "add a function to mail/composers.py, or say in mail/kinds.py that it is written at once"


def test_each_preference_is_that_of_a_kind_and_a_column_that_people_have():
    assert {kind.preference for kind in MAIL_KINDS.values()} == {"", *MAIL_PREFERENCES}
    preferences = {field.name for field in Participant._meta.fields if field.name.startswith("wants_")}
    assert {preference.column for preference in MAIL_PREFERENCES.values()} == preferences


@pytest.mark.django_db
def test_kinds_on_request_and_no_others_end_with_one_click_which_works(client):
    them = every_mail.people(now=timezone.now())
    Participant.objects.update(**{preference.column: True for preference in MAIL_PREFERENCES.values()})
    headers = {kind: read_mail(mail)["List-Unsubscribe"] for kind, mail in every_mail.one_of_each_kind(them).items()}

    differ = {kind for kind, header in headers.items() if header} ^ {*ON_REQUEST, *TO_LIST}
    assert differ == set(), "the row names a preference, and every_mail.py has a mail of the kind"
    for kind in TO_LIST:
        assert client.post(headers[kind].strip("<>").removeprefix(settings.SITE_URL)).status_code == 200
        assert not NextSeasonSubscriber.objects.exists()
    for kind in ON_REQUEST:
        address = headers[kind].strip("<>").removeprefix(settings.SITE_URL)
        column = MAIL_PREFERENCES[MAIL_KINDS[kind].preference].column
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 200
        assert Participant.objects.filter(pk=them.person.pk, **{column: False}).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("what", MAIL_PREFERENCES)
def test_page_of_each_preference_asks_and_answers(client, what):
    person = seat_of_who_wants_all().participant
    address = reverse("registrations:stop", args=[what, person.stop_key])
    preference = MAIL_PREFERENCES[what]

    asked, done = client.get(address).text, client.post(address).text

    season = {"season": person.season.title}
    assert preference.question % season in asked
    assert str(preference.button) in asked
    assert preference.answer % season in done


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ON_REQUEST)
def test_kind_on_request_does_not_leave_once_its_session_is_called_off(kind):
    registration = seat_of_who_wants_all(called_off_at=NOW)

    with pytest.raises(Outdated, match="was called off"):
        composing.prepare(mail(kind, registration), now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ON_REQUEST)
@pytest.mark.parametrize("has_registration", [True, False])
def test_kind_on_request_does_not_leave_once_it_is_not_wanted(kind, has_registration):
    registration = seat_of_who_wants_all()
    waiting = mail(kind, registration)
    if not has_registration:
        waiting.registration = None
    column = MAIL_PREFERENCES[MAIL_KINDS[kind].preference].column
    Participant.objects.update(**{column: False})
    waiting.participant.refresh_from_db()

    with pytest.raises(Outdated, match="does not want"):
        composing.prepare(waiting, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ON_REQUEST)
def test_kind_on_request_does_not_leave_once_the_person_has_cancelled(kind):
    registration = seat_of_who_wants_all()
    registration.status = "cancelled"

    with pytest.raises(Outdated, match="has cancelled"):
        composing.prepare(mail(kind, registration), now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ON_REQUEST)
@pytest.mark.parametrize("has_registration", [True, False])
def test_kind_on_request_does_not_leave_before_who_was_named_has_said_yes(kind, has_registration):
    registration = seat_of_who_wants_all(confirmed_at=None)
    waiting = mail(kind, registration)
    if not has_registration:
        waiting.registration = None

    with pytest.raises(Outdated, match="has not confirmed"):
        composing.prepare(waiting, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", first_always([*NO_NEWS_OF_A_SEAT, "of_another_version"], 2))
def test_kind_that_does_not_tell_of_a_seat_hides_no_lost_confirmation(kind):
    registration = seat_of_who_wants_all()
    mail(kind, registration, status="sent", sent_at=NOW, queued_at=NOW - timedelta(days=30))

    assert list(health.lacking_a_mail(NOW)) == [registration]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", first_always([*MAIL_KINDS, "of_another_version"], 3))
def test_people_see_words_and_no_code(client, kind):
    registration = RegistrationFactory()
    MessageFactory(participant=registration.participant, kind=kind, subject="")

    text = client.get(reverse("registrations:own_data", args=[registration.participant.key])).text.lower()

    assert str(MAIL_KINDS.get(kind, UNKNOWN).for_person) in text
    assert "_" not in kind or kind not in text
