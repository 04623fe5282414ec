"""Somebody who does not exist, for staff who may see what a mail says and not who gets it."""

from copy import copy

from django.utils.translation import gettext as _

from registrations.models import Invitation, Participant, Registration

ADDRESS = "sample.person@example.org"


def of(season, *, email=ADDRESS, confirmed_at=None) -> Participant:
    """Somebody in this season, who is never stored."""
    return Participant(
        season=season,
        name=_("Sample Person"),
        email=email,
        mailbox=email,
        timezone=season.timezone,
        confirmed_at=confirmed_at,
    )


def in_place_of(registration) -> Registration:
    """The registration with another person, for reading only; nothing of the real one is left but their seat."""
    season, invented = registration.participant.season, copy(registration)
    invented.participant = of(season, confirmed_at=registration.registered_at)
    return invented


def invited_in_place_of(invitation) -> Invitation:
    """An invitation to the same session, for reading only, which opens nothing."""
    return Invitation(session=invitation.session, name=_("Sample Person"), email=ADDRESS, language=invitation.language)
