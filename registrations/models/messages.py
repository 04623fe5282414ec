"""Mails as rows: stored with what they tell of, claimed and sent by the worker, emptied after their term."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.invitations import Invitation
from registrations.models.next_season import NextSeasonSubscriber, SeasonAnnouncement
from registrations.models.people import Participant
from registrations.models.registrations import Registration
from registrations.models.slot_changes import SlotChange
from sessions.locks import LockableQuerySet

# What decides whose turn it is, without texts and addresses: of many mails little is read.
STATE = ["kind", "participant", "registration", "status", "queued_at", "due_at", "leased_until", "may_have_left"]
# What composing decides: other words are another mail, with a Message-ID of its own.
WORDS = ["subject", "octets", "message_id", "sequence"]


class MessageQuerySet(LockableQuerySet):
    def due(self, now):
        """Waiting for delivery and claimed by nobody, or claimed by somebody whose lease ran out."""
        unsent = Q(status=Message.Status.QUEUED, due_at__lte=now)
        abandoned = Q(status=Message.Status.SENDING, leased_until__lte=now)
        return self.filter(unsent | abandoned)

    def lock_due(self, pks, now) -> list["Message"]:
        """Those that are due and that nobody else claims at this moment, locked, in the order of `pks`.

        Rows that a change of their slot holds are left out, so that nobody waits for another.
        """
        # By id and lease: with a condition on the status PostgreSQL may go through all that is queued.
        unleased = Q(leased_until=None) | Q(leased_until__lte=now)
        locked = {message.pk: message for message in self._free(pks).filter(unleased, sent_at=None)}
        return [locked[pk] for pk in pks if pk in locked and locked[pk].is_due(now)]

    def lock_briefly(self, pks):
        """Their STATE, without those that somebody else has locked."""
        return self._free(pks).with_state() if pks else []

    def with_state(self, *more):
        return self.only(*STATE, *more)

    def _free(self, pks):
        return self.filter(pk__in=pks).select_for_update(skip_locked=True, no_key=True)

    def take(self, messages, *, now, lease) -> list["Message"]:
        """Claim these locked ones: `SENDING` from now on. One that was claimed before may have left."""
        for message in messages:
            message.may_have_left |= message.status == Message.Status.SENDING
            message.status, message.leased_until = Message.Status.SENDING, now + lease
            message.attempts += 1
        claims = {"status": Message.Status.SENDING, "leased_until": now + lease, "attempts": F("attempts") + 1}
        self.filter(pk__in=[message.pk for message in messages]).update(**claims)
        self.filter(pk__in=[message.pk for message in messages if message.may_have_left]).update(may_have_left=True)
        return messages

    def overtake(self, pks):
        """Drop these locked ones."""
        gone = {"status": Message.Status.DROPPED, "leased_until": None}
        if pks:
            self.filter(pk__in=pks).update(last_error=_("Overtaken by a later mail, which says this and more."), **gone)

    def postpone(self, messages, *, until):
        """For these locked ones. One that was claimed before may have left."""
        later = {"status": Message.Status.QUEUED, "leased_until": None, "due_at": until}
        for message in messages:
            may_have_left = message.may_have_left or message.status == Message.Status.SENDING
            self.filter(pk=message.pk).update(may_have_left=may_have_left, **later)

    def of_erased_people(self, pks):
        """Those whose people have erased their details."""
        return self.filter(pk__in=pks, participant__anonymised_at__isnull=False)

    def of_removed_subscribers(self, pks):
        """Those of an announcement, to a mailbox that is not on the list of the next season any more."""
        return self.filter(pk__in=pks, announcement__isnull=False, subscriber=None)

    def claimed_by(self, message):
        """This message, as long as the attempt that it was claimed for holds it: after a lease ran out another does.

        By its lease, which says the same as `SENDING`: with the status PostgreSQL may go through all that is queued.
        """
        return self.filter(pk=message.pk, attempts=message.attempts, leased_until__isnull=False)

    def record_composed(self, messages):
        """Store the words of messages that are claimed, all or none."""
        claimed = self.filter(pk__in=[message.pk for message in messages], leased_until__isnull=False)
        # In the order in which a change of their slot locks them, so that the two never wait for each other.
        with transaction.atomic():
            attempts = dict(claimed.locked().values_list("pk", "attempts"))
            own = [message for message in messages if attempts.get(message.pk) == message.attempts]
            # All of them are there and locked: it changes each row in its own way, and adds none.
            self.bulk_create(own, update_conflicts=True, unique_fields=["pk"], update_fields=WORDS)

    def failed(self):
        return self.filter(status=Message.Status.FAILED)

    def sent(self):
        return self.filter(status=Message.Status.SENT)

    def arrived(self, *, before):
        """Sent before this moment, and not sent back since: servers that refuse a mail nearly always do so at once."""
        return self.sent().filter(sent_at__lt=before, came_back_at=None)

    def held_up(self, *, since):
        """Failed, due since before this moment, or tried without success since then."""
        unsent = self.unsent()
        tried = unsent.filter(attempts__gt=0, queued_at__lt=since).exclude(change__mails_leave_at__gte=since)
        return self.failed().filter(emptied_at=None) | unsent.filter(due_at__lt=since) | tried

    def put_off(self):
        """Tried without success, and waiting for another try, or in it."""
        Status = Message.Status
        return self.unsent().filter(Q(status=Status.QUEUED, attempts__gt=0) | Q(status=Status.SENDING, attempts__gt=1))

    def dropped(self):
        return self.filter(status=Message.Status.DROPPED)

    def in_first_round(self):
        """Not failed before and sent once more by staff."""
        return self.filter(sent_again_at=None)

    def untouched(self):
        """Nobody has tried to send them: they can still be dropped."""
        return self.filter(status=Message.Status.QUEUED, attempts=0)

    @transaction.atomic
    def drop(self, reason) -> int:
        """Give up those that are queued; returns how many."""
        queued = self.filter(status=Message.Status.QUEUED)
        return queued._in_order().update(status=Message.Status.DROPPED, last_error=reason, leased_until=None)

    @transaction.atomic
    def requeue(self, now) -> int:
        """Make the failed ones due again that still have their text; returns how many."""
        failed = self.failed().filter(emptied_at=None)
        return failed._in_order().update(
            status=Message.Status.QUEUED, due_at=now, leased_until=None, refused_since=None, sent_again_at=now
        )

    def settled_with_text(self):
        """Nobody will send them any more, and they still hold somebody's address."""
        return self.exclude(status__in=[Message.Status.QUEUED, Message.Status.SENDING]).filter(emptied_at=None)

    def past_term(self, before):
        """Sent before this moment; those that never left, queued before it."""
        # The second condition follows from the first and lets the index on `queued_at` find them.
        is_past = Q(sent_at__lt=before) | Q(sent_at=None)
        return self.settled_with_text().filter(is_past, queued_at__lt=before)

    @transaction.atomic
    def empty(self, now) -> int:
        """Remove text and address of those that are settled; what stays tells nobody who they were for."""
        gone = {"octets": b"", "written_from": {}, "recipient": "", "subject": "", "last_error": ""}
        return self.settled_with_text()._in_order().update(emptied_at=now, **gone)

    def _in_order(self):
        """Those rows, locked in the order of their ids before one of them is changed."""
        return Message.objects.filter(pk__in=self.locked().values("pk"))

    def unsent(self):
        return self.filter(status__in=[Message.Status.QUEUED, Message.Status.SENDING])


class Message(models.Model):
    """One mail in the outbox. It tells of the state at its sending: written anew when that is another than at its
    posting, and under another Message-ID when an earlier attempt may have reached the reader.

    `octets` are empty until the mail is composed, which happens before the first attempt at the latest. `sequence` is
    the SEQUENCE of the entry that they tell of; of a mail with a list, the sum of theirs. What the person knew of the
    slot before this mail: `known_starts_at`, `known_ends_at`, `knew_called_off`. One that is `INCLUDED` never leaves:
    another mail says it, and its key keeps it from being posted again.
    """

    # Of a claimed mail: the person has had no mail about this registration, so that this one has to say all.
    lacks_first = False
    has_overtaken = False

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("dropped")
        INCLUDED = "included", _("in another mail")

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
    written_from = models.JSONField(default=dict, blank=True, help_text=_("What a focal point typed."))
    change = models.ForeignKey(SlotChange, models.SET_NULL, null=True, blank=True, related_name="messages")
    # Both have partial indexes: of many mails few are of an announcement.
    announcement = models.ForeignKey(
        SeasonAnnouncement, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    subscriber = models.ForeignKey(
        NextSeasonSubscriber, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    sequence = models.PositiveIntegerField(null=True, blank=True)
    known_starts_at = models.DateTimeField(null=True, blank=True)
    known_ends_at = models.DateTimeField(null=True, blank=True)
    knew_called_off = models.BooleanField(default=False)
    said_in = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, db_index=False, related_name="included")
    hours_before = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How long before its session a reminder is due.")
    )
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Not sent after this moment."))
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
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
            models.Index(fields=["queued_at"], condition=Q(emptied_at=None), name="message_with_text"),
            models.Index(fields=["registration"], condition=Q(status="failed"), name="message_that_failed"),
            models.Index(fields=["said_in"], condition=Q(said_in__isnull=False), name="message_in_another"),
            models.Index(fields=["recipient"], condition=Q(participant=None), name="message_to_an_address"),
            models.Index(
                fields=["announcement"], condition=Q(announcement__isnull=False), name="message_of_announcement"
            ),
            models.Index(fields=["subscriber"], condition=Q(subscriber__isnull=False), name="message_to_subscriber"),
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
