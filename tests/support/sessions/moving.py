"""A slot with people, and the clicks with which staff move it."""

from datetime import UTC, datetime

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.sessions.admin_pages import confirmed, page

AT_THREE = datetime(2030, 10, 8, 13, 0, tzinfo=UTC)


def slot_with_two_people():
    """Tuesday 8 October 2030, 09:00 to 10:00 in Geneva, with two confirmed people, one of them in Samoa."""
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
    samoan = ParticipantFactory(season=slot.session.season, timezone="Pacific/Apia")
    RegistrationFactory(occurrence=slot, participant=samoan)
    RegistrationFactory(occurrence=slot)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)
    return slot


def typed(begins="15:00", ends="16:00", day="2030-10-08", **more):
    return {"day": day, "begins": begins, "ends": ends, **more}


def preview(client, slot, **times):
    return client.post(page("occurrence_move", slot.pk), typed(**times))


def move(client, slot, people=2, why="", **times):
    """Type the times, look at what they do, type the number of people and perhaps the reason, confirm."""
    seen = preview(client, slot, **times)
    return client.post(page("occurrence_move", slot.pk), confirmed(seen, people=people, why=why))


def state(slot):
    slot.refresh_from_db()
    return slot.starts_at, slot.sequence, Message.objects.count()
