"""The form with which somebody says what they think of a session that is over."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import RegistrationFactory


def page() -> str:
    """Of one person, in a season of its own."""
    ended_today = timezone.now() - timedelta(hours=2)
    seat = RegistrationFactory(occurrence__starts_at=ended_today, occurrence__session__season__slug="bench-feedback")
    return f"/my/{seat.participant.key}/{seat.session.slug}/feedback/"
