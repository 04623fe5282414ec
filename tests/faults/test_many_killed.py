"""A worker is killed in the middle of what concerns thousands: another one ends it, and each person has one mail."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from bench import seed
from registrations.enrolment import waiting_list
from registrations.mail import batches
from registrations.mailings import announcements
from registrations.models import Invitation, Message, NextSeasonSubscriber, Participant, Registration
from registrations.next_season import announcing
from registrations.rescheduling import changes, preparing
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import (
    InvitationFactory,
    MaterialFactory,
    MessageFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
)
from tests.faults.waiting import somebody_waits_for_a_lock, wait_until
from tests.support.registrations.next_seasons import open_season

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

BATCH = batches.PEOPLE_A_BATCH
# Three batches of the worker, the last of which is small; of seats the request has given one before.
PEOPLE, WAITING = 2 * BATCH + 100, 3 * BATCH + 100
# The second batch of the worker.
IN_THE_MIDDLE = 2 * BATCH - 10


def announcement():
    slot = OccurrenceFactory()
    MaterialFactory(session=slot.session, url="https://video.example/1")
    seed.people(slot.session.season, PEOPLE, slots=[slot], tag="many-")
    Participant.objects.update(wants_announcements=True)
    announcements.announce(session_id=slot.session_id, people=PEOPLE, now=slot.ends_at + timedelta(days=2))


def block_announcement():
    """The same mail, stored by somebody who has not committed it."""
    registration = Registration.objects.order_by("pk")[IN_THE_MIDDLE]
    MessageFactory(kind="confirmation", dedupe_key=f"{announcements.KIND}:{registration.uid}")


def season():
    """To mailboxes that asked to hear of it."""
    asked_at = timezone.now()
    NextSeasonSubscriber.objects.bulk_create(NextSeasonSubscriberFactory.build_batch(PEOPLE, consented_at=asked_at))
    announcing.announce(season_id=open_season(now=asked_at).pk, people=PEOPLE, now=asked_at)


def block_season():
    NextSeasonSubscriber.objects.locked().get(pk=NextSeasonSubscriber.objects.order_by("pk")[IN_THE_MIDDLE].pk)


def seats():
    slot = OccurrenceFactory()
    seed.people(slot.session.season, WAITING, slots=[slot], tag="many-")
    Registration.objects.update(status=Registration.Status.WAITLISTED, waiting_since=timezone.now())
    Occurrence.objects.update(capacity=0)
    with transaction.atomic():
        counters.count_anew(Occurrence.objects.all())
    changes.change_capacity(occurrence_id=slot.pk, capacity=WAITING, now=timezone.now())


def block_seats():
    """The request gave the first batch, the worker has to give the third."""
    Registration.objects.locked().get(pk=Registration.objects.order_by("pk")[IN_THE_MIDDLE + BATCH].pk)


def invited():
    slot = OccurrenceFactory()
    Invitation.objects.bulk_create(InvitationFactory.build_batch(PEOPLE, session=slot.session))
    about = {"kind": "personal_invitation", "participant": None, "status": "sent", "sent_at": timezone.now()}
    Message.objects.bulk_create(
        MessageFactory.build(invitation=each, recipient=each.email, **about) for each in Invitation.objects.all()
    )
    later = {"starts_at": slot.starts_at + timedelta(hours=1), "ends_at": slot.ends_at + timedelta(hours=1)}
    changes.reschedule(occurrence_id=slot.pk, now=timezone.now(), **later)


def block_invited():
    Invitation.objects.locked().get(pk=Invitation.objects.order_by("pk")[IN_THE_MIDDLE].pk)


def is_done() -> bool:
    left = [
        *announcements.unprepared(),
        *announcing.unprepared(),
        *preparing.unprepared(),
        *waiting_list.to_seat(now=timezone.now()),
    ]
    return not left


@pytest.mark.parametrize(
    ("begin", "block", "kind", "whose", "stored", "people"),
    [
        (announcement, block_announcement, "published", "registration", BATCH, PEOPLE),
        (season, block_season, "next_season", "subscriber", BATCH, PEOPLE),
        (seats, block_seats, "promoted", "registration", 2 * BATCH, WAITING),
        (invited, block_invited, "invitation_changed", "invitation", BATCH, PEOPLE),
    ],
    ids=["announcement", "season", "seats", "invited"],
)
def test_worker_killed_in_the_middle_leaves_each_person_one_mail(
    start_celery, smtp_server, begin, block, kind, whose, stored, people
):
    # Given a worker that was told of the task, has done a batch, and is held up in the middle of the next
    begin()
    mails = Message.objects.filter(kind=kind)
    with transaction.atomic():
        block()
        worker = start_celery("worker")
        wait_until(somebody_waits_for_a_lock)
        assert mails.count() == stored

        # When it is killed, and another one comes with the clock
        worker.kill()
        transaction.set_rollback(True)
    worker.start()
    start_celery("beat")

    # Then each person has one mail
    wait_until(is_done)
    counts = Counter(mails.values_list(whose, flat=True))
    assert (len(counts), set(counts.values())) == (people, {1})
