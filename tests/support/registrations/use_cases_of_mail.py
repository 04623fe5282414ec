"""What sends mails to many, and what becomes of them: one part of `use_cases`."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from registrations.circulars import drafts, sending
from registrations.mail import delivery, outbox, sending_again
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.mailings import announcements, reminders
from registrations.models import (
    Message,
    NextSeasonSubscriber,
)
from registrations.next_season import announcing, subscription
from registrations.people.audiences import Audience
from sessions.models import Occurrence, Session
from tests.factories import NextSeasonSubscriberFactory
from tests.support.registrations.circulars import draft, send
from tests.support.registrations.inviting import guest
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.world import KNOWN


def announce(world, number, who):
    Session.objects.filter(pk=world.held.session_id).update(announced_at=None, announcement_prepared_at=None)
    Message.objects.filter(kind=announcements.KIND).delete()
    held, now = Session.objects.get(pk=world.held.session_id), world.held.ends_at
    announcements.announce(session_id=held.pk, people=announcements.to_tell(held).count(), now=now)
    for session_id in announcements.unprepared():
        announcements.prepare(session_id=session_id, now=now, seconds=0)
    announcements.take_back(session_id=held.pk, now=now)


def hear_of_the_next_season(world, number, who):
    person = world.person(KNOWN[number % 3])
    subscription.choose(participant=person, is_wanted=number % 3 != 2, now=NOW)


def announce_the_season(world, number, who):
    """To two, who are not registered for it: more than are told at once. Then it is taken back, or the address goes."""
    for letter in "ab":
        # Another crowd of the same test may have stored the same number.
        NextSeasonSubscriberFactory(mailbox=f"next-{letter}{uuid4().hex}@example.org", consented_at=NOW)
    people = announcing.recipients(world.season).count()
    announcing.announce(season_id=world.season.pk, people=people, now=NOW)
    for announcement_id in announcing.unprepared():
        announcing.prepare(announcement_id=announcement_id, now=NOW, seconds=0)
        announcing.take_back(announcement_id=announcement_id, now=NOW)
    subscription.stop(NextSeasonSubscriber.objects.filter(mailbox__startswith="next-a"), now=NOW)


def write_to_people(world, number, who):
    """To all who are registered for a session: more than are told at once. Then it is taken back, or is a draft."""
    letter = draft(world.season, sessions=(world.first.pk, world.second.pk))
    drafts.change(
        circular_id=letter.pk,
        audience=Audience.of(letter.audience),
        subject="Other words",
        text="Other words",
        seen=letter.changed_at,
        now=NOW,
    )
    if number % 3 == 2:
        drafts.delete(circular_id=letter.pk)
        return
    send(letter)
    sending.prepare(circular_id=letter.pk, now=NOW, seconds=0)
    sending.take_back(circular_id=letter.pk, now=NOW)


def remind(world, number, who):
    slot = Occurrence.objects.get(pk=world.slots[number % 6].pk)
    reminders.post_due(now=slot.starts_at - timedelta(hours=1, minutes=-number % 10))


def send_mails(world, number, who):
    # Without words, as mails to many are stored.
    Message.objects.filter(pk__in=Message.objects.unsent().values("pk")[:5]).update(due_at=timezone.now(), octets=b"")
    pks = list(Message.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True)[:5])
    delivery.deliver(pks)


def send_again(world, number, who):
    outbox.requeue_failed(mails=Message.objects.all(), now=NOW)
    for mail in Message.objects.sent().order_by("-pk")[:2]:
        sending_again.send(message_id=mail.pk, seen_times=sending_again.times(mail), by=None, now=NOW)


def come_back(world, number, who):
    """A mail to somebody, from a mail server that has no such mailbox; then one arrives."""
    mailbox = guest(KNOWN[number % 3]).email
    for verdict in (Verdict.SOFT, Verdict.BAD, Verdict.DELIVERED):
        recording.record(mailbox, verdict, "5.1.1", "550 No such user", now=NOW)
