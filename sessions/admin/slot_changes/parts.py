"""The parts of a time slot: their times, new ones, those called off; then what that does to people, then the change."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.rescheduling import changes, impact
from sessions.admin import wording
from sessions.admin.effects import of_forms
from sessions.admin.inlines.slots import clash
from sessions.admin.slot_changes import preview, warnings
from sessions.admin.slot_changes.move import UNCHANGED
from sessions.admin.slot_changes.page import CALLED_OFF, SlotPage
from sessions.admin.slot_changes.parts_forms import PartFormSet
from sessions.clocks import moment
from sessions.clocks.dates import number

FIELDS = ["starts_at", "ends_at", "parts", "meeting_url", "part_urls"]
ADDRESSES = gettext_lazy("The meeting addresses of the parts are saved. Nobody gets a mail.")


class PartsPage(SlotPage):
    template_name = "admin/online_sessions/occurrence/parts.html"
    title = gettext_lazy("Parts of this time slot")

    def get(self, request, pk):
        rows = self._rows(self.unsent or None)
        was_previewed = "confirm" in self.unsent and rows.is_valid() and not self._is_unchanged(rows)
        return self._preview(rows) if was_previewed else self._show(rows)

    def post(self, request, pk):
        rows = self._rows(request.POST)
        if not rows.is_valid():
            return self._show(rows)
        if self._is_unchanged(rows):
            return self._arrange(rows)
        if "confirm" not in request.POST:
            return self._preview(rows)
        again = self.unconfirmed(impact.audience(self.slot, preview.arranged(self.slot, rows.parts)).recipients)
        return self._preview(rows, again) if again else self._arrange(rows)

    def _rows(self, data):
        return PartFormSet(data, slot=self.slot, now=moment.of(self.slot.session.season))

    def _is_unchanged(self, rows) -> bool:
        return preview.arranged(self.slot, rows.parts) == preview.held(self.slot)

    def _show(self, rows, **context):
        return self.show(rows=rows, media=self.model_admin.media + rows.media, **context)

    def _preview(self, rows, confirm=None):
        effect = preview.of_parts(self.slot, rows.parts, now=rows.now, shows_people=self.shows_people)
        about, session = [form.part for form in rows.forms if form.is_other_time], self.slot.session
        return self._show(
            rows,
            effect=effect,
            will_be_at=wording.two_clocks_of(preview.slot_arranged(self.slot, rows.parts)),
            warnings=[words for part in about for words in warnings.about(session, *part.times, now=rows.now)],
            hidden=rows.hidden,
            confirm=confirm or self.confirm_form(effect.recipients),
            button=_button(effect.recipients),
        )

    def _arrange(self, rows):
        had_addresses = not self.slot.stretches_without_address(rows.now)
        try:
            change = changes.arrange(**self.confirmed, parts=rows.parts, urls=rows.urls, now=rows.now)
        except changes.CalledOff:
            return self.leave(messages.WARNING, CALLED_OFF)
        except changes.SlotInTheWay as refused:
            rows.forms[0].add_error("begins", clash(refused.slot))
            return self._show(rows)
        if change is None:
            return self._leave_times(had_addresses, rows.now)
        self.slot.refresh_from_db(fields=FIELDS)
        self._warn(had_addresses, rows.now)
        return self.report(_("Its times are now: %(times)s.") % {"times": wording.on_season_clock(self.slot)}, change)

    def _leave_times(self, had_addresses, now):
        """Of meeting addresses nobody is told, so that there is nothing to preview."""
        before = self.slot.part_urls, self.slot.meeting_url
        self.slot.refresh_from_db(fields=FIELDS)
        if before == (self.slot.part_urls, self.slot.meeting_url):
            return self.leave(messages.INFO, UNCHANGED)
        self._warn(had_addresses, now)
        self.log(self.slot, str(ADDRESSES))
        return self.leave(messages.SUCCESS, str(ADDRESSES))

    def _warn(self, had_addresses, now):
        if had_addresses and self.slot.taken:
            for stretch in self.slot.stretches_without_address(now):
                messages.warning(self.request, of_forms.no_way_in(stretch))


def _button(people) -> str:
    if not people:
        return _("Change the parts (nobody to tell)")
    text = ngettext(
        "Change the parts and tell %(number)s person", "Change the parts and tell %(number)s people", people
    )
    return text % {"number": number(people)}
