"""Drafts of circulars: written, changed, and shown as the mail that they would be."""

from django.db import transaction

from registrations import audit
from registrations.mail.notices.circulars import circular as compose
from registrations.mail.notices.letters import random_message_id
from registrations.models import Circular, CircularWords, Message
from registrations.models.circulars import LANGUAGE
from registrations.people import audiences, sample_person
from registrations.people.audiences import Audience


class ChangedMeanwhile(Exception):
    """Somebody has saved the draft since it was shown."""


class SentMeanwhile(Exception):
    """It is no draft any more."""


@transaction.atomic
def write(*, season, audience, subject, text, now, by=None) -> Circular:
    """Store a new draft."""
    circular = Circular.objects.create(season=season, audience=audience.to_store(), written_by=by, changed_at=now)
    CircularWords.objects.create(circular=circular, language=LANGUAGE, subject=subject, text=text)
    audit.record("circular-written", circular, by=by)
    return circular


@transaction.atomic
def change(*, circular_id, audience, subject, text, seen, now, by=None) -> Circular:
    """Store other words or other people. Locks the draft.

    Raises SentMeanwhile, and ChangedMeanwhile if it was not last changed at the moment that was `seen`.
    """
    circular = Circular.objects.locked().get(pk=circular_id)
    if not circular.is_draft:
        raise SentMeanwhile
    if circular.changed_at != seen:
        raise ChangedMeanwhile
    _note(circular, audience, subject, text, by)
    circular.audience, circular.written_by, circular.changed_at = audience.to_store(), by, now
    circular.save(update_fields=["audience", "written_by", "changed_at"])
    # `update_or_create` would lock the row FOR UPDATE (docs/architecture.md, Locks); a draft has its words.
    circular.words.filter(language=LANGUAGE).update(subject=subject, text=text)
    return circular


def _note(circular, audience, subject, text, by):
    """Which parts become different; the words may name people, and the draft has them."""
    words = circular.words_in(LANGUAGE)
    differs = {
        "subject": words.subject != subject,
        "text": words.text != text,
        "recipients": circular.audience != audience.to_store(),
    }
    if changed := [name for name, is_other in differs.items() if is_other]:
        audit.record("circular-changed", circular, by=by, after={"changed": changed})


def sample(circular, *, now, email=sample_person.ADDRESS) -> Message:
    """The mail to somebody who does not exist, composed and not stored."""
    person = sample_person.of(circular.season, email=email, confirmed_at=now)
    chosen = audiences.registrations(Audience.of(circular.audience), now=now).filter(session__season=circular.season)
    is_over = chosen.exists() and not chosen.filter(occurrence__ends_at__gt=now).exists()
    return compose(person, circular, about=[], is_over=is_over, message_id=random_message_id(), now=now)


@transaction.atomic
def delete(*, circular_id, by=None):
    """Only a draft: raises SentMeanwhile for what was sent. Locks it."""
    circular = Circular.objects.locked().get(pk=circular_id)
    if not circular.is_draft:
        raise SentMeanwhile
    audit.record("circular-deleted", about=str(circular), by=by)
    circular.delete()
