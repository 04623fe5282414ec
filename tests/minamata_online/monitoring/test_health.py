"""What the process says to those who watch it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minamata_online.monitoring import probes
from minamata_online.monitoring.timeouts import Asker, NoAnswer
from tests.factories import MessageFactory, RegistrationFactory
from tests.support.clocks import clock_of_database_ahead
from tests.support.loading_broker import loading_broker, slow_broker
from tests.support.threads import no_thread_starts

# The question is asked on a connection of its own, which sees what is committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("transactional_db", "everything_runs")]

RUNS = ["beat: ok", "worker: ok", "relay: ok", "reminders: ok", "data_clock: ok", "clock: ok"]


def ask(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.text.splitlines()


def test_ready_when_database_broker_and_post_are_well(client):
    MessageFactory(status="sent")

    assert ask(client) == (200, ["database: ok", "post: ok", *RUNS, "broker: ok"])


def test_not_ready_when_a_mail_is_late(client):
    mail = MessageFactory(due_at=timezone.now() - timedelta(minutes=6))

    status, lines = ask(client)

    assert (status, [lines[0], *lines[2:]]) == (503, ["database: ok", *RUNS, "broker: ok"])
    assert lines[1].startswith("post: a mail has been due for 36")
    assert mail.recipient not in "".join(lines)


def test_not_ready_when_somebody_was_not_told(client):
    RegistrationFactory(registered_at=timezone.now() - timedelta(minutes=6))

    assert ask(client) == (
        503,
        ["database: ok", "post: registrations that lack a mail: 1", *RUNS, "broker: ok"],
    )


@pytest.mark.parametrize(
    ("seconds", "line"), [(25, "clock: ok"), (35, "clock: differs from that of the database by 3")]
)
def test_clock_that_differs_from_that_of_the_database_is_said(client, seconds, line):
    with clock_of_database_ahead(seconds=seconds):
        status, lines = ask(client)

    assert (status, lines[-2].startswith(line)) == (200 if line == "clock: ok" else 503, True)


def test_not_ready_without_a_broker(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"

    assert ask(client) == (503, ["database: ok", "post: ok", *RUNS, "broker: ConnectionError"])


def test_not_ready_while_the_broker_reads_its_data(client, settings):
    with loading_broker() as settings.CELERY_BROKER_URL:
        assert ask(client) == (503, ["database: ok", "post: ok", *RUNS, "broker: BusyLoadingError"])


def test_broker_that_takes_its_time_for_every_answer_is_not_waited_for(client, settings):
    with slow_broker() as settings.CELERY_BROKER_URL:
        assert ask(client) == (503, ["database: ok", "post: ok", *RUNS, "broker: no answer"])
        # What was asked has ended, and nobody later has its answer.
        assert probes._broker_asker.ask(seconds=20).waiting == 1


def test_question_without_an_answer_is_given_up_and_asked_once_at_a_time():
    asked, thawed = [], Event()
    asker = Asker(lambda: (asked.append("once"), thawed.wait()))
    try:
        for _ in range(2):
            with pytest.raises(NoAnswer):
                asker.ask(seconds=0.05)
        assert asked == ["once"]
    finally:
        thawed.set()

    assert asker.ask(seconds=5) == (None, True)


def test_who_waits_has_the_answer_that_is_on_its_way():
    begun, thawed = Event(), Event()
    asker = Asker(lambda: (begun.set(), thawed.wait(), "one answer")[-1])
    with ThreadPoolExecutor(2) as threads:
        first, second = (threads.submit(asker.ask, seconds=20) for _ in range(2))
        begun.wait()
        with pytest.raises(NoAnswer):
            asker.ask(seconds=0.05)
        thawed.set()

    assert (first.result(), second.result()) == ("one answer", "one answer")


def test_error_of_a_question_is_that_of_who_asks():
    with pytest.raises(ZeroDivisionError):
        Asker(lambda: 1 / 0).ask(seconds=5)


def test_question_is_asked_again_after_no_thread_could_be_started():
    asker = Asker(lambda: "an answer")
    with no_thread_starts(), pytest.raises(RuntimeError):
        asker.ask(seconds=5)

    assert asker.ask(seconds=5) == "an answer"


def test_room_on_the_disk_of_the_database_is_asked_for_once_in_a_second():
    # At the first question there are two looks at the clock, and at the last.
    seconds = iter([0, 0, 0.5, 1.0, 1.0])
    room = probes.Room(clock=lambda: next(seconds))

    with CaptureQueriesContext(connection) as asked:
        numbers = [room.require() or writes_to_disk(asked) for _ in range(3)]

    assert numbers == [1, 1, 2]


def writes_to_disk(asked) -> int:
    return [query["sql"] for query in asked.captured_queries].count(probes.NEEDS_ROOM)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_watchers_only_read(client, method):
    assert [getattr(client, method)(path).status_code for path in ("/readyz", "/healthz", "/metrics")] == [405] * 3
