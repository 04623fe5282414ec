"""People, their registrations, and the outbox of mails to them."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models import Occurrence, Season, Session, new_uid, validate_zone


def new_key() -> str:
    """An unguessable part of an address: 144 random bits, 24 URL-safe characters."""
    return secrets.token_urlsafe(18)


class Participant(models.Model):
    """A name behind a mailbox in one season; several people may share a mailbox."""

    class Stakeholder(models.TextChoices):
        PARTY = "party", _("Government of a Party")
        NON_PARTY = "non-party", _("Government of a non-Party")
        IGO = "igo", _("Intergovernmental organisation")
        NGO = "ngo", _("Non-governmental organisation")
        ACADEMIA = "academia", _("Academia and research")
        INDUSTRY = "industry", _("Industry and business")
        OTHER = "other", _("Other")

    class CalendarEntries(models.TextChoices):
        MAIL = "mail", _("Send me an invitation by mail for each session")
        SUBSCRIPTION = "subscription", _("I subscribe to a calendar with my sessions")
        NONE = "none", _("No calendar entries")

    season = models.ForeignKey(Season, models.PROTECT, related_name="participants")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=800, editable=False, help_text=_("The name, folded for comparison."))
    email = models.CharField(_("e-mail"), max_length=254)
    mailbox = models.CharField(max_length=300, editable=False, help_text=_("The address, folded for comparison."))
    organisation = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=3, blank=True, help_text=_("UN M49 code, three digits."))
    stakeholder = models.CharField(_("stakeholder group"), max_length=10, choices=Stakeholder, blank=True)
    language = models.CharField(_("language of the mails"), max_length=10, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    access_needs = models.TextField(blank=True)
    calendar_entries = models.CharField(max_length=12, choices=CalendarEntries, default=CalendarEntries.MAIL)
    wants_reminders = models.BooleanField(_("reminders"), default=True)
    wants_announcements = models.BooleanField(
        _("announcements"), default=False, help_text=_("Asked to hear when recordings and slides are published.")
    )
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField()
    consented_at = models.DateTimeField()
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    feed_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    stop_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["season", "mailbox", "name_key"], name="one_participant_of_a_name_behind_a_mailbox"
            ),
        ]

    def __str__(self):
        return self.name


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status__in=Registration.ACTIVE)

    def confirmed(self):
        return self.filter(status=Registration.Status.CONFIRMED)

    def waiting(self):
        waitlisted = self.filter(status=Registration.Status.WAITLISTED)
        return waitlisted.order_by("registered_at", "pk")

    def cancelled(self):
        return self.filter(status=Registration.Status.CANCELLED)


class Registration(models.Model):
    """A participant's claim on a session, from sign-up to cancelling; the time slot is an attribute that can change.

    Coming back after cancelling makes a new row, and so a new calendar UID and a new join address.
    `sequence` and `revised_at` describe the personal calendar entry with this `uid` (RFC 5545 3.8.7.4).
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITLISTED = "waitlisted", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    ACTIVE = [Status.CONFIRMED, Status.WAITLISTED]

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="registrations")
    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations")
    occurrence = models.ForeignKey(
        Occurrence, models.PROTECT, related_name="registrations", verbose_name=_("time slot")
    )
    status = models.CharField(max_length=10, choices=Status)
    registered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True, help_text=_("First click on the meeting's button."))
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(editable=False)
    entry_was_mailed = models.BooleanField(
        default=False, editable=False, help_text=_("Its mails carry the calendar entry.")
    )
    join_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    submission = models.CharField(
        max_length=40,
        blank=True,
        db_index=True,
        editable=False,
        help_text=_("Key of the form that was sent, so that sending it again changes nothing."),
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session"],
                condition=Q(status__in=["confirmed", "waitlisted"]),
                name="one_active_registration_each",
            ),
        ]
        indexes = [models.Index(fields=["occurrence", "status"], name="registration_by_slot")]

    def __str__(self):
        return f"{self.participant}: {self.session}"

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED


class SlotChange(models.Model):
    """One change of a time slot by staff, with the mails that tell of it; times before and after it.

    `sequence` is that of the slot after the change: a higher one means that it is not the last change any more.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved")
        CALLED_OFF = "called-off", _("called off")
        REVIVED = "revived", _("revived")

    kind = models.CharField(max_length=10, choices=Kind)
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="changes", verbose_name=_("time slot"))
    sequence = models.PositiveIntegerField()
    starts_at_before = models.DateTimeField()
    ends_at_before = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    mails_leave_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0, help_text=_("How many mails it posted."))
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of a time slot")
        verbose_name_plural = _("changes of time slots")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "sequence"], name="one_change_of_a_slot_under_a_sequence"),
        ]

    def __str__(self):
        return f"{self.occurrence.session}: {self.get_kind_display()}"


class ReminderRound(models.Model):
    """The reminders of one slot, so many hours before `starts_at`, were posted: they are posted once."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="reminder_rounds")
    starts_at = models.DateTimeField()
    hours_before = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "starts_at", "hours_before"], name="reminders_are_posted_once_for_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.occurrence_id}: {self.hours_before} h"


class MessageQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting for delivery and claimed by nobody, or claimed by somebody whose lease ran out."""
        unsent = Q(status=Message.Status.QUEUED, due_at__lte=now)
        abandoned = Q(status=Message.Status.SENDING, leased_until__lte=now)
        return self.filter(unsent | abandoned)

    def claim(self, pk, *, now, lease):
        """The message, now `SENDING` until `now + lease`; None if it is not due or somebody else was faster."""
        changes = {"status": Message.Status.SENDING, "leased_until": now + lease, "attempts": F("attempts") + 1}
        claimed = self.due(now).filter(pk=pk).update(**changes)
        return self.get(pk=pk) if claimed else None

    def failed(self):
        return self.filter(status=Message.Status.FAILED)

    def untouched(self):
        """Nobody has tried to send them: they can still be dropped."""
        return self.filter(status=Message.Status.QUEUED, attempts=0)

    def drop(self, reason) -> int:
        """Give up those that are queued; returns how many."""
        queued = self.filter(status=Message.Status.QUEUED)
        return queued.update(status=Message.Status.DROPPED, last_error=reason, leased_until=None)

    def requeue(self, now) -> int:
        """Make the failed ones due again; returns how many."""
        return self.failed().update(status=Message.Status.QUEUED, due_at=now, leased_until=None)

    def unsent(self):
        return self.filter(status__in=[Message.Status.QUEUED, Message.Status.SENDING])


class Message(models.Model):
    """One mail in the outbox: every attempt sends the same octets under the same Message-ID, only reminders are
    written anew, because "tomorrow" can be wrong at the next attempt.

    `octets` are empty until the mail is composed, which happens before the first attempt at the latest. `queued_at` is
    the DTSTAMP of its calendar part, `sequence` the SEQUENCE of the entry that it tells of. What the person knew of the
    slot before this mail: `known_starts_at`, `known_ends_at`, `knew_called_off`.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("dropped")

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
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    octets = models.BinaryField(default=b"", help_text=_("The whole message with CRLF lines (RFC 5322)."))
    change = models.ForeignKey(SlotChange, models.SET_NULL, null=True, blank=True, related_name="messages")
    sequence = models.PositiveIntegerField(null=True, blank=True)
    known_starts_at = models.DateTimeField(null=True, blank=True)
    known_ends_at = models.DateTimeField(null=True, blank=True)
    knew_called_off = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Not sent after this moment."))
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=["queued", "sending"]), name="message_by_due_time"),
        ]

    def __str__(self):
        return self.subject

    @property
    def is_composed(self) -> bool:
        return bool(self.octets)

    def record_composed(self, *, subject, octets):
        self.subject, self.octets = subject, octets
        self._mine().update(subject=subject, octets=octets)

    def record_dropped(self, reason):
        self._record(status=self.Status.DROPPED, last_error=reason)

    def record_sent(self, *, at):
        self._record(status=self.Status.SENT, sent_at=at, last_error="")

    def record_failed(self, reason):
        self._record(status=self.Status.FAILED, last_error=reason)

    def record_retry(self, reason, *, due_at):
        self._record(status=self.Status.QUEUED, last_error=reason, due_at=due_at)

    def _record(self, **changes):
        self._mine().update(leased_until=None, **changes)

    def _mine(self):
        # Only the attempt that holds the claim may write: after a lease ran out another one does.
        return Message.objects.filter(pk=self.pk, status=self.Status.SENDING, attempts=self.attempts)
