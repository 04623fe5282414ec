"""Figures of a season as they were counted at one moment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import Season


class FiguresQuerySet(models.QuerySet):
    def that_count(self, season):
        """Those of the last time that they were stored; `season` may be an id."""
        of_season = self.filter(season=season)
        return of_season.filter(taken_at=of_season.order_by("-taken_at").values("taken_at")[:1])

    def public(self):
        """Those that everybody may see, of seasons that everybody may see and that are no rehearsal."""
        seasons = Season.objects.published().filter(is_rehearsal=False)
        return self.filter(season__in=seasons, published_at__isnull=False, taken_back_at=None).exclude(shown=None)


class Figures(models.Model):
    """One table of a season's figures; tables that were stored together have the same `taken_at`.

    `cells` is written and read by registrations/figures/as_json.py; so is `shown`, the same as others see it: None
    until it is published, and where it is not for others. But for these and the two moments, rows are never changed.
    """

    season = models.ForeignKey(Season, models.CASCADE, related_name="figures")
    kind = models.CharField(_("counted by"), max_length=30)
    taken_at = models.DateTimeField(_("stored"))
    cells = models.JSONField()
    shown = models.JSONField(null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(fields=["season", "taken_at", "kind"], name="one_table_of_a_kind_at_a_time"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
