"""Several people are locked together; nobody is waited for while others of them are held."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from registrations.models import Participant
from registrations.people import identification
from tests.factories import ParticipantFactory
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    """In the order in which they are locked."""
    season = ParticipantFactory(mailbox="a@example.org").season
    return [Participant.objects.get(), ParticipantFactory(mailbox="b@example.org", season=season)]


@transaction.atomic
def lock_all():
    identification.lock(Participant.objects.all())
    return "locked"


def is_free(person) -> bool:
    try:
        with transaction.atomic():
            Participant.objects.locked(nowait=True).filter(pk=person.pk).values_list("pk").first()
    except OperationalError:
        return False
    return True


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def in_a_thread(act):
    try:
        return act()
    finally:
        connection.close()


def test_who_waits_for_one_of_them_holds_no_other(people):
    first, second = people

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Participant.objects.locked().filter(pk=second.pk).values_list("pk").first()
            other = pool.submit(in_a_thread, lock_all)
            wait_until(somebody_waits)

            assert is_free(first)

        assert other.result(timeout=30) == "locked"
