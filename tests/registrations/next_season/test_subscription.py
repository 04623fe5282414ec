"""Who hears of the next season: a mailbox that asked, as long as it wants, whatever becomes of the person's details."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from registrations.enrolment import own_details
from registrations.models import Message, NextSeasonSubscriber, Participant, SeasonAnnouncement
from registrations.next_season import subscription
from registrations.people import consent
from registrations.privacy import anonymisation, erasure, my_data, retention
from tests.factories import MessageFactory, NextSeasonSubscriberFactory, ParticipantFactory, SeasonFactory
from tests.support.races import race
from tests.support.registrations.mail_run import deliver
from tests.support.registrations.next_seasons import announce, open_season
from tests.support.registrations.signing_up import NOW, details

pytestmark = pytest.mark.django_db
FOUR_YEARS = timedelta(days=4 * 366)


def choose(person, is_wanted=True, now=NOW):
    subscription.choose(participant=person, is_wanted=is_wanted, now=now)


def listed() -> list[str]:
    return list(NextSeasonSubscriber.objects.order_by("pk").values_list("mailbox", flat=True))


def announced(season, *, made_at, **more):
    return SeasonAnnouncement.objects.create(
        season=season, made_at=made_at, mails_leave_at=made_at, people=1, prepared_at=made_at, **more
    )


@pytest.mark.django_db(transaction=True)
def test_who_asks_while_their_details_are_erased_is_not_on_the_list():
    people = [ParticipantFactory(email=f"{letter}@example.org") for letter in "abcdef"]

    def act(number):
        person = people[number // 2]
        return choose(person) if number % 2 else erasure.erase(participant_id=person.pk, now=NOW)

    race(12, act)

    assert listed() == []


@pytest.mark.django_db(transaction=True)
def test_mail_that_was_leaving_while_its_reader_stopped_is_emptied(smtp_server):
    now = timezone.now()
    NextSeasonSubscriberFactory(consented_at=now)
    announce(open_season(now=now), 1, now=now)
    Message.objects.update(due_at=now)

    def stop(_address):
        subscription.stop(NextSeasonSubscriber.objects.all(), now=now)
        connection.close()

    smtp_server.answer_recipient = stop
    [mail] = deliver(Message.objects.get())

    assert (mail.status, mail.recipient, bytes(mail.octets)) == ("sent", "", b"")
    assert listed() == []


def test_row_has_the_folded_address_the_language_and_what_was_agreed_to():
    person = ParticipantFactory(email="Amina@Example.org", language="fr")

    choose(person)

    asked, agreed = NextSeasonSubscriber.objects.get(), consent.given_for_next_season()
    assert (asked.mailbox, asked.language, asked.consented_at) == ("amina@example.org", "fr", NOW)
    assert (asked.consent_version, asked.consent_text) == (agreed.version, agreed.text)
    assert "language of our mails" in asked.consent_text


def test_asking_twice_is_asking_once_and_keeps_the_link_of_earlier_mails():
    person = ParticipantFactory()
    choose(person)
    key = NextSeasonSubscriber.objects.get().stop_key

    choose(ParticipantFactory(mailbox=person.mailbox), now=NOW + timedelta(days=1))

    assert [(each.stop_key, each.consented_at) for each in NextSeasonSubscriber.objects.all()] == [(key, NOW)]


def test_switching_it_off_deletes_the_row_of_this_mailbox_alone():
    person, other = ParticipantFactory(), NextSeasonSubscriberFactory()
    choose(person)

    choose(person, is_wanted=False)
    choose(person, is_wanted=False)

    assert listed() == [other.mailbox]


def test_what_waits_for_the_mailbox_is_dropped_and_what_was_sent_is_emptied():
    asked, other = NextSeasonSubscriberFactory(), NextSeasonSubscriberFactory()
    mails = {"participant": None, "kind": "next_season", "recipient": asked.mailbox}
    waiting, sent = MessageFactory(subscriber=asked, **mails), MessageFactory(subscriber=asked, status="sent", **mails)
    others = MessageFactory(subscriber=other, participant=None, kind="next_season", recipient=other.mailbox)

    subscription.stop(NextSeasonSubscriber.objects.of(asked.mailbox), now=NOW)

    assert list(Message.objects.order_by("pk").values_list("pk", "status", "recipient", "subscriber")) == [
        (waiting.pk, "dropped", "", None),
        (sent.pk, "sent", "", None),
        (others.pk, "queued", other.mailbox, other.pk),
    ]


def test_corrected_language_holds_for_this_list_too():
    person = ParticipantFactory()
    choose(person)

    own_details.correct(participant=person, details=details(person.name, language="fr"), now=NOW)

    assert NextSeasonSubscriber.objects.get().language == "fr"


# What becomes of it when details go


def test_address_and_language_stay_when_the_details_go_after_their_term():
    person = ParticipantFactory(season=SeasonFactory(starts_on="2029-01-01", ends_on="2029-12-31"))
    choose(person)

    retention.apply(now=NOW)

    assert Participant.objects.get().email == ""
    assert listed() == [person.mailbox]


def test_who_erases_their_data_is_off_the_list_and_others_stay():
    person, other = ParticipantFactory(), NextSeasonSubscriberFactory()
    choose(person)

    erasure.erase(participant_id=person.pk, now=NOW)

    assert listed() == [other.mailbox]


def test_who_has_erased_their_data_meanwhile_is_not_put_on_the_list():
    person = ParticipantFactory()
    anonymisation.anonymise([person], now=NOW)

    choose(person)

    assert listed() == []


@pytest.mark.parametrize(
    ("asked_ago", "announced_ago", "is_taken_back", "stays"),
    [
        (timedelta(days=1096), None, False, True),
        (timedelta(days=1097), None, False, False),
        (FOUR_YEARS, timedelta(days=1000), False, True),
        (FOUR_YEARS, timedelta(days=1000), True, False),
        (FOUR_YEARS, timedelta(days=1200), False, False),
    ],
)
def test_address_goes_when_no_season_was_announced_for_three_years(asked_ago, announced_ago, is_taken_back, stays):
    NextSeasonSubscriberFactory(consented_at=NOW - asked_ago)
    if announced_ago:
        announced(SeasonFactory(), made_at=NOW - announced_ago, taken_back_at=NOW if is_taken_back else None)

    preview, tally = retention.preview(now=NOW), retention.apply(now=NOW)

    assert (tally.subscribers, bool(listed())) == (int(not stays), stays)
    assert preview.subscribers == tally.subscribers


def test_own_data_say_that_the_mailbox_is_on_the_list_and_what_was_agreed_to():
    person = ParticipantFactory()
    before = my_data.of(person, now=NOW)["next_season"]
    choose(person)

    found = my_data.of(person, now=NOW)["next_season"]

    agreed = consent.given_for_next_season()
    assert before is None
    assert found == {
        "address": person.mailbox,
        "language": "en",
        "consent": {"version": agreed.version, "agreed_at": NOW, "text": agreed.text},
    }
