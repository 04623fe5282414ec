"""The page on which staff announce what is published: to how many people, the mail, then the button."""

from django.contrib import messages
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.mailings import announcements
from sessions.admin import sample_mail, wording
from sessions.clocks import dates, moment
from sessions.models import Session
from sessions.staff.page import StaffPage

NOT_YET = gettext_lazy(
    "There is nothing to tell yet. The session must be over and published, "
    "and at least one of its materials needs a link or a file."
)
NOBODY = gettext_lazy("Nobody of those who were registered has asked to hear of it.")


class AnnouncePage(StaffPage):
    """Only for people who may change sessions."""

    http_method_names = ["get", "post"]
    model, related = Session, ["season"]
    template_name = "admin/online_sessions/session/announce.html"
    title = gettext_lazy("Tell those who asked")

    def has_permission(self):
        return self.model_admin.has_change_permission(self.request, self.online_session)

    @property
    def online_session(self):
        return self.row

    @property
    def zone(self):
        return self.online_session.season.zone

    def leads_to(self):
        return reverse("admin:online_sessions_session_change", args=[self.online_session.pk])

    def get(self, request, pk):
        return self.show(online_session=self.online_session, **self._what_it_does())

    def post(self, request, pk):
        try:
            seen = _moment(request.POST.get("seen", ""))
            recipients = announcements.announce(session_id=pk, now=moment.now(), by=request.user, seen=seen)
        except announcements.NothingToTell:
            return self.leave(messages.WARNING, NOT_YET)
        if not recipients:
            self.online_session.refresh_from_db(fields=["announced_at"])
            return self.leave(messages.WARNING, _announced_already(self.online_session) or NOBODY)
        answer = [_("What is published was announced."), wording.were_mailed(recipients)]
        self.log(self.online_session, *answer)
        return self.leave(messages.SUCCESS, *answer)

    def _what_it_does(self) -> dict:
        now = moment.now()
        reason = _reason_against(self.online_session, now)
        if reason:
            return {"reason": reason}
        people = announcements.recipients(self.online_session).count()
        sample = announcements.sample(
            self.online_session, now=now, is_invented=not sample_mail.may_see_people(self.request.user)
        )
        return {
            "people": wording.will_be_mailed(people),
            "button": _button(people),
            "mail": sample and sample_mail.read(sample),
            "told": _announced_already(self.online_session),
            "seen": self.online_session.announced_at,
        }


def _moment(text):
    """None for what is no moment."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def link_to_announcing(session, now):
    """Where the form of a session leads to; what was done, or why nothing can be done, when it leads nowhere."""
    reason = _reason_against(session, now)
    if reason:
        return reason
    address = reverse("admin:online_sessions_session_announce", args=[session.pk])
    words = _button(announcements.recipients(session).count())
    if session.announced_at:
        again = _("Tell them again, of what was added")
        return format_html('{} <a href="{}">{}</a>', _announced_already(session), address, again)
    return format_html('<a href="{}">{}</a>', address, words)


def _reason_against(session, now) -> str:
    if session.announced_at and not announcements.can_be_announced_again(session, now):
        return _announced_already(session)
    if not announcements.can_be_announced(session, now):
        return NOT_YET
    return "" if announcements.recipients(session).exists() else NOBODY


def _announced_already(session) -> str:
    if not session.announced_at:
        return ""
    done, left = announcements.recipients_so_far(session), announcements.number_to_prepare(session)
    text = ngettext("Told on %(day)s, %(number)s person.", "Told on %(day)s, %(number)s people.", done + left)
    if left:
        text = ngettext(
            "Told on %(day)s, %(number)s person. The mails are being prepared: %(done)s of %(number)s.",
            "Told on %(day)s, %(number)s people. The mails are being prepared: %(done)s of %(number)s.",
            done + left,
        )
    day = dates.day(session.announced_at.astimezone(session.season.zone))
    return text % {"day": day, "number": dates.number(done + left), "done": dates.number(done)}


def _button(people) -> str:
    text = ngettext("Tell those who asked (%(number)s person)", "Tell those who asked (%(number)s people)", people)
    return text % {"number": dates.number(people)}
