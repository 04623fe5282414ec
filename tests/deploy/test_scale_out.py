"""Two of each against one PostgreSQL and one Valkey: every sign-up has its place, and its mail once."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.support import warm, workers
from tests.support.registrations.sign_up_form import typed
from tests.support.servers import Guardian, free_port, signal_group, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PEOPLE, PLACES = 40, 30
# All of them come from one address.
NO_LIMIT = {"SIGN_UPS_A_MINUTE_OF_A_CLIENT": "1000"}
TOKEN = "a" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Host": "localhost", "Cookie": f"csrftoken={TOKEN}"}


@pytest.fixture
def web_processes(tmp_path, smtp_server):
    """Two servers; their ports."""
    guardian, environment = Guardian(), os.environ | workers.environment_for(smtp_server) | NO_LIMIT
    environment |= {"STATIC_ROOT": str(tmp_path / "static")}
    warm.run(["manage.py", "collectstatic", "--no-input"], env=environment).check_returncode()
    started = [start_web(tmp_path / f"{name}.log", environment, guardian) for name in ("first", "second")]
    yield [port for _process, port in started]
    for process, _port in started:
        signal_group(process, 15)
        process.wait(timeout=20)
    guardian.dismiss()


def start_web(log, environment, guardian):
    port = free_port()
    command = ["-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    with log.open("wb") as output:
        process = warm.WarmPython(command, cwd=workers.ROOT, env=environment, output=output.fileno())
    guardian.watch(process)
    wait_until(lambda: "Booting worker" in log.read_text(), process, log)
    return process, port


@pytest.mark.parametrize("beats", [1, 2])
def test_each_of_40_people_gets_one_answer_and_one_mail(beats, web_processes, start_celery, smtp_server):
    # Given two servers, two workers and one beat, or by mistake two
    start_celery("worker")
    start_celery("worker")
    for _ in range(beats):
        start_celery("beat")
    slot = OccurrenceFactory(capacity=PLACES)

    # When more people than places sign up over both servers at once
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda number: sign_up(web_processes[number % 2], slot, number), range(PEOPLE)))

    # Then as many as there are places have one, and each of them one mail
    assert Counter(answers) == {302: PLACES, 409: PEOPLE - PLACES}
    assert Registration.objects.confirmed().count() == PLACES
    smtp_server.wait_for(PLACES, timeout=60)
    settled(start_celery)
    people = Registration.objects.values_list("participant__email", flat=True)
    assert Counter(mail.rcpt_tos[0] for mail in smtp_server.mails) == dict.fromkeys(people, 1)
    assert Message.objects.unsent().count() == 0


def sign_up(port, slot, number) -> int:
    person = {"name": f"Amina {chr(97 + number % 26) * (2 + number // 26)}", "email": f"amina{number}@example.org"}
    body = urlencode(typed(slot, submission=f"form-{number}", csrfmiddlewaretoken=TOKEN, **person), doseq=True)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", f"/sign-up/{slot.session.season.slug}/", body, FORM)
        return connection.getresponse().status
    finally:
        connection.close()


def settled(start_celery):
    """Beat has queued the relay twice more: a process that would send a mail again has had its chance."""
    beat = start_celery("beat")
    beat.wait_for_line("Sending due task relay-due-mails")
