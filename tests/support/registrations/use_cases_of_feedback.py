"""What people say of a session that is over, and what becomes of it, while others are at work."""

from datetime import timedelta

from registrations.feedback import answering, opening, publishing
from registrations.models import Feedback
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.world import KNOWN

REFUSED = (answering.NotAsked, publishing.NotReadable, publishing.ChangedMeanwhile)


def say_what_they_think(world, number, who):
    answering.answer(
        participant_id=world.person(KNOWN[number % 3]).pk,
        session_id=world.held.session_id,
        given={"useful": "very", "words": f"Text {number}"},
        now=world.held.ends_at + timedelta(hours=1),
    )
    opening.open_due()


def publish_feedback_and_take_it_back(world, number, who):
    readable = {"opened_on": NOW.date(), "answers": 30, "counts": {"useful": [10, 10, 10, 0]}}
    found, _is_new = Feedback.objects.get_or_create(session=world.second, defaults=readable)
    here = {"session_id": world.second.pk, "by": None, "now": NOW}
    publishing.publish(keys=[], seen=publishing.state(found), **here)
    found.refresh_from_db()
    publishing.take_back(seen=publishing.state(found), **here)


USE_CASES = (say_what_they_think, publish_feedback_and_take_it_back)
