"""Announcements: one mail to everybody who asked to hear what is published of a session."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from registrations import audit
from registrations.mail import batches, notices, outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message, Registration
from registrations.people import sample_person
from sessions.materials import material_groups
from sessions.models import Session

# The name under which such mails are stored.
KIND = "published"


class NothingToTell(Exception):
    """The session is hidden or not over, or nothing of it can be opened."""


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
    """Once the mails of the time before could leave: what is added until then is in them."""
    return bool(session.announced_at and session.announcement_prepared_at) and _leave_at(session) <= now


@transaction.atomic
def announce(*, session_id, now, by=None, seen=None) -> int:
    """Post one mail to each of these people and return how many; 0 if somebody has announced the session meanwhile.

    `seen` is when it was announced the last time; with it, everybody is told again, of what was added.
    Locks the session. Without recipients it stays as it was. The mails wait for RECALL_MINUTES and are composed when
    they leave; those to many are prepared by the worker. Raises NothingToTell.
    """
    session = Session.objects.locked().select_related("season").get(pk=session_id)
    if session.announced_at != seen or (seen and not can_be_announced_again(session, now)):
        return 0
    if not can_be_announced(session, now):
        raise NothingToTell
    if people := recipients(session).count():
        session.announced_at, session.announcement_prepared_at = now, None
        session.announced_again += 1 if seen else 0
        session.save(update_fields=["announced_at", "announced_again", "announcement_prepared_at"])
        audit.record("announced", session, by=by, after={"mails": people})
        batches.begin(people, partial(_post_some, session, now), task="prepare_announcement", argument=session.pk)
    return people


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


def recipients_so_far(session) -> int:
    return _mails(session).count()


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
    return recipients(session).exclude(pk__in=_mails(session).values("registration"))


def _mails(session):
    """Those of the last time it was announced."""
    of_session = Message.objects.filter(kind=KIND, registration__session=session)
    return of_session.filter(queued_at__gte=session.announced_at) if session.announced_again else of_session


def _leave_at(session):
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
        due_at=_leave_at(session),
    )
