"""The page with the figures of a season, as they are counted now or as they were stored."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.figures import differing, naming, storing
from registrations.figures.measures import MEASURES
from registrations.figures.names import BY_SLOT
from registrations.presenters import figures
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Season


class FiguresPage(ProgrammePage):
    """For everybody who may see seasons: numbers as they are, also small ones, and nobody's name."""

    model = Season
    http_method_names = ["get", "head"]
    template_name = "admin/online_sessions/season/figures.html"
    title = gettext_lazy("Figures of the season")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request, self.row)

    def get(self, request, pk):
        now = moment.of(self.row)
        found = storing.figures_of(self.row, now=now)
        total = figures.of_season(found.tables)
        return self.show(
            is_stored=found.kept is not None,
            is_final=found.is_final,
            lacks=self._lacks(found, now),
            counted_at=dates.in_geneva(found.until),
            headline=figures.headline(total),
            hours_of=_slots_with_hours(found.tables),
            is_empty=not total["registered"],
            tables=figures.tables(found.tables, found.names, zone=self.zone),
            explanations=figures.explanations(),
            may_store=self._may_store(found, now),
            **self._publishing(found),
        )

    def _lacks(self, found, now) -> list[str]:
        """Sentences about what would be other if the figures were stored again."""
        found_now = differing.since_stored(self.row, now=now)
        if not found_now:
            return []
        numbers = [
            _("%(column)s: %(stored)s are stored, now it would be %(counted)s.")
            % {
                "column": MEASURES[column].heading,
                "stored": figures.number(column, {column: stored}),
                "counted": figures.number(column, {column: counted}),
            }
            for column, (stored, counted) in found_now.whole.items()
            if column in MEASURES
        ]
        titles = dates.all_of([naming.table(kind, found.names) for kind in found_now.kinds])
        return [*numbers, _("Tables that would differ, in numbers, names or times: %(titles)s.") % {"titles": titles}]

    def _publishing(self, found) -> dict:
        """Whether everybody sees them, and whether this person may publish them or take them back."""
        is_public = found.kept is not None and found.kept.is_public
        may_change = self.model_admin.has_change_permission(self.request, self.row)
        is_for_everybody = self.row.is_published and not self.row.is_rehearsal
        return {
            "is_public": is_public,
            "is_seen": is_public and is_for_everybody,
            "may_publish": may_change and found.kept is not None and is_for_everybody and not is_public,
            "may_take_back": may_change and is_public,
        }

    def _may_store(self, found, now) -> bool:
        may_change = self.model_admin.has_change_permission(self.request, self.row)
        if not may_change or found.is_final or not storing.is_over(self.row, now):
            return False
        return not (found.kept and storing.is_past_term(self.row, now))


def _slots_with_hours(tables) -> str:
    """Of how many slots the hours are known; empty where it is that of all, or of none."""
    [slots] = [table for table in tables if table.kind == BY_SLOT]
    known = {column: [row.values[slots.columns.index(column)] for row in slots.rows] for column in ("came", "seconds")}
    of_all, with_hours = (sum(number is not None for number in numbers) for numbers in known.values())
    if with_hours in (0, of_all):
        return ""
    words = ngettext(
        "Hours attended are those of %(known)s time slot with a report, of %(all)s of which it is known who came.",
        "Hours attended are those of %(known)s time slots with a report, of %(all)s of which it is known who came.",
        with_hours,
    )
    return words % {"known": dates.number(with_hours), "all": dates.number(of_all)}
