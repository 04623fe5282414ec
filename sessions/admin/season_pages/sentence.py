"""The page with the sentence about a season that staff copy into their reports."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from registrations.figures import storing
from registrations.presenters import sentence
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Season


class SentencePage(ProgrammePage):
    """Beside the figures, and not on their page: to find what others may see takes seconds where countries are many."""

    model = Season
    http_method_names = ["get", "head"]
    template_name = "admin/online_sessions/season/sentence.html"
    title = gettext_lazy("Sentence for a report")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request, self.row)

    def get(self, request, pk):
        found = storing.figures_of(self.row, now=moment.of(self.row))
        shown = storing.for_others(found)
        return self.show(
            is_stored=found.kept is not None,
            is_final=found.is_final,
            counted_at=dates.in_geneva(found.until),
            sentence=sentence.of_season(found.public, shown, found.names, until=found.until, has_shares=found.is_final),
            figures=reverse("admin:online_sessions_season_figures", args=[self.row.pk]),
        )
