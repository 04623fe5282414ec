"""What the pages beside the form of a season, of a session or of a page about the site have in common."""

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property

from sessions.clocks import dates, moment
from sessions.models import PageText, Season, Session
from sessions.staff.page import StaffPage

FROM_PROGRAMME = {"from": "programme"}


def programme_of(season) -> str:
    return reverse("admin:online_sessions_season_overview", args=[season.pk])


class ProgrammePage(StaffPage):
    """Only for people who may change the row.

    It leads back to the form of what it is about, or with FROM_PROGRAMME in its address to the programme of the season.
    """

    def has_permission(self):
        return self.model_admin.has_change_permission(self.request, self.row)

    @property
    def about(self) -> Season | Session | PageText:
        return self.row

    @property
    def zone(self):
        return self.season.zone if self.season else dates.GENEVA

    @property
    def season(self) -> Season | None:
        if isinstance(self.about, PageText):
            return None
        return self.about if isinstance(self.about, Season) else self.about.season

    @property
    def now(self):
        return moment.of(self.season) if self.season else moment.now()

    @cached_property
    def way_back(self) -> str:
        if self.season and self.request.GET.dict() == FROM_PROGRAMME:
            return programme_of(self.season)
        return reverse(f"admin:online_sessions_{self.about._meta.model_name}_change", args=[self.about.pk])

    def leads_to(self):
        return self.way_back

    def show(self, **context):
        return super().show(about=self.about, about_opts=self.about._meta, way_back=self.way_back, **context)

    def report(self, *sentences):
        """Say what was done, here and in the history of the row."""
        self.log(self.row, *sentences)
        return self.leave(messages.SUCCESS, *sentences)
