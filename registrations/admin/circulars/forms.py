"""What staff write to people, and whom they choose."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registrations.forms.number import NumberForm
from registrations.models import Participant, Registration
from registrations.models.circulars import LONGEST_SUBJECT
from registrations.people.audiences import ABSENT, CAME, Audience
from sessions import plain_text, rich_text
from sessions.clocks.wall_clock import on_clock
from sessions.models import Occurrence, Session
from sessions.reference import countries
from sessions.staff.numbers import row_number

ATTENDANCE = [
    ("", _("Whether they came does not matter")),
    (CAME, _("Came: by the report of the meeting, or else by opening it with their link")),
    (ABSENT, _("Did not come, and the time slot is over")),
]
WORDS, PEOPLE, SLOTS = ["subject", "text"], ["everybody", "sessions", "states", "attendance"], ["slots"]
TICKED = ["ticked"]
NARROWER = ["unopened", "regions", "countries", "groups", "languages"]
CHOICES = [*TICKED, *PEOPLE, *SLOTS, *NARROWER]


class SeveralOf(forms.TypedMultipleChoiceField):
    """Boxes to tick; its value is a tuple."""

    def __init__(self, label, *, coerce=str, **more):
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, coerce=coerce, required=False, empty_value=(), widget=widget, **more)

    def clean(self, value):
        return tuple(super().clean(value))


class CircularForm(forms.Form):
    """For people of one season: what can be chosen is what its people have said, and its sessions and slots.

    Registrations that staff have ticked before are there to be unticked; without these the form says nothing of them.
    """

    season = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=LONGEST_SUBJECT,
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"}),
        error_messages={"required": _("Write a subject.")},
    )
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField", "dir": "auto"}),
        validators=[rich_text.validate_length, rich_text.validate_links],
        help_text=_(
            "The greeting with the name, the link to their page and the reason why they get it are added. An empty "
            "line begins a paragraph, “- ” an item of a list; **bold**, [words of a link](https://example.org)."
        ),
        error_messages={"required": _("Write the text.")},
    )
    ticked = SeveralOf(
        _("Registrations"),
        coerce=int,
        help_text=_("Who has cancelled gets it only if you tick that state below, too."),
    )
    everybody = forms.BooleanField(label=_("Everybody in this season"), required=False)
    sessions = SeveralOf(_("Sessions"), coerce=int)
    states = SeveralOf(
        _("State"),
        choices=Registration.Status.choices,
        help_text=_("If you tick none: confirmed or on the waiting list."),
    )
    attendance = forms.ChoiceField(label=_("Who came"), choices=ATTENDANCE, required=False, widget=forms.RadioSelect)
    slots = SeveralOf(_("Time slots"), coerce=int)
    unopened = forms.BooleanField(
        label=_("Only people who have never opened their personal page"),
        required=False,
        help_text=_(
            "Programs that check mails open links, too: of those left out, some may not have read it. Those who "
            "signed up before this was noted are left out, because nobody knows."
        ),
    )
    regions = SeveralOf(_("UN regions"))
    countries = SeveralOf(_("Countries"))
    groups = SeveralOf(_("Stakeholder groups"), choices=Participant.Stakeholder.choices)
    languages = SeveralOf(_("Languages of their mails"), choices=settings.LANGUAGES)

    def __init__(self, data=None, *, of_season, initial=None):
        super().__init__(data, initial={"season": of_season.pk} | (initial or {}), label_suffix="")
        self._offer_ticked(of_season)
        sessions = Session.objects.filter(season=of_season).order_by("title", "pk")
        self.fields["sessions"].choices = [(session.pk, session.title) for session in sessions]
        self.fields["slots"].choices = _slots(of_season)
        self.fields["countries"].choices, self.fields["regions"].choices = _places(of_season)

    def _offer_ticked(self, season):
        sent = self.fields["ticked"].widget.value_from_datadict(self.data, {}, "ticked") if self.is_bound else []
        choices = _registrations(season, [*self.initial.get("ticked", ()), *map(row_number, sent or [])])
        self.fields["ticked"].choices = choices
        if not choices:
            del self.fields["ticked"]

    def clean_subject(self):
        return plain_text.one_line(self.cleaned_data["subject"])

    def clean(self):
        narrower = [name for name in CHOICES if name != "everybody" and self.cleaned_data.get(name)]
        if self.cleaned_data.get("everybody") and narrower:
            words = gettext("Choose either everybody or some of them: untick this, or take the other choices away.")
            self.add_error("everybody", words)
        return self.cleaned_data

    @property
    def audience(self) -> Audience:
        return Audience(**{name: self.cleaned_data[name] for name in CHOICES if name in self.fields})

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in WORDS}


class ConfirmForm(NumberForm):
    """With what staff have seen: `state` is that of the circular with its people."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, state, recipients, typed=""):
        super().__init__(data, number=recipients, typed=typed)
        self.initial["seen"] = state
        self._state = state

    @property
    def must_look_again(self) -> bool:
        return self.data.get("seen") != self._state


def _registrations(season, ids):
    """Of people whose details are not erased."""
    there = Registration.objects.filter(pk__in=[pk for pk in ids if pk], session__season=season)
    there = there.filter(participant__anonymised_at=None).select_related("participant", "session")
    return [
        (each.pk, f"{each.participant}: {each.session.title}, {each.get_status_display()}")
        for each in there.order_by("participant__name_key", "pk")
    ]


def _slots(season):
    slots = Occurrence.objects.filter(session__season=season).select_related("session").order_by("starts_at", "pk")
    return [(slot.pk, f"{_on_clock(slot, season)}: {slot.session.title}") for slot in slots]


def _on_clock(slot, season) -> str:
    return on_clock(slot.starts_at, slot.ends_at, season.timezone, season.place).in_words


def _places(season) -> tuple[list, list]:
    """The countries that people of the season have named, and the regions of these."""
    language = get_language() or "en"
    people = Participant.objects.filter(season=season).exclude(country="")
    named = set(people.order_by().values_list("country", flat=True).distinct())
    regions = {country.region_code for code in named if (country := countries.by_code(code))}
    return (
        [choice for choice in countries.choices(language) if choice[0] in named],
        [choice for choice in countries.regions(language) if choice[0] in regions],
    )
