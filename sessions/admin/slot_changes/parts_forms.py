"""The rows in which staff type the parts of a time slot."""

from django import forms
from django.contrib.admin.helpers import AdminForm
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.rescheduling import arranging
from sessions.admin.forms.fields import WebAddressField
from sessions.admin.forms.wall_times import ROWS, WallTimesForm, typed_as
from sessions.admin.inlines.slots import clash
from sessions.clocks.dates import number
from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence, Part
from sessions.models.parts import MOST_PARTS, alone

ROWS_FOR_NEW = 2


class PartForm(WallTimesForm):
    """The times of one part; an empty row is none."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    url = WebAddressField(
        label=gettext_lazy("Meeting address"), help_text=gettext_lazy("Empty: the address of the time slot.")
    )
    # What the page showed, so that an old page does not undo what a colleague typed since.
    url_before = forms.CharField(widget=forms.HiddenInput, required=False)
    is_called_off = forms.BooleanField(label=gettext_lazy("call this part off"), required=False)

    def __init__(self, *args, slot, **kwargs):
        super().__init__(*args, season=slot.session.season, **kwargs)
        known = {part.number: part for part in alone(slot)}
        self.stored = known.get(self._number)
        self.stored_url = slot.part_urls.get(str(self._number), "")
        if self.stored is None:
            del self.fields["is_called_off"]

    @property
    def heading(self) -> str:
        return _("Part %(number)s") % {"number": self.position} if self.stored else _("New part")

    @property
    def fieldset(self) -> AdminForm:
        """As the form that moves a slot shows its times."""
        ticks = ["past_midnight", *(["is_called_off"] if self.stored else [])]
        return AdminForm(self, [(self.heading, {"fields": [ROWS[0], tuple(ticks), "url"]})], {})

    @property
    def part(self) -> Part | None:
        """As it was typed; None for an empty row."""
        if not self.starts_at or not self.ends_at:
            return None
        typed = as_typed(self.starts_at, self.ends_at, self.season.timezone)
        is_called_off = self.cleaned_data.get("is_called_off", False)
        number = self.stored.number if self.stored else 0
        times = self.starts_at, self.ends_at
        return Part(number, *times, typed["typed_start"], typed["typed_end"], is_called_off)

    @property
    def own_url(self) -> str:
        typed = self.cleaned_data["url"]
        return self.stored_url if typed == self.cleaned_data["url_before"] else typed

    @property
    def is_other_time(self) -> bool:
        """Whether people would hear of a time that they do not know."""
        part = self.part
        if part is None or part.is_called_off:
            return False
        return self.stored is None or self.stored.is_called_off or self.stored.times != part.times

    @property
    def _number(self):
        typed = self.data.get(self.add_prefix("number")) if self.is_bound else self.initial.get("number")
        return int(typed) if str(typed).isdecimal() and len(str(typed)) < 4 else None


class BasePartFormSet(BaseFormSet):
    def __init__(self, data=None, *, slot, now, **options):
        self.slot, self.now = slot, now
        stored = [_stored(part, slot) for part in alone(slot)]
        times = [typed_as(stretch) for stretch in slot.stretches]
        initial = [kept | typed for kept, typed in zip(stored, times, strict=True)]
        super().__init__(data, prefix="parts", initial=initial, form_kwargs={"slot": slot}, **options)
        for position, form in enumerate(self.forms, 1):
            form.position = position

    @property
    def parts(self) -> list[Part]:
        return [form.part for form in self.forms if form.part]

    @property
    def urls(self) -> list[str]:
        """The meeting addresses of their own, in the order of `parts`."""
        return [form.own_url for form in self.forms if form.part]

    @property
    def hidden(self) -> list:
        """All that was typed, for the form that confirms it."""
        again = PartFormSet(self.data, slot=self.slot, now=self.now, auto_id=False)
        return [field for form in (again.management_form, *again.forms) for field in form]

    def clean(self):
        if any(self.errors):
            return
        numbers = [part.number for part in self.parts if part.number]
        if len(numbers) != len(set(numbers)):
            raise forms.ValidationError(_("Two rows are about the same part. Please open the page again."))
        earlier = []
        for form in self.forms:
            part = form.part
            if part is None or part.is_called_off:
                continue
            self._refuse(form, part, earlier)
            earlier.append(part)
        self._require_some()

    def _require_some(self):
        try:
            arranging.arrangement(self.slot, self.parts)
        except arranging.NoPartLeft:
            words = _("No part would be left. To call off the whole time slot, choose “Call off” on its page.")
            raise forms.ValidationError(words) from None
        except arranging.TooManyParts:
            words = _("A time slot has at most %(number)s parts, those that were called off among them.")
            raise forms.ValidationError(words % {"number": number(MOST_PARTS)}) from None

    def _refuse(self, form, part, earlier):
        if any(part.overlaps(*other.times) for other in earlier):
            form.add_error("begins", _("Another part of this time slot overlaps with this one."))
        elif other := Occurrence.objects.in_the_way_of(self.slot.session_id, part.times, besides=self.slot.pk):
            form.add_error("begins", clash(other))
        elif form.is_other_time and part.starts_at <= self.now and self.slot.taken:
            form.add_error("begins", _("This time is in the past, and people are confirmed: choose a time to come."))


def _stored(part, slot) -> dict:
    url = slot.part_urls.get(str(part.number), "")
    return {"number": part.number, "is_called_off": part.is_called_off, "url": url, "url_before": url}


AT_MOST = {"max_num": MOST_PARTS, "absolute_max": MOST_PARTS, "validate_max": True}
PartFormSet = formset_factory(PartForm, formset=BasePartFormSet, extra=ROWS_FOR_NEW, **AT_MOST)
