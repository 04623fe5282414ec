"""Which mails and calendar entries somebody wants, beside those that a registration brings in any case."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from registrations.models import Participant


@dataclass(frozen=True)
class Preferences:
    calendar_entries: str = Participant.CalendarEntries.MAIL
    wants_reminders: bool = True
    unwanted_leads: list[int] = field(default_factory=list)
    wants_announcements: bool = False
    wants_certificates: bool = True


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
        when=_(
            "Each has your link to join. Tick none to get no reminders. A day or more before, sessions of the same day "
            "come in one mail."
        ),
        question=_("No more reminders of %(season)s?"),
        answer=_("You get no more reminders of %(season)s."),
        button=_("Stop the reminders"),
    ),
    "announcements": MailPreference(
        column="wants_announcements",
        title=_("Recordings and slides"),
        wanted=_("We tell you."),
        unwanted=_("We do not tell you."),
        when=_("One mail for each of your sessions, after it, and another if more is published."),
        question=_("No more mails about recordings and slides of %(season)s?"),
        answer=_("You get no more mails about recordings and slides of %(season)s."),
        button=_("Stop these mails"),
    ),
    "certificates": MailPreference(
        column="wants_certificates",
        title=_("Certificates"),
        wanted=_("We tell you when one is ready."),
        unwanted=_("We do not tell you. You find them on your page."),
        when=_("One mail when a certificate is ready, and another if a corrected one replaces it."),
        question=_("No more mails about certificates of %(season)s?"),
        answer=_("You get no more mails about certificates of %(season)s. You find them on your page."),
        button=_("Stop these mails"),
    ),
}
# So many reminders before each session has somebody who has not chosen: the last ones.
USUAL_REMINDERS = 2
WANTS_NO_MAILS = {preference.column: False for preference in MAIL_PREFERENCES.values()}


def leads_at_first(season) -> list[int]:
    """How many hours before each session somebody is reminded who has just signed up, the longest first."""
    return season.reminders_before[-USUAL_REMINDERS:]


def unwanted_at_first(season) -> list[int]:
    """The other leads of the season, which a person has to ask for."""
    return season.reminders_before[:-USUAL_REMINDERS]


def wanted_leads(participant) -> list[int]:
    """How many hours before each session the person is reminded, the longest first."""
    return [hours for hours in participant.season.reminders_before if participant.wants_reminder(hours)]


def with_leads(participant, wanted) -> dict:
    """The columns of somebody who wants these of the leads that their season offers.

    What they do not want is stored, so that they have a lead that staff add later; who wants none of those offered
    has none of those either. Where the season offers none, nothing is chosen.
    """
    offered, known = participant.season.reminders_before, participant.unwanted_leads
    if not offered:
        return {"wants_reminders": participant.wants_reminders, "unwanted_leads": known}
    unwanted = set(known) - set(offered) | set(offered) - set(wanted)
    return {"wants_reminders": bool(wanted), "unwanted_leads": sorted(unwanted, reverse=True)}
