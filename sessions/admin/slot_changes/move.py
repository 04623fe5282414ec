"""Moving a time slot: new times, then what the change does to people, then the change."""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.rescheduling import changes, impact
from sessions.admin import wording
from sessions.admin.forms.wall_times import ROWS, WallTimesForm, typed_as
from sessions.admin.inlines.slots import clash
from sessions.admin.slot_changes import preview, warnings
from sessions.admin.slot_changes.page import CALLED_OFF, SlotPage
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Occurrence

IN_PARTS = gettext_lazy("This time slot is held in parts. To move one of them, choose “Change its parts”.")
UNCHANGED = gettext_lazy("The time is the same as before: nothing was changed, nobody is told.")


class MoveForm(WallTimesForm):
    """New times for `slot`, which are valid also when they are its present ones."""

    def __init__(self, *args, slot, now, **kwargs):
        kwargs = {"season": slot.session.season, "initial": typed_as(slot)} | kwargs
        super().__init__(*args, **kwargs)
        self.slot, self.now = slot, now

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and not self.errors and not self.is_unchanged:
            self._refuse_clash()
            self._refuse_past()
        return self.cleaned_data

    @property
    def is_unchanged(self) -> bool:
        return (self.starts_at, self.ends_at) == (self.slot.starts_at, self.slot.ends_at)

    @property
    def times(self) -> dict:
        return {"starts_at": self.starts_at, "ends_at": self.ends_at}

    def _refuse_clash(self):
        then, slot = (self.starts_at, self.ends_at), self.slot
        if other := Occurrence.objects.in_the_way_of(slot.session_id, then, besides=slot.pk):
            self.add_error("begins", clash(other))

    def _refuse_past(self):
        # A slot that is being held may still get another end.
        is_past = self.ends_at <= self.now or (self.starts_at <= self.now and self.starts_at != self.slot.starts_at)
        people = self.slot.taken if is_past else 0
        if people:
            self.add_error("begins", _over_already(people))


class MovePage(SlotPage):
    template_name = "admin/online_sessions/occurrence/move.html"
    title = gettext_lazy("Move this time slot")

    def refusal(self):
        return super().refusal() or (str(IN_PARTS) if self.slot.parts else "")

    def get(self, request, pk):
        form = MoveForm(self.unsent or None, slot=self.slot, now=moment.of(self.slot.session.season))
        was_previewed = "confirm" in self.unsent and form.is_valid() and not form.is_unchanged
        return self._preview(form) if was_previewed else self._show(form)

    def post(self, request, pk):
        form = MoveForm(request.POST, slot=self.slot, now=moment.of(self.slot.session.season))
        if not form.is_valid():
            return self._show(form)
        if form.is_unchanged:
            return self.leave(messages.INFO, UNCHANGED)
        if "confirm" not in request.POST:
            return self._preview(form)
        again = self.unconfirmed(impact.audience(self.slot, preview.moved(**form.times)).recipients)
        return self._preview(form, again) if again else self._move(form)

    def _show(self, form, **context):
        fields = AdminForm(form, [(None, {"fields": ROWS})], {})
        return self.show(form=form, fields=fields, media=self.model_admin.media + form.media, **context)

    def _preview(self, form, confirm=None):
        effect = preview.of_move(self.slot, now=form.now, shows_people=self.shows_people, **form.times)
        return self._show(
            form,
            effect=effect,
            will_be_at=wording.two_clocks(**form.times, season=self.slot.session.season),
            warnings=warnings.about(self.slot.session, now=form.now, **form.times),
            hidden=MoveForm(form.data, slot=self.slot, now=form.now, auto_id=False),
            confirm=confirm or self.confirm_form(effect.recipients),
            button=_button(effect.recipients),
        )

    def _move(self, form):
        before = wording.on_season_clock(self.slot)
        try:
            change = changes.reschedule(**self.confirmed, now=form.now, **form.times)
        except changes.CalledOff:
            return self.leave(messages.WARNING, CALLED_OFF)
        except changes.HeldInParts:
            return self.leave(messages.WARNING, IN_PARTS)
        except changes.SlotInTheWay as refused:
            form.add_error("begins", clash(refused.slot))
            return self._show(form)
        if change is None:
            return self.leave(messages.INFO, UNCHANGED)
        self.slot.refresh_from_db(fields=["starts_at", "ends_at"])
        times = {"before": before, "after": wording.on_season_clock(self.slot)}
        return self.report(_("Moved from %(before)s to %(after)s.") % times, change)


def _over_already(people) -> str:
    text = ngettext(
        "This time is in the past, and %(number)s person is confirmed: they would be invited to something that is over "
        "or has begun. Choose a time to come, or call the time slot off.",
        "This time is in the past, and %(number)s people are confirmed: they would be invited to something that is "
        "over or has begun. Choose a time to come, or call the time slot off.",
        people,
    )
    return text % {"number": number(people)}


def _button(people) -> str:
    if not people:
        return _("Move it (nobody to tell)")
    text = ngettext("Move it and tell %(number)s person", "Move it and tell %(number)s people", people)
    return text % {"number": number(people)}
