"""Something breaks at a site that runs: which alarms ring, what /readyz says, and that they end with the repair."""

import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection

import pytest
from django.db import connection
from django.utils import timezone

from registrations import last_runs
from registrations.mail import health
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import LastRun, Mailbox, Message, Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.faults.crowd import slot_with_people
from tests.faults.passing_time import let_pass
from tests.faults.probing import faults, metrics, ringing
from tests.faults.servers import ServersToBreak
from tests.faults.waiting import wait_until
from tests.support import running, workers
from tests.support.clocks import clock_of_database_ahead
from tests.support.paths import ROOT
from tests.support.servers import signal_group

pytestmark = pytest.mark.fault

# A worker says that it lives only with its heartbeat.
WORKER = [option for option in workers.WORKER if option != "--without-heartbeat"]
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
FORTY_SECONDS, FIVE_MINUTES, A_DAY = 41 * SECOND, 301 * SECOND, 26 * HOUR + MINUTE
# The tasks have gone on.
OF_PEOPLE = [Message, Registration]
NO_MAILBOX = "imap://events:secret@127.0.0.1:9/INBOX"
SENDER_REFUSED = "550 5.4.5 Daily user sending limit exceeded"


class ServersUpForDays(ServersToBreak):
    def start_web(self):
        config = ROOT / "tests" / "faults" / "up_for_days.py"
        self.environment |= {"GUNICORN_CMD_ARGS": f"--config {config}", "CALENDAR_REPLIES": NO_MAILBOX}
        super().start_web()


@pytest.fixture(scope="module")
def running_servers(tmp_path_factory):
    servers = ServersUpForDays(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


@pytest.fixture(autouse=True)
def all_is_well(servers):
    running.everything_ran()
    running.ran(last_runs.BACKUP)
    assert (ringing(servers), faults(servers)) == (set(), [])


@pytest.fixture
def processes(servers, smtp_server):
    """A worker and beat, both of which say that they live."""
    environment = workers.environment_for(smtp_server) | servers.environment
    started = [workers.CeleryProcess(WORKER, " ready.", environment), workers.beat(environment)]
    with ThreadPoolExecutor(len(started)) as pool:
        list(pool.map(lambda process: process.start(), started))
    yield started
    for process in started:
        process.close()


def rings(servers, *names):
    wait_until(lambda: ringing(servers) == set(names))


def test_killed_web_server(servers):
    signal_group(servers.web, signal.SIGKILL)
    servers.web.wait()

    assert ringing(servers) == {"SiteDown"}
    servers.start_web()
    rings(servers)


def test_stopped_database(servers):
    servers.stop_postgres(signal.SIGQUIT)

    assert ringing(servers) == {"DatabaseNotWritable"}
    assert faults(servers) == ["database: OperationalError"]
    connection.close()
    servers.start_postgres_again()
    rings(servers)


def test_read_only_database(servers):
    servers.make_database_read_only()

    rings(servers, "DatabaseNotWritable")
    assert faults(servers) == ["database: cannot be written, ReadOnlySqlTransaction"]
    servers.make_database_writable()
    rings(servers)


def test_killed_broker(servers):
    servers.kill_valkey()

    assert ringing(servers) == {"BrokerNotWritable"}
    assert faults(servers) == ["broker: ConnectionError"]
    servers.start_valkey_again()
    rings(servers)


def test_broker_without_memory(servers):
    servers.have_valkey_refuse("full")

    assert ringing(servers) == {"BrokerNotWritable"}
    assert faults(servers) == ["broker: cannot be written, OutOfMemoryError"]
    servers.have_valkey_take()
    rings(servers)


def test_killed_worker(servers, crowd, processes):
    worker, beat = processes
    worker.kill()
    crowd.sign_up(1)

    let_pass(FORTY_SECONDS)
    rings(servers, "NoWorker")
    assert faults(servers) == ["worker: not seen for N s"]

    let_pass(FIVE_MINUTES)
    after_minutes = {"NoWorker", "RelayLate", "RemindersLate", "MailsLate", "PeopleLackMails"}
    rings(servers, *after_minutes)
    assert faults(servers) == [
        "post: a mail has been due for N s",
        "post: registrations that lack a mail: 1",
        *(f"{name}: not seen for N s" for name in ("worker", "relay", "reminders")),
    ]

    let_pass(A_DAY)
    rings(servers, *after_minutes, "DataClockLate", "CalendarRepliesLate")
    assert "data_clock: not seen for N s" in faults(servers)

    worker.start()
    beat.restart()
    rings(servers, "CalendarRepliesLate")


def test_killed_beat(servers, processes):
    _worker, beat = processes
    beat.kill()

    let_pass(FORTY_SECONDS)
    rings(servers, "BeatSilent")
    assert faults(servers) == ["beat: not seen for N s"]

    let_pass(A_DAY)
    rings(servers, "BeatSilent", "RelayLate", "RemindersLate", "DataClockLate", "CalendarRepliesLate")

    beat.start()
    rings(servers, "CalendarRepliesLate")


def test_mailbox_of_answers_that_cannot_be_read(servers, processes):
    """Everything else has been done since."""
    let_pass(20 * MINUTE + SECOND, models=[LastRun])
    _worker, beat = processes
    beat.restart()

    rings(servers, "CalendarRepliesLate")
    assert faults(servers) == ["calendar_replies: not seen for N s"]


def test_mail_server_that_refuses_the_sender(servers, crowd, processes, smtp_server):
    smtp_server.answer_sender = lambda _: SENDER_REFUSED

    crowd.sign_up(1)

    rings(servers, "PostPaused")
    assert faults(servers) == ["post: sending is paused, the mail server refuses the sender: 550 5.4.5"]
    smtp_server.answer_sender = lambda _: None
    rings(servers)


def test_mail_server_that_is_away(servers, crowd, processes, smtp_server):
    smtp_server.stop()
    crowd.sign_up(1)
    wait_until(lambda: Message.objects.put_off().exists())

    let_pass(FIVE_MINUTES, models=OF_PEOPLE)

    rings(servers, "MailServerAway", "PeopleLackMails")
    assert faults(servers) == [
        "post: no mail has left for N s, the mail server is away or takes none",
        "post: registrations that lack a mail: 1",
    ]
    smtp_server.start_again()
    let_pass(MINUTE, models=OF_PEOPLE)
    rings(servers)


def test_mail_to_a_mailbox_that_does_not_exist_wakes_nobody(servers, crowd, processes, smtp_server):
    smtp_server.answer_recipient = lambda address: "550 5.1.1 User unknown" if address.startswith("person1@") else None
    crowd.sign_up(1)
    crowd.sign_up(2)
    wait_until(lambda: not Message.objects.unsent().exists())

    let_pass(FIVE_MINUTES, models=OF_PEOPLE)

    assert health.lacking_a_mail(timezone.now()).count() == 1
    rings(servers)


def test_mail_servers_of_several_domains_that_refuse_our_mail(servers):
    for domain in ("a.example", "b.example", "c.example"):
        recording.record(f"ana@{domain}", Verdict.REFUSED, "5.7.1", "550 5.7.1 Blocked", now=timezone.now())

    rings(servers, "OurMailIsRefused")
    assert faults(servers) == ["post: mail servers of several domains refuse our mail: 3"]
    Mailbox.objects.update(settled_at=timezone.now())
    rings(servers)


def test_new_time_of_many_whose_mails_nobody_prepares(servers):
    slot = slot_with_people(600)
    times = {"starts_at": slot.starts_at + HOUR, "ends_at": slot.ends_at + HOUR}
    changes.reschedule(occurrence_id=slot.pk, now=timezone.now(), **times)

    let_pass(FIVE_MINUTES)

    assert "MailsNotPrepared" in ringing(servers)
    assert "post: mails to many have not been prepared for N s" in faults(servers)


def test_backup_that_is_too_old(servers):
    running.ran(last_runs.BACKUP, ago=2 * A_DAY)

    rings(servers, "BackupOld")
    assert faults(servers) == ["backup: not seen for N s"]
    running.ran(last_runs.BACKUP)
    rings(servers)


def test_backup_that_was_never_made(servers):
    LastRun.objects.filter(name=last_runs.BACKUP).delete()

    rings(servers, "BackupOld")
    assert faults(servers) == []
    running.ran(last_runs.BACKUP)
    rings(servers)


def test_clock_that_is_wrong(servers):
    with clock_of_database_ahead(seconds=40):
        rings(servers, "ClockWrong")
        assert faults(servers) == ["clock: differs from that of the database by N s"]

    rings(servers)


def test_pages_that_are_broken(servers):
    page, before = f"/seasons/{OccurrenceFactory().session.season.slug}/", metrics(servers)
    with table_away("online_sessions_stream"):
        statuses = {ask(servers, page) for _ in range(21)}

    assert statuses == {500}
    assert ringing(servers, before) == {"ManyErrors"}
    assert ask(servers, page) == 200
    assert ringing(servers) == set()


@contextmanager
def table_away(name):
    """As after an upgrade whose migration was forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} RENAME TO away")
        yield
        cursor.execute(f"ALTER TABLE away RENAME TO {name}")


def ask(servers, path) -> int:
    web = HTTPConnection("127.0.0.1", servers.port, timeout=20)
    web.request("GET", path, headers={"Host": "localhost"})
    status = web.getresponse().status
    web.close()
    return status
