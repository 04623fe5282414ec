"""People, their registrations, and the outbox of mails to them."""

import secrets

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
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField()
    consented_at = models.DateTimeField()
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)

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

    def requeue(self, now) -> int:
        """Make the failed ones due again; returns how many."""
        return self.failed().update(status=Message.Status.QUEUED, due_at=now, leased_until=None)

    def unsent(self):
        return self.filter(status__in=[Message.Status.QUEUED, Message.Status.SENDING])


class Message(models.Model):
    """One mail in the outbox, rendered once: every attempt sends the same octets under the same Message-ID."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=200, unique=True)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="messages")
    registration = models.ForeignKey(Registration, models.CASCADE, null=True, blank=True, related_name="messages")
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=500)
    message_id = models.CharField(max_length=200, unique=True)
    octets = models.BinaryField(help_text=_("The whole message with CRLF lines (RFC 5322)."))
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

    def record_sent(self, *, at):
        self._record(status=self.Status.SENT, sent_at=at, last_error="")

    def record_failed(self, reason):
        self._record(status=self.Status.FAILED, last_error=reason)

    def record_retry(self, reason, *, due_at):
        self._record(status=self.Status.QUEUED, last_error=reason, due_at=due_at)

    def _record(self, **changes):
        # Only the attempt that holds the claim may write: after a lease ran out another one does.
        mine = Message.objects.filter(pk=self.pk, status=self.Status.SENDING, attempts=self.attempts)
        mine.update(leased_until=None, **changes)
