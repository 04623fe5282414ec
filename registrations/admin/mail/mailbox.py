"""Mailboxes that sent a mail of ours back."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, in_geneva
from registrations.models import Mailbox
from sessions.clocks import moment


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin):
    list_display = ["address", "state", "last_status", "last_words", "last", "failures"]
    list_filter = ["state"]
    search_fields = ["address"]
    ordering = ["-last_at", "-pk"]
    fields = ["address", "state", "last_status", "last_words", "last", "failures"]

    @admin.display(description=_("last time"), ordering="last_at")
    def last(self, mailbox):
        return in_geneva(mailbox.last_at)

    @admin.display(description=_("days with failures within 14 days"))
    def failures(self, mailbox):
        """Of those that may pass; of a mailbox that takes no mail at all there need be none."""
        return len(mailbox.recent_failures(moment.now()))
