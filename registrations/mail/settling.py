"""Staff say that nothing more is to be done about a failure, or take that back."""

from django.db import transaction

from registrations import audit
from registrations.mail import not_arrived
from registrations.models import Mailbox, Message


@transaction.atomic
def settle(*, mails, mailboxes, by, now) -> int:
    """Mark these mails that did not arrive, and mailboxes (by id), as done; returns how many were not.

    A mail that leaves or fails once more, and a mailbox that fails again, is to be seen to again. Locks the mails, then
    the mailboxes.
    """
    failed = list(not_arrived.to_see_to().filter(pk__in=mails).locked().values_list("pk", flat=True))
    troubled = list(Mailbox.objects.to_see_to().filter(pk__in=mailboxes).locked().values_list("pk", flat=True))
    Message.objects.filter(pk__in=failed).update(settled_at=now, settled_by=by)
    Mailbox.objects.filter(pk__in=troubled).update(settled_at=now)
    return _recorded("failures-settled", failed, troubled, by)


@transaction.atomic
def open_again(*, mails, mailboxes, by) -> int:
    """Take that back, for those of which it still holds."""
    failed = list(Message.objects.settled().filter(pk__in=mails).locked().values_list("pk", flat=True))
    troubled = list(Mailbox.objects.settled().filter(pk__in=mailboxes).locked().values_list("pk", flat=True))
    Message.objects.filter(pk__in=failed).update(settled_at=None, settled_by=None)
    Mailbox.objects.filter(pk__in=troubled).update(settled_at=None)
    return _recorded("failures-opened", failed, troubled, by)


def _recorded(action, mails, mailboxes, by) -> int:
    if mails or mailboxes:
        about = str(Message._meta.verbose_name_plural)
        audit.record(action, by=by, about=about, after={"mails": len(mails), "mailboxes": len(mailboxes)})
    return len(mails) + len(mailboxes)
