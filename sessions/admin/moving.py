"""Moving a time slot: new times, then what the change does to people, then the change."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import reach, rescheduling
from sessions.admin import doubts, words
from sessions.admin.slot_page import CALLED_OFF, SlotPage
from sessions.admin.slots import clash
from sessions.admin.wall_times import ROWS, WallTimesForm, slot_in_the_way, typed_as


class MoveForm(WallTimesForm):
    """New times for `slot`, which are valid also when they are its present ones."""

    def __init__(self, *args, slot, **kwargs):
        kwargs = {"season": slot.session.season, "initial": typed_as(slot)} | kwargs
        super().__init__(*args, **kwargs)
        self.slot = slot

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and not self.errors:
            other = slot_in_the_way(self.slot.session, self.starts_at, self.ends_at, besides=self.slot.pk)
            if other:
                self.add_error("begins", clash(other))
        return self.cleaned_data

    @property
    def is_unchanged(self) -> bool:
        return (self.starts_at, self.ends_at) == (self.slot.starts_at, self.slot.ends_at)


@dataclass(frozen=True)
class Effect:
    """What a change of time does, in words for the staff."""

    will_be_at: str
    people: str
    at_night: str
    warnings: list[str]
    button: str


def effect(form, now) -> Effect:
    slot, starts_at, ends_at = form.slot, form.starts_at, form.ends_at
    reached = reach.of_times(occurrence=slot, starts_at=starts_at, ends_at=ends_at)
    return Effect(
        will_be_at=words.two_clocks(starts_at, ends_at, slot.session.season),
        people=words.will_be_told(reached.people),
        at_night=_at_night(reached.at_night),
        warnings=doubts.about(slot.session, starts_at, ends_at, now=now),
        button=_button(reached.people),
    )


class MovePage(SlotPage):
    template_name = "admin/online_sessions/occurrence/move.html"
    title = gettext_lazy("Move this time slot")

    def get(self, request, pk):
        return self._show(MoveForm(slot=self.slot))

    def post(self, request, pk):
        form = MoveForm(request.POST, slot=self.slot)
        if not form.is_valid():
            return self._show(form)
        if form.is_unchanged:
            return self.leave(messages.INFO, _("The time is the same as before: nothing was changed, nobody is told."))
        if "confirm" not in request.POST:
            return self._preview(form)
        if self.is_outdated:
            messages.warning(request, _("Somebody changed this time slot meanwhile. Please look again."))
            return self._preview(form)
        return self._move(form)

    def _show(self, form, **context):
        fields = AdminForm(form, [(None, {"fields": ROWS})], {})
        return self.show(form=form, fields=fields, media=self.model_admin.media + form.media, **context)

    def _preview(self, form):
        hidden = MoveForm(self.request.POST, slot=self.slot, auto_id=False)
        return self._show(form, effect=effect(form, timezone.now()), hidden=hidden)

    def _move(self, form):
        before, changes = words.on_season_clock(self.slot), {"starts_at": form.starts_at, "ends_at": form.ends_at}
        try:
            change = rescheduling.reschedule(
                occurrence_id=self.slot.pk, now=timezone.now(), by=self.request.user, **changes
            )
        except rescheduling.CalledOff:
            return self.leave(messages.WARNING, CALLED_OFF)
        self.slot.refresh_from_db(fields=list(changes))
        times = {"before": before, "after": words.on_season_clock(self.slot)}
        return self.report(_("Moved from %(before)s to %(after)s.") % times, change.people if change else 0)


def _at_night(people) -> str:
    if not people:
        return ""
    text = ngettext(
        "For %(number)s of them the new time is at night (22:00 to 06:00).",
        "For %(number)s of them the new time is at night (22:00 to 06:00).",
        people,
    )
    return text % {"number": people}


def _button(people) -> str:
    if not people:
        return _("Move it (nobody to tell)")
    text = ngettext("Move it and tell %(number)s person", "Move it and tell %(number)s people", people)
    return text % {"number": people}
