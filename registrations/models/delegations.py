"""Delegations that a focal point has typed and not yet signed up."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.keys import new_key
from sessions.clocks import dates
from sessions.locks import LockableQuerySet
from sessions.models import Season

TERM = timedelta(days=7)


class DelegationQuerySet(LockableQuerySet):
    def past_term(self, now):
        return self.filter(asked_at__lte=now - TERM)

    def empty(self, *, language):
        """What was typed goes; that the button was pressed, and in which language, stays until the term is over."""
        gone = {"email": "", "mailbox": "", "details": {"language": language}, "named": [], "consent_text": ""}
        return self.update(submission=models.F("key"), **gone)


class Delegation(models.Model):
    """What a focal point typed. Until they press the button in a mail of their own, nobody else hears of it.

    `details` are those of the focal point by field, `named` pairs of name and address, which may be empty, and
    `occurrences` ids of time slots, of which some may be gone.
    """

    season = models.ForeignKey(Season, models.CASCADE, related_name="delegations")
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    submission = models.CharField(
        max_length=40, unique=True, help_text=_("Key of the form that was sent, so that sending it again does nothing.")
    )
    email = models.CharField(_("e-mail"), max_length=254)
    mailbox = models.CharField(max_length=300, db_index=True)
    takes_part = models.BooleanField()
    details = models.JSONField()
    named = models.JSONField()
    occurrences = models.JSONField()
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField()
    asked_at = models.DateTimeField(db_index=True)
    signed_up_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    def __str__(self):
        return f"{self.season}: {dates.in_utc(self.asked_at, dates.ENGLISH)}"

    @property
    def is_signed_up(self) -> bool:
        return self.signed_up_at is not None

    @property
    def expires_at(self):
        return self.asked_at + TERM

    def has_expired(self, now) -> bool:
        return not self.is_signed_up and self.expires_at <= now
