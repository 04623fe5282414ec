"""Reports of meetings that staff have uploaded and that do not count yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import Occurrence


class AttendanceUpload(models.Model):
    """A file about a time slot while staff look at what is in it, for some hours at most.

    `said` is how it is read: zone, encoding, day_first, columns and heading; what is empty is found out.
    """

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="attendance_uploads")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    uploaded_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=200)
    octets = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    said = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("uploaded report of attendance")
        verbose_name_plural = _("uploaded reports of attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "uploaded_by", "sha256"], name="one_upload_of_a_file_by_somebody"
            )
        ]

    def __str__(self):
        return self.name
