"""Calling a time slot off: who will be told, then the deed."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import availability, rescheduling
from sessions.admin import words
from sessions.admin.slot_page import SlotPage


class CallOffPage(SlotPage):
    template_name = "admin/online_sessions/occurrence/call_off.html"
    title = gettext_lazy("Call off this time slot")

    def get(self, request, pk):
        people = availability.seats_taken(self.slot)
        return self.show(
            people=words.will_be_told(people), button=_button(people), is_over=self.slot.is_over(timezone.now())
        )

    def post(self, request, pk):
        if self.is_outdated:
            messages.warning(request, _("Somebody changed this time slot meanwhile. Please look again."))
            return self.get(request, pk)
        change = rescheduling.call_off(occurrence_id=self.slot.pk, now=timezone.now(), by=request.user)
        return self.report(_("%(time)s is called off.") % {"time": words.on_season_clock(self.slot)}, change.people if change else 0)


def _button(people) -> str:
    if not people:
        return _("Call it off (nobody to tell)")
    text = ngettext("Call it off and tell %(number)s person", "Call it off and tell %(number)s people", people)
    return text % {"number": people}
