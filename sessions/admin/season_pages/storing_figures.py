"""The page on which staff store the figures of a season that is over."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.figures import keeping, storing
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Season

TOO_EARLY = gettext_lazy("The season is not over: figures are stored once its last time slot has ended.")
TOO_LATE = gettext_lazy("The details of its people are being removed: the figures stay as they were stored.")
FINAL = gettext_lazy("The figures are final and stay as they are: they were published, or others have tables of them.")


class StoreFiguresPage(ProgrammePage):
    model = Season
    template_name = "admin/online_sessions/publishing.html"
    title = gettext_lazy("Store the figures")

    def leads_to(self):
        return reverse("admin:online_sessions_season_figures", args=[self.row.pk])

    def refusal(self):
        kept, now = keeping.kept(self.row), moment.of(self.row)
        if kept and kept.is_final:
            return FINAL
        if not storing.is_over(self.row, now):
            return TOO_EARLY
        return TOO_LATE if kept and storing.is_past_term(self.row, now) else ""

    def get(self, request, pk):
        kept = keeping.kept(self.row)
        before = _("They were stored on %(when)s. The new ones take their place.")
        return self.show(
            headline=before % {"when": dates.in_geneva(kept.taken_at)} if kept else _("They are counted now and kept."),
            facts=[
                _("All pages show the stored figures from then on, also when somebody erases their data."),
                _("Add the reports of attendance first. What you add later counts once you store the figures again."),
                self._how_often(),
            ],
            button=_("Store the figures"),
        )

    def _how_often(self):
        if storing.is_past_term(self.row, moment.of(self.row)):
            return _("They can be stored once only: the details of its people are being removed.")
        return _("You can store them again until you publish them or take a table of them for others.")

    def post(self, request, pk):
        try:
            storing.store(season_id=pk, now=moment.of(self.row), by=request.user)
        except keeping.FinalAlready:
            return self.leave(messages.INFO, FINAL)
        except storing.TooEarly:
            return self.leave(messages.WARNING, TOO_EARLY)
        except storing.TooLate:
            return self.leave(messages.WARNING, TOO_LATE)
        return self.report(_("The figures of “%(season)s” are stored.") % {"season": self.row})
