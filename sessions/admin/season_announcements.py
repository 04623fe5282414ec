"""The pages on which staff announce a season to those who asked, see its mails leave, and take it back."""

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.forms.number import NumberForm
from registrations.next_season import announcing
from registrations.presenters.staff import progress, sample_mail
from registrations.presenters.staff.recipients import NOTHING_TO_TAKE_BACK
from sessions.admin import wording
from sessions.admin.announcing_pages import OTHER_NUMBER, AnnouncingPage, TakingBackPage, page
from sessions.clocks import dates
from sessions.models import Season

NOT_OPEN = gettext_lazy(
    "It cannot be announced yet: the season must be published, must not be a rehearsal, and at least one of its "
    "sessions must take registrations now."
)
NOBODY = gettext_lazy("Nobody is waiting to hear of this season. Who is registered for it already is not told.")


class AnnouncePage(AnnouncingPage):
    model = Season
    template_name = "admin/online_sessions/season/announce.html"
    title = gettext_lazy("Announce this season")

    def get(self, request, pk):
        if announcement := announcing.standing(self.row):
            return self._state(announcement)
        if reason := _reason_against(self.row, self.now):
            return self.show(reason=reason)
        return self._preview(NumberForm(number=announcing.recipients(self.row).count(), typed=self.number_unsent))

    def post(self, request, pk):
        if announcement := announcing.standing(self.row):
            return self.leave(messages.WARNING, _announced(announcement))
        form = NumberForm(request.POST, number=announcing.recipients(self.row).count())
        if form.number and not form.is_valid():
            return self._preview(form)
        try:
            announcement = announcing.announce(season_id=pk, people=form.number, now=self.now, by=request.user)
        except announcing.AnnouncedAlready as refused:
            return self.leave(messages.WARNING, _announced(*refused.args))
        except announcing.NotOpen:
            return self.leave(messages.WARNING, NOT_OPEN)
        except announcing.OtherNumber:
            return self.leave(messages.WARNING, OTHER_NUMBER if form.number else NOBODY)
        done, people = _("The season is announced."), announcement.people
        self.log(self.row, done, wording.were_mailed(people))
        told = wording.are_mailed(people, announcement.mails_leave_at, self.row, now=self.now)
        return self.leave(messages.SUCCESS, done, told)

    def _preview(self, form):
        return self.show(
            people=wording.will_be_mailed(form.number),
            confirm=form,
            button=_button(form.number),
            mail=sample_mail.read(announcing.sample(self.row, now=self.now)),
        )

    def _state(self, announcement):
        now, found = self.now, progress.of_announcement(announcement)
        return self.show(
            announced=_announced(announcement),
            **found.on_page(now, stays_still="still" in self.request.GET),
            can_be_taken_back=announcing.can_be_taken_back(announcement),
        )


class TakeBackPage(TakingBackPage):
    model = Season
    template_name = "admin/online_sessions/season/take_back.html"

    def refusal(self):
        return "" if self.announcement and announcing.can_be_taken_back(self.announcement) else NOTHING_TO_TAKE_BACK

    @cached_property
    def announcement(self):
        return announcing.standing(self.row)

    def progress(self):
        return progress.of_announcement(self.announcement)

    def stop(self):
        try:
            return announcing.take_back(announcement_id=self.announcement.pk, now=self.now, by=self.request.user)
        except announcing.TooLate:
            return None


def link_to_announcing(season, now):
    """Where the form of a season leads to, with what was done, or why nothing can be done."""
    if announcement := announcing.standing(season):
        words = _announced(announcement)
    elif reason := _reason_against(season, now):
        return reason
    else:
        words = _button(announcing.recipients(season).count())
    return format_html('<a href="{}">{}</a>', page("announce", season), words)


def _reason_against(season, now) -> str:
    if not announcing.is_open(season, now):
        return NOT_OPEN
    return "" if announcing.recipients(season).exists() else NOBODY


def _announced(announcement) -> str:
    text = ngettext(
        "Announced on %(moment)s to %(number)s person. A season is announced once.",
        "Announced on %(moment)s to %(number)s people. A season is announced once.",
        announcement.people,
    )
    made_at = wording.moment(announcement.made_at, announcement.season)
    return text % {"moment": made_at, "number": dates.number(announcement.people)}


def _button(people) -> str:
    text = ngettext("Announce it to %(number)s person", "Announce it to %(number)s people", people)
    return text % {"number": dates.number(people)}
