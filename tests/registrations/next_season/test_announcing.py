"""A season is announced once to those who asked, and to nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.models import Message, NextSeasonSubscriber, SeasonAnnouncement, StaffAction
from registrations.next_season import announcing
from sessions.models import Occurrence, Season, Session
from tests.factories import ParticipantFactory
from tests.support.calendars import read_mail
from tests.support.races import race
from tests.support.registrations.next_seasons import announce, open_season, subscribers
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def mails() -> list[tuple]:
    return list(Message.objects.order_by("pk").values_list("subscriber", "status"))


def test_each_who_asked_gets_one_mail_after_the_time_for_second_thoughts(settings):
    season, [amina, boris] = open_season(), subscribers(2)

    announcement = announce(season, 2)

    posted = Message.objects.order_by("pk")
    leave_at = NOW + timedelta(minutes=settings.RECALL_MINUTES)
    assert [(mail.kind, mail.subscriber, mail.recipient) for mail in posted] == [
        ("next_season", amina, amina.mailbox),
        ("next_season", boris, boris.mailbox),
    ]
    assert {(mail.announcement, mail.due_at, bytes(mail.octets)) for mail in posted} == {(announcement, leave_at, b"")}
    assert (announcement.people, announcement.prepared_at, announcement.mails_leave_at) == (2, NOW, leave_at)


def test_it_is_on_the_record_with_the_number_and_without_an_address():
    season, [asked] = open_season(), subscribers(1)
    user = User.objects.create_user("ana")

    announce(season, 1, by=user)

    done = StaffAction.objects.get(action="season-announced")
    assert (done.made_by, done.object_id, done.after) == (user, season.pk, {"mails": 1})
    assert asked.mailbox not in str(StaffAction.objects.values().get())


def test_second_time_tells_nobody_not_even_those_who_asked_later():
    season = open_season()
    subscribers(1)
    announce(season, 1)
    subscribers(1)

    with pytest.raises(announcing.AnnouncedAlready):
        announce(season, 1, now=NOW + DAY)

    assert Message.objects.count() == 1


def test_next_season_is_announced_to_all_of_them_again():
    subscribers(2)
    announce(open_season(), 2)

    announce(open_season(), 2)

    assert Message.objects.count() == 4


def test_who_is_registered_for_the_season_is_not_told_and_who_was_in_another_is():
    season, [amina, boris] = open_season(), subscribers(2)
    ParticipantFactory(season=season, mailbox=amina.mailbox)
    ParticipantFactory(mailbox=boris.mailbox)

    announce(season, 1)

    assert mails() == [(boris.pk, "queued")]


def hidden():
    return open_season(is_published=False)


def rehearsal():
    return open_season(is_rehearsal=True)


def without_open_session():
    season = open_season()
    Session.objects.update(registration_opens_at=NOW + DAY)
    return season


def with_hidden_sessions():
    season = open_season()
    Session.objects.update(is_published=False)
    return season


def over():
    return open_season(now=NOW - timedelta(days=30))


@pytest.mark.parametrize("season", [hidden, rehearsal, without_open_session, with_hidden_sessions, over])
def test_season_that_nobody_can_sign_up_for_is_not_announced(season):
    season = season()
    subscribers(1)

    with pytest.raises(announcing.NotOpen):
        announce(season, 1)

    assert (SeasonAnnouncement.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(("there_are", "confirmed"), [(2, 1), (1, 2), (0, 0)])
def test_another_number_than_was_confirmed_tells_nobody(there_are, confirmed):
    season = open_season()
    subscribers(there_are)

    with pytest.raises(announcing.OtherNumber):
        announce(season, confirmed)

    assert (SeasonAnnouncement.objects.count(), Message.objects.count()) == (0, 0)


def test_who_had_no_mail_of_an_announcement_that_was_taken_back_has_one_of_the_next():
    season, [put_off, may_have_it, untried] = open_season(), subscribers(3)
    first, later = announce(season, 3), NOW + timedelta(minutes=11)
    tried = Message.objects.filter(subscriber__in=[put_off, may_have_it])
    tried.update(attempts=1, due_at=later + DAY)
    tried.filter(subscriber=may_have_it).update(may_have_left=True)

    silent = announcing.take_back(announcement_id=first.pk, now=later)
    announcing.announce(season_id=season.pk, people=2, now=later)

    assert silent == 2
    again = Message.objects.exclude(announcement=first)
    assert {mail.subscriber for mail in again} == {put_off, untried}


@pytest.mark.django_db(transaction=True)
def test_two_who_announce_at_once_tell_once():
    season = open_season()
    subscribers(3)

    def act(_number):
        try:
            return announce(season, 3) and "announced"
        except announcing.AnnouncedAlready:
            return "already"

    assert sorted(race(2, act)) == ["already", "announced"]
    assert Message.objects.count() == 3


# What is true when it leaves


def unpublished(mail):
    Season.objects.update(is_published=False)


def rehearsal(mail):
    Season.objects.update(is_rehearsal=True)


def called_off(mail):
    Occurrence.objects.update(called_off_at=NOW)


def registered(mail):
    ParticipantFactory(season=mail.announcement.season, mailbox=mail.recipient)


def stopped(mail):
    NextSeasonSubscriber.objects.all().delete()


def taken_back(mail):
    SeasonAnnouncement.objects.update(taken_back_at=NOW)


@pytest.mark.parametrize("octets", [b"", b"composed before"])
@pytest.mark.parametrize("change", [unpublished, rehearsal, called_off, registered, stopped, taken_back])
def test_mail_that_is_true_no_more_does_not_leave(change, octets):
    subscribers(1)
    announce(open_season(), 1)
    Message.objects.update(octets=octets, status="sending", leased_until=timezone.now() + DAY, attempts=1)
    mail = Message.objects.get()

    change(mail)

    with pytest.raises(Outdated):
        composing.prepare(Message.objects.get(), now=NOW)


def test_mail_says_what_is_open_when_and_where_and_why_it_came():
    season = open_season(title="Minamata Online 2031")
    [asked] = subscribers(1)
    announce(season, 1)
    Message.objects.update(status="sending", leased_until=timezone.now() + DAY)
    message = Message.objects.get()

    composing.prepare(message, now=NOW)

    mail = read_mail(message)
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mail["Subject"] == "Sign-up is open: Minamata Online 2031"
    for words in ("Minamata Online 2031", season.get_absolute_url(), "because you asked to hear", asked.stop_key):
        assert words in text
        assert words in html
    assert "Secretariat of the Minamata Convention on Mercury" in text


def test_sample_is_to_nobody_who_exists_and_is_not_stored():
    season, [asked] = open_season(), subscribers(1)

    sample = announcing.sample(season, now=NOW)

    assert (sample.recipient, sample.pk, Message.objects.count()) == ("sample.person@example.org", None, 0)
    assert asked.stop_key not in bytes(sample.octets).decode()


def test_number_of_queries_is_the_same_for_any_number_of_mailboxes(django_assert_max_num_queries):
    counts = []

    for number in (1, 4):
        NextSeasonSubscriber.objects.all().delete()
        season = open_season()
        subscribers(number)
        with django_assert_max_num_queries(14) as captured:
            announce(season, number)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_mails_of_a_deleted_season_stay_without_it():
    subscribers(1)
    season = open_season()
    announce(season, 1)
    season.sessions.all().delete()

    season.delete()

    assert Message.objects.get().announcement is None
