"""Mailboxes that hear of the next season; only for superusers, because no group has the right to see the list.

Who may read mails sees to which address an announcement went.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, in_geneva
from registrations.models import NextSeasonSubscriber


@admin.register(NextSeasonSubscriber)
class NextSeasonSubscriberAdmin(ReadOnlyAdmin):
    list_display = ["mailbox", "language", "agreed"]
    search_fields = ["mailbox"]
    ordering = ["mailbox"]
    fieldsets = [
        (None, {"fields": ["mailbox", "language"]}),
        (_("What they agreed to"), {"fields": ["agreed", "consent_version", "consent_text"]}),
    ]

    @admin.display(description=_("agreed"), ordering="consented_at")
    def agreed(self, subscriber):
        return in_geneva(subscriber.consented_at)
