"""What comes back at the very moment at which a mailbox is forgotten is not lost, and stops nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Mailbox
from tests.factories import MessageFactory
from tests.support.races import just_before_the_first_write, just_before_the_lock, race

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2030, 9, 8, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "ana@ministry.example"


def fail(now):
    recording.record(ADDRESS, Verdict.BAD, "5.1.1", "550 5.1.1 User unknown", now=now)


def elsewhere(action):
    """Done over a connection of its own."""
    return lambda: race(1, lambda _number: action())


@transaction.atomic
def forget_unless_locked():
    free = list(Mailbox.objects.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    Mailbox.objects.filter(pk__in=free).delete()


def test_mailbox_that_is_forgotten_meanwhile_is_stored_all_the_same():
    fail(NOW - DAY)

    with just_before_the_lock(elsewhere(forget_unless_locked)):
        fail(NOW)

    assert Mailbox.objects.get().last_at == NOW


def test_failure_while_a_mailbox_is_forgotten_is_kept():
    fail(NOW)
    MessageFactory(recipient=ADDRESS, status="sent", sent_at=NOW + DAY)
    later = NOW + 9 * DAY

    with just_before_the_first_write(elsewhere(lambda: fail(later))):
        forgotten = recording.forget_healed(now=later)

    assert (forgotten, Mailbox.objects.get().last_at) == (0, later)
