"""Time slots inside the form of their session: stored ones, and new ones."""

from functools import wraps

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import URLField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions.admin import came, occupancy, people_links, wording
from sessions.admin.conflicts.merging import BoundedFormSet, MergingForm, MergingFormSet
from sessions.admin.fieldsets import MEETING, for_looking
from sessions.admin.forms.wall_times import ROWS, WallTimesForm
from sessions.clocks import moment
from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence

# An address that is typed without its beginning, as people read it out.
SAFE_ADDRESSES = {URLField: {"assume_scheme": "https"}}


class SlotForm(MergingForm):
    """What may change about a slot here; its time moves on a page of its own."""

    class Meta:
        model = Occurrence
        fields = ["languages", "interpretation", "capacity", "meeting_url", "meeting_phone", "attendance"]
        widgets = {"meeting_phone": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
        labels = {"attendance": gettext_lazy("People who came")}
        help_texts = {
            "capacity": gettext_lazy(
                "Empty: no limit. People on the waiting list get new places at once, with a mail."
            ),
            "attendance": came.WHICH_COUNTS,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who takes the number of the report has typed it.
        if taken := self.data.get(came.box_name(self.instance)):
            self._own_data()[self.add_prefix("attendance")] = taken

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if "capacity" not in self.changed_data or capacity is None or self.instance.pk is None:
            return capacity
        confirmed = self.instance.taken
        if capacity < confirmed:
            raise ValidationError(capacity_refused(confirmed))
        return capacity


class NewSlotForm(WallTimesForm, SlotForm):
    """A slot to be added; `season` names the clock on which its times are typed."""

    def clean(self):
        super().clean()
        self.instance.starts_at, self.instance.ends_at = self.starts_at, self.ends_at
        if self.starts_at and self.ends_at:
            for name, value in as_typed(self.starts_at, self.ends_at, self.season.timezone).items():
                setattr(self.instance, name, value)
        return self.cleaned_data


class SlotFormSet(MergingFormSet):
    # The times of a slot are not in its form.
    can_restore = False

    def get_queryset(self):
        is_first_time = not hasattr(self, "_queryset")
        slots = super().get_queryset()
        if is_first_time:
            came.with_reported(occupancy.with_occupancy([slot for slot in slots if slot]))
        return slots

    def clean(self):
        # Before Django's own check, which would name every person and no way out.
        doomed = [form.instance for form in self.initial_forms if self._should_delete_form(form)]
        for slot in doomed:
            if slot.registrations.exists():
                raise ValidationError(cannot_be_deleted(slot))
        super().clean()


class NewSlotFormSet(BoundedFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "new_slots"

    def get_form_kwargs(self, index):
        season = self.instance.season if self.instance.season_id else None
        return super().get_form_kwargs(index) | {"season": season}

    def clean(self):
        super().clean()
        timed = [form for form in self.extra_forms if form.is_valid() and form.starts_at and form.ends_at]
        for number, form in enumerate(timed):
            _refuse_clash(form, self.instance, timed[:number])


def of_a_stored_slot(column):
    """A row whose slot a colleague deleted meanwhile comes back with an error, and without a slot."""

    @wraps(column)
    def shown(inline, slot):
        return column(inline, slot) if slot.pk else ""

    return shown


class SlotInline(admin.StackedInline):
    """Stored slots: their times are changed on a page of their own, which shows who will get a mail."""

    model = Occurrence
    formfield_overrides = SAFE_ADDRESSES
    form = SlotForm
    formset = SlotFormSet
    extra = 0
    readonly_fields = ["times", "state", "people", "registered", "changes", "by_report"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "times",
                    ("state", "people"),
                    "registered",
                    "changes",
                    ("languages", "interpretation"),
                    "capacity",
                    "meeting_url",
                    "meeting_phone",
                    ("attendance", "by_report"),
                ]
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("session__season").in_order()

    def get_fieldsets(self, request, obj=None):
        shown = people_links.for_staff(super().get_fieldsets(request, obj), request)
        if self.has_change_permission(request, obj):
            return shown
        return for_looking(shown, without=[*MEETING, "changes", "by_report"])

    def has_add_permission(self, request, obj):
        return False

    @admin.display(description=gettext_lazy("Time"))
    @of_a_stored_slot
    def times(self, slot):
        return wording.two_clocks_of(slot)

    @admin.display(description=gettext_lazy("State"))
    @of_a_stored_slot
    def state(self, slot):
        return wording.slot_state(slot, moment.of(slot.session.season))

    @admin.display(description=gettext_lazy("Confirmed"))
    @of_a_stored_slot
    def people(self, slot):
        return occupancy.in_full(slot)

    @admin.display(description=people_links.LABEL)
    @of_a_stored_slot
    def registered(self, slot):
        links = people_links.of_slot(slot)
        is_over = slot.is_over(moment.of(slot.session.season))
        return (people_links.with_attendance if is_over else people_links.with_telephone)(links, slot)

    @admin.display(description=came.LABEL)
    @of_a_stored_slot
    def by_report(self, slot):
        return came.beside(slot)

    @admin.display(description=gettext_lazy("Change the time"))
    @of_a_stored_slot
    def changes(self, slot):
        return links_to_changes(slot)


class NewSlotInline(admin.StackedInline):
    model = Occurrence
    formfield_overrides = SAFE_ADDRESSES
    form = NewSlotForm
    formset = NewSlotFormSet
    verbose_name = gettext_lazy("new time slot")
    verbose_name_plural = gettext_lazy("New time slots")
    can_delete = False
    fieldsets = [
        (None, {"fields": [*ROWS, ("languages", "interpretation"), ("capacity", "meeting_url"), "meeting_phone"]})
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_queryset(self, request):
        return super().get_queryset(request).none()


def links_to_changes(slot):
    if slot.is_called_off:
        return format_html("{} {}", _("Called off."), _link("revive", slot, _("Hold it after all")))
    call_off = _link("call_off", slot, _("Call off"))
    if slot.parts:
        return format_html("{} · {}", _link("parts", slot, _("Change its parts")), call_off)
    move, parts = _link("move", slot, _("Move this time slot")), _link("parts", slot, _("Hold it in parts"))
    return format_html("{} · {} · {}", move, parts, call_off)


def capacity_refused(confirmed) -> str:
    return ngettext(
        "%(number)s person is confirmed already. Choose this number or a higher one.",
        "%(number)s people are confirmed already. Choose this number or a higher one.",
        confirmed,
    ) % {"number": confirmed}


def cannot_be_deleted(slot) -> str:
    return _(
        "%(time)s cannot be deleted, because people have registered for it. Use “Call off” instead: it tells them."
    ) % {"time": wording.on_season_clock(slot)}


def _link(page, slot, label):
    return format_html(
        '<a href="{}">{}</a>', reverse(f"admin:online_sessions_occurrence_{page}", args=[slot.pk]), label
    )


def _refuse_clash(form, session, earlier_forms):
    among_new = any(form.starts_at < other.ends_at and other.starts_at < form.ends_at for other in earlier_forms)
    if among_new:
        form.add_error("begins", _("Another new time slot of this session overlaps with this one."))
        return
    stored = Occurrence.objects.in_the_way_of(session.pk, (form.starts_at, form.ends_at))
    if stored:
        form.add_error("begins", clash(stored))


def clash(slot) -> str:
    if slot.is_called_off:
        return _("A time slot of this session that was called off begins at this minute. Choose another minute.")
    time = wording.on_season_clock(slot)
    return _("This session has a time slot then: %(time)s. Choose another time.") % {"time": time}
