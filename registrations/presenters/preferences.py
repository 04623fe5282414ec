"""Ready values for the choice of mails: what is sent, what was chosen, what happens next."""

from dataclasses import dataclass, replace

from django.forms import BoundField, Form, MultipleChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Participant
from registrations.people import consent
from registrations.people.preferences import MAIL_PREFERENCES, MailPreference, wanted_leads
from sessions import marked
from sessions.clocks import countdowns, dates

MAIL, SUBSCRIPTION, NONE = Participant.CalendarEntries


@dataclass(frozen=True)
class Box:
    tag: str
    label: str


@dataclass(frozen=True)
class Choice:
    """A kind of mails that the person may want: what they get now, and the `field` in which they say it."""

    what: str
    title: str
    now: str
    when: str
    field: BoundField | None
    # The consent in English, where that of the page is a draft.
    binding_consent: tuple[str, ...] = ()

    @property
    def boxes(self) -> list[Box]:
        """To tick: one, or one for each mail of the kind that may come."""
        if isinstance(self.field.field, MultipleChoiceField):
            return [Box(str(each.tag()), each.choice_label) for each in self.field]
        return [Box(str(self.field), self.field.label)]


@dataclass(frozen=True)
class PreferencesPage:
    """`followed` entries to come are in a calendar because our mails have put them there; `form` is to change it."""

    participant: Participant
    followed: int = 0
    form: Form | None = None
    # Whether the next season is announced to the mailbox.
    hears_of_next: bool = False

    @property
    def calendar(self) -> str:
        return {
            MAIL: _("An invitation by mail for each session."),
            SUBSCRIPTION: _("A calendar to which you subscribe."),
            NONE: _("No entries."),
        }[self.participant.calendar_entries]

    @property
    def choices(self) -> list[Choice]:
        said = MAIL_PREFERENCES | {"reminders": _reminders_to(self.participant)}
        return [*(self._choice(what, preference) for what, preference in said.items()), self._next_season()]

    def _choice(self, what, said) -> Choice:
        now = said.wanted if getattr(self.participant, said.column) else said.unwanted
        # The box of a preference has the name of its column; those of reminders stand for two columns.
        field = self.form and self.form[what if what in self.form.fields else said.column]
        return Choice(what, said.title, now, said.when, field)

    def _next_season(self) -> Choice:
        now = _("We tell you when it opens.") if self.hears_of_next else _("We do not tell you when it opens.")
        field = self.form and self.form["wants_next_season"]
        said = consent.how_long_for_next_season()
        return Choice("next-season", _("Next season"), now, said, field, tuple(consent.binding_for_next_season()))

    @property
    def what_stays(self) -> str:
        """What becomes of entries that are in the calendar already; empty where there are none."""
        return _what_stays(self.followed) if self.followed else ""

    @property
    def is_there_twice(self) -> str:
        """What comes of subscribing, too."""
        return _("If you also subscribe, you see them in your calendar twice.")


@dataclass(frozen=True)
class StopPage:
    """`form` offers again what was stopped, where there is more than one such mail before each session."""

    season: object
    what: str
    is_done: bool
    form: Form | None = None

    @property
    def question(self) -> str:
        return _of_season(MAIL_PREFERENCES[self.what].question, self.season)

    @property
    def answer(self) -> str:
        return _of_season(MAIL_PREFERENCES[self.what].answer, self.season)

    @property
    def button(self) -> str:
        return str(MAIL_PREFERENCES[self.what].button)


def _of_season(words, season) -> str:
    return marked.sentence(str(words), season=marked.words(season, "title"))


def _reminders_to(participant) -> MailPreference:
    """With the words that follow from when the season sends them, if it sends any."""
    reminders, times = MAIL_PREFERENCES["reminders"], countdowns.list_of_leads(wanted_leads(participant))
    if not participant.season.reminders_before:
        none = _("This season sends no reminders.")
        return replace(reminders, wanted=none, when=none, unwanted=none)
    before = _("%(times)s before each session.") % {"times": times}
    return replace(reminders, wanted=before if times else reminders.unwanted)


@dataclass(frozen=True)
class RemindersPage:
    """The choice of reminders alone, for who has the key that stops them."""

    form: Form
    is_done: bool

    @property
    def season(self):
        return self.form.participant.season

    @property
    def answer(self) -> str:
        """What the person gets now that they have chosen."""
        times = countdowns.list_of_leads(self.form.cleaned_data["reminders"])
        if not times:
            return _of_season(MAIL_PREFERENCES["reminders"].answer, self.season)
        return _("We remind you %(times)s before each session.") % {"times": times}


def words_after(preferences, posted, followed) -> list[str]:
    """What happens now that the person has chosen, in sentences."""
    saved = _("Your choice is saved.")
    if posted:
        entries = ngettext(
            "A mail with %(number)s calendar entry is on its way.",
            "%(number)s mails with calendar entries are on their way.",
            posted,
        )
        return [saved, entries % {"number": dates.number(posted)}]
    if followed and preferences.calendar_entries != MAIL:
        return [saved, _what_stays(followed)]
    return [saved]


def _what_stays(number) -> str:
    return ngettext(
        "%(number)s entry that our mails have put in your calendar stays there and follows every change.",
        "%(number)s entries that our mails have put in your calendar stay there and follow every change.",
        number,
    ) % {"number": dates.number(number)}
