"""The forms in which a person says which mails and calendar entries they want."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy

from registrations.models import Participant
from registrations.people.consent import agreement_for_next_season
from registrations.people.preferences import USUAL, Preferences


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


class PreferencesForm(SignUpPreferencesForm):
    """The preferences to change, beginning with those of `participant`."""

    wants_reminders = forms.BooleanField(label=gettext_lazy("Remind me before each session"), required=False)
    wants_next_season = forms.BooleanField(label=agreement_for_next_season, required=False)

    def __init__(self, *args, participant, wants_next_season, **kwargs):
        known = {name: getattr(participant, name) for name in Preferences.__annotations__}
        super().__init__(*args, initial=known | {"wants_next_season": wants_next_season}, **kwargs)
