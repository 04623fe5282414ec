"""A circular is sent to the people who were counted; until its mails have left that can be taken back."""

import hashlib
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from registrations import audit
from registrations.circulars import drafts
from registrations.mail import batches, outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Circular, Message, Participant, not_sent
from registrations.people import audiences
from registrations.people.audiences import Audience

# The name under which such mails are stored.
KIND = "circular"


class NobodyChosen(Exception):
    """Nothing was chosen, or nobody fits."""


class ChangedMeanwhile(Exception):
    """Its words, or the people who would get it, are not those that were confirmed."""


class SentAlready(Exception):
    """Somebody has sent it before; the argument is the circular."""


class TooLate(Exception):
    """All mails have left, or it was taken back already."""


class NoAddress(Exception):
    """Who wants to have it first has no e-mail address."""


def recipients(circular, *, now):
    """The one query behind the number, the names that are shown, and the mails."""
    return audiences.people(circular.season, Audience.of(circular.audience), now=now)


def state(circular, *, now) -> str:
    """Another one as soon as other people would get it, or other words: what staff have seen and confirm."""
    ids = recipients(circular, now=now).values_list("pk", flat=True)
    return _state_with(circular, list(ids))


@transaction.atomic
def send(*, circular_id, people, seen, now, by=None) -> Circular:
    """Store one mail for each of the recipients, of whom staff have confirmed the number and what they had `seen`.

    Locks the circular. The mails wait for RECALL_MINUTES and are composed when they leave; those to many are prepared
    by the worker. Raises SentAlready, NobodyChosen or ChangedMeanwhile.
    """
    circular = Circular.objects.locked().get(pk=circular_id)
    if not circular.is_draft:
        raise SentAlready(circular)
    ids = list(recipients(circular, now=now).values_list("pk", flat=True))
    if not ids:
        raise NobodyChosen
    if len(ids) != people or _state_with(circular, ids) != seen:
        raise ChangedMeanwhile
    _confirm(circular, ids, now=now, by=by)
    audit.record("circular-sent", circular, by=by, after={"mails": people})
    batches.begin(people, partial(_post_some, circular, now), task="prepare_circular", argument=circular.pk)
    return circular


@transaction.atomic
def take_back(*, circular_id, now, by=None) -> int:
    """Drop its mails that have not left; returns how many people hear nothing. Locks it. Raises TooLate."""
    circular = Circular.objects.locked().get(pk=circular_id)
    if not can_be_taken_back(circular):
        raise TooLate
    silent = circular.messages.not_left().drop(not_sent.TAKEN_BACK) + number_to_prepare(circular)
    circular.taken_back_at, circular.left = now, []
    circular.save(update_fields=["taken_back_at", "left"])
    audit.record("circular-taken-back", circular, by=by, after={"mails_not_sent": silent})
    return silent


def can_be_taken_back(circular) -> bool:
    if circular.is_draft or circular.taken_back_at:
        return False
    return circular.prepared_at is None or circular.messages.not_left().exists()


@transaction.atomic
def send_to_oneself(*, circular_id, now, by) -> str:
    """One mail to the address of who writes, at once; returns the address. Raises NoAddress.

    Of the same words one a minute, however often the button is pressed.
    """
    if not by.email:
        raise NoAddress
    circular = Circular.objects.select_related("season").get(pk=circular_id)
    mail = drafts.sample(circular, now=now, email=by.email)
    said = f"{circular.pk}:{circular.changed_at.timestamp()}:{by.pk}:{now:%Y%m%d%H%M}"
    mail.participant, mail.dedupe_key = None, f"{KIND}:own:{said}"
    outbox.post([mail])
    return by.email


def prepare(*, circular_id, now, seconds) -> bool:
    """Prepare mails of a circular for so long, a batch after the other; returns whether some are left."""
    return batches.work_off(partial(_locked, circular_id), partial(_post_some, now=now), seconds=seconds)


def unprepared() -> list[int]:
    """Ids of the circulars with mails left to prepare, the oldest first."""
    return list(Circular.objects.unprepared().order_by("made_at", "pk").values_list("pk", flat=True))


def number_to_prepare(circular) -> int:
    """How many people will still get a mail of it."""
    return len(circular.left)


def _state_with(circular, ids) -> str:
    said = [circular.changed_at.isoformat(), *map(str, ids)]
    return hashlib.sha256(",".join(said).encode()).hexdigest()


def _confirm(circular, ids, *, now, by):
    circular.made_at, circular.made_by = now, by
    circular.mails_leave_at = now + timedelta(minutes=settings.RECALL_MINUTES)
    circular.people, circular.left = len(ids), ids
    circular.save(update_fields=["made_at", "made_by", "mails_leave_at", "people", "left"])


def _locked(circular_id) -> Circular | None:
    return Circular.objects.locked().unprepared().filter(pk=circular_id).first()


def _post_some(circular, now) -> bool:
    """For a locked circular; returns whether some are left. Who was erased meanwhile is left out."""
    batch, circular.left = circular.left[: batches.PEOPLE_A_BATCH], circular.left[batches.PEOPLE_A_BATCH :]
    people = Participant.objects.filter(pk__in=batch, anonymised_at=None).order_by("pk")
    outbox.post([_mail(person, circular, now) for person in people])
    circular.prepared_at = None if circular.left else now
    circular.save(update_fields=["left", "prepared_at"])
    return bool(circular.left)


def _mail(person, circular, now) -> Message:
    return outbox.uncomposed_list(
        KIND,
        person,
        key=f"{circular.pk}:{person.pk}",
        message_id=random_message_id(),
        now=now,
        due_at=circular.mails_leave_at,
        circular=circular,
    )
