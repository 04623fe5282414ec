"""One person's sessions of a season as a calendar to subscribe to."""

import hashlib

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import itip
from sessions import feeds, vevent
from sessions.plain_text import one_line

RELATED = ["participant", "occurrence__session__season", "session__season"]
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
    return _made(participant, _rows(participant))


def mark_of(participant, make_mark):
    """What `make_mark(feed)` says of the person's feed; the feed is made only in a state that this process did not see.

    Marks are kept under a digest of that state, and hold nothing of what is in the feed.
    """
    rows = _rows(participant)
    season = [getattr(participant.season, field) for field in OF_SEASON]
    state = (participant.pk, participant.language, season, rows, settings.SITE_URL)
    key = hashlib.sha256(repr(state).encode()).hexdigest()
    mark = caches["answers"].get(key)
    if mark is None:
        mark = make_mark(_made(participant, rows))
        caches["answers"].set(key, mark)
    return mark


def _rows(participant) -> list[dict]:
    return list(participant.registrations.order_by("pk").values(*SHOWN))


def _made(participant, rows) -> feeds.Feed:
    confirmed = participant.registrations.confirmed().select_related(*RELATED)
    in_order = confirmed.order_by("occurrence__starts_at", "pk")
    with override(participant.language):
        text = vevent.subscribed_calendar(name(participant.season), [itip.subscribed(each) for each in in_order])
    return feeds.Feed(text, participant.language, _changed_at(participant, rows))


def _changed_at(participant, rows):
    """Cancelled registrations count too: cancelling takes an entry out."""
    moments = [moment for row in rows for moment in (row["revised_at"], row["occurrence__changed_at"])]
    return max([participant.season.changed_at, *moments])
