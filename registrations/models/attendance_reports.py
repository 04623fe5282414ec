"""A report of a meeting platform about a time slot."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.locks import LockableQuerySet
from sessions.models import Occurrence


class AttendanceReportQuerySet(LockableQuerySet):
    def in_force(self):
        return self.filter(undone_at=None)


class AttendanceReport(models.Model):
    """One file about one time slot; several of a slot add up, each moment of a person once.

    A report that is undone, or replaced by another one, counts no more; it comes back when its replacement is undone.
    """

    occurrence = models.ForeignKey(
        Occurrence, models.PROTECT, related_name="attendance_reports", verbose_name=_("time slot")
    )
    layout = models.CharField(_("layout"), max_length=30)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    zone = models.CharField(_("time zone"), max_length=64)
    day_first = models.BooleanField(_("the day stands before the month"))
    columns = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text=_("What staff said its columns are."),
    )
    rows = models.PositiveIntegerField(_("lines"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who")
    )
    imported_at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="replaces"
    )

    objects = AttendanceReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of attendance")
        verbose_name_plural = _("reports of attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "sha256"], condition=Q(undone_at=None), name="one_report_of_a_file"
            )
        ]

    def __str__(self):
        return self.file_name
