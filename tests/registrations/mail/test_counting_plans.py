"""What "Post" and "Today" ask of all mails and registrations is answered from indexes: rows are wide and many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registrations.mail import health
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import MessageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


# How small tables would be read; without them the planner has to take an index, if there is one.
SLOW_FOR_MANY = ["enable_seqscan", "enable_bitmapscan"]


def plan(ask) -> str:
    """Of the one query of `ask`, as it is for tables that are too large to be read from end to end."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    [query] = queries
    with connection.cursor() as cursor:
        for way in SLOW_FOR_MANY:
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(f"EXPLAIN {query['sql']}")
        return "\n".join(line for (line,) in cursor.fetchall())


def know_sizes_of(*tables):
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def test_mails_are_counted_by_state_in_an_index():
    # In a table of a few rows any index is as good.
    MessageFactory.create_batch(100)
    know_sizes_of("registrations_message")

    assert "Index Only Scan using message_with_text" in plan(health.mails_by_state)


def test_people_of_slots_are_counted_in_an_index():
    RegistrationFactory.create_batch(100)
    know_sizes_of("registrations_registration", "online_sessions_occurrence")
    upcoming = Occurrence.objects.upcoming(timezone.now() - timedelta(days=9999))

    found = plan(lambda: list(counters.wrong(upcoming)))

    assert "Index Only Scan using registration_by_slot" in found, found


def test_mails_of_focal_points_are_found_among_all():
    MessageFactory(kind="delegation")

    assert "using message_to_focal_point" in plan(lambda: list(health.lacking_a_mail(timezone.now())))
