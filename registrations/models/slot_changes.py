"""Changes of time slots by staff: the times before and after, and whether the mails to many are prepared."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sessions.locks import LockableQuerySet
from sessions.models import Occurrence, PartsField


class SlotChangeQuerySet(LockableQuerySet):
    def unprepared(self):
        """Those for which the worker has still to prepare mails; of a slot only its last one."""
        return self.filter(prepared_at=None)


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
    parts_before = PartsField()
    parts = PartsField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    mails_leave_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0, help_text=_("How many mails it posted."))
    # A process of the version before, which names no such column, prepares all mails with the change.
    prepared_at = models.DateTimeField(
        null=True,
        blank=True,
        db_default=Now(),
        help_text=_("When all its mails were in the outbox, or a later change took over those that were not."),
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SlotChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a time slot")
        verbose_name_plural = _("changes of time slots")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "sequence"], name="one_change_of_a_slot_under_a_sequence"),
            models.UniqueConstraint(
                fields=["occurrence"], condition=Q(prepared_at=None), name="one_change_of_a_slot_in_preparation"
            ),
        ]

    def __str__(self):
        return f"{self.occurrence.session}: {self.get_kind_display()}"


class ReminderRound(models.Model):
    """The reminders of one slot, so many hours before `starts_at`, were posted: they are posted once.

    `people` are those with a mail of their own about it; others had one that told of an earlier slot as well.
    """

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
