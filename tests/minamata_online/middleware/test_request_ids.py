"""The id of a request: in the answer, in its log lines, and never a stranger's own words."""

import json
import logging
import sys

import pytest

from minamata_online.middleware import request_ids
from minamata_online.monitoring.log_format import Formatter, JsonFormatter

FROM_PROXY = "0a1b2c3d-4e5f-6789"


def record(message="Not Found: %s", *args, **more):
    return logging.makeLogRecord(
        {"msg": message, "args": args, "name": "django.request", "levelname": "WARNING"} | more
    )


def test_every_answer_has_an_id_of_its_own(client):
    ids = [client.get("/healthz")["X-Request-ID"] for _ in range(2)]

    assert len(set(ids)) == 2
    assert [len(id_) for id_ in ids] == [32, 32]


def test_id_of_the_trusted_proxy_is_taken_over(client, settings):
    settings.TRUSTED_PROXIES = 1

    assert client.get("/healthz", headers={"X-Request-ID": FROM_PROXY})["X-Request-ID"] == FROM_PROXY


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space in it", 'quote"in-it-', "line\nbreak-in-it"])
def test_unsound_id_is_not_taken_over(client, settings, given):
    settings.TRUSTED_PROXIES = 1

    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] != given


def test_without_a_proxy_nobody_chooses_the_id(client, settings):
    settings.TRUSTED_PROXIES = 0

    assert client.get("/healthz", headers={"X-Request-ID": FROM_PROXY})["X-Request-ID"] != FROM_PROXY


def test_lines_carry_the_id_of_their_request_only():
    with request_ids.known_as(FROM_PROXY):
        inside = Formatter().format(record("Not Found: %s", "/x"))

    assert (inside, Formatter().format(record("Started"))) == (f"Not Found: /x [{FROM_PROXY}]", "Started")


def test_json_line_has_time_level_logger_message_ids_and_no_keys_or_addresses():
    with request_ids.known_as(FROM_PROXY):
        line = JsonFormatter().format(record("%s of amina@example.org failed", "/my/s3cret/", mail=7, created=0.5))

    assert json.loads(line) == {
        "time": "1970-01-01T00:00:00.500+00:00",
        "level": "WARNING",
        "logger": "django.request",
        "message": "/my/(key)/ of (address) failed",
        "request_id": FROM_PROXY,
        "mail": 7,
    }


@pytest.mark.parametrize("formatter", [Formatter(), JsonFormatter()])
def test_trace_of_an_error_has_no_address_and_json_keeps_it_in_one_line(formatter):
    try:
        raise ValueError("{'amina.otieno+un@mail.example.org': (550, b'no such user at /join/s3cret/')}")
    except ValueError:
        text = formatter.format(record("broken", exc_info=sys.exc_info()))

    assert "ValueError" in text
    assert "amina" not in text
    assert "s3cret" not in text
    assert isinstance(formatter, Formatter) or "\n" not in text


def test_message_id_stays_because_one_looks_for_it_at_the_mail_server():
    assert Formatter().format(record("sent <0a1b@minamata.test>")) == "sent <0a1b@minamata.test>"
