"""The calendars of the programme that somebody can subscribe to, with their full addresses."""

from django.conf import settings
from django.urls import reverse

from sessions.calendar.links import Subscription


def to_season(season, stream=None) -> Subscription:
    """To one stream of the season, if there is one."""
    if stream:
        name, address = (
            f"{season.title}: {stream.title}",
            reverse("sessions:stream_feed", args=[season.slug, stream.slug]),
        )
    else:
        name, address = season.title, reverse("sessions:season_feed", args=[season.slug])
    return Subscription(name, settings.SITE_URL + address)


def to_session(session) -> Subscription:
    address = reverse("sessions:session_feed", args=[session.season.slug, session.slug])
    return Subscription(session.title, settings.SITE_URL + address)
