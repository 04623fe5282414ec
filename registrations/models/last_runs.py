"""When something that runs for itself last did: periodic tasks, Celery beat and workers, one row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LastRunQuerySet(models.QuerySet):
    def record(self, name, *, at) -> bool:
        """Whether it is the first time under this name."""
        is_new = not self.filter(name=name).update(at=at)
        if is_new:
            self.bulk_create([self.model(name=name, at=at)], ignore_conflicts=True)
        return is_new


class LastRun(models.Model):
    name = models.CharField(max_length=255, primary_key=True)
    at = models.DateTimeField(help_text=_("On the clock of the machine."))

    objects = LastRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")

    def __str__(self):
        return self.name
