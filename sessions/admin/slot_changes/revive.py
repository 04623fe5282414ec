"""Holding a time slot after all that was called off: who will be informed, then the action."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.rescheduling import changes, impact
from sessions.admin import wording
from sessions.admin.inlines.slots import clash
from sessions.admin.slot_changes import preview, warnings
from sessions.admin.slot_changes.page import SlotPage
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Occurrence

HELD = gettext_lazy("This time slot is held; it is not called off.")


class RevivePage(SlotPage):
    template_name = "admin/online_sessions/occurrence/revive.html"
    title = gettext_lazy("Hold this time slot after all")

    def refusal(self):
        return "" if self.slot.is_called_off else HELD

    def get(self, request, pk):
        return self._preview()

    def post(self, request, pk):
        again = self.unconfirmed(impact.audience(self.slot, preview.held(self.slot)).recipients)
        return self._preview(again) if again else self._revive()

    def _preview(self, confirm=None, other=None):
        now, slot = moment.of(self.slot.session.season), self.slot
        then = impact.times_held(slot)
        other = other or Occurrence.objects.in_the_way_of(slot.session_id, *then, besides=slot.pk)
        effect = preview.of_revival(slot, now=now, shows_people=self.shows_people)
        return self.show(
            effect=effect,
            obstacle=_obstacle(other) if other else "",
            warnings=_over(slot, now)
            or [words for times in then for words in warnings.about(slot.session, *times, now=now)],
            confirm=confirm or self.confirm_form(effect.recipients),
            button=_button(effect.recipients),
        )

    def _revive(self):
        try:
            change = changes.revive(**self.confirmed, now=moment.of(self.slot.session.season))
        except changes.SlotInTheWay as refused:
            return self._preview(other=refused.slot)
        if change is None:
            return self.leave(messages.WARNING, HELD)
        return self.report(_("%(time)s is held after all.") % {"time": wording.on_season_clock(self.slot)}, change)


def _obstacle(slot) -> str:
    return _("%(clash)s Until that one is moved or called off, this one cannot be held.") % {"clash": clash(slot)}


def _over(slot, now):
    if not slot.is_over(now):
        return []
    return [_("This time slot is over: the mail would invite people to something that nobody can join any more.")]


def _button(people) -> str:
    if not people:
        return _("Hold it after all (nobody to tell)")
    text = ngettext(
        "Hold it after all and tell %(number)s person", "Hold it after all and tell %(number)s people", people
    )
    return text % {"number": number(people)}
