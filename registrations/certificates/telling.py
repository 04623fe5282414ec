"""The mail that a certificate is there; written when it leaves, or dropped when the certificate does not stand."""

from registrations.mail.notices.letters import random_message_id
from registrations.models import Message, not_sent

# The name under which such mails are stored.
KIND = "certificate"


def key_of(pk) -> str:
    """Under which the mail about a certificate is stored, once."""
    return f"{KIND}:{pk}"


def mail(certificate, *, now, due_at) -> Message:
    """To its person, or to the address of a speaker whom staff typed."""
    person = certificate.participant
    return Message(
        kind=KIND,
        dedupe_key=key_of(certificate.pk),
        participant=person,
        recipient=person.email if person else certificate.email,
        message_id=random_message_id(),
        queued_at=now,
        due_at=due_at,
        written_from={"certificate": certificate.pk},
        # Of a speaker who is no participant nothing else says so.
        rehearsal=certificate.season if certificate.season.is_rehearsal else None,
    )


def take_back(issue):
    """The mails of its certificates, none of which has left."""
    keys = [key_of(pk) for pk in issue.certificates.values_list("pk", flat=True)]
    Message.objects.filter(dedupe_key__in=keys).not_left().drop(not_sent.TAKEN_BACK)
