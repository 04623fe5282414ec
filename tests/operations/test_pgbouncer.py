"""The whole site behind PgBouncer in transaction mode, with five connections to PostgreSQL for all its processes."""

import csv
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.utils import timezone

from bench import seed
from registrations.models import Message, Registration, SlotChange
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.faults.crowd import ACCEPTED, AWAY, HEADERS, TOKEN, slot_with_people
from tests.faults.probing import readyz
from tests.faults.staff import cookies_of_staff, send_move
from tests.faults.waiting import somebody_waits_for_a_lock, wait_until
from tests.operations.pooled_servers import CONNECTIONS, PooledServers
from tests.support.registrations.sign_up_form import typed

pytestmark = pytest.mark.operations

MANY, PLACES = 40, 30
PEOPLE, ROWS = 20, 5000


@pytest.fixture(scope="module")
def running_servers(tmp_path_factory):
    servers = PooledServers(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


def post(servers, path, cookie=HEADERS["Cookie"], **fields):
    """Status and body of the answer to a form."""
    connection = HTTPConnection("127.0.0.1", servers.port, timeout=60)
    try:
        body = urlencode({"csrfmiddlewaretoken": TOKEN} | fields, doseq=True)
        connection.request("POST", path, body, HEADERS | {"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def sign_up(servers, slot, number) -> int:
    form = typed(slot, submission=f"form-{number}", email=f"person{number}@example.org")
    return post(servers, f"/sign-up/{slot.session.season.slug}/", **form)[0]


def test_many_sign_up_at_once_over_few_connections(servers, start_processes, smtp_server):
    start_processes("worker", "beat")
    slot = OccurrenceFactory(capacity=PLACES)

    with ThreadPoolExecutor(MANY) as people:
        answers = list(people.map(lambda number: sign_up(servers, slot, number), range(MANY)))

    assert Counter(answers) == {ACCEPTED: PLACES, 409: MANY - PLACES}
    smtp_server.wait_for(PLACES)
    people = Registration.objects.confirmed().values_list("participant__email", flat=True)
    assert Counter(mail.rcpt_tos[0] for mail in smtp_server.mails) == dict.fromkeys(people, 1)
    assert len(people) == PLACES
    assert servers.connections() == CONNECTIONS
    wait_until(lambda: all(" ok" in line for line in readyz(servers)))


def test_seat_that_comes_free_goes_to_the_first_who_waits(servers, start_processes, smtp_server):
    # Given somebody with the only seat, and somebody who waits
    start_processes("worker", "beat")
    slot = slot_with_people(2)
    first, second = slot.registrations.order_by("pk")
    Registration.objects.filter(pk=second.pk).update(status="waitlisted", waiting_since=timezone.now())
    Occurrence.objects.filter(pk=slot.pk).update(capacity=1)
    with transaction.atomic():
        counters.count_anew(Occurrence.objects.all())

    # When the first cancels
    status, _page = post(servers, f"/my/{first.participant.key}/{slot.session.slug}/cancel/")

    # Then the second has the seat and a mail
    assert status == ACCEPTED
    assert Registration.objects.confirmed().get() == second
    smtp_server.wait_until(lambda mails: second.participant.email in {mail.rcpt_tos[0] for mail in mails})


def test_beat_has_reminders_sent(servers, start_processes, smtp_server):
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(minutes=55))
    seed.people(slot.session.season, 20, slots=[slot], tag="soon-")

    start_processes("worker", "beat")

    smtp_server.wait_for(20)
    assert Message.objects.filter(kind="reminder").values("registration").distinct().count() == 20


def test_staff_who_send_one_change_at_once_change_it_once(servers):
    slot, cookies = slot_with_people(PEOPLE), cookies_of_staff()
    with ThreadPoolExecutor(2) as staff:
        with transaction.atomic():
            Occurrence.objects.locked().get(pk=slot.pk)
            sent = [staff.submit(send_move, servers.port, slot, cookies, PEOPLE) for _ in range(2)]
            wait_until(somebody_waits_for_a_lock)
        statuses = [form.result() for form in sent]

    assert statuses == [302, 302]
    assert SlotChange.objects.count() == 1


def test_table_of_many_rows_is_whole_while_people_sign_up(servers, crowd):
    slot_with_people(ROWS)
    cookies = cookies_of_staff()

    with crowd.at_work():
        crowd.wait_for_more(5, ACCEPTED)
        status, table = post(servers, "/admin/registrations/registration/export/", cookies)
        crowd.wait_for_more(5, ACCEPTED)

    rows = list(csv.reader(table.splitlines(), delimiter=";"))
    assert status == 200
    assert sum(row[0].startswith("Person ") for row in rows) == ROWS


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT], ids=["in order", "at once"])
def test_nobody_is_lost_when_the_database_restarts(number, servers, crowd, start_processes, everybody_has_their_mail):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        servers.stop_postgres(number)
        crowd.wait_for_more(4, AWAY)
        servers.start_postgres_again()
        crowd.wait_for_more(20, ACCEPTED)

    assert {answer.status for answer in crowd.answers} == {ACCEPTED, AWAY}
    everybody_has_their_mail(crowd)


def test_nobody_is_lost_when_the_pool_is_killed(servers, crowd, start_processes, everybody_has_their_mail):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        servers.stop_pgbouncer(signal.SIGKILL)
        crowd.wait_for_more(4, AWAY)
        servers.start_pgbouncer_again()
        crowd.wait_for_more(20, ACCEPTED)

    assert {answer.status for answer in crowd.answers} == {ACCEPTED, AWAY}
    everybody_has_their_mail(crowd)
