"""Who was in a meeting, and when, as a platform reported it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.attendance_reports import AttendanceReport
from registrations.models.registrations import Registration
from sessions.locks import LockableQuerySet


class AttendanceIntervalQuerySet(LockableQuerySet):
    def nobodys(self):
        """Of people without a registration, and still saying who they were."""
        return self.filter(registration=None).exclude(name="", email="")

    def forget(self):
        """That they were there stays, and not under which name."""
        locked = list(self.locked().values_list("pk", flat=True))
        return self.model.objects.filter(pk__in=locked).update(name="", email="")


class AttendanceInterval(models.Model):
    """Somebody joined and left once. Without a registration it is nobody whom we know, or nobody decided yet.

    `name` and `email` are those of the file; they go some weeks after staff left it open whose they are.
    """

    class Part(models.TextChoices):
        ATTENDEE = "attendee", _("attendee")
        PANEL = "panel", _("panel")
        HOST = "host", _("host")
        TELEPHONE = "telephone", _("telephone")

    class Decision(models.TextChoices):
        AUTOMATIC = "automatic", _("known by the address")
        STAFF = "staff", _("known by the Secretariat")
        LEFT_OPEN = "left open", _("left open")

    report = models.ForeignKey(AttendanceReport, models.CASCADE, related_name="intervals")
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="attendance_intervals"
    )
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    part = models.CharField(max_length=10, choices=Part)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision)

    objects = AttendanceIntervalQuerySet.as_manager()

    class Meta:
        verbose_name = _("time in a meeting")
        verbose_name_plural = _("times in a meeting")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
