"""Mailboxes that sent a mail of ours back."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, in_geneva
from registrations.models import Mailbox
from sessions.clocks import moment


class DoneFilter(admin.SimpleListFilter):
    title = _("done")
    parameter_name = "done"

    def lookups(self, request, model_admin):
        return [("no", _("to see to")), ("yes", _("done"))]

    def queryset(self, request, queryset):
        if self.value() not in ("no", "yes"):
            return queryset
        return queryset.filter(settled_at__isnull=self.value() == "no")


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin):
    list_display = ["address", "state", "last_words", "last", "failures", "is_done"]
    list_filter = ["state", DoneFilter]
    search_fields = ["address"]
    ordering = ["-last_at", "-pk"]
    fields = ["address", "state", "last_status", "last_words", "last", "failures", "done"]

    @admin.display(description=_("last time"), ordering="last_at")
    def last(self, mailbox):
        return in_geneva(mailbox.last_at)

    @admin.display(description=_("failed on days"))
    def failures(self, mailbox):
        """Within 14 days, of those that may pass; of a mailbox that takes no mail at all there need be none."""
        return len(mailbox.recent_failures(moment.now()))

    @admin.display(description=_("done"), empty_value="")
    def is_done(self, mailbox):
        return _("done") if mailbox.settled_at else None

    @admin.display(description=_("marked as done"))
    def done(self, mailbox):
        return in_geneva(mailbox.settled_at)
