"""Calling a time slot off: who will be informed, then the action."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.rescheduling import changes, impact
from sessions.admin import wording
from sessions.admin.slot_changes import preview
from sessions.admin.slot_changes.page import CALLED_OFF, SlotPage
from sessions.clocks import moment
from sessions.clocks.dates import number


class CallOffPage(SlotPage):
    template_name = "admin/online_sessions/occurrence/call_off.html"
    title = gettext_lazy("Call off this time slot")

    def get(self, request, pk):
        return self._preview()

    def post(self, request, pk):
        again = self.unconfirmed(impact.audience(self.slot, preview.called_off(self.slot)).recipients)
        return self._preview(again) if again else self._call_off()

    def _preview(self, confirm=None):
        now = moment.of(self.slot.session.season)
        effect = preview.of_calling_off(self.slot, now=now, shows_people=self.shows_people)
        return self.show(
            effect=effect,
            warnings=[_("This time slot is over.")] if self.slot.is_over(now) else [],
            confirm=confirm or self.confirm_form(effect.recipients),
            button=_button(effect.recipients),
        )

    def _call_off(self):
        change = changes.call_off(**self.confirmed, now=moment.of(self.slot.session.season))
        if change is None:
            return self.leave(messages.WARNING, CALLED_OFF)
        return self.report(_("%(time)s is called off.") % {"time": wording.on_season_clock(self.slot)}, change)


def _button(people) -> str:
    if not people:
        return _("Call it off (nobody to tell)")
    text = ngettext("Call it off and tell %(number)s person", "Call it off and tell %(number)s people", people)
    return text % {"number": number(people)}
