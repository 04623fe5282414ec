"""The sheet of paper for the host of a time slot, or of all time slots of a day."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import audit
from registrations.presenters.staff import day_sheet
from sessions.clocks.dates import number
from sessions.clocks.wall_clock import UTC, day_limits, on_clock
from sessions.models import Occurrence
from sessions.staff.page import StaffPage


class DaySheetPage(StaffPage):
    """GET shows numbers; the button adds names and access needs, which is put on record as a table of people is.

    With `?day` in the address, a sheet for each time slot of that day of the season.
    """

    model, related = Occurrence, ["session__season"]
    template_name = "admin/registrations/registration/day_sheet.html"
    title = gettext_lazy("Day sheet")

    def has_permission(self):
        return self.request.user.has_perm("registrations.view_registration")

    def leads_to(self):
        return reverse("admin:online_sessions_occurrence_change", args=[self.row.pk])

    def get(self, request, pk):
        return self._show(has_names=False)

    def post(self, request, pk):
        for slot in self.slots:
            audit.record("day-sheet-with-names", slot, by=request.user, after={"people": slot.taken})
        return self._show(has_names=True)

    @property
    def is_of_day(self) -> bool:
        return "day" in self.request.GET

    @cached_property
    def slots(self) -> list[Occurrence]:
        if not self.is_of_day:
            return [self.row]
        season = self.row.session.season
        day = self.row.starts_at.astimezone(season.zone).date()
        begins, ends = day_limits(day, season.timezone)
        slots = Occurrence.objects.filter(session__season=season, ends_at__gt=begins, starts_at__lt=ends)
        found = slots.select_related("session__season").in_order()
        return [slot for slot in found if any(begins <= each.starts_at < ends for each in slot.stretches)]

    def _show(self, *, has_names):
        sheets = [_sheet(slot, has_names) for slot in self.slots]
        return self.show(
            sheets=sheets,
            has_names=has_names,
            is_of_day=self.is_of_day,
            button=_button([sheet["of"] for sheet in sheets]),
            back=self.leads_to(),
        )


def _button(sheets) -> str:
    """What it adds, and on how many sheets of paper that is."""
    people, paper = sum(sheet.number for sheet in sheets), sum(sheet.sheets_with_names for sheet in sheets)
    about = {
        "people": ngettext("%(number)s person", "%(number)s people", people) % {"number": number(people)},
        "sheets": ngettext("%(number)s sheet", "%(number)s sheets", paper) % {"number": number(paper)},
    }
    return _("Add names and access needs: %(people)s on %(sheets)s") % about


def _sheet(slot, has_names) -> dict:
    season = slot.session.season
    both = (season.timezone, season.place), (UTC,)
    held = slot.held_stretches or slot.stretches
    clocks = [on_clock(each.starts_at, each.ends_at, *clock) for each in held for clock in both]
    return {
        "of": day_sheet.of_slot(slot, has_names=has_names),
        "times": [clock.in_words for clock in clocks],
        "places": number(slot.capacity) if slot.capacity is not None else _("no limit"),
    }
