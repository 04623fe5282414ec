"""What the tests of a person's own pages share."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.factories import OccurrenceFactory, RegistrationFactory


def address(page, person, slot=None):
    return reverse(f"registrations:{page}", args=[person.key, *([slot.session.slug] if slot else [])])


def held(person, **time):
    """A registration for a slot so far from now."""
    starts_at = timezone.now() + timedelta(**time)
    slot = OccurrenceFactory(session__season=person.season, starts_at=starts_at)
    return RegistrationFactory(participant=person, occurrence=slot)
