"""The pages on which staff announce what is published of a session, see its mails leave, and take it back."""

from django.contrib import messages
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.forms.number import NumberForm
from registrations.mailings import announcements
from registrations.presenters.staff import progress, sample_mail
from registrations.presenters.staff.recipients import NOTHING_TO_TAKE_BACK
from sessions.admin import wording
from sessions.admin.announcing_pages import OTHER_NUMBER, AnnouncingPage, TakingBackPage, page
from sessions.clocks import dates
from sessions.models import Session

NOT_YET = gettext_lazy(
    "There is nothing to tell yet. The session must be over and published, "
    "and at least one of its materials needs a link or a file."
)
NOBODY = gettext_lazy("Nobody of those who were registered has asked to hear of it.")
NOBODY_LEFT = gettext_lazy("Everybody who asked to hear of it had the mail before it was taken back.")


class AnnouncePage(AnnouncingPage):
    model, related = Session, ["season"]
    template_name = "admin/online_sessions/session/announce.html"
    title = gettext_lazy("Tell those who asked")

    def get(self, request, pk):
        people = announcements.to_tell(self.row).count()
        return self._show(NumberForm(number=people, typed=self.number_unsent))

    def post(self, request, pk):
        if reason := _reason_against(self.row, self.now):
            return self.leave(messages.WARNING, reason)
        form = NumberForm(request.POST, number=announcements.to_tell(self.row).count())
        if not form.is_valid():
            return self._show(form)
        seen = _moment(request.POST.get("seen", ""))
        try:
            announcements.announce(session_id=pk, people=form.number, now=self.now, by=request.user, seen=seen)
        except announcements.NothingToTell:
            return self.leave(messages.WARNING, NOT_YET)
        except announcements.AnnouncedAlready:
            self.row.refresh_from_db()
            return self.leave(messages.WARNING, _announced(self.row))
        except announcements.OtherNumber:
            return self.leave(messages.WARNING, OTHER_NUMBER)
        self.row.refresh_from_db()
        mails = wording.are_mailed(
            form.number, announcements.leaves_at(self.row), self.row.season, now=self.row.announced_at
        )
        return self.report(_("What is published was announced."), mails)

    def _show(self, form):
        now = self.now
        state = _state(self.row, now, stays_still="still" in self.request.GET) if self.row.announced_at else {}
        reason = _reason_against(self.row, now)
        if reason or not form.number:
            # How far the mails have come says it better.
            return self.show(**state, reason="" if state else reason)
        is_invented = not sample_mail.may_see_people(self.request.user)
        return self.show(
            **state,
            people=wording.will_be_mailed(form.number),
            confirm=form,
            button=_button(form.number),
            mail=sample_mail.read(announcements.sample(self.row, now=now, is_invented=is_invented)),
            seen=self.row.announced_at,
        )


class TakeBackPage(TakingBackPage):
    model, related = Session, ["season"]
    template_name = "admin/online_sessions/session/take_back.html"

    def refusal(self):
        return "" if announcements.can_be_taken_back(self.row) else NOTHING_TO_TAKE_BACK

    def progress(self):
        return progress.of_session(self.row)

    def stop(self):
        try:
            return announcements.take_back(session_id=self.row.pk, now=self.now, by=self.request.user)
        except announcements.TooLate:
            return None


def _moment(text):
    """None for what is no moment."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def link_to_announcing(session, now):
    """Where the form of a session leads to, with what was done; or why nothing can be done."""
    if session.announced_at:
        words = _announced(session)
    elif reason := _reason_against(session, now):
        return reason
    else:
        words = _button(announcements.to_tell(session).count())
    return format_html('<a href="{}">{}</a>', page("announce", session), words)


def _state(session, now, *, stays_still) -> dict:
    found = progress.of_session(session)
    return {
        "announced": _announced(session),
        **found.on_page(now, stays_still=stays_still),
        "can_be_taken_back": announcements.can_be_taken_back(session),
    }


def _reason_against(session, now) -> str:
    if session.announced_at and not announcements.can_be_announced_again(session, now):
        return _announced(session)
    if not announcements.can_be_announced(session, now):
        return NOT_YET
    return "" if announcements.to_tell(session).exists() else _nobody(session)


def _nobody(session) -> str:
    was_taken_back = session.announced_at and not session.is_announced
    return NOBODY_LEFT if was_taken_back and announcements.recipients(session).exists() else NOBODY


def _announced(session) -> str:
    day = dates.day(session.announced_at.astimezone(session.season.zone))
    if not session.is_announced:
        return _("Announced on %(day)s, and taken back.") % {"day": day}
    people = progress.of_session(session).cause.people
    text = ngettext("Announced on %(day)s to %(number)s person.", "Announced on %(day)s to %(number)s people.", people)
    return text % {"day": day, "number": dates.number(people)}


def _button(people) -> str:
    text = ngettext("Tell those who asked (%(number)s person)", "Tell those who asked (%(number)s people)", people)
    return text % {"number": dates.number(people)}
