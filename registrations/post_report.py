"""How the post is doing: what waits, what failed, how late the oldest is, and who holds a seat without being told."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef

from registrations.models import Message, Registration

# A mail later than this, or a seat without a mail for so long, is no delay any more but a fault.
LATE_AFTER = timedelta(minutes=5)
# Mails about a registration that do not say: you have this seat.
SAY_NOTHING_OF_A_SEAT = [
    *("waitlisted", "waiting_changed", "left_waiting_list"),
    *("reminder", "published", "declined"),
]
# Mails that say it in the place of the summary: the seat came later.
SEATED_LATER = ["promoted", "confirmation"]


@dataclass(frozen=True)
class Report:
    """`mails` has the number for each state, of mails that still have their text (settings.MAIL_TERM_DAYS).

    `oldest_due_age` is zero when nothing is due; `unconfirmed` counts the rows of the function of this name.
    """

    mails: dict[str, int]
    oldest_due_age: timedelta
    unconfirmed: int

    @property
    def failed(self) -> int:
        return self.mails[Message.Status.FAILED]

    @property
    def problems(self) -> list[str]:
        """What somebody has to look at; empty when all is well. Failed mails are seen to by staff, one by one."""
        found = []
        if self.oldest_due_age > LATE_AFTER:
            found.append(f"a mail has been due for {int(self.oldest_due_age.total_seconds())} s")
        if self.unconfirmed:
            found.append(f"registrations without a sent confirmation: {self.unconfirmed}")
        return found


def report(now) -> Report:
    """Three queries, however many mails there are."""
    return Report(mails_by_state(), oldest_due_age(now), unconfirmed(now).count())


def mails_by_state() -> dict[str, int]:
    rows = Message.objects.filter(emptied_at=None).values_list("status").annotate(number=Count("pk")).order_by()
    return dict.fromkeys(Message.Status.values, 0) | dict(rows)


def oldest_due_age(now) -> timedelta:
    oldest = Message.objects.due(now).aggregate(oldest=Min("due_at"))["oldest"]
    return now - oldest if oldest else timedelta(0)


def unconfirmed(now):
    """Confirmed registrations to come whose state is older than LATE_AFTER, and of which no mail has left.

    It counts what has left, not what was queued: whatever got lost on the way is found, also a row that was never made.
    """
    people = Registration.objects.filter(participant__anonymised_at=None, occurrence__ends_at__gt=now)
    settled = people.confirmed().filter(revised_at__lt=now - LATE_AFTER)
    return settled.exclude(_told_by_own_mail()).exclude(_told_by_summary(), ~_was_seated_later())


def _told_by_own_mail():
    own = Message.objects.filter(registration=OuterRef("pk"), status=Message.Status.SENT)
    return Exists(own.exclude(kind__in=SAY_NOTHING_OF_A_SEAT))


def _told_by_summary():
    sent = Message.objects.filter(participant=OuterRef("participant"), status=Message.Status.SENT)
    # The summary of a form with several sessions is tied to the person, and made in the moment of the registrations.
    return Exists(sent.filter(kind="summary", queued_at=OuterRef("registered_at")))


def _was_seated_later():
    return Exists(Message.objects.filter(registration=OuterRef("pk"), kind__in=SEATED_LATER))


def registrations_to_come(now) -> dict[str, int]:
    """The number for each state, of time slots that are not over."""
    rows = Registration.objects.filter(occurrence__ends_at__gt=now).values_list("status").annotate(number=Count("pk"))
    return dict.fromkeys(Registration.Status.values, 0) | dict(rows.order_by())
