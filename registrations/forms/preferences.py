"""The forms in which a person says which mails and calendar entries they want."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import Participant
from registrations.people.consent import agreement_for_next_season
from registrations.people.preferences import USUAL, Preferences, unwanted_at_first, wanted_leads, with_leads
from sessions.clocks import countdowns


class SignUpPreferencesForm(forms.Form):
    """Which mails and calendar entries a person wants, where they have a choice."""

    calendar_entries = forms.ChoiceField(
        label=gettext_lazy("Your calendar"),
        choices=Participant.CalendarEntries.choices,
        initial=USUAL.calendar_entries,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Please choose one of the three.")},
    )
    wants_announcements = forms.BooleanField(
        label=gettext_lazy("Tell me when recordings and slides are published"), required=False
    )

    def clean_calendar_entries(self):
        return self.cleaned_data["calendar_entries"] or USUAL.calendar_entries

    def preferences(self) -> Preferences:
        chosen = {name: self.cleaned_data[name] for name in Preferences.__annotations__ if name in self.cleaned_data}
        return replace(USUAL, **chosen)


class RemindersForm(forms.Form):
    """Which of the reminders of their season `participant` wants, beginning with those that they get."""

    reminders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Reminders"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("This season sends other reminders now. Please choose again.")},
    )

    def __init__(self, *args, participant, initial=None, **kwargs):
        super().__init__(*args, initial={"reminders": wanted_leads(participant)} | (initial or {}), **kwargs)
        self.participant = participant
        offered = participant.season.reminders_before
        self.fields["reminders"].choices = [(hours, _before_each(hours)) for hours in offered]


class PreferencesForm(SignUpPreferencesForm, RemindersForm):
    """The preferences to change, beginning with those of `participant`, or with what was chosen in another form."""

    wants_certificates = forms.BooleanField(label=gettext_lazy("Tell me when a certificate is ready"), required=False)
    wants_next_season = forms.BooleanField(label=agreement_for_next_season, required=False)

    def __init__(self, *args, participant, wants_next_season, typed=None, **kwargs):
        known = {name: getattr(participant, name) for name in self.base_fields if hasattr(participant, name)}
        known["wants_next_season"] = wants_next_season
        if typed:
            # A box that was not ticked is not sent.
            leads = typed.getlist("reminders") or _leads_of_one_tick(typed, participant)
            known = {name: typed.get(name) for name in known} | {"reminders": leads}
        super().__init__(*args, participant=participant, initial=known, **kwargs)

    def clean_reminders(self):
        return self.cleaned_data["reminders"] or _leads_of_one_tick(self.data, self.participant)

    def preferences(self) -> Preferences:
        leads = with_leads(self.participant, self.cleaned_data["reminders"])
        return replace(super().preferences(), **leads)


def _leads_of_one_tick(sent, participant) -> list[int]:
    """Of a page of the version before, still open after an upgrade: it had one tick for all reminders."""
    if "wants_reminders" not in sent:
        return []
    season = participant.season
    return wanted_leads(participant) or [
        hours for hours in season.reminders_before if hours not in unwanted_at_first(season)
    ]


def _before_each(hours) -> str:
    return _("%(length)s before each session") % {"length": countdowns.lead(hours)}
