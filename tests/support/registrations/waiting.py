"""What the tests of waiting lists share: a full slot, and people who join its list one after the other."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.signing_up import NOW, register


def full_slot(places=1, **slot):
    occurrence = OccurrenceFactory(capacity=places, **slot)
    RegistrationFactory.create_batch(places, occurrence=occurrence)
    return occurrence


def seated(slot):
    """Who has a seat, the longest registered first."""
    return list(Registration.objects.confirmed().filter(occurrence=slot).order_by("registered_at", "pk"))


def join_list(slot, name="Juma Otieno", now=NOW, **typed):
    """A new person on the waiting list."""
    [registration] = register(slot, name=name, email=email_of(name), now=now, waits_for={slot.pk}, **typed)
    assert registration.is_waiting
    return registration


def join_list_in_turn(slot, *names):
    return [join_list(slot, name, now=NOW + timedelta(minutes=number)) for number, name in enumerate(names)]


def email_of(name):
    return f"{name.split()[0].lower()}@example.org"


def names_waiting(slot):
    return [registration.participant.name for registration in Registration.objects.waiting().filter(occurrence=slot)]


def names_seated(slot):
    return {registration.participant.name for registration in Registration.objects.confirmed().filter(occurrence=slot)}


def kinds_to(person):
    return list(Message.objects.filter(participant=person).order_by("pk").values_list("kind", flat=True))


def slot_with_queue(season):
    """Full, and two people wait."""
    slot = OccurrenceFactory(session__season=season, session__title="Mercury in rice", capacity=1)
    RegistrationFactory(occurrence=slot)
    now = timezone.now()
    for minutes in (1, 2):
        RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=now - timedelta(minutes=minutes))
    return slot


def later_slot(slot):
    """With free places, eight hours later."""
    return OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8), capacity=5)


def third_in_the_list(slot):
    person = ParticipantFactory(season=slot.session.season, timezone="Africa/Nairobi")
    return RegistrationFactory(participant=person, occurrence=slot, status="waitlisted", waiting_since=timezone.now())


def my(page, registration):
    return reverse(f"registrations:{page}", args=[registration.participant.key, registration.session.slug])


def set_times(slot, **start):
    slot.starts_at = timezone.now() + timedelta(**start)
    slot.ends_at = slot.starts_at + timedelta(hours=1)
    slot.save()
