"""Calendar entries by mail that people want and do not have yet."""

from registrations.mail import notices, outbox
from registrations.models import Registration


def send(registrations, *, with_waiting_mail, now):
    """For confirmed registrations without an entry, in locked slots, of people who want entries.

    A mail that waits for those in `with_waiting_mail`, ids of registrations, carries the entry; all others get a mail.
    """
    for registration in registrations:
        registration.entry_was_mailed = True
    Registration.objects.bulk_update(registrations, ["entry_was_mailed"])
    outbox.post(
        [_invitation(registration, now) for registration in registrations if registration.pk not in with_waiting_mail]
    )


def _invitation(registration, now):
    # The Message-ID of a calendar mail is made of UID and SEQUENCE, and the confirmation has that of this SEQUENCE.
    registration.sequence += 1
    registration.revised_at = now
    registration.save(update_fields=["sequence", "revised_at"])
    return notices.invitation(registration, now=now)
