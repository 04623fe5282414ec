"""What the logs say of personal addresses."""

import json
import logging
import os
import signal
import time
import urllib.error
import urllib.request
from base64 import b64encode
from contextlib import contextmanager

import pytest
from django.conf import settings

from minamata_online.monitoring.log_format import Formatter, in_one_line, without_keys, without_people
from registrations import links
from registrations.models import Invitation, new_key
from tests.support import warm
from tests.support.paths import ROOT
from tests.support.servers import free_port, wait_until
from tests.support.thorough import first_always

KEY = "s3cret-Key_of-144-bits00"
# The name in HTTP's own sign-in is any octets at all, in base64.
FORGED_NAME = b64encode(b"x\nINFO django forged\x1b[1m:").decode()
FORGED = {"Authorization": f"Basic {FORGED_NAME}"}


@pytest.mark.parametrize(
    "path",
    ["/my/{}/", "/my/{}/asgm/cancel/", "/join/{}/", "/calendars/{}/calendar.ics", "/stop/reminders/{}/"],
)
def test_key_in_a_path_is_left_out(path):
    assert without_keys(f'"GET {path.format(KEY)} HTTP/1.1" 404') == f'"GET {path.format("(key)")} HTTP/1.1" 404'


def test_proof_in_the_address_that_declines_an_invitation_is_left_out_too():
    address = links.decline(Invitation(key=KEY))

    assert without_keys(address) == f"{settings.SITE_URL}/invitation/(key)/decline/(key)/"


# What may be around a key, wherever a line got it from.
AROUND = [
    *("/MY/{}/", "/my//{}/", "//my/{}/", "/stop/Reminders/{}/", "/STOP//reminders/{}", "/my/{}.ics", "/my/x{}"),
    *(
        "/elsewhere/{}/",
        "%2Fmy%2F{}%2F",
        "%252Fmy%252F{}",
        "/%6Dy/{}/",
        "?key={}",
        "/?next=/my/{}/&x=1",
        "#{}",
        "//{}//",
    ),
    *(
        "x{}",
        "{}x",
        "_{}_",
        "-{}-",
        "my-{}",
        "\n{}\n",
        "({})",
        "'{}'",
        '"{}"',
        "[{}]",
        "<{}>",
        "key={},",
        "{}:",
        "@{}",
        "//{}//",
    ),
    "Key (key)=({}) already exists.",
    "DoesNotExist: Participant matching {{'key': '{}'}}",
    "Error handling request /my/{}/?a=b",
    "File \"/srv/views.py\", line 7, in personal\n    find('{}')\nKeyError: '{}'",
    "POST https://example.org/my/{}/ HTTP/1.1",
]


@pytest.mark.parametrize("around", AROUND)
def test_what_looks_like_a_key_is_left_out_whatever_is_around_it(around):
    for key in [KEY, *(new_key() for _ in range(200))]:
        assert key not in without_keys(around.format(key, key))


@pytest.mark.parametrize("path", ["/my/{}/", "/x/{}/", "?x={}"])
@pytest.mark.parametrize("escape", ["%{:02X}", "%{:02x}", "%25{:02X}"])
def test_key_in_escapes_is_left_out(path, escape):
    escaped = "".join(escape.format(octet) for octet in KEY.encode())
    half = KEY[:12] + "".join(escape.format(octet) for octet in KEY[12:].encode())

    assert escaped not in without_keys(path.format(escaped))
    assert half not in without_keys(path.format(half))


@pytest.mark.parametrize(
    "line",
    [
        "django.core.exceptions.SynchronousOnlyOperation at /usr/lib/site-packages/django/core/handlers/exception.py",
        "Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.",
        'violates unique constraint "one_participant_of_a_name_behind_a_mailbox"',
        'index "registrations_message_change_id_4f2a9b1c" of relation',
        "Task registrations.tasks.deliver[b4d27ba5-1b2c-4a3d-9e8f-0123456789ab] received",
        "Not Found: /seasons/2020/mercury-in-artisanal-and-small-scale-gold-mining/ [b1946ac92492d2347c6235b8d2f3a0ab]",
        "mail 12 sent: <b4d27ba51b2c4a3d9e8f0123456789ab.3@online.example.org>",
        "-" * 60,
    ],
)
def test_names_and_numbers_stay_however_long(line):
    assert without_keys(line) == line


@pytest.mark.parametrize(
    "characters",
    first_always(
        ["a", "_a", "aB", "%41", "%25", "%40", "a%40", "a%40a.", "%2525", "/", "%2F", "/my/", "stop/", "/stop//", "A"],
        2,
    ),
)
def test_huge_line_is_written_at_once(characters):
    began = time.process_time()

    without_people(characters * (100_000 // len(characters)))

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "address", ["amina@example.org", "amina%40example.org", "amina%2540mail.example.org", "amina%40example%2eorg"]
)
def test_address_is_left_out_however_a_mail_server_writes_it(address):
    words = f"550 5.1.1 User unknown: {address}, see https://mx.example.net/?to={address}&id=7"

    assert without_people(words) == "550 5.1.1 User unknown: (address), see https://mx.example.net/?to=(address)&id=7"


def test_message_id_stays_however_it_is_written():
    line = "250 queued <b4d27ba5.3@online.example.org> <b4d27ba5.3%40online.example.org>"

    assert without_people(line) == line


def test_other_paths_stay():
    line = "GET /seasons/2020/mercury-in-small-scale/calendar.ics?x=1"

    assert without_keys(line) == line


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("/x\nINFO django all is well/", r"/x\nINFO django all is well/"),
        ("/x\r\n\x1b[31m\x9b/", r"/x\r\n\x1b[31m\x9b/"),
        ("\u202edlrow\u2028", r"\u202edlrow\u2028"),
        ("/seasons/2020/ - Sök!", "/seasons/2020/ - Sök!"),
    ],
)
def test_words_of_a_stranger_stay_in_their_line(words, written):
    assert in_one_line(words) == written


def test_line_of_django_about_a_wrong_address_has_no_key():
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (f"/my/{KEY}/no-such-session/cancel/",)})

    assert Formatter().format(record) == "Not Found: /my/(key)/no-such-session/cancel/"


def test_no_key_in_the_log_of_the_server_even_when_a_page_fails(tmp_path):
    log, port = tmp_path / "web.log", free_port()
    # Given a server whose database is away
    with server(log, port, DEBUG="1", DATABASE_URL="postgres://nobody@127.0.0.1:9/nothing"):
        # When somebody opens a personal page
        ask(f"http://127.0.0.1:{port}/%6Dy/{KEY}/?key={KEY}")

    # Then the log tells of it without the key
    lines = log.read_text()
    assert '"GET /my/(key)/ HTTP/1.1" 500' in lines
    assert "Internal Server Error: /my/(key)/" in lines
    assert KEY not in lines


@pytest.mark.thorough
def test_no_key_in_the_lines_of_the_server_about_a_request_that_breaks_outside_of_every_page(tmp_path):
    log, port = tmp_path / "web.log", free_port()
    # Given a path that Django is not even asked for, because the header before it contradicts it
    broken = urllib.request.Request(f"http://127.0.0.1:{port}/my/{KEY}/", headers={"SCRIPT_NAME": "/elsewhere"})

    with server(log, port), pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(broken, timeout=60)

    assert "Request path '/my/(key)/' does not start with" in log.read_text()
    assert KEY not in log.read_text()


def test_no_key_in_what_a_command_says_that_breaks():
    broken = f"raise LookupError('/elsewhere/{KEY}/ of amina@example.org')"

    run = warm.run(["manage.py", "shell", "-c", broken], env=os.environ)

    assert "LookupError: /elsewhere/(key)/ of (address)" in run.stderr
    assert KEY not in run.stderr


@pytest.mark.thorough
def test_stranger_writes_no_line_of_their_own_into_the_log_of_the_server(tmp_path):
    log, port = tmp_path / "web.log", free_port()
    forged = urllib.request.Request(f"http://127.0.0.1:{port}/x%0aINFO%20django%20forged/", headers=FORGED)

    with server(log, port, DEBUG="1"), pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(forged, timeout=60)

    lines = [line for line in log.read_text().splitlines() if "forged" in line]
    assert r'"GET /x\nINFO django forged/ HTTP/1.1" 404' in "".join(lines)
    assert [line for line in lines if line.startswith("INFO django forged")] == []


def test_json_lines_of_the_server_are_objects_with_the_id_of_the_answer(tmp_path):
    log, port = tmp_path / "web.log", free_port()

    with (
        server(log, port, LOG_FORMAT="json", TRUSTED_PROXIES="1"),
        urllib.request.urlopen(
            urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"X-Request-ID": "0a1b2c3d4e5f"}),
            timeout=60,
        ) as answer,
    ):
        answered = answer.headers["X-Request-ID"]

    lines = [json.loads(line) for line in log.read_text().splitlines()]
    [access] = [line for line in lines if line["logger"] == "gunicorn.access"]
    assert answered == access["request_id"] == "0a1b2c3d4e5f"
    assert '"GET /healthz HTTP/1.1" 200' in access["message"]


@contextmanager
def server(log, port, **environment):
    """A running gunicorn; it has answered and written its lines when the block is over."""
    command = ["-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--no-control-socket", "--access-logfile", "-"]
    command += ["--logger-class", "minamata_online.monitoring.access_log.AccessLog"]
    with log.open("wb") as output:
        process = warm.WarmPython(command, cwd=ROOT, env=os.environ | environment, output=output.fileno())
        try:
            wait_until(lambda: b"Booting worker" in log.read_bytes(), process, log)
            yield
            wait_until(lambda: b"HTTP/1.1" in log.read_bytes(), process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def ask(address):
    request = urllib.request.Request(address, headers={"Referer": address.replace("%6D", "m")})
    try:
        urllib.request.urlopen(request, timeout=60).close()
    except urllib.error.HTTPError as error:
        error.close()
