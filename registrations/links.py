"""Personal addresses, and the only way from what stands in them to a person or a registration.

A key is 144 random bits, stored and unique: one a participant for "my season", one for their calendar to subscribe to,
one to stop a kind of mail, another a registration for "join", so that a link for one purpose opens nothing else.
Signatures would need no column, but they die with the secret that made them, while these addresses sit in calendars
for months.
"""

from django.conf import settings
from django.urls import reverse

from registrations.models import Participant, Registration


def my_season(participant) -> str:
    return _absolute("registrations:my_season", participant.key)


def my_calendar(participant) -> str:
    return _absolute("registrations:my_calendar", participant.key)


def own_feed(participant) -> str:
    return _absolute("registrations:own_feed", participant.feed_key)


def stop(participant, what) -> str:
    """Where one click ends "reminders" or "announcements", with a key that opens nothing else."""
    return _absolute("registrations:stop", what, participant.stop_key)


def change_slot(registration) -> str:
    return _absolute("registrations:change_slot", registration.participant.key, registration.session.slug)


def cancel(registration) -> str:
    return _absolute("registrations:cancel", registration.participant.key, registration.session.slug)


def join(registration) -> str:
    return _absolute("registrations:join", registration.join_key)


def session_page(session) -> str:
    return settings.SITE_URL + session.get_absolute_url()


def participant_behind(key: str) -> Participant:
    """Raises Participant.DoesNotExist."""
    return Participant.objects.select_related("season").get(key=key)


def participant_who_subscribed(feed_key: str) -> Participant:
    """Raises Participant.DoesNotExist."""
    return Participant.objects.select_related("season").get(feed_key=feed_key)


def participant_who_may_stop(stop_key: str) -> Participant:
    """Raises Participant.DoesNotExist."""
    return Participant.objects.select_related("season").get(stop_key=stop_key)


def registration_to_join(key: str) -> Registration:
    """Raises Registration.DoesNotExist; a cancelled registration is found too, so that its page can say so."""
    related = ["participant", "occurrence", "session__season", "session__stream"]
    return Registration.objects.select_related(*related).get(join_key=key)


def _absolute(name: str, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)
