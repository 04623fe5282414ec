"""Time slots, at which a session is held."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.clocks import dates
from sessions.locks import LockableQuerySet
from sessions.models.languages import validate_codes
from sessions.models.sessions import Session
from sessions.reference.languages import codes_in
from sessions.slot_states import DOORS_OPEN_BEFORE

LONGEST_REASON = 300


def new_uid() -> str:
    """A calendar UID: random, in our own domain, telling nothing (RFC 5545 3.8.4.7, RFC 7986 5.3)."""
    return f"{uuid.uuid4()}@{settings.UID_DOMAIN}"


class OccurrenceQuerySet(LockableQuerySet):
    def in_order(self):
        return self.order_by("starts_at", "pk")

    def upcoming(self, now):
        """Not over yet and not called off."""
        return self.filter(ends_at__gt=now, called_off_at=None)

    def overlapping(self, starts_at, ends_at):
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at, called_off_at=None)

    def in_the_way_of(self, session, starts_at, ends_at, *, besides=None):
        """Slots of this session that forbid these times, in order; one that is called off forbids its own start only.

        `session` may be an id; `besides` is the id of the slot that is to get the times.
        """
        slots = self.filter(session=session).exclude(pk=besides)
        return (slots.overlapping(starts_at, ends_at) | slots.filter(starts_at=starts_at)).in_order()


class Occurrence(models.Model):
    """One time slot of a session. `sequence` and `changed_at` describe the public calendar entry with this `uid`."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text=_("Empty: no limit."))
    meeting_url = models.URLField(
        _("meeting address"),
        max_length=1000,
        blank=True,
        help_text=_("Shown only on the personal join page of confirmed people, in its time window."),
    )
    meeting_phone = models.TextField(
        _("telephone of the meeting"),
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Numbers and access code, for people who cannot get in otherwise. Shown to those who see the address."
        ),
    )
    languages = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        validators=[validate_codes],
        help_text=_("Language codes, separated by commas, where it is held in others than its session says."),
    )
    interpretation = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        validators=[validate_codes],
        help_text=_("Codes of the languages into which it is interpreted, separated by commas."),
    )
    typed_start = models.CharField(
        max_length=16,
        blank=True,
        db_default="",
        editable=False,
        help_text=_("On the clock of `typed_zone`."),
    )
    typed_end = models.CharField(max_length=16, blank=True, db_default="", editable=False)
    typed_zone = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        editable=False,
        help_text=_("The clock on which staff typed the times: its rules may change afterwards."),
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=LONGEST_REASON,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Why it was moved, called off or is held after all, as people read it."),
    )
    attendance = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("How many people are confirmed. Changed with their registrations only.")
    )
    waiting = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("How many people wait. Changed with their registrations only.")
    )
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(
        editable=False, help_text=_("Last change of time or status; DTSTAMP and LAST-MODIFIED of the public entry.")
    )

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("time slot")
        verbose_name_plural = _("time slots")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
            models.UniqueConstraint(fields=["session", "starts_at"], name="one_slot_of_a_session_at_a_time"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="slot_by_start")]

    def __str__(self):
        local = self.starts_at.astimezone(self.session.season.zone)
        return f"{self.session.title}, {dates.stamp(local)}"

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def spoken(self) -> list[str]:
        """Codes of the languages in which it is held; reads its session unless it has its own."""
        return codes_in(self.languages or self.session.languages)

    @property
    def doors_open_at(self) -> datetime:
        """From when on its people come into the meeting."""
        return self.starts_at - DOORS_OPEN_BEFORE

    def is_over(self, now) -> bool:
        return self.ends_at <= now
