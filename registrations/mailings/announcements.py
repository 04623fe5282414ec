"""Announcements: one mail to everybody who asked to hear what is published of a session; they can be taken back."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from registrations import audit
from registrations.mail import batches, notices, outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message, Registration, not_sent
from registrations.people import sample_person
from sessions.materials import material_groups
from sessions.models import Session
from sessions.seasons import season_clocks

# The name under which such mails are stored.
KIND = "published"
STATE = ["announced_at", "announcement_begun_at", "announcement_prepared_at", "announcement_taken_back_at"]


class NothingToTell(Exception):
    """The session is hidden or not over, or nothing of it can be opened."""


class AnnouncedAlready(Exception):
    """Somebody has announced the session since the page was shown, or its mails cannot have left yet."""


class OtherNumber(Exception):
    """Another number of people would be told than the one confirmed."""


class TooLate(Exception):
    """All mails have left, or the announcement was taken back already."""


def recipients(session):
    """The confirmed registrations, of slots that were held, of confirmed people who asked to hear."""
    held = Registration.objects.confirmed().filter(session=session, occurrence__called_off_at=None)
    return held.of_confirmed_people().filter(participant__wants_announcements=True)


def can_be_announced(session, now) -> bool:
    """Whether there is something to open on a page that its people see, and the session is over."""
    has_page = session.is_by_invitation or Session.objects.published().filter(pk=session.pk).exists()
    is_over = not session.occurrences.upcoming(now).exists()
    return has_page and is_over and bool(material_groups.to_open(session))


def can_be_announced_again(session, now) -> bool:
    """At once after it was taken back; else once its mails could leave: what is added until then is in them."""
    if not session.is_announced:
        return bool(session.announced_at)
    return bool(session.announcement_prepared_at) and leaves_at(session) <= now


def to_tell(session):
    """Those of the recipients whom announcing it would tell: after it was taken back, who has had no mail of it."""
    everybody = recipients(session)
    return everybody if session.is_announced or not session.announced_at else everybody.exclude(_reached(session))


@transaction.atomic
def announce(*, session_id, people, now, by=None, seen=None):
    """Post one mail to each of them, of whom staff have confirmed that they are so many `people`.

    `seen` is when it was announced the last time; with it, everybody is told again, of what was added.
    Locks the session. The mails wait for RECALL_MINUTES and are composed when they leave; those to many are prepared by
    the worker. Raises NothingToTell, AnnouncedAlready or OtherNumber.
    """
    session = Session.objects.locked().select_related("season").get(pk=session_id)
    if session.announced_at != seen or (seen and not can_be_announced_again(session, now)):
        raise AnnouncedAlready
    if not can_be_announced(session, now):
        raise NothingToTell
    if not people or to_tell(session).count() != people:
        raise OtherNumber
    if session.is_announced or not seen:
        session.announcement_begun_at = now
    session.announced_again += 1 if seen else 0
    session.announced_at, session.announcement_prepared_at, session.announcement_taken_back_at = now, None, None
    session.save(update_fields=[*STATE, "announced_again"])
    audit.record("announced", session, by=by, after={"mails": people})
    batches.begin(people, partial(_post_some, session, now), task="prepare_announcement", argument=session.pk)


@transaction.atomic
def take_back(*, session_id, now, by=None) -> int:
    """Drop its mails that have not left; returns how many people hear nothing. Raises TooLate.

    It can be announced again then, to those who had no mail.
    """
    session = Session.objects.locked().select_related("season").get(pk=session_id)
    if not can_be_taken_back(session):
        raise TooLate
    silent = mails(session).not_left().drop(not_sent.TAKEN_BACK) + number_to_prepare(session)
    session.announcement_prepared_at = session.announcement_taken_back_at = now
    session.save(update_fields=STATE)
    audit.record("materials-taken-back", session, by=by, after={"mails_not_sent": silent})
    return silent


def can_be_taken_back(session) -> bool:
    if not session.is_announced:
        return False
    return session.announcement_prepared_at is None or mails(session).not_left().exists()


def held_back(clocks=None):
    """Sessions that were announced, and whose mails wait because their time has not come; the first to leave first."""
    recall = timedelta(minutes=settings.RECALL_MINUTES)
    is_late = season_clocks.where("season", lambda now: Q(announced_at__gt=now - recall), clocks)
    lately = Session.objects.filter(is_late, announcement_taken_back_at=None)
    return lately.select_related("season").order_by("announced_at", "pk")


def held_back_in(season, now):
    """Of one season, at this moment of it."""
    recall = timedelta(minutes=settings.RECALL_MINUTES)
    return Session.objects.filter(season=season, announced_at__gt=now - recall, announcement_taken_back_at=None)


def mails(session):
    """Those of the last time it was announced."""
    of_session = Message.objects.filter(kind=KIND, registration__session=session)
    return of_session.filter(queued_at__gte=session.announced_at) if session.announced_again else of_session


def _reached(session) -> Q:
    """Who has had a mail of it, also before it was taken back."""
    begun = session.announcement_begun_at or session.announced_at
    sent = Message.objects.filter(kind=KIND, registration__session=session, queued_at__gte=begun)
    return Q(pk__in=sent.exclude(status=Message.Status.DROPPED).values("registration"))


def prepare(*, session_id, now, seconds) -> bool:
    """Prepare mails of an announcement for so long, a batch after the other; returns whether some are left."""
    return batches.work_off(partial(_locked, session_id), partial(_post_some, now=now), seconds=seconds)


def unprepared() -> list[int]:
    """Ids of the sessions whose announcement has mails left to prepare, the oldest first."""
    sessions = Session.objects.with_unprepared_announcement().order_by("announced_at", "pk")
    return list(sessions.values_list("pk", flat=True))


def number_to_prepare(session) -> int:
    """How many people will still get a mail of the announcement."""
    return 0 if session.announcement_prepared_at else _lacking_mail(session).count()


def sample(session, *, now, is_invented=False) -> Message | None:
    """The mail that the first of the people would get, composed and not stored; None when there is nobody.

    An invented one is to a person who does not exist, for staff who may not see people.
    """
    first = _in_order(session).select_related("occurrence", "session__season", "session__stream").first()
    if first and is_invented:
        first = sample_person.in_place_of(first)
    return notices.announcement(first, now=now) if first else None


def _locked(session_id) -> Session | None:
    return Session.objects.locked().with_unprepared_announcement().filter(pk=session_id).first()


def _post_some(session, now) -> bool:
    """For a locked session; returns whether some are left."""
    lacking = _lacking_mail(session).select_related("participant").order_by("pk")
    if batches.post_some(lacking, partial(_mail, session=session, now=now)):
        return True
    session.announcement_prepared_at = now
    session.save(update_fields=["announcement_prepared_at"])
    return False


def _lacking_mail(session):
    with_one = mails(session).values("registration")
    return recipients(session).exclude(pk__in=with_one).exclude(_reached(session))


def leaves_at(session):
    return session.announced_at + timedelta(minutes=settings.RECALL_MINUTES)


def _in_order(session):
    return recipients(session).select_related("participant__season").order_by("pk")


def _mail(registration, session, now) -> Message:
    return outbox.uncomposed(
        KIND,
        registration,
        key=f"{registration.uid}:{session.announced_again}" if session.announced_again else registration.uid,
        message_id=random_message_id(),
        now=now,
        due_at=leaves_at(session),
    )
