"""A season is announced once to those who asked to hear of it; until its mails have left that can be taken back."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from registrations import audit
from registrations.mail import batches
from registrations.mail.notices.letters import random_message_id
from registrations.mail.notices.next_season import next_season
from registrations.models import Message, NextSeasonSubscriber, Participant, SeasonAnnouncement, not_sent
from registrations.people import sample_person
from registrations.seats import offers
from sessions.models import Season

# The name under which such mails are stored.
KIND = "next_season"


class NotOpen(Exception):
    """The season is hidden or a rehearsal, or none of its sessions can be signed up for."""


class AnnouncedAlready(Exception):
    """Somebody has announced the season before; the argument is that announcement."""


class OtherNumber(Exception):
    """Another number of people would be told than the one confirmed."""


class TooLate(Exception):
    """All mails have left, or the announcement was taken back already."""


def is_open(season, now) -> bool:
    """Whether a mail may tell people to sign up for it."""
    return season.is_published and not season.is_rehearsal and offers.is_open(season, now)


def recipients(season):
    """Who asked; not those who are registered for the season, nor those whom an announcement of it has reached."""
    registered = Participant.objects.filter(season=season).values("mailbox")
    mails = Message.objects.filter(announcement__season=season, subscriber__isnull=False)
    reached = mails.exclude(status=Message.Status.DROPPED).values("subscriber")
    return NextSeasonSubscriber.objects.exclude(mailbox__in=registered).exclude(pk__in=reached)


def standing(season) -> SeasonAnnouncement | None:
    return SeasonAnnouncement.objects.standing().filter(season=season).select_related("season", "made_by").first()


@transaction.atomic
def announce(*, season_id, people, now, by=None) -> SeasonAnnouncement:
    """Post one mail to each of the recipients, of whom staff have confirmed that they are so many `people`.

    Locks the season. The mails wait for RECALL_MINUTES and are composed when they leave; those to many are prepared by
    the worker. Raises NotOpen, AnnouncedAlready or OtherNumber.
    """
    season = Season.objects.locked().get(pk=season_id)
    if earlier := standing(season):
        raise AnnouncedAlready(earlier)
    if not is_open(season, now):
        raise NotOpen
    if not people or recipients(season).count() != people:
        raise OtherNumber
    leave_at = now + timedelta(minutes=settings.RECALL_MINUTES)
    announcement = SeasonAnnouncement.objects.create(
        season=season, made_at=now, made_by=by, mails_leave_at=leave_at, people=people
    )
    audit.record("season-announced", season, by=by, after={"mails": people})
    some = partial(_post_some, announcement, now)
    batches.begin(people, some, task="prepare_season_announcement", argument=announcement.pk)
    return announcement


@transaction.atomic
def take_back(*, announcement_id, now, by=None) -> int:
    """Drop its mails that have not left; returns how many people hear nothing. Raises TooLate.

    The season can be announced again then, to those who had no mail.
    """
    announcement = SeasonAnnouncement.objects.locked().select_related("season").get(pk=announcement_id)
    if not can_be_taken_back(announcement):
        raise TooLate
    dropped = announcement.messages.not_left().drop(not_sent.TAKEN_BACK)
    silent = dropped + number_to_prepare(announcement)
    announcement.taken_back_at = now
    announcement.save(update_fields=["taken_back_at"])
    audit.record("announcement-taken-back", announcement.season, by=by, after={"mails_not_sent": silent})
    return silent


def can_be_taken_back(announcement) -> bool:
    if announcement.taken_back_at:
        return False
    return announcement.prepared_at is None or announcement.messages.not_left().exists()


def prepare(*, announcement_id, now, seconds) -> bool:
    """Prepare mails of an announcement for so long, a batch after the other; returns whether some are left."""
    return batches.work_off(partial(_locked, announcement_id), partial(_post_some, now=now), seconds=seconds)


def unprepared() -> list[int]:
    """Ids of the announcements with mails left to prepare, the oldest first."""
    return list(SeasonAnnouncement.objects.unprepared().order_by("pk").values_list("pk", flat=True))


def number_to_prepare(announcement) -> int:
    """How many people will still get a mail of the announcement."""
    return 0 if announcement.prepared_at else _lacking_mail(announcement).count()


def sample(season, *, now) -> Message:
    """The mail to somebody who does not exist, composed and not stored: who announces need not know who is listed."""
    invented = NextSeasonSubscriber(mailbox=sample_person.ADDRESS)
    mail = next_season(invented, season, message_id=random_message_id(), now=now)
    mail.subscriber = invented
    return mail


def _locked(announcement_id) -> SeasonAnnouncement | None:
    return SeasonAnnouncement.objects.locked().unprepared().filter(pk=announcement_id).first()


def _post_some(announcement, now) -> bool:
    """For a locked or new announcement; returns whether some are left. Locks the rows: who stops now waits."""
    lacking = _lacking_mail(announcement).locked()
    if batches.post_some(lacking, partial(_mail, announcement=announcement, now=now)):
        return True
    announcement.prepared_at = now
    announcement.save(update_fields=["prepared_at"])
    return False


def _lacking_mail(announcement):
    """Without those who asked after it: they have the season before their eyes."""
    has_one = Message.objects.filter(announcement=announcement, subscriber__isnull=False).values("subscriber")
    asked = recipients(announcement.season_id).filter(consented_at__lte=announcement.made_at)
    return asked.exclude(pk__in=has_one)


def _mail(subscriber, announcement, now) -> Message:
    return Message(
        kind=KIND,
        dedupe_key=f"{KIND}:{announcement.pk}:{subscriber.pk}",
        announcement=announcement,
        subscriber=subscriber,
        recipient=subscriber.mailbox,
        message_id=random_message_id(),
        queued_at=now,
        due_at=announcement.mails_leave_at,
    )
