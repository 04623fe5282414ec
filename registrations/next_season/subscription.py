"""A mailbox is put on the list by somebody behind it, and taken off by them or by one click in the mail."""

from django.db import transaction

from registrations.models import Message, NextSeasonSubscriber, Participant, new_key, not_sent
from registrations.people import consent


def is_asked_for(mailbox) -> bool:
    return NextSeasonSubscriber.objects.of(mailbox).exists()


def choose(*, participant, is_wanted, now):
    """What the person says for their mailbox; saying it twice is saying it once."""
    if is_wanted:
        ask(participant=participant, now=now)
    else:
        stop(NextSeasonSubscriber.objects.of(participant.mailbox), now=now)


@transaction.atomic
def ask(*, participant, now):
    """Put the mailbox on the list, with what was agreed to. Locks the person: who erases their data meanwhile asks not.

    That the mailbox is theirs needs no further proof: their personal key came by mail to it.
    """
    person = Participant.objects.filter(pk=participant.pk, anonymised_at=None).locked().first()
    if person is None:
        return
    given = consent.given_for_next_season()
    subscriber = NextSeasonSubscriber(
        mailbox=person.mailbox,
        language=person.language,
        consent_version=given.version,
        consent_text=given.text,
        consented_at=now,
    )
    # Another person behind the mailbox may ask at this moment: a row that collides would stand in the database's log.
    NextSeasonSubscriber.objects.bulk_create([subscriber], ignore_conflicts=True)


@transaction.atomic
def stop(subscribers, *, now):
    """Delete these rows; mails to them that wait are dropped, and what was sent to them is emptied. Locks them."""
    pks = list(subscribers.locked().values_list("pk", flat=True))
    mails = Message.objects.filter(subscriber__in=pks)
    list(mails.locked().values_list("pk"))
    mails.drop(not_sent.NOT_WANTED)
    mails.empty(now)
    NextSeasonSubscriber.objects.filter(pk__in=pks).delete()


def locked(mailbox) -> list[NextSeasonSubscriber]:
    return list(NextSeasonSubscriber.objects.of(mailbox).locked())


def move(subscribers, mailbox):
    """These locked rows are about another mailbox now; where that is on the list already, they are deleted.

    Mails to the old one are the caller's to lead on.
    """
    rows = NextSeasonSubscriber.objects.filter(pk__in=[each.pk for each in subscribers])
    if is_asked_for(mailbox):
        rows.delete()
    else:
        rows.update(mailbox=mailbox, stop_key=new_key())


def correct_language(mailbox, language):
    """Somebody behind the mailbox reads another language now. Inside a transaction that has locked the person."""
    NextSeasonSubscriber.objects.of(mailbox).exclude(language=language).update(language=language)
