"""What staff did when they moved some people to another time slot of their session, in one go."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.registrations import Registration
from sessions.models import Occurrence


class Transfer(models.Model):
    """Some people were moved to a time slot of their session; the mails that tell them of it belong to it."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="transfers", verbose_name=_("time slot"))
    made_at = models.DateTimeField(_("when"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    mails_leave_at = models.DateTimeField()
    people = models.PositiveIntegerField(_("people"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("move of people")
        verbose_name_plural = _("moves of people")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class MovedPerson(models.Model):
    """Where one of the people of a transfer was before it, in a seat or on a waiting list.

    Without `occurrence_before` when that time slot was deleted since.
    """

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="moved")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="moves")
    occurrence_before = models.ForeignKey(Occurrence, models.SET_NULL, null=True, related_name="+")
    waiting_since = models.DateTimeField(null=True, help_text=_("Of somebody who waited: their place in the list."))
    had_entry = models.BooleanField(help_text=_("The mails before it carried the calendar entry."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "registration"], name="nobody_is_twice_in_a_transfer"),
        ]

    def __str__(self):
        return f"{self.transfer}: {self.registration_id}"

    @property
    def has_waited(self) -> bool:
        return self.waiting_since is not None
