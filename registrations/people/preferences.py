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
    """A column of Participant without which mails of a kind do not leave, and the words of the page that stops them.

    `title` is what the page of one's own data calls such mails.
    """

    column: str
    title: str
    question: str
    answer: str
    button: str


# By their names in addresses.
MAIL_PREFERENCES = {
    "reminders": MailPreference(
        "wants_reminders",
        _("Reminders"),
        _("No more reminders of %(season)s?"),
        _("You get no more reminders of %(season)s."),
        _("Stop the reminders"),
    ),
    "announcements": MailPreference(
        "wants_announcements",
        _("Recordings and slides"),
        _("No more mails about recordings and slides of %(season)s?"),
        _("You get no more mails about recordings and slides of %(season)s."),
        _("Stop these mails"),
    ),
}
WANTS_NO_MAILS = {preference.column: False for preference in MAIL_PREFERENCES.values()}
