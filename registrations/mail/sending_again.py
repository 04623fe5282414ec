"""Staff have failed mails sent once more."""

from django.db import transaction

from registrations import audit


@transaction.atomic
def send_again(*, mails, now, by=None) -> int:
    """Make the failed ones among these due again, as long as they have their text; returns how many."""
    number = mails.requeue(now)
    if number:
        about = mails.model._meta.verbose_name_plural
        audit.record("sent-again", by=by, now=now, about=str(about), after={"mails": number})
    return number
