"""Mailboxes that sent something of ours back; the others have no row."""

from datetime import UTC, date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.locks import LockableQuerySet

# After failures on so many days, within so many days, a mailbox is given up.
SOFT_AT_MOST, SOFT_WITHIN = 5, timedelta(days=14)


class MailboxQuerySet(LockableQuerySet):
    def in_trouble(self):
        """Those of which staff must know, the latest first; a failure that may pass by itself is none."""
        return self.exclude(state=Mailbox.State.SOFT).order_by("-last_at", "-pk")

    def taking_none(self):
        """No such mailbox, or none that takes a mail at present."""
        return self.filter(state__in=[Mailbox.State.BAD, Mailbox.State.SOFT])

    def to_see_to(self):
        """Those in trouble of which staff have not said that nothing more is to be done."""
        return self.in_trouble().filter(settled_at=None)

    def settled(self):
        return self.in_trouble().filter(settled_at__isnull=False)


class Mailbox(models.Model):
    """One that sent a mail of ours back, for all people who share it, until a mail has arrived again."""

    class State(models.TextChoices):
        SOFT = "soft", _("takes no mail at present")
        BAD = "bad", _("takes no mail")
        REFUSED = "refused", _("refuses our mail")
        UNREAD = "unread", _("a mail came back, nobody can tell why")

    address = models.CharField(max_length=300, unique=True, help_text=_("Folded, as it is compared."))
    state = models.CharField(max_length=10, choices=State)
    soft_failures = models.JSONField(default=list, help_text=_("Moments of the last days, in ISO 8601."))
    last_status = models.CharField(max_length=11, blank=True, help_text=_("Status of RFC 3463, such as 5.1.1."))
    last_words = models.TextField(blank=True, help_text=_("What the mail server said."))
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When staff said that nothing more is to be done, until it fails again.")
    )

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox in trouble")
        verbose_name_plural = _("mailboxes in trouble")
        indexes = [models.Index(fields=["-last_at", "-id"], name="mailbox_latest_first")]

    def __str__(self):
        return self.address

    def count_soft(self, at: datetime) -> bool:
        """Count a failure that may pass; whether there were so many that the mailbox is given up.

        One a day: who signs up for many sessions has many mails come back from a full mailbox at once.
        """
        recent = self.recent_failures(at)
        if all(_day(moment) != _day(at) for moment in recent):
            recent.append(at)
        self.soft_failures = [moment.isoformat() for moment in recent[-SOFT_AT_MOST:]]
        return len(self.soft_failures) == SOFT_AT_MOST

    def recent_failures(self, at: datetime) -> list[datetime]:
        """Those that count at this moment."""
        moments = map(datetime.fromisoformat, self.soft_failures)
        return [moment for moment in moments if moment > at - SOFT_WITHIN]


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
