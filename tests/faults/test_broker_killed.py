"""Valkey dies with all that was in it, freezes, or is emptied while people sign up: nobody notices."""

from threading import Event

import pytest

from tests.faults.crowd import ACCEPTED
from tests.faults.waiting import hold

pytestmark = [pytest.mark.fault, pytest.mark.counts_seconds]

SECONDS = 3


def test_nobody_is_lost_when_the_broker_is_killed_and_comes_back_empty(
    servers, crowd, start_processes, everybody_has_their_mail
):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        servers.kill_valkey()
        crowd.wait_for_more(20, ACCEPTED)
        servers.start_valkey_again()
        crowd.wait_for_more(20, ACCEPTED)

    assert nobody_noticed(crowd)
    everybody_has_their_mail(crowd)


def test_worker_with_a_mail_in_its_hands_survives_the_broker(
    servers, crowd, start_processes, smtp_server, everybody_has_their_mail
):
    # Given a worker that waits for the mail server with one process, and with the other one for the broker
    held, may_go = Event(), Event()
    smtp_server.answer_mail = lambda mail: None if held.is_set() else hold(held, may_go)
    worker, _clock = start_processes("worker", "beat")
    crowd.sign_up(1)
    assert held.wait(60)

    # When the broker dies, somebody signs up, and it comes back
    servers.kill_valkey()
    worker.wait_for_line("Connection to broker lost")
    crowd.sign_up(2)
    may_go.set()
    servers.start_valkey_again()

    everybody_has_their_mail(crowd)


def test_nobody_waits_when_the_broker_is_frozen(servers, crowd, start_processes, everybody_has_their_mail):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        servers.freeze_valkey()
        crowd.wait_for_more(12, ACCEPTED)
    servers.thaw_valkey()

    assert nobody_noticed(crowd)
    everybody_has_their_mail(crowd)


def test_nobody_is_lost_when_the_broker_is_emptied_under_its_connections(
    servers, crowd, start_processes, everybody_has_their_mail
):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        servers.empty_valkey()
        crowd.wait_for_more(20, ACCEPTED)

    assert nobody_noticed(crowd)
    everybody_has_their_mail(crowd)


def nobody_noticed(crowd) -> bool:
    """Each form was accepted the first time it was sent, and soon."""
    assert {answer.status for answer in crowd.answers} == {ACCEPTED}
    return max(answer.seconds for answer in crowd.answers) < SECONDS
