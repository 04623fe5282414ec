"""One person's sessions of a season as a calendar to subscribe to."""

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import itip
from sessions import feeds, vevent
from sessions.plain_text import one_line

RELATED = ["participant", "occurrence__session__season", "session__season"]


def name(season) -> str:
    """What the calendar is called, in the active language."""
    return feeds.title_in(season, _("My sessions of %(season)s") % {"season": one_line(season.title)})


def of(participant) -> feeds.Feed:
    """Confirmed registrations; slots that were called off stay and say so, what the person cancelled is gone.

    In the language of the person's mails; the data alone decide the octets.
    """
    changed_at = _changed_at(participant)
    confirmed = participant.registrations.confirmed().select_related(*RELATED)
    in_order = confirmed.order_by("occurrence__starts_at", "pk")
    with override(participant.language):
        text = vevent.subscribed_calendar(name(participant.season), [itip.subscribed(each) for each in in_order])
    return feeds.Feed(text, participant.language, changed_at)


def _changed_at(participant):
    """Cancelled registrations count too: cancelling takes an entry out."""
    latest = participant.registrations.aggregate(revised=Max("revised_at"), slot=Max("occurrence__changed_at"))
    return max(filter(None, [participant.season.changed_at, *latest.values()]))
