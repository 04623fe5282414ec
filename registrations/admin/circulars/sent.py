"""The page of a circular that was sent: how far its mails are, and taking it back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from registrations.admin.circulars import wording
from registrations.admin.circulars.pages import CircularPage, may_write, page
from registrations.circulars import sending
from registrations.presenters.staff import progress, recipients
from sessions import rich_text
from sessions.clocks import dates, moment


class SentPage(CircularPage):
    """Who may only look sees what was written, to how many, and no names."""

    http_method_names = ["get", "head"]
    template_name = "admin/registrations/circular/page.html"
    title = _("Circular")

    def has_permission(self):
        may_see = self.model_admin.has_view_permission(self.request)
        return may_write(self.request.user) or (may_see and not self.row.is_draft)

    def get(self, request, pk):
        if self.row.is_draft:
            return redirect(page("preview", self.row))
        now, found, words = moment.of(self.row.season), progress.of_circular(self.row), self.row.words_in("")
        return self.show(
            subject=words.subject,
            text=rich_text.each_in_its_direction(words.text),
            audience=wording.audience(self.row),
            number=dates.number(self.row.people),
            made_at=recipients.moment(self.row.made_at, self.row.season),
            **found.on_page(now, stays_still="still" in request.GET),
            can_be_taken_back=may_write(request.user) and sending.can_be_taken_back(self.row),
            may_see_mails=request.user.has_perm("registrations.view_message"),
        )


class TakeBackPage(CircularPage):
    template_name = "admin/registrations/circular/take_back.html"
    title = _("Take this circular back")

    def refusal(self):
        return "" if sending.can_be_taken_back(self.row) else recipients.NOTHING_TO_TAKE_BACK

    def get(self, request, pk):
        found = progress.of_circular(self.row)
        return self.show(silent=recipients.hear_nothing(found.being_prepared + found.waiting))

    def post(self, request, pk):
        try:
            silent = sending.take_back(circular_id=pk, now=moment.of(self.row.season), by=request.user)
        except sending.TooLate:
            return self.leave(messages.WARNING, recipients.NOTHING_TO_TAKE_BACK)
        return self.leave(messages.SUCCESS, _("The circular is taken back."), recipients.hear_nothing(silent))
