"""Staff move the clock of a rehearsal forward; the worker does it step by step."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models import Season


class ClockMove(models.Model):
    """From one moment of a rehearsal to a later one; `asked_at`, `ended_at`, `leased_until` are on the true clock."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="clock_moves")
    begins_at = models.DateTimeField(_("from"))
    reached_at = models.DateTimeField(_("reached"))
    ends_at = models.DateTimeField(_("to"))
    asked_at = models.DateTimeField(_("when"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("move of a rehearsal’s clock")
        verbose_name_plural = _("moves of rehearsals’ clocks")
        constraints = [
            models.UniqueConstraint(fields=["season"], condition=Q(ended_at=None), name="one_clock_move_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="clock_moves_forward"),
        ]

    def __str__(self):
        return str(self.season)
