"""The form part in which staff type the times of a slot on the season's clock."""

from datetime import datetime, timedelta

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.clocks import dates, wall_clock

ROWS = (("day", "begins", "ends"), "past_midnight")
# Not the browser's own inputs: their order of day and month, and am and pm, follow the browser's language.
ISO_DAY, HOUR = "%Y-%m-%d", "%H:%M"


class DayInput(AdminDateWidget):
    def __init__(self):
        super().__init__(attrs={"placeholder": "2030-10-22"}, format=ISO_DAY)


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": gettext_lazy("Type the day as year-month-day, for example 2030-10-22.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=[ISO_DAY], **kwargs)


class HourInput(forms.TimeInput):
    def __init__(self):
        super().__init__(attrs={"size": 6, "placeholder": "15:00"}, format=HOUR)


class HourField(forms.TimeField):
    widget = HourInput
    default_error_messages = {"invalid": gettext_lazy("Type the time with 24 hours, for example 15:00.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=[HOUR], **kwargs)


class WallTimesForm(forms.Form):
    """Gives `starts_at` and `ends_at`, aware UTC, once it is valid; `season` may be None while none is chosen."""

    day = DayField(label=gettext_lazy("Day"))
    begins = HourField(label=gettext_lazy("From"))
    ends = HourField(label=gettext_lazy("To"))
    past_midnight = forms.BooleanField(label=gettext_lazy("ends after midnight"), required=False)

    def __init__(self, *args, season, **kwargs):
        super().__init__(*args, **kwargs)
        self.season = season
        self.starts_at = self.ends_at = None
        if season:
            self.fields["begins"].label = _("From (%(place)s time)") % {"place": season.place}
            self.fields["ends"].label = _("To (%(place)s time)") % {"place": season.place}

    def clean(self):
        super().clean()
        typed = [self.cleaned_data.get(name) for name in ("day", "begins", "ends")]
        # A day out of season may be one that the clock of no zone could show.
        if self.season and None not in typed and self._check("day", lambda: _in_season(typed[0], self.season)):
            self._read(*typed)
        return self.cleaned_data

    def _read(self, day, begins, ends):
        start, end = datetime.combine(day, begins), datetime.combine(day, ends)
        if self.cleaned_data.get("past_midnight"):
            end += timedelta(days=1)
        self._check("ends", lambda: _require_order(start, end))
        self.starts_at = self._check("begins", lambda: _instant(start, self.season))
        self.ends_at = self._check("ends", lambda: _instant(end, self.season))

    def _check(self, field, rule):
        try:
            return rule()
        except ValidationError as error:
            self.add_error(field, error)


def typed_as(slot) -> dict:
    """What staff would have typed for the times of this slot; by the fields of the form."""
    zone = slot.session.season.zone
    start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    return {
        "day": start.date(),
        "begins": start.time(),
        "ends": end.time(),
        "past_midnight": end.date() > start.date(),
    }


def _in_season(day, season):
    if not season.starts_on <= day <= season.ends_on:
        raise ValidationError(
            _("The season runs from %(first)s to %(last)s. Choose a day in it, or change the season’s dates first."),
            params={"first": dates.day(season.starts_on), "last": dates.day(season.ends_on)},
        )
    return day


def _require_order(start, end):
    if end <= start:
        raise ValidationError(_("The end must be after the start. Correct the time, or tick “ends after midnight”."))


def _instant(naive, season) -> datetime:
    moment = wall_clock.wall_time(naive, season.timezone)
    words = {"place": season.place, "hour": dates.time(naive), "day": dates.full_day(naive)}
    if moment is None:
        raise ValidationError(
            _("There is no %(hour)s in %(place)s on %(day)s: the clock is put forward. Choose another time."),
            params=words,
        )
    if wall_clock.is_ambiguous(naive, season.timezone):
        raise ValidationError(
            _("%(place)s has %(hour)s twice on %(day)s: the clock is put back. Choose another time."), params=words
        )
    return moment
