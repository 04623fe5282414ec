"""The page on which staff send a mail to a person once more."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.base import in_geneva
from registrations.admin.mail import wording
from registrations.admin.people.person_page import page_of
from registrations.mail import sending_again
from registrations.models import Message
from sessions.clocks import moment
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage


class SendAgainPage(StaffPage):
    model = Message
    related = ["participant__season", "registration__session"]
    template_name = "admin/registrations/message/send_again.html"
    title = gettext_lazy("Send this mail again")

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_message")

    def leads_to(self):
        return page_of(self.row.participant) if self.row.participant_id else wording.page_of(self.row)

    def refusal(self):
        return sending_again.refusal(self.row)

    def get(self, request, pk):
        mail = self.row
        return self.show(
            mail=mail,
            subject=wording.subject(mail),
            person=mail.participant,
            sent=in_geneva(mail.sent_at),
            came_back=in_geneva(mail.came_back_at) if mail.came_back_at else "",
            words=mail.last_error,
            times=sending_again.times(mail),
        )

    def post(self, request, pk):
        times = row_number(request.POST.get("times", "")) or 0
        try:
            sending_again.send(message_id=pk, seen_times=times, by=request.user, now=moment.now())
        except sending_again.NotNeeded as problem:
            return self.leave(messages.WARNING, _("The mail was not sent again."), str(problem))
        return self.leave(messages.SUCCESS, _("The mail is on its way once more, as of now."))
