"""What is locked while seats are given and taken: first the time slots, then the registration."""

from registrations.enrolment.refusals import SlotGone
from registrations.models import Registration
from sessions.models import Occurrence


def slots(occurrence_ids):
    """The slots with their sessions, locked in the order of their ids so that no two sign-ups wait for each other.

    Raises SlotGone unless all of them are there.
    """
    wanted = Occurrence.objects.filter(pk__in=occurrence_ids)
    locked = list(wanted.locked().select_related("session__season"))
    if gone := set(occurrence_ids).difference(slot.pk for slot in locked):
        raise SlotGone(gone)
    return locked


def slots_around(registration_id, occurrence_id=None) -> dict[int, Occurrence]:
    """The slots of the session and the one named, by id: wherever the registration moved meanwhile, it is locked."""
    of_registration = Registration.objects.filter(pk=registration_id)
    of_session = Occurrence.objects.filter(session__in=of_registration.values("session"))
    chosen = [occurrence_id] if occurrence_id else []
    slot_ids = [*of_session.values_list("pk", flat=True), *chosen]
    return {slot.pk: slot for slot in slots(slot_ids)}


def slots_of(participant_id) -> set[int]:
    """Lock all slots of the sessions that the person is registered for; the ids of these sessions."""
    active = Registration.objects.active().filter(participant=participant_id)
    sessions = set(active.values_list("session", flat=True))
    list(Occurrence.objects.filter(session__in=sessions).locked().values_list("pk"))
    return sessions


def registration(registration_id):
    related = ["participant", "occurrence", "session__season"]
    return Registration.objects.locked().select_related(*related).get(pk=registration_id)
