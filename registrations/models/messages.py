"""Mails as rows: stored with what they tell of, claimed and sent by the worker, emptied after their term."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.circulars import Circular
from registrations.models.invitations import Invitation
from registrations.models.message_queries import MessageQuerySet, MessageStatus
from registrations.models.next_season import NextSeasonSubscriber, SeasonAnnouncement
from registrations.models.people import Participant
from registrations.models.registrations import Registration
from registrations.models.slot_changes import SlotChange
from registrations.models.transfers import Transfer
from sessions.models import PartsField, Season


class Message(models.Model):
    """One mail in the outbox. It tells of the state at its sending: written anew when that is another than at its
    posting, and under another Message-ID when an earlier attempt may have reached the reader.

    `octets` are empty until the mail is composed, which happens before the first attempt at the latest. `sequence` is
    the SEQUENCE of the entry that they tell of; of a mail with a list, the sum of theirs. What the person knew of the
    slot before this mail: `known_starts_at`, `known_ends_at`, `knew_called_off`, `known_parts`. One that is `INCLUDED`
    never leaves: another mail says it, and its key keeps it from being posted again.
    """

    # Of a claimed mail: the person has had no mail about this registration, so that this one has to say all.
    lacks_first = False
    has_overtaken = False

    Status = MessageStatus

    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=200, unique=True)
    participant = models.ForeignKey(
        Participant,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        help_text=_("Empty for a mail to an address, such as a code to sign in."),
    )
    registration = models.ForeignKey(Registration, models.CASCADE, null=True, blank=True, related_name="messages")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, blank=True, related_name="messages")
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    octets = models.BinaryField(default=b"", help_text=_("The whole message with CRLF lines (RFC 5322)."))
    written_from = models.JSONField(default=dict, blank=True, help_text=_("What its text needs besides other rows."))
    change = models.ForeignKey(SlotChange, models.SET_NULL, null=True, blank=True, related_name="messages")
    # These have partial indexes: of many mails few are of an announcement, a circular or a transfer.
    announcement = models.ForeignKey(
        SeasonAnnouncement, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    subscriber = models.ForeignKey(
        NextSeasonSubscriber, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    circular = models.ForeignKey(
        Circular, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    transfer = models.ForeignKey(
        Transfer, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    rehearsal = models.ForeignKey(
        Season,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails_of_rehearsal",
        db_index=False,
        help_text=_("Of a rehearsal: it is kept in the box that staff read, and is never given to the mail server."),
    )
    sequence = models.PositiveIntegerField(null=True, blank=True)
    known_starts_at = models.DateTimeField(null=True, blank=True)
    known_ends_at = models.DateTimeField(null=True, blank=True)
    knew_called_off = models.BooleanField(default=False)
    known_parts = PartsField()
    part = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("The part of its time slot whose entry it carries.")
    )
    said_in = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, db_index=False, related_name="included")
    hours_before = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How long before its session a reminder is due.")
    )
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Not sent after this moment."))
    status = models.CharField(max_length=10, choices=MessageStatus, default=MessageStatus.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    may_have_left = models.BooleanField(
        default=False, help_text=_("An attempt to send it ended without an answer of the mail server.")
    )
    refused_since = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when the mail server has put off this mail, and no other reason.")
    )
    sent_again_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When staff had it sent once more after it had failed.")
    )
    paused_post_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its refusal was taken for trouble with the sender.")
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    came_back_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a mail server sent it back, after it had been sent.")
    )
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When staff said that nothing more is to be done about its failure.")
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    emptied_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its text and address were removed, a term after sending.")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            # With the id, because the mails of one change are all due at the same moment.
            models.Index(
                fields=["due_at", "id"], condition=Q(status__in=["queued", "sending"]), name="message_by_due_time"
            ),
            models.Index(fields=["-queued_at", "-id"], name="message_newest_first"),
            # With what `health.mails_by_state` counts, which then reads no row.
            models.Index(
                fields=["queued_at"],
                include=["status", "settled_at", "rehearsal"],
                condition=Q(emptied_at=None),
                name="message_with_text",
            ),
            # As few as there are focal points; `health.lacking_a_mail` would read all mails for them.
            models.Index(fields=["participant"], condition=Q(kind="delegation"), name="message_to_focal_point"),
            models.Index(fields=["registration"], condition=Q(status="failed"), name="message_that_failed"),
            models.Index(
                fields=["registration"], condition=Q(came_back_at__isnull=False), name="message_that_came_back"
            ),
            models.Index(fields=["said_in"], condition=Q(said_in__isnull=False), name="message_in_another"),
            models.Index(fields=["recipient"], condition=Q(participant=None), name="message_to_an_address"),
            models.Index(
                fields=["announcement"], condition=Q(announcement__isnull=False), name="message_of_announcement"
            ),
            models.Index(fields=["subscriber"], condition=Q(subscriber__isnull=False), name="message_to_subscriber"),
            models.Index(fields=["circular"], condition=Q(circular__isnull=False), name="message_of_circular"),
            models.Index(
                fields=["rehearsal", "due_at", "id"], condition=Q(rehearsal__isnull=False), name="message_of_rehearsal"
            ),
            models.Index(fields=["transfer"], condition=Q(transfer__isnull=False), name="message_of_transfer"),
        ]

    def __str__(self):
        return self.subject

    def is_due(self, now) -> bool:
        """The rule of `due` for a row that is locked."""
        if self.status == self.Status.QUEUED:
            return self.due_at <= now
        return self.status == self.Status.SENDING and self.leased_until <= now

    @property
    def is_sent(self) -> bool:
        return self.status == self.Status.SENT

    @property
    def is_unsent(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.SENDING)

    def is_on_its_way(self, now) -> bool:
        return self.status == self.Status.SENDING and self.leased_until > now

    @property
    def is_settled(self) -> bool:
        has_not_arrived = self.status == self.Status.FAILED or (self.is_sent and self.came_back_at is not None)
        return has_not_arrived and self.settled_at is not None

    @property
    def is_composed(self) -> bool:
        return bool(self.octets)

    def record_dropped(self, reason):
        self._record(status=self.Status.DROPPED, last_error=reason)

    def record_sent(self, *, at):
        self._record(status=self.Status.SENT, sent_at=at, last_error="")

    def put_back(self, **changes):
        """Unclaim it: this attempt was none.

        It counts nevertheless for a mail for which others were dropped: that one must not be dropped as untried, or
        its reader would hear nothing at all.
        """
        attempts = self.attempts if self.has_overtaken else self.attempts - 1
        self._record(status=self.Status.QUEUED, attempts=attempts, **changes)

    def record_failed(self, reason):
        self._record(status=self.Status.FAILED, last_error=reason)

    def record_retry(self, reason, **changes):
        self._record(status=self.Status.QUEUED, last_error=reason, **changes)

    def _record(self, **changes):
        Message.objects.claimed_by(self).update(leased_until=None, **changes)
