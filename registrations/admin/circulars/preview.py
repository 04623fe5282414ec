"""The pages before a circular is sent: who would get it, the mail in both forms, one to oneself, the number typed."""

from csp.constants import HEADER as CSP
from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from registrations.admin.circulars import wording
from registrations.admin.circulars.forms import ConfirmForm
from registrations.admin.circulars.pages import CircularPage, page
from registrations.circulars import drafts, sending
from registrations.people import audiences
from registrations.people.audiences import Audience
from registrations.presenters.staff import recipients, sample_mail
from sessions.clocks import moment

NAMES_SHOWN = 8
SENT_ALREADY = _("It was sent already. Nothing is sent a second time.")
LOOK_AGAIN = _("Meanwhile the people who would get it or the words have changed. Nothing was sent. Please look again.")
NOBODY = _("Nobody would get it. Choose other people.")
NO_ADDRESS = _(
    "Your user has no e-mail address, so nothing was sent. An administrator can add it: under “Staff”, by your name."
)
# The mail brings its own styles and nothing else; the frame around it lets no link out.
AS_MAIL = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


class DraftPage(CircularPage):
    def refusal(self):
        return "" if self.row.is_draft else SENT_ALREADY


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class PreviewPage(DraftPage):
    template_name = "admin/registrations/circular/preview.html"
    title = _("Look at it and send it")

    @cached_property
    def now(self):
        return moment.of(self.row.season)

    @cached_property
    def people(self):
        return sending.recipients(self.row, now=self.now)

    def get(self, request, pk, form=None):
        number = self.people.count()
        chosen = Audience.of(self.row.audience)
        left_out = audiences.number_left_out(self.row.season, chosen, now=self.now)
        return self.show(
            audience=wording.audience(self.row),
            people=recipients.will_be_mailed(number),
            number=number,
            names=self._names(),
            rules=wording.who_gets_it(self.row, left_out) if not chosen.is_empty else [],
            confirm=form or self._confirm(number),
            button=wording.button(number),
            mail=sample_mail.read(drafts.sample(self.row, now=self.now)),
        )

    def post(self, request, pk):
        number = self.people.count()
        form = self._confirm(number, request.POST)
        if form.must_look_again:
            messages.warning(request, LOOK_AGAIN)
            return self.get(request, pk)
        if number and not form.is_valid():
            return self.get(request, pk, form)
        confirmed = {"people": number, "seen": request.POST["seen"], "now": self.now, "by": request.user}
        try:
            circular = sending.send(circular_id=pk, **confirmed)
        except sending.SentAlready:
            return self.leave(messages.WARNING, SENT_ALREADY)
        except sending.NobodyChosen:
            return self.leave(messages.WARNING, NOBODY, page=page("preview", self.row))
        except sending.ChangedMeanwhile:
            return self.leave(messages.WARNING, LOOK_AGAIN, page=page("preview", self.row))
        told = recipients.are_mailed(circular.people, circular.mails_leave_at, self.row.season, now=self.now)
        return self.leave(messages.SUCCESS, _("The circular is on its way."), told)

    def _confirm(self, number, data=None):
        state = sending.state(self.row, now=self.now)
        return ConfirmForm(data, state=state, recipients=number, typed=self.number_unsent)

    def _names(self) -> list[str]:
        if not sample_mail.may_see_people(self.request.user):
            return []
        return list(self.people.values_list("name", flat=True)[:NAMES_SHOWN])


class FormattedPage(CircularPage):
    """The HTML of the mail alone, for the frame in the preview."""

    http_method_names = ["get", "head"]

    def get(self, request, pk):
        mail = sample_mail.formatted(drafts.sample(self.row, now=moment.of(self.row.season)))
        return HttpResponse(mail, headers={CSP: AS_MAIL, "X-Frame-Options": "SAMEORIGIN"})


class ToMyself(DraftPage):
    def get(self, request, pk):
        return redirect(page("preview", self.row))

    def post(self, request, pk):
        back = page("preview", self.row)
        try:
            address = sending.send_to_oneself(circular_id=pk, now=moment.of(self.row.season), by=request.user)
        except sending.NoAddress:
            return self.leave(messages.WARNING, NO_ADDRESS, page=back)
        words = _("It is on its way to %(address)s. Links to a personal page in it open nothing.")
        return self.leave(messages.SUCCESS, words % {"address": address}, page=back)


class DeletePage(DraftPage):
    template_name = "admin/registrations/circular/delete_draft.html"
    title = _("Delete this draft")

    def get(self, request, pk):
        return self.show()

    def post(self, request, pk):
        try:
            drafts.delete(circular_id=pk, by=request.user)
        except drafts.SentMeanwhile:
            return self.leave(messages.WARNING, SENT_ALREADY)
        circulars = reverse("admin:registrations_circular_changelist")
        return self.leave(messages.SUCCESS, _("The draft is deleted."), page=circulars)
