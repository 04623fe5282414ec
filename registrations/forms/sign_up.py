"""The forms of the sign-up and of a person's details: they check shape, the use cases check the rest."""

import hashlib
from dataclasses import replace
from functools import lru_cache

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registrations.enrolment import enrolment
from registrations.forms.fields import AddressLine, NameLine, Paragraphs, TypedLine
from registrations.limits import bots
from registrations.models import Participant, new_key
from registrations.people import validators
from registrations.people.wishes import USUAL, Wishes
from registrations.seats import offers
from sessions.clocks import zones
from sessions.presenters import zone_groups
from sessions.reference import countries


class LongSelect(forms.Select):
    """A select of hundreds of options; Django's own renders a template for each, which takes longer than the page.

    The options are the same for many readers: they are kept, and the one chosen is marked in them.
    """

    def render(self, name, value, attrs=None, renderer=None):
        attributes = self.build_attrs(self.attrs, attrs) | {"name": name}
        chosen = format_html('<option value="{}"', str(value or ""))
        options = _options(_settled(self.choices)).replace(chosen, f"{chosen} selected", 1)
        # Both the options and the mark are escaped already; replacing one by the other forgets it.
        return format_html("<select{}>{}</select>", flatatt(attributes), mark_safe(options))  # noqa: S308 # nosec


def _settled(choices) -> tuple:
    """The choices with their words in the active language, so that nothing can change them."""
    return tuple((value, _settled(words) if isinstance(words, list) else str(words)) for value, words in choices)


@lru_cache(maxsize=64)
def _options(choices) -> str:
    return format_html_join("", "{}", ((_option(value, words),) for value, words in choices))


def _option(value, words) -> str:
    if isinstance(words, tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(words))
    return format_html('<option value="{}">{}</option>', value, words)


class CountryField(forms.ChoiceField):
    def valid_value(self, value):
        return countries.by_code(value) is not None


def _countries() -> list:
    return [("", _("Choose")), *countries.choices(get_language() or settings.LANGUAGE_CODE)]


def _stakeholders() -> list:
    return [("", _("Choose")), *Participant.Stakeholder.choices]


class PersonForm(forms.Form):
    """What a person says of themselves. `now` gives the offsets in the list of time zones."""

    name = NameLine(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As you write it, in any script."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    organisation = TypedLine(
        label=gettext_lazy("Organisation (optional)"),
        required=False,
        max_length=200,
        validators=[validators.validate_organisation],
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
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
        label=gettext_lazy("You take part for"),
        choices=_stakeholders,
        widget=LongSelect,
        error_messages={
            "required": gettext_lazy("Please choose the group for which you take part."),
            "invalid_choice": gettext_lazy("Please choose a group from the list."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our mails"), choices=settings.OFFERED_LANGUAGES, required=False
    )
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
        # Only a form that is shown asks for the hundreds of zones.
        self.fields["timezone"].widget.choices = lambda: _zone_choices(self["timezone"].value(), now)

    def clean_language(self):
        return self.cleaned_data["language"] or settings.OFFERED_LANGUAGES[0][0]

    def clean(self):
        cleaned = super().clean()
        if "timezone" not in self.errors:
            self._settle_zone(cleaned)
        return cleaned

    def _settle_zone(self, cleaned):
        """The zone chosen, or that of a country that has only one."""
        typed, country = cleaned["timezone"], countries.by_code(cleaned.get("country", ""))
        of_country = zones.zone_of_country(country.iso2) if country else None
        cleaned["timezone"] = zones.current_name(typed) if typed else of_country
        if cleaned["timezone"] is None:
            self.add_error("timezone", _("Please choose your time zone."))

    @property
    def has_choice_of_language(self) -> bool:
        return len(settings.OFFERED_LANGUAGES) > 1

    @property
    def only_language(self) -> str:
        return settings.OFFERED_LANGUAGES[0][1]

    def details(self) -> enrolment.Details:
        return enrolment.Details(**{field: self.cleaned_data[field] for field in enrolment.Details.__annotations__})


class WishesForm(forms.Form):
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

    def wishes(self) -> Wishes:
        chosen = {wish: self.cleaned_data[wish] for wish in Wishes.__annotations__ if wish in self.cleaned_data}
        return replace(USUAL, **chosen)


class MailsForm(WishesForm):
    """The wishes to change, beginning with those of `participant`."""

    wants_reminders = forms.BooleanField(label=gettext_lazy("Remind me before each session"), required=False)

    def __init__(self, *args, participant, **kwargs):
        known = {wish: getattr(participant, wish) for wish in Wishes.__annotations__}
        super().__init__(*args, initial=known, **kwargs)


class SignUpForm(WishesForm, PersonForm):
    """`offers` are those of registrations.offers; which of them can still be had is for enrolment to say."""

    session = forms.MultipleChoiceField(
        error_messages={
            "required": gettext_lazy("Please tick at least one session."),
            "invalid_choice": gettext_lazy("Please tick sessions of the list only."),
        },
    )
    email = AddressLine(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Your confirmation and the link to the meeting go there.")
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("We need your agreement to register you. Please tick the box.")},
    )

    field_order = [
        *("session", "timezone", "name", "email", *enrolment.Details.__annotations__),
        *("calendar_entries", "wants_announcements", "consent"),
    ]

    def __init__(self, *args, offers, now, **kwargs):
        super().__init__(*args, now=now, **kwargs)
        self.offers = offers
        self.fields["session"].choices = [(offer.session.slug, offer.session.title) for offer in offers]
        typed = self.data or self.initial
        self.submission = typed.get("submission") or new_key()
        self.opened = bots.opened(typed, now)

    @staticmethod
    def typed(data) -> dict:
        """What stands in a form that was sent, as initial values for another one; the chosen slots are left behind."""
        return data.dict() | {"session": data.getlist("session")}

    def ticked(self) -> list:
        slugs = self["session"].value() or []
        return [offer for offer in self.offers if offer.session.slug in slugs]

    def slot_sent(self, offer):
        """The slot chosen for a session in the form that was sent; None if there is none such."""
        return self._choice_sent(offer).slot

    def waits(self, offer) -> bool:
        """Whether the person agreed to wait for the slot chosen, or asked for the waiting list by a link."""
        typed = self.data or self.initial
        return self._choice_in(typed, offer).waits or bool(self.initial.get("wait"))

    def occurrence_ids(self) -> list[int]:
        zone = self.cleaned_data["timezone"]
        return [(self.slot_sent(offer) or offer.nearest(zone)).pk for offer in self.ticked()]

    def waits_for(self) -> set[int]:
        """Ids of the slots for which the person agreed to wait."""
        choices = [self._choice_sent(offer) for offer in self.ticked()]
        return {choice.slot.pk for choice in choices if choice.slot and choice.waits}

    def _choice_sent(self, offer) -> offers.Choice:
        return self._choice_in(self.data, offer)

    @staticmethod
    def _choice_in(typed, offer) -> offers.Choice:
        return offers.choice_among(offer.slots, typed.get(f"slot-{offer.session.pk}"))

    def submission_key(self) -> str:
        """The same for the same form with the same content: who goes back and ticks one more sends something new."""
        content = [self.submission, self.cleaned_data["email"], self.cleaned_data["name"], *self.occurrence_ids()]
        return hashlib.sha256(repr(content).encode()).hexdigest()[:40]


class DetailsForm(PersonForm):
    """Details to correct, beginning with those of `participant`."""

    def __init__(self, *args, participant, **kwargs):
        known = {field: getattr(participant, field) for field in enrolment.Details.__annotations__}
        super().__init__(*args, initial=known, **kwargs)


def _zone_choices(zone, now):
    """By region; a zone in an older spelling, which the list does not offer, comes first."""
    groups = [(group.region, group.choices) for group in zone_groups(now)]
    known = {name for _region, choices in groups for name, _words in choices}
    rare = [(zone, zones.label(zone, now))] if zone not in known and zones.current_name(zone or "") else []
    return [("", _("Choose")), *rare, *groups]
