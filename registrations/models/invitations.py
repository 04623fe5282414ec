"""Who may take part in a session by invitation: named persons, and strangers who ask because of a forwarded link."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.keys import new_key
from registrations.models.registrations import Registration
from sessions import translations
from sessions.locks import LockableQuerySet
from sessions.models import Session


class InvitationBatch(models.Model):
    """Invitations that staff brought in together, so that they can be undone together."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitation_batches")
    source = models.CharField(max_length=200, help_text=_("Name of the file, or how the names were typed."))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of invitations")
        verbose_name_plural = _("imports of invitations")

    def __str__(self):
        return f"{self.session}: {self.source}"


class InvitationQuerySet(LockableQuerySet):
    def valid(self):
        return self.filter(withdrawn_at=None)

    def unanswered(self):
        return self.filter(accepted_at=None, declined_at=None)

    def unprepared(self):
        """Of people who may answer: their mails about changes of time slots are yet to be prepared."""
        return self.valid().unanswered().filter(unprepared_since__isnull=False)

    def with_mail(self):
        """A mail has left, or somebody has tried to send one: they may know of a time."""
        tried = Q(messages__status__in=["queued", "sending"], messages__attempts__gt=0)
        return self.filter(pk__in=self.filter(tried | Q(messages__status="sent")).values("pk"))

    def without_mail(self):
        """All their mails were dropped, so that they know nothing of it."""
        others = self.filter(messages__status__in=["queued", "sending", "sent", "failed"])
        dropped = self.filter(messages__status="dropped")
        return self.filter(pk__in=dropped.values("pk")).exclude(pk__in=others.values("pk"))


class Invitation(models.Model):
    """Lets one named person into a session by invitation; whether its mail has left is a matter of the outbox."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    batch = models.ForeignKey(InvitationBatch, models.SET_NULL, null=True, blank=True, related_name="invitations")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=800, editable=False)
    email = models.CharField(_("e-mail"), max_length=254)
    mailbox = models.CharField(max_length=300, editable=False)
    organisation = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    registration = models.ForeignKey(
        Registration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        related_query_name="invitation",
        help_text=_("Two invitations to one mailbox may have brought one person in."),
    )

    unprepared_since = models.PositiveBigIntegerField(
        null=True,
        editable=False,
        help_text=_("Id of the first change of a time slot of the session of which no mail is prepared yet."),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "mailbox", "name_key"],
                condition=Q(withdrawn_at=None),
                name="one_valid_invitation_each",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.session}"

    @property
    def reads(self) -> str:
        """The language of what is written to them."""
        return translations.offered(self.language)


class AdmissionRequest(models.Model):
    """Somebody who holds a forwarded invitation asks the staff who invited to be let in."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="admission_requests")
    name = models.CharField(max_length=200)
    email = models.CharField(_("e-mail"), max_length=254)
    mailbox = models.CharField(max_length=300, editable=False)
    organisation = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(default=False)

    objects = LockableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "mailbox"], name="one_request_of_a_mailbox"),
        ]

    def __str__(self):
        return f"{self.name}: {self.invitation.session}"
