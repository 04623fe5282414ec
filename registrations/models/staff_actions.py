"""The audit log: what staff did."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffAction(models.Model):
    """One action of somebody on the staff, kept as it was; it holds no details of participants.

    `before` and `after` hold only what became different, by field. What it is about is kept in words and as an address,
    because the row itself may be deleted.
    """

    made_at = models.DateTimeField(_("when"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    by_name = models.CharField(
        max_length=150, blank=True, help_text=_("Stays when the account is gone. Empty: a command on the server.")
    )
    # The column has kept its first name, so that a new version starts while an old one still runs.
    action = models.CharField(max_length=40, db_column="deed")
    kind = models.CharField(max_length=100, blank=True, help_text=_("What sort of thing it was done to."))
    object_id = models.BigIntegerField(null=True, blank=True)
    about = models.CharField(max_length=400, blank=True)
    page = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    why = models.TextField(blank=True)
    change = models.ForeignKey(
        "registrations.SlotChange", models.SET_NULL, null=True, blank=True, related_name="staff_actions"
    )

    class Meta:
        verbose_name = _("staff action")
        verbose_name_plural = _("staff actions")
        indexes = [
            models.Index(fields=["-made_at"], name="staff_action_by_time"),
            models.Index(fields=["kind", "object_id"], name="staff_action_by_object"),
        ]

    def __str__(self):
        return f"{self.action}: {self.about}"
