"""People whose sign-ups looked made up, and of whom staff say that they are real."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.people import Participant


class ClearedSuspect(models.Model):
    """Staff looked at somebody in a group of people who are alike in one way, and said that they are real."""

    class Likeness(models.TextChoices):
        CLIENT = "client", _("one place on the net")
        ORGANISATION = "organisation", _("one organisation")
        ADDRESSES = "addresses", _("addresses of one pattern")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="cleared", db_index=False)
    likeness = models.CharField(max_length=12, choices=Likeness)
    cleared_at = models.DateTimeField()
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)

    class Meta:
        verbose_name = _("person marked as real")
        verbose_name_plural = _("people marked as real")
        constraints = [
            # Its index is also that of the participant.
            models.UniqueConstraint(fields=["participant", "likeness"], name="cleared_once_of_a_likeness"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
