"""What the tests of waiting lists share: a full slot, and people who join its list one after the other."""

from datetime import timedelta

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
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
