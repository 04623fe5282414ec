"""Mails: their state, never their text, because it holds personal links."""

from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.admin.base import ReadOnlyAdmin, in_geneva
from registrations.admin.filters import CameBackFilter, ChangeFilter, CircularFilter, KindFilter, TransferFilter
from registrations.admin.mail import wording
from registrations.admin.mail.failures_page import FailuresPage
from registrations.admin.mail.health_page import PostPage
from registrations.admin.mail.send_again_page import SendAgainPage
from registrations.admin.rehearsals.pages import BoxedHtmlPage, BoxedMailPage, BoxPage
from registrations.mail import sending_again
from registrations.models import Message

RELATED = ["participant", "registration__session", "change__occurrence__session", "announcement__season"]
RELATED += ["circular", "transfer", "settled_by"]

REASON_IN_LIST = 80


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    actions = ["send_again"]
    list_display = ["to", "what", "kind_in_words", "state", "queued", "sent", "in_short"]
    list_filter = [ChangeFilter, TransferFilter, CircularFilter, "status", ("came_back_at", CameBackFilter), KindFilter]
    search_fields = ["recipient", "subject"]
    ordering = ["-queued_at", "-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "to",
                    "what",
                    "kind_in_words",
                    "participant",
                    "registration",
                    "change",
                    "transfer",
                    "announcement",
                    "circular",
                ]
            },
        ),
        (
            _("State"),
            {
                "fields": [
                    "state",
                    "said",
                    "reason",
                    "queued",
                    "due",
                    "sent",
                    "came_back",
                    "attempts",
                    "text",
                    "message_id",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("octets").select_related(*RELATED)

    def get_urls(self):
        pages = (PostPage, SendAgainPage, FailuresPage)
        post, again, failures = (self.admin_site.admin_view(page.as_view(model_admin=self)) for page in pages)
        boxes = (BoxPage, BoxedMailPage, BoxedHtmlPage)
        box, boxed, html = (self.admin_site.admin_view(page.as_view(model_admin=self)) for page in boxes)
        return [
            path("box/<int:pk>/", box, name="registrations_message_box"),
            path("box/<int:pk>/<int:mail>/", boxed, name="registrations_message_boxed"),
            path("box/<int:pk>/<int:mail>/formatted/", html, name="registrations_message_boxed_html"),
            path("post/", post, name="registrations_message_post"),
            path("post/failures/", failures, name="registrations_message_failures"),
            path("<int:pk>/send-again/", again, name="registrations_message_send_again"),
            *super().get_urls(),
        ]

    def has_send_again_permission(self, request):
        return request.user.has_perm("registrations.change_message")

    @admin.action(description=_("Send again what failed or came back"), permissions=["send_again"])
    def send_again(self, request, queryset):
        emptied = queryset.failed().exclude(emptied_at=None).count()
        chosen = list(queryset.values_list("pk", flat=True))
        number, reasons = sending_again.send_what_did_not_arrive(chosen, by=request.user, now=timezone.now())
        text = ngettext("%(number)s mail will be sent again.", "%(number)s mails will be sent again.", number)
        messages.info(request, text % {"number": number})
        for reason in reasons:
            messages.warning(request, reason)
        if emptied:
            messages.warning(request, _cannot_be_sent(emptied))

    @admin.display(description=_("to"), ordering="recipient")
    def to(self, message):
        return message.recipient or wording.removed(message)

    @admin.display(description=_("came back"))
    def came_back(self, message):
        return in_geneva(message.came_back_at)

    @admin.display(description=_("text"))
    def text(self, message):
        """Never the text itself: whether there is any."""
        if message.emptied_at:
            return wording.removed(message)
        if message.said_in_id:
            return _("in another mail")
        return _("stored") if message.is_composed else _("not written yet")

    @admin.display(description=_("in the mail"), empty_value="")
    def said(self, message):
        """Which mail tells of it, of a reminder that does not leave by itself."""
        mail = message.said_in
        page = mail and reverse("admin:registrations_message_change", args=[mail.pk])
        return mail and format_html('<a href="{}">{}</a>', page, wording.subject(mail))

    @admin.display(description=_("subject"), ordering="subject")
    def what(self, message):
        return wording.subject(message)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, message):
        return wording.kind(message)

    @admin.display(description=_("status"), ordering="status")
    def state(self, message):
        return wording.state(message)

    @admin.display(description=_("reason"), empty_value="")
    def reason(self, message):
        """Why it was dropped, has failed, or waits for another attempt."""
        return message.last_error

    @admin.display(description=_("reason"), empty_value="")
    def in_short(self, message):
        """Servers write letters; the page of the mail has all that is kept of it."""
        return Truncator(message.last_error).chars(REASON_IN_LIST)

    @admin.display(description=_("queued"), ordering="queued_at")
    def queued(self, message):
        return in_geneva(message.queued_at)

    @admin.display(description=_("due"))
    def due(self, message):
        return in_geneva(message.due_at)

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, message):
        return in_geneva(message.sent_at)


def _cannot_be_sent(number) -> str:
    text = ngettext(
        "%(number)s mail cannot be sent again: its text was removed.",
        "%(number)s mails cannot be sent again: their text was removed.",
        number,
    )
    return text % {"number": number}
