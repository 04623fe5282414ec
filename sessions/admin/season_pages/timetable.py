"""The page that says what happens by itself in a season from now on."""

from itertools import groupby

from django.utils.translation import gettext_lazy

from registrations.presenters.staff import timetable
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Season


class TimetablePage(ProgrammePage):
    """For everybody who may see seasons: numbers of people, and nobody's name."""

    model = Season
    http_method_names = ["get", "head"]
    template_name = "admin/online_sessions/season/timetable.html"
    title = gettext_lazy("What happens when")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request, self.row)

    def get(self, request, pk):
        names_letters = request.user.has_perm("registrations.view_circular")
        events = timetable.of_season(self.row, now=moment.of(self.row), names_letters=names_letters)
        return self.show(days=by_day(events, self.zone))


def by_day(events, zone) -> list[tuple[str, list]]:
    """Each day in words with its events, each with its hour in words."""
    local = [(event.at.astimezone(zone), event) for event in events]
    days = groupby(local, key=lambda each: each[0].date())
    return [
        (dates.full_day(day), [(dates.time(at) if event.has_hour else "", event) for at, event in of_day])
        for day, of_day in days
    ]
