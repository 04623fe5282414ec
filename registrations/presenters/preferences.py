"""Ready values for the choice of mails: what is sent, what was chosen, what happens next."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Participant
from registrations.people.preferences import MAIL_PREFERENCES
from sessions.clocks import countdowns

MAIL, SUBSCRIPTION, NONE = Participant.CalendarEntries


@dataclass(frozen=True)
class PreferencesPage:
    """`followed` entries to come are in a calendar because our mails have put them there."""

    participant: Participant
    followed: int = 0

    @property
    def calendar(self) -> str:
        return {
            MAIL: _("An invitation by mail for each session."),
            SUBSCRIPTION: _("A calendar to which you subscribe."),
            NONE: _("No entries."),
        }[self.participant.calendar_entries]

    @property
    def reminders(self) -> str:
        """What the person gets now, as far as their season sends any."""
        when = reminder_times(self.participant.season)
        if not when:
            return _("This season sends no reminders.")
        return capfirst(when) if self.participant.wants_reminders else _("No reminders.")

    @property
    def reminder_times(self) -> str:
        return reminder_times(self.participant.season)

    @property
    def announcements(self) -> str:
        return _("We tell you.") if self.participant.wants_announcements else _("We do not tell you.")

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


def reminder_times(season) -> str:
    """3 days, 1 day and 1 hour before each session; empty where the season sends none."""
    leads = season.reminders_before
    return _("%(times)s before each session.") % {"times": countdowns.list_of_leads(leads)} if leads else ""


def words_after(preferences, posted, followed) -> str:
    """What happens now that the person has chosen."""
    saved = _("Your choice is saved.")
    if posted:
        entries = ngettext(
            "A mail with %(number)d calendar entry is on its way.",
            "%(number)d mails with calendar entries are on their way.",
            posted,
        )
        return f"{saved} {entries % {'number': posted}}"
    if followed and preferences.calendar_entries != MAIL:
        return f"{saved} {_what_stays(followed)}"
    return saved


def _what_stays(number) -> str:
    return ngettext(
        "%(number)d entry that our mails have put in your calendar stays there and follows every change.",
        "%(number)d entries that our mails have put in your calendar stay there and follow every change.",
        number,
    ) % {"number": number}
