"""The mail to a mailbox that asked to hear when the next season opens."""

from functools import partial

from registrations import links
from registrations.mail.notices.letters import Letter, message
from registrations.models import Message
from sessions import marked
from sessions.clocks import dates
from sessions.models import Season
from sessions.seasons import season_days


def next_season(subscriber, season, *, message_id, now) -> Message:
    """To an address alone: no name is kept with it."""
    [season] = season_days.for_everybody(Season.objects.filter(pk=season.pk))
    stop_url = links.stop_next_season(subscriber)
    letter = Letter(
        kind="next_season",
        key=message_id,
        participant=None,
        season=None,
        now=now,
        message_id=message_id,
        context={
            "season_title": marked.words(season, "title", subscriber.reads),
            "days": dates.days(season.first_day, season.last_day, subscriber.reads),
            "programme_url": partial(links.programme, season),
            "stop_url": stop_url,
        },
        address=subscriber.mailbox,
        language=subscriber.reads,
        stop_address=stop_url,
    )
    return message(letter)
