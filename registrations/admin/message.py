"""Mails: their state, never their text, because personal links stand in it."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.admin import mail_words
from registrations.admin.filters import ChangeFilter
from registrations.admin.read_only import ReadOnlyAdmin, in_utc
from registrations.models import Message

RELATED = ["participant", "registration__session", "change__occurrence__session"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    actions = ["send_again"]
    list_display = ["recipient", "what", "kind_in_words", "status", "queued", "sent", "attempts", "reason"]
    list_filter = [ChangeFilter, "status", "kind"]
    search_fields = ["recipient", "subject"]
    ordering = ["-queued_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["recipient", "what", "kind_in_words", "participant", "registration", "change"]}),
        (_("State"), {"fields": ["status", "reason", "queued", "due", "sent", "attempts", "message_id"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("octets").select_related(*RELATED)

    def has_send_again_permission(self, request):
        return request.user.has_perm("registrations.change_message")

    @admin.action(description=_("Send failed mails again"), permissions=["send_again"])
    def send_again(self, request, queryset):
        number = queryset.requeue(timezone.now())
        text = ngettext("%(number)s mail will be sent again.", "%(number)s mails will be sent again.", number)
        messages.info(request, text % {"number": number})

    @admin.display(description=_("subject"), ordering="subject")
    def what(self, message):
        return mail_words.subject(message)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, message):
        return mail_words.kind(message)

    @admin.display(description=_("reason"), empty_value="")
    def reason(self, message):
        """Why it was dropped, has failed, or waits for another attempt."""
        return message.last_error

    @admin.display(description=_("queued"), ordering="queued_at")
    def queued(self, message):
        return in_utc(message.queued_at)

    @admin.display(description=_("due"))
    def due(self, message):
        return in_utc(message.due_at)

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, message):
        return in_utc(message.sent_at)
