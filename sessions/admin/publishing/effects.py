"""What it does to whom that a season or session is published or withdrawn, a sentence each."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Registration
from registrations.next_season import announcing
from registrations.publishing import WAYS
from registrations.seats import availability
from sessions.admin import wording
from sessions.clocks.dates import number
from sessions.models import Season, Session
from sessions.seasons import season_days


def of_publishing(row, *, now) -> list[str]:
    said = _of_showing_season(row, now) if isinstance(row, Season) else _of_showing_session(row, now)
    return [*said, _("Nobody gets a mail.")]


def of_withdrawing(row, people) -> list[str]:
    if isinstance(row, Season):
        said = [_("Nobody outside the staff sees the season and its sessions any more."), *_waiting_announcement(row)]
    else:
        said = [_("Nobody outside the staff sees the session on public pages any more.")]
    said.append(_("Links to its public pages lead nowhere, and subscribed public calendars lose its entries."))
    said.append(_("Nobody can sign up any more."))
    return [*said, *(_kept(row, people) if people else []), _("Nobody gets a mail.")]


def registered_in_words(people) -> str:
    if not people:
        return _("Nobody is registered.")
    text = ngettext("%(number)s person is registered.", "%(number)s people are registered.", people)
    return text % {"number": number(people)}


def _of_showing_season(season, now) -> list[str]:
    shown = season.sessions.filter(is_published=True).count()
    text = ngettext(
        "Everybody sees the season, with %(number)s session.",
        "Everybody sees the season, with %(number)s sessions.",
        shown,
    )
    said = [text % {"number": number(shown)}, *_drafts(season), *_opened(season, now)]
    all_shown, true_now = Season.objects.published() | Season.objects.filter(pk=season.pk), now - season.clock_ahead
    if season_days.current(all_shown, now=true_now) == season:
        said.append(_("It becomes the page with which the site opens."))
    return said


def _drafts(season) -> list[str]:
    hidden = season.sessions.filter(is_published=False).count()
    text = ngettext(
        "%(number)s session is a draft and stays hidden.",
        "%(number)s sessions are drafts and stay hidden.",
        hidden,
    )
    return [text % {"number": number(hidden)}] if hidden else []


def _opened(season, now) -> list[str]:
    """For how many sessions people can sign up as soon as the season is seen, and for how many later."""
    open_to_all = Session.objects.open_to_all().filter(season=season, is_published=True)
    coming = [each for each in open_to_all.prefetch_related("occurrences") if _has_slot_to_come(each, now)]
    if not coming:
        return [_("Nobody can sign up yet: none of these sessions is open to all and has a time slot to come.")]
    at_once = sum(availability.is_within_dates(session, now) for session in coming)
    later = sum(_opens_later(session, now) for session in coming)
    now_words = ngettext(
        "Registration is open at once for %(number)s session.",
        "Registration is open at once for %(number)s sessions.",
        at_once,
    )
    later_words = ngettext(
        "Registration opens later for %(number)s session, on the day that stands in it.",
        "Registration opens later for %(number)s sessions, each on the day that stands in it.",
        later,
    )
    said = [now_words % {"number": number(at_once)}, later_words % {"number": number(later)}]
    said = [words for words, sessions in zip(said, (at_once, later), strict=True) if sessions]
    return [*said, *([_open_later()] if at_once else [])] or [_("Nobody can sign up: registration has closed.")]


def _open_later() -> str:
    return _("To open a session later, first set “Registration opens” in it.")


def _of_showing_session(session, now) -> list[str]:
    if not session.season.is_published:
        season = {"season": session.season}
        return [_("Nobody sees it yet: “%(season)s” is a draft. It is shown together with the season.") % season]
    said = [_("Everybody sees it in the programme and in public calendars.")]
    if session.is_by_invitation:
        return [*said, _("It is by invitation: its page says so, and nobody else can sign up.")]
    return [*said, *_opened_session(session, now)]


def _opened_session(session, now) -> list[str]:
    if not _has_slot_to_come(session, now):
        return [_("Nobody can sign up: it has no time slot to come.")]
    if availability.is_within_dates(session, now):
        return [_("Registration is open at once."), _open_later()]
    if _opens_later(session, now):
        opens = {"moment": wording.moment(session.registration_opens_at, session.season)}
        return [_("Registration opens on %(moment)s.") % opens]
    return [_("Nobody can sign up: registration has closed.")]


def _has_slot_to_come(session, now) -> bool:
    return any(not slot.is_called_off and not slot.is_over(now) for slot in session.occurrences.all())


def _opens_later(session, now) -> bool:
    opens_at = session.registration_opens_at
    return opens_at is not None and now < opens_at


def _kept(row, people) -> list[str]:
    seats = Registration.objects.confirmed().filter(**{WAYS[type(row)]: row})
    with_seats = seats.values("participant").distinct().count()
    text = ngettext(
        "%(number)s person with a place keeps it, with their personal links, entries in calendars and reminders.",
        "%(number)s people with a place keep it, with their personal links, entries in calendars and reminders.",
        with_seats,
    )
    said = [text % {"number": number(with_seats)}] if with_seats else []
    waiting = people - with_seats
    text = ngettext("%(number)s person stays on a waiting list.", "%(number)s people stay on a waiting list.", waiting)
    return [*said, *([text % {"number": number(waiting)}] if waiting > 0 else [])]


def _waiting_announcement(season) -> list[str]:
    announcement = announcing.standing(season)
    if announcement is None or not announcing.can_be_taken_back(announcement):
        return []
    return [_("The season was announced; mails of that which have not left are not sent.")]
