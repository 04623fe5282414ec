"""Which mails and calendar entries somebody wants, beside those that a registration brings in any case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registrations.models import Participant


@dataclass(frozen=True)
class Preferences:
    calendar_entries: str = Participant.CalendarEntries.MAIL
    wants_reminders: bool = True
    wants_announcements: bool = False


USUAL = Preferences()


@dataclass(frozen=True)
class MailPreference:
    """A column of Participant without which mails of a kind do not leave, and the words of all pages about them.

    My season says whether they are `wanted` or `unwanted`, the page of the choice `when` they come, and the page of
    one click asks the `question`. Those of reminders follow from the season, where they are empty here.
    """

    column: str
    title: str
    unwanted: str
    question: str
    answer: str
    button: str
    wanted: str = ""
    when: str = ""


# By their names in addresses.
MAIL_PREFERENCES = {
    "reminders": MailPreference(
        column="wants_reminders",
        title=_("Reminders"),
        unwanted=_("No reminders."),
        question=_("No more reminders of %(season)s?"),
        answer=_("You get no more reminders of %(season)s."),
        button=_("Stop the reminders"),
    ),
    "announcements": MailPreference(
        column="wants_announcements",
        title=_("Recordings and slides"),
        wanted=_("We tell you."),
        unwanted=_("We do not tell you."),
        when=_("One mail for each of your sessions, after it."),
        question=_("No more mails about recordings and slides of %(season)s?"),
        answer=_("You get no more mails about recordings and slides of %(season)s."),
        button=_("Stop these mails"),
    ),
}
WANTS_NO_MAILS = {preference.column: False for preference in MAIL_PREFERENCES.values()}
