"""Ready values for the choice of mails: what is sent, what was chosen, what happens next."""

from dataclasses import dataclass, replace

from django.forms import BoundField, Form
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Participant
from registrations.people import consent
from registrations.people.preferences import MAIL_PREFERENCES, MailPreference
from sessions.clocks import countdowns

MAIL, SUBSCRIPTION, NONE = Participant.CalendarEntries


@dataclass(frozen=True)
class Choice:
    """A kind of mails that the person may want: what they get now, and the box in which they say it."""

    title: str
    now: str
    when: str
    field: BoundField | None


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
        said = MAIL_PREFERENCES | {"reminders": _reminders_of(self.participant.season)}
        return [*(self._choice(preference) for preference in said.values()), self._next_season()]

    def _choice(self, said) -> Choice:
        now = said.wanted if getattr(self.participant, said.column) else said.unwanted
        return Choice(said.title, now, said.when, self.form and self.form[said.column])

    def _next_season(self) -> Choice:
        now = _("We tell you when it opens.") if self.hears_of_next else _("We do not tell you when it opens.")
        field = self.form and self.form["wants_next_season"]
        return Choice(_("Next season"), now, consent.how_long_for_next_season(), field)

    @property
    def what_stays(self) -> str:
        """What becomes of entries that are in the calendar already; empty where there are none."""
        return _what_stays(self.followed) if self.followed else ""


@dataclass(frozen=True)
class StopPage:
    season: object
    what: str
    is_done: bool

    @property
    def question(self) -> str:
        return MAIL_PREFERENCES[self.what].question % {"season": self.season.title}

    @property
    def answer(self) -> str:
        return MAIL_PREFERENCES[self.what].answer % {"season": self.season.title}

    @property
    def button(self) -> str:
        return str(MAIL_PREFERENCES[self.what].button)


def _reminders_of(season) -> MailPreference:
    """With the words that follow from when the season sends them, if it sends any."""
    reminders, times = MAIL_PREFERENCES["reminders"], reminder_times(season)
    if not times:
        none = _("This season sends no reminders.")
        return replace(reminders, wanted=none, when=none, unwanted=none)
    before = _("%(times)s before each session.") % {"times": times}
    return replace(reminders, wanted=before, when=before)


def reminder_times(season) -> str:
    """3 days, 1 day and 1 hour; empty where the season sends none."""
    return countdowns.list_of_leads(season.reminders_before)


def words_after(preferences, posted, followed) -> list[str]:
    """What happens now that the person has chosen, in sentences."""
    saved = _("Your choice is saved.")
    if posted:
        entries = ngettext(
            "A mail with %(number)d calendar entry is on its way.",
            "%(number)d mails with calendar entries are on their way.",
            posted,
        )
        return [saved, entries % {"number": posted}]
    if followed and preferences.calendar_entries != MAIL:
        return [saved, _what_stays(followed)]
    return [saved]


def _what_stays(number) -> str:
    return ngettext(
        "%(number)d entry that our mails have put in your calendar stays there and follows every change.",
        "%(number)d entries that our mails have put in your calendar stay there and follow every change.",
        number,
    ) % {"number": number}
