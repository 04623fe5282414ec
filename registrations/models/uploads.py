"""Files of staff that are read once, and then forgotten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import Session
from sessions.tables import Choice, Limits, Reading, Table


class UploadedTable(models.Model):
    """A table of people while staff say what is in it, for some hours at most.

    Not read yet while `rows` and `problem` are empty; `started_at` is set by the one process that reads it.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="uploaded_tables")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    uploaded_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=200)
    octets = models.BinaryField()
    limits = models.JSONField()
    choice = models.JSONField(default=dict)
    asked_at = models.DateTimeField(help_text=_("When it should be read in the way that was chosen."))
    started_at = models.DateTimeField(null=True, blank=True)
    rows = models.JSONField(null=True, blank=True)
    reading = models.JSONField(default=dict)
    problem = models.TextField(blank=True)

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")

    def __str__(self):
        return self.name

    @property
    def waits(self) -> bool:
        return self.rows is None and not self.problem

    @property
    def table(self) -> Table:
        return Table(self.rows, Reading(**self.reading))

    @property
    def wanted(self) -> tuple[Limits, Choice]:
        """Within which limits, and in which way, it should be read."""
        return Limits(**self.limits), Choice(**self.choice)
