"""The forms of seasons and sessions: plain labels, and lists as one entry a line."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registrations.figures import gender
from sessions.admin.conflicts.merging import MergingForm
from sessions.admin.forms import switching
from sessions.admin.forms.fields import AddressesField, LinesField, in_usual_years
from sessions.clocks import dates, zones
from sessions.models import NO_HOURS
from sessions.reference.ready_made import GENDER
from sessions.seasons import season_days

[(SECRETARIAT_ZONE, SECRETARIAT_PLACE)] = zones.SECRETARIAT.items()

WRONG_SLUG = _("Use letters without accents, digits and hyphens only, for example “season-2”.")
FORMATTED = _(
    "An empty line begins a paragraph, “- ” an item of a list. A link: [its words](https://www.example.org/). "
    "Emphasis: *words*."
)


class StreamForm(MergingForm):
    class Meta:  # The admin adds the model and its fields.
        labels = {"slug": _("Name in the address")}
        error_messages = {"slug": {"invalid": WRONG_SLUG}}


class SeasonForm(MergingForm):
    asks_gender = forms.BooleanField(
        label=_("Ask for gender"),
        required=False,
        help_text=format_lazy(
            _(
                "Reports to the United Nations ask for it. People may answer or leave it; they see “{words}”, the "
                "choices {choices}, and this sentence: “{sentence}” The answers are in the figures of the season alone."
            ),
            words=GENDER["words"],
            choices=", ".join(f"“{choice}”" for choice in GENDER["choices"]),
            sentence=GENDER["help_text"],
        ),
    )
    sources = AddressesField(label=_("Sources"), required=False, help_text=_("One address per line."))

    class Meta:  # The admin adds the model and its fieldsets.
        labels = {
            "slug": _("Name in the address"),
            "timezone": _("Clock of the season"),
            "place": _("Name of the clock"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "is_published": _("Published"),
            "is_rehearsal": _("Rehearsal"),
            "reminder_hours": _("Reminders"),
            "certificate_percent": _("Share of a session, in percent"),
            "feedback_days": _("Days for feedback"),
        }
        error_messages = {"slug": {"invalid": WRONG_SLUG}}
        help_texts = {
            "slug": _("Cannot be changed later: links in mails and calendars contain it."),
            "introduction": format_lazy(
                _("The first paragraph stands above the programme, the others below it. {formatted}"),
                formatted=FORMATTED,
            ),
            "note": FORMATTED,
            "timezone": _("Times of its time slots are typed on this clock. Cannot be changed once there are any."),
            "reminder_hours": format_lazy(
                _(
                    "Hours before each session, with commas. Empty: {usual}. “none”: this season sends no reminders. "
                    "Who signs up gets the two nearest to the session, and can choose others or none. A number that "
                    "you add later reaches everybody who gets reminders."
                ),
                usual=", ".join(str(hours) for hours in settings.REMINDER_HOURS) or NO_HOURS,
            ),
            "certificate_percent": _(
                "Who was there for so much of a time slot can get a certificate. Certificates that are issued stay."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["asks_gender"] = gender.is_asked(self.instance)
        if "timezone" in self.fields:
            self._offer_zones()

    def clean_starts_on(self):
        return self._day_around_slots("starts_on")

    def clean_ends_on(self):
        return self._day_around_slots("ends_on")

    def _day_around_slots(self, field):
        typed = in_usual_years(self.cleaned_data[field])
        days = season_days.of_slots(self.instance) if self.instance.pk else None
        if typed and days and typed != self._widened(field, typed):
            words = _("Its time slots run from %(first)s to %(last)s: the season’s dates must hold them all.")
            first, last = (dates.day(day) for day in days)
            raise forms.ValidationError(words, params={"first": first, "last": last}, code="beyond_slots")
        return typed

    def _widened(self, field, typed):
        starts_on, ends_on = season_days.around_slots(self.instance, **{field: typed})
        return starts_on if field == "starts_on" else ends_on

    def clean(self):
        cleaned = super().clean()
        self._require_order(cleaned.get("starts_on"), cleaned.get("ends_on"))
        self._require_name_of_clock(cleaned)
        self._require_same_kind(cleaned)
        return cleaned

    def _require_order(self, first, last):
        if first and last and last < first:
            self.add_error("ends_on", forms.ValidationError(_("The last day is before the first day."), code="order"))

    def _require_name_of_clock(self, cleaned):
        """A clock that is changed has another name."""
        zone, place = cleaned.get("timezone"), cleaned.get("place")
        if zone and place == SECRETARIAT_PLACE and zone != SECRETARIAT_ZONE:
            words = _("%(place)s is not on the clock %(zone)s. Type what that clock is called, for example %(city)s.")
            params = {"place": place, "zone": zone, "city": zones.season_place(zone)}
            self.add_error("place", forms.ValidationError(words, params=params, code="other_clock"))

    def _require_same_kind(self, cleaned):
        """Only as long as nobody is in it is a season made a rehearsal, or a real one; the row is locked by now."""
        wanted = cleaned.get("is_rehearsal")
        if self.instance.pk is None or wanted is None or wanted == self.initial.get("is_rehearsal"):
            return
        if words := switching.refusal(self.instance.pk, wants_rehearsal=wanted):
            self.add_error("is_rehearsal", forms.ValidationError(words, code="in_use"))

    def _offer_zones(self):
        names = sorted({*zones.city_zones(), self.instance.timezone})
        self.fields["timezone"].widget = forms.Select(choices=[(name, name) for name in names])


class SessionForm(MergingForm):
    unconfirmed_fields = LinesField(
        label=_("Unconfirmed entries"),
        required=False,
        help_text=_("Entries that no source confirms, one per line, for example “title” or “slots.start”."),
    )
    sources = AddressesField(label=_("Sources"), required=False, help_text=_("One address per line."))

    class Meta:  # The admin adds the model and its fieldsets.
        labels = {
            "slug": _("Name in the address"),
            "access": _("Who may register"),
            "is_published": _("Published"),
            "registration_opens_at": _("Registration opens"),
            "registration_closes_at": _("Registration closes"),
            "expect_afterwards": _("What to expect afterwards"),
            "asks_feedback": _("Ask for feedback"),
            "takes_questions": _("Take questions to the speakers"),
            "attendance_total": _("People who came"),
            "attendance_is_minimum": _("The number is a minimum"),
            "attendance_note": _("Note on the number"),
            "is_unconfirmed": _("Unconfirmed"),
        }
        error_messages = {
            "slug": {"invalid": WRONG_SLUG},
            "stream": {"invalid_choice": _("Choose a stream of this season.")},
        }
        help_texts = {
            "slug": _("Cannot be changed later: links in mails and calendars contain it."),
            "stream": _("A stream of the same season."),
            "summary": FORMATTED,
            "registration_opens_at": _("On the season’s clock. Empty: open at once."),
            "attendance_total": _(
                "For the public page alone. Lists, mails and figures go by the reports of the meetings."
            ),
            "registration_closes_at": _("On the season’s clock. Empty: open until the last time slot ends."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "stream" in self.fields:
            streams = self.fields["stream"]
            streams.queryset, streams.label_from_instance = streams.queryset.filter(season=self.instance.season_id), str
        for name in {"registration_opens_at", "registration_closes_at"} & self.fields.keys():
            _name_boxes(self.fields[name])

    def clean_registration_opens_at(self):
        return in_usual_years(self.cleaned_data["registration_opens_at"])

    def clean_registration_closes_at(self):
        return in_usual_years(self.cleaned_data["registration_closes_at"])


def _name_boxes(moment):
    """The words beside the boxes for day and time are not tied to them."""
    words = [_("%(what)s, day"), _("%(what)s, time")]
    for box, text in zip(moment.widget.widgets, words, strict=True):
        box.attrs["aria-label"] = text % {"what": moment.label}
