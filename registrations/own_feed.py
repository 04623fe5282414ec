"""One person's sessions of a season as a calendar to subscribe to."""

import hashlib

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import itip
from sessions import feeds, vevent
from sessions.plain_text import one_line

# All that stands in the calendar, or decides whether something does.
SHOWN = [
    *("pk", "status", "uid", "sequence", "revised_at", "join_key"),
    *("occurrence", "occurrence__starts_at", "occurrence__ends_at", "occurrence__called_off_at"),
    *("occurrence__changed_at", "session__title"),
]
OF_SEASON = ["title", "is_rehearsal", "changed_at"]


def name(season) -> str:
    """What the calendar is called, in the active language."""
    return feeds.title_in(season, _("My sessions of %(season)s") % {"season": one_line(season.title)})


def of(participant) -> feeds.Feed:
    """Confirmed registrations; slots that were called off stay and say so, what the person cancelled is gone.

    In the language of the person's mails; the data alone decide the octets.
    """
    registrations = _registrations(participant)
    confirmed = [registration for registration in registrations if registration.is_confirmed]
    with override(participant.language):
        text = vevent.subscribed_calendar(name(participant.season), [itip.subscribed(each) for each in confirmed])
    # Cancelled registrations count too: cancelling takes an entry out.
    moments = [moment for each in registrations for moment in (each.revised_at, each.occurrence.changed_at)]
    return feeds.Feed(text, participant.language, max([participant.season.changed_at, *moments]))


def mark_of(participant, make_mark):
    """What `make_mark(feed)` says of the person's feed; the feed is made only in a state that this process did not see.

    Marks are kept under a digest of that state, and hold nothing of what is in the feed.
    """
    rows = list(participant.registrations.order_by("pk").values_list(*SHOWN))
    season = [getattr(participant.season, field) for field in OF_SEASON]
    state = (participant.pk, participant.language, season, rows, settings.SITE_URL)
    key = hashlib.sha256(repr(state).encode()).hexdigest()
    mark = caches["answers"].get(key)
    if mark is None:
        mark = make_mark(of(participant))
        caches["answers"].set(key, mark)
    return mark


def _registrations(participant) -> list:
    """In order of time, with slot and session, and with the season and the person that are known already."""
    found = list(
        participant.registrations.select_related("occurrence", "session").order_by("occurrence__starts_at", "pk")
    )
    for registration in found:
        registration.participant, registration.occurrence.session = participant, registration.session
        registration.session.season = participant.season
    return found
