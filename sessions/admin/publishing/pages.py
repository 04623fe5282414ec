"""The pages on which staff publish or withdraw a season or a session: what that does, then the button."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import publishing
from registrations.forms.number import REGISTERED, NumberForm
from sessions.admin.programme_page import ProgrammePage
from sessions.admin.publishing import effects

OTHER_NUMBER = gettext_lazy(
    "Meanwhile somebody has registered or cancelled: the number of people is another one. Nothing was changed. "
    "Please look again."
)


class PublishPage(ProgrammePage):
    template_name = "admin/online_sessions/publishing.html"
    title = gettext_lazy("Publish")

    def refusal(self):
        return _("It is published already.") if self.row.is_published else ""

    def get(self, request, pk):
        people = publishing.people_registered(self.row)
        return self.show(
            headline=effects.registered_in_words(people),
            facts=effects.of_publishing(self.row, now=self.now),
            button=_("Publish it"),
        )

    def post(self, request, pk):
        try:
            publishing.publish(self.model, pk=pk, now=self.now, by=request.user)
        except publishing.AlreadySo:
            return self.leave(messages.INFO, _("It is published already."))
        return self.report(_("“%(row)s” is published.") % {"row": self.row})


class WithdrawPage(ProgrammePage):
    template_name = "admin/online_sessions/publishing.html"
    title = gettext_lazy("Withdraw from the public")

    def refusal(self):
        return "" if self.row.is_published else _("It is a draft already.")

    def get(self, request, pk, form=None):
        people = form.number if form else publishing.people_registered(self.row)
        return self.show(
            headline=effects.registered_in_words(people),
            facts=effects.of_withdrawing(self.row, people),
            confirm=form or NumberForm(number=people, label=REGISTERED, typed=self.number_unsent),
            button=_("Withdraw it"),
        )

    def post(self, request, pk):
        form = NumberForm(request.POST, number=publishing.people_registered(self.row), label=REGISTERED)
        if not form.is_valid():
            return self.get(request, pk, form)
        try:
            publishing.withdraw(self.model, pk=pk, people=form.number, now=self.now, by=request.user)
        except publishing.AlreadySo:
            return self.leave(messages.INFO, _("It is a draft already."))
        except publishing.OtherNumber:
            return self.leave(messages.WARNING, OTHER_NUMBER, page=request.path)
        return self.report(_("“%(row)s” is withdrawn: staff alone see it.") % {"row": self.row})


def state_with_button(row, *, query=None):
    """What the form of the row says of who sees it, and where that is changed, by an address with this query."""
    words = _("Everybody sees it.") if row.is_published else _("Draft: staff alone see it.")
    page, label = ("withdraw", _("Withdraw …")) if row.is_published else ("publish", _("Publish …"))
    address = reverse(f"admin:online_sessions_{row._meta.model_name}_{page}", args=[row.pk], query=query)
    return format_html('{} <a class="button" href="{}">{}</a>', words, address, label)
