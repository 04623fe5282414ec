"""An announcement of a season to many is prepared by the worker, and can be taken back until its mails have left."""

from datetime import timedelta

import pytest

from registrations.mail import batches
from registrations.models import Message, NextSeasonSubscriber, StaffAction
from registrations.next_season import announcing, subscription
from tests.factories import NextSeasonSubscriberFactory, ParticipantFactory
from tests.support.registrations.next_seasons import announce, open_season, subscribers
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def mails() -> list[tuple]:
    return list(Message.objects.order_by("pk").values_list("subscriber", "status"))


def prepare(announcement, seconds=60):
    return announcing.prepare(announcement_id=announcement.pk, now=NOW, seconds=seconds)


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 2)


@pytest.mark.usefixtures("many")
def test_worker_prepares_a_batch_at_a_time_and_each_has_one_mail():
    season, asked = open_season(), subscribers(5)
    announcement = announce(season, 5)
    before = (Message.objects.count(), announcing.unprepared())

    left = [prepare(announcement, seconds=0) for _turn in range(4)]

    assert (before, left) == ((0, [announcement.pk]), [True, True, False, False])
    assert [subscriber for subscriber, _status in mails()] == [each.pk for each in asked]
    assert announcing.unprepared() == []


@pytest.mark.usefixtures("many")
def test_who_stops_asks_or_signs_up_meanwhile_gets_none_and_preparing_ends():
    season, [first, second, third, fourth] = open_season(), subscribers(4)
    announcement = announce(season, 4)
    prepare(announcement, seconds=0)

    subscription.stop(NextSeasonSubscriber.objects.filter(pk=third.pk), now=NOW)
    ParticipantFactory(season=season, mailbox=fourth.mailbox)
    NextSeasonSubscriberFactory(consented_at=NOW + DAY)
    Message.objects.filter(subscriber=first).update(status="dropped")

    assert prepare(announcement) is False
    assert mails() == [(first.pk, "dropped"), (second.pk, "queued")]


# Taken back


def take_back(announcement):
    return announcing.take_back(announcement_id=announcement.pk, now=NOW)


def test_taken_back_before_it_left_nobody_hears_and_it_can_be_announced_again():
    season, [asked] = open_season(), subscribers(1)

    silent = take_back(announce(season, 1))
    announce(season, 1)

    assert silent == 1
    assert mails() == [(asked.pk, "dropped"), (asked.pk, "queued")]
    assert StaffAction.objects.get(action="announcement-taken-back").after == {"mails_not_sent": 1}


def test_taken_back_half_way_the_next_time_tells_those_alone_who_had_no_mail():
    season, [first, second] = open_season(), subscribers(2)
    announcement = announce(season, 2)
    Message.objects.filter(subscriber=first).update(status="sent", attempts=1)

    silent = take_back(announcement)
    announce(season, 1)

    assert silent == 1
    assert mails() == [(first.pk, "sent"), (second.pk, "dropped"), (second.pk, "queued")]


@pytest.mark.usefixtures("many")
def test_taken_back_while_it_is_prepared_no_more_mails_come():
    season = open_season()
    subscribers(3)
    announcement = announce(season, 3)
    prepare(announcement, seconds=0)

    silent = take_back(announcement)

    assert (silent, prepare(announcement), Message.objects.untouched().count()) == (3, False, 0)


def test_once_all_have_left_or_a_second_time_it_is_too_late():
    sent, twice = open_season(), open_season()
    subscribers(1)
    announcements = [announce(sent, 1), announce(twice, 1)]
    take_back(announcements[1])
    Message.objects.filter(announcement=announcements[0]).update(status="sent", attempts=1)

    for announcement in announcements:
        with pytest.raises(announcing.TooLate):
            take_back(announcement)
