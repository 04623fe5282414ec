"""The forms of a person's details: said once, corrected, erased."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from registrations.enrolment.applicant import Details
from registrations.forms.fields import CountryField, NameLine, OrganisationLine, Paragraphs
from registrations.forms.widgets import LongSelect
from registrations.models import Participant
from sessions.clocks import zones
from sessions.presenters.zones import as_choices, zone_groups
from sessions.reference import countries, languages
from sessions.translations import offered


def _countries() -> list:
    return [("", _("Choose")), *countries.choices(get_language() or settings.LANGUAGE_CODE)]


def _stakeholders() -> list:
    return [("", _("Choose")), *Participant.Stakeholder.choices]


def _languages():
    return settings.LANGUAGES


class PersonForm(forms.Form):
    """What a person says of themselves. `now` gives the offsets in the list of time zones."""

    no_zone = gettext_lazy("Please choose your time zone.")

    name = NameLine(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As you write it, in any alphabet."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    organisation = OrganisationLine()
    country = CountryField(
        label=gettext_lazy("Country or area"),
        choices=_countries,
        widget=LongSelect({"autocomplete": "country"}),
        error_messages={
            "required": gettext_lazy("Please choose your country or area."),
            "invalid_choice": gettext_lazy("Please choose your country or area from the list."),
        },
    )
    stakeholder = forms.ChoiceField(
        label=gettext_lazy("I represent"),
        choices=_stakeholders,
        widget=LongSelect,
        error_messages={
            "required": gettext_lazy("Please choose the group for which you take part."),
            "invalid_choice": gettext_lazy("Please choose a group from the list."),
        },
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of our mails"), choices=_languages, required=False)
    timezone = forms.CharField(
        label=gettext_lazy("Your time zone"),
        help_text=gettext_lazy("All times for you are shown in it."),
        required=False,
        widget=LongSelect,
    )
    access_needs = Paragraphs(
        label=gettext_lazy("What would help you to take part (optional)"),
        help_text=gettext_lazy("Captions, slides beforehand, a weak connection: only our staff read it."),
        required=False,
        max_length=1000,
    )

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        # Who reads the form in a language wants its mails in it.
        self.fields["language"].initial = get_language()
        # Only a form that is shown asks for the hundreds of zones.
        self.fields["timezone"].widget.choices = lambda: self._zone_choices(now)

    def clean_language(self):
        return self.cleaned_data["language"] or get_language()

    def clean(self):
        cleaned = super().clean()
        if "timezone" not in self.errors:
            self._settle_zone(cleaned)
        return cleaned

    def _settle_zone(self, cleaned):
        """The zone chosen, or that of a country that has only one clock."""
        typed, country = cleaned["timezone"], countries.by_code(cleaned.get("country", ""))
        of_country = zones.zone_of_country(country.iso2) if country else None
        cleaned["timezone"] = zones.current_name(typed) if typed else of_country
        if cleaned["timezone"] is None:
            self.add_error("timezone", self.no_zone)

    def _zone_choices(self, now):
        groups = zone_groups(now, zone=self["timezone"].value(), country=self["country"].value())
        return [("", _("Choose")), *as_choices(groups)]

    @property
    def has_choice_of_language(self) -> bool:
        return len(settings.LANGUAGES) > 1

    @property
    def only_language(self) -> str:
        return languages.in_words(settings.LANGUAGE_CODE)

    def details(self) -> Details:
        return Details(**{field: self.cleaned_data[field] for field in Details.__annotations__})


class DetailsForm(PersonForm):
    """Details to correct, beginning with those of `participant`, or with what was typed in another form."""

    def __init__(self, *args, participant, typed=None, **kwargs):
        known = {field: getattr(participant, field) for field in Details.__annotations__}
        super().__init__(*args, initial=known | (typed.dict() if typed else {}), **kwargs)
        self._stored = participant.language
        self.fields["language"].choices = [*settings.LANGUAGES, *self._held_back()]

    def clean_language(self):
        return self.cleaned_data["language"] or self._stored

    def _held_back(self) -> list:
        """Their own language, where it is not on offer now: browsers would send the first one in its place."""
        if offered(self._stored) == self._stored:
            return []
        return [(self._stored, get_language_info(self._stored)["name_local"])]


class EraseForm(forms.Form):
    """The tick without which nothing is erased."""

    understood = forms.BooleanField(
        label=gettext_lazy("I understand. Erase my data."),
        error_messages={"required": gettext_lazy("Please tick that you understand. Nothing has been erased.")},
    )
